//! The lines of a batch: one answer for each, whatever they hold and wherever they come from.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::*;

/// A line that is answered with its status.
fn good(status: u16) -> String {
    json!({"provider": "wix", "status": status}).to_string()
}

/// The status or the line of each answer.
fn outline(answer: &Answer) -> Vec<Value> {
    let lines = answer.json_lines();
    lines.iter().map(|line| line.get("status").or(line.get("line")).unwrap_or(line).clone()).collect()
}

#[test]
fn reads_several_files_one_after_another() {
    let folder = tempfile::tempdir().unwrap();
    let first = write(&folder, "first.jsonl", format!("{}\nbad\n{}", good(401), good(402)));
    let empty = write(&folder, "empty.jsonl", "");
    let second = write(&folder, "second.jsonl", format!("\u{feff}{}\n\nbad", good(404)));
    let missing = folder.path().join("missing.jsonl").to_str().unwrap().to_owned();
    let last = write(&folder, "last.jsonl", good(409));
    let standard = format!("{}\n{{", good(403));
    let files = [&*first, &empty, "-", &second, &missing, &last];
    let answer = decode(&[&["--batch"], &files[..]].concat(), standard);
    assert_eq!(answer.status, Some(1));
    assert_eq!(outline(&answer), [401, 2, 402, 403, 5, 404, 7, 8, 409]);
    let complaints: Vec<_> = answer.stderr.lines().collect();
    let expected = [
        [&*first, "line 2:", ""],
        ["standard input", "line 2 ", "5 "],
        [&second, "line 2 ", "7 "],
        [&second, "line 3 ", "8 "],
        [&missing, "cannot read", ""],
    ];
    assert_eq!(complaints.len(), expected.len(), "{complaints:?}");
    for (complaint, parts) in complaints.iter().zip(expected) {
        assert!(parts.iter().all(|part| complaint.contains(part)), "{complaint} without {parts:?}");
    }
}

#[test]
fn answers_each_line_once_whatever_it_holds() {
    let good = good(404);
    let line = good.as_bytes();
    let many = "\n".repeat(5_000).into_bytes();
    let table: &[(&[&[u8]], &[Value])] = &[
        (&[b""], &[]),
        (&[b"\n"], &[json!(1)]),
        (&[b"\n\n\n"], &[json!(1), json!(2), json!(3)]),
        (&[line], &[json!(404)]),
        (&[line, b"\n"], &[json!(404)]),
        (&[line, b"\r\n", line, b"\r"], &[json!(404), json!(404)]),
        (&[line, b"\n\r\n\r"], &[json!(404), json!(2), json!(3)]),
        // a carriage return alone does not end a line
        (&[line, b"\r", line], &[json!(1)]),
        (&[b"\r\r\r"], &[json!(1)]),
        (&[line, b"\x0b", line, b"\x0c", line, b"\xc2\x85", line, b"\xe2\x80\xa8", line], &[json!(1)]),
        (&[b"\0\n\0\0", line, b"\n", line, b"\0"], &[json!(1), json!(2), json!(3)]),
        (&[b"\xef\xbb\xbf\n\xef\xbb\xbf", line, b"\n", line], &[json!(1), json!(404), json!(404)]),
        (&[b"\xef\xbb\xbf\xef\xbb\xbf", line], &[json!(1)]),
        (&[b"\xef\n", line], &[json!(1), json!(404)]),
        (&[b"\x1f\n", line], &[json!(1), json!(404)]),
        (&[b"\xff\n", line], &[json!(1), json!(404)]),
        (&[b"\xfe"], &[json!(1)]),
        // what begins like gzip or UTF-16
        (&[b"\x1f\x8b\n", line, b"\n"], &[json!(1), json!(404)]),
        (&[b"\x1f\x8b\r\n", line, b"\r\n", line], &[json!(1), json!(404), json!(404)]),
        (&[b"\x1f\x8b\x08\n", line, b"\n", line], &[json!(1), json!(404), json!(404)]),
        (&[b"\x1f\x8b\x08\0\n", line, b"\n", line], &[json!(1), json!(404), json!(404)]),
        (&[b"\x1f\x8b\x08"], &[json!(1)]),
        (&[b"\xff\xfe\n", line, b"\n", line], &[json!(1), json!(404), json!(404)]),
        (&[b"\xfe\xff\n", line, b"\n", line], &[json!(1), json!(404), json!(404)]),
        (&[b"\xff\xfe\r\n", line], &[json!(1), json!(404)]),
        (&[b"\xff\xfe", line, b"\n", line], &[json!(1), json!(404)]),
        (&[b"\xff\xfe"], &[json!(1)]),
        // UTF-16 without its mark
        (&[b"{\0}\0\n\0{\0}\0\n\0"], &[json!(1), json!(2), json!(3)]),
        (&[b"\x80\xff\xfe\n\xf0\x9f\n", line], &[json!(1), json!(2), json!(404)]),
        (&[line, b",\n[", line, b"]\n", line], &[json!(1), json!(2), json!(404)]),
        (&[&many, line], &[&(1..=5_000).map(Value::from).collect::<Vec<_>>()[..], &[json!(404)]].concat()),
    ];
    let folder = tempfile::tempdir().unwrap();
    for (input, expected) in table {
        let input = input.concat();
        let file = write(&folder, "lines.jsonl", &input);
        for (arguments, input) in [(&["--batch"][..], &*input), (&["--batch", &file], b"")] {
            let answer = decode(arguments, input);
            assert_eq!(&outline(&answer), expected, "{arguments:?} {:?}", String::from_utf8_lossy(input));
            assert_eq!(answer.stdout.matches('\n').count(), expected.len());
        }
    }
}

#[test]
fn goes_on_after_files_that_cannot_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let fine = write(&folder, "fine.jsonl", good(404));
    let missing = folder.path().join("missing\u{1b}[31m").to_str().unwrap().to_owned();
    let directory = folder.path().to_str().unwrap();
    let answer = decode(&["--batch", directory, &fine, &missing, &fine, "-", "-"], good(409));
    assert_eq!(answer.status, Some(1));
    assert_eq!(outline(&answer), [404, 404, 409]);
    assert_eq!(answer.stderr.lines().count(), 2, "{}", answer.stderr);
    assert_is_harmless(&answer.stderr);
}

#[test]
fn continues_after_unreadable_lines_as_it_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let bad = write(&folder, "bad.jsonl", format!("{}\n\nbad\n{}\nbad", good(404), good(409)));
    let fine = write(&folder, "fine.jsonl", good(404));
    let missing = folder.path().join("missing.jsonl").to_str().unwrap().to_owned();
    // arguments, status, and what each line on standard error has
    type Row<'a> = (&'a [&'a str], i32, &'a [&'a [&'a str]]);
    let table: &[Row<'_>] = &[
        (&[&bad], 1, &[&["line 2:"], &["line 3:"], &["line 5:"]]),
        (&[&bad, "--on-unreadable", "fail"], 1, &[&["line 2:"], &["line 3:"], &["line 5:"]]),
        (&[&bad, "--on-unreadable", "continue"], 0, &[&["3 lines", &bad, "line 2:", "blank"]]),
        (&[&fine, &bad, "--on-unreadable", "continue"], 0, &[&["3 lines", &bad, "line 2 ", "3 "]]),
        (&[&fine, "--on-unreadable", "continue"], 0, &[]),
        (&[&fine, &missing, "--on-unreadable", "continue"], 1, &[&[&missing, "cannot read"]]),
    ];
    for (arguments, status, expected) in table {
        let answer = decode(&[&["--batch"], *arguments].concat(), "");
        assert_eq!(answer.status, Some(*status), "{arguments:?}");
        let complaints: Vec<_> = answer.stderr.lines().collect();
        assert_eq!(complaints.len(), expected.len(), "{complaints:?}");
        for (complaint, parts) in complaints.iter().zip(*expected) {
            assert!(parts.iter().all(|part| complaint.contains(part)), "{complaint} without {parts:?}");
        }
        let lines = if arguments.contains(&&*bad) { 5 } else { 0 } + usize::from(arguments.contains(&&*fine));
        assert_eq!(answer.json_lines().len(), lines);
    }
    for arguments in [&["--batch", "--on-unreadable", "stop"][..], &["--on-unreadable", "continue"]] {
        assert_eq!(decode(arguments, "").status, Some(2), "{arguments:?}");
    }
}

#[test]
fn reads_lines_that_are_compressed_or_in_utf_16() {
    let lines = format!("{}\r\nbad \u{1f469}\n\n{}", good(404), good(409));
    let little: Vec<u8> = format!("\u{feff}{lines}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = format!("\u{feff}{lines}").encode_utf16().flat_map(u16::to_be_bytes).collect();
    let (first, second) = lines.split_at(lines.len() / 2);
    let rotated = [gzip(first.as_bytes()), gzip(second.as_bytes())].concat();
    let folder = tempfile::tempdir().unwrap();
    for input in [little.clone(), big, gzip(lines.as_bytes()), rotated, gzip(&little)] {
        let file = write(&folder, "lines.jsonl", &input);
        let answer = decode(&["--batch", &file], "");
        assert_eq!(answer.status, Some(1));
        assert_eq!(outline(&answer), [404, 2, 3, 409], "{:?}", &input[..4]);
    }
    let empty = write(&folder, "empty.jsonl", gzip(b""));
    let empty = decode(&["--batch", &empty], "");
    assert_eq!((empty.status, &*empty.stdout, &*empty.stderr), (Some(0), "", ""));
}

#[test]
fn takes_standard_input_as_it_is() {
    let lines = format!("{}\n\n{}", good(404), good(409));
    let utf_16: Vec<u8> = format!("\u{feff}{lines}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    for input in [utf_16, gzip(lines.as_bytes())] {
        let lines = input.split(|byte| *byte == b'\n').count() as u64;
        for arguments in [&["--batch"][..], &["--batch", "-"]] {
            let answer = decode(arguments, &input);
            assert_eq!(answer.status, Some(1));
            assert_eq!(outline(&answer), (1..=lines).collect::<Vec<_>>(), "{:?}", &input[..4]);
            assert!(answer.stderr.contains("gzip or UTF-16"), "{}", answer.stderr);
        }
    }
}

#[test]
fn answers_what_a_broken_archive_still_holds() {
    let folder = tempfile::tempdir().unwrap();
    let whole = gzip((good(404) + "\n").repeat(10_000).as_bytes());
    let cut = write(&folder, "cut.jsonl.gz", &whole[..whole.len() - 20]);
    let broken = write(&folder, "broken.jsonl.gz", [&whole[..], &b"\x1f\x8b\x08no"[..]].concat());
    let fine = write(&folder, "fine.jsonl", good(409));
    for (file, most_lost) in [(cut, 9_000), (broken, 0)] {
        let answer = decode(&["--batch", &file, &fine], "");
        assert_eq!(answer.status, Some(1));
        let statuses = outline(&answer);
        assert!(statuses.len() + most_lost > 10_000, "{} answers", statuses.len());
        assert_eq!(statuses.last(), Some(&json!(409)));
        assert!(answer.stderr.contains(&format!("cannot read {file}: ")), "{}", answer.stderr);
    }
}

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(text).unwrap();
    packed.finish().unwrap()
}
