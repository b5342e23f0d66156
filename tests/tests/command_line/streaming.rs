//! Batches whose input and output are still open.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Child, ChildStdin, ChildStdout};
use std::sync::mpsc;
use std::thread;
use std::time::Instant;

use crate::*;

const GOOD: &str = "{\"provider\":\"wix\",\"status\":404}\n";

/// How long anything may take before it counts as hanging.
const PATIENCE: Duration = Duration::from_secs(60);

/// A batch from the standard input, which stays open.
struct Batch {
    child: Child,
    input: Option<ChildStdin>,
    output: Option<BufReader<ChildStdout>>,
}

impl Batch {
    fn start() -> Self {
        let mut child = Process::new(&*BINARY)
            .args(["decode", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let (input, output) = (child.stdin.take(), child.stdout.take().map(BufReader::new));
        Self { child, input, output }
    }

    fn write(&mut self, text: &str) {
        self.input.as_mut().unwrap().write_all(text.as_bytes()).unwrap();
    }

    fn answers(&mut self, count: usize) -> Vec<String> {
        let mut output = self.output.take().unwrap();
        let (sender, receiver) = mpsc::channel();
        thread::spawn(move || {
            let lines = output.by_ref().lines().map_while(Result::ok).take(count).collect();
            sender.send((lines, output))
        });
        let (lines, output): (Vec<_>, _) = receiver.recv_timeout(PATIENCE).expect("answers");
        self.output = Some(output);
        assert_eq!(lines.len(), count);
        lines
    }

    fn end(mut self) -> Option<i32> {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code();
            }
            assert!(start.elapsed() < PATIENCE, "it does not end");
            thread::sleep(Duration::from_millis(5));
        }
    }
}

impl Drop for Batch {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn answers_a_line_before_the_next_one_comes() {
    let mut batch = Batch::start();
    for (written, statuses) in [
        (GOOD, &[json!(404)][..]),
        (
            "{\"provider\":\"wix\",\"status\":401}\nbad\n{\"provider\":\"wix\",\"st",
            &[json!(401), Value::Null],
        ),
        ("atus\":403}\n", &[json!(403)]),
    ] {
        batch.write(written);
        for (answer, status) in batch.answers(statuses.len()).iter().zip(statuses) {
            let answer: Value = serde_json::from_str(answer).unwrap();
            assert_eq!(answer["status"], *status, "{answer}");
        }
    }
    batch.input = None;
    assert_eq!(batch.end(), Some(1));
}

#[test]
fn ends_with_the_next_line_when_nobody_reads_the_answers_any_more() {
    let mut batch = Batch::start();
    batch.write(GOOD);
    batch.answers(1);
    batch.output = None;
    batch.write(GOOD);
    assert_eq!(batch.end(), Some(0), "while the input is still open");
}

#[test]
fn leaves_answers_in_order_when_it_is_killed() {
    let folder = tempfile::tempdir().unwrap();
    let line = |id: usize| json!({"id": id, "provider": "wix", "status": 404}).to_string() + "\n";
    let file = write(&folder, "lines.jsonl", (0..50_000).map(line).collect::<String>());
    let log = folder.path().join("answers");
    let mut process = Process::new(&*BINARY);
    process.args(["decode", "--batch", "--keep", "id", &file]).stdout(fs::File::create(&log).unwrap());
    let mut child = process.spawn().unwrap();
    while fs::metadata(&log).unwrap().len() == 0 && child.try_wait().unwrap().is_none() {
        thread::sleep(Duration::from_millis(1));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let answers = fs::read_to_string(&log).unwrap();
    let whole = answers.split_inclusive('\n').filter(|line| line.ends_with('\n'));
    for (id, answer) in whole.enumerate() {
        assert!(answer.starts_with(&format!("{{\"id\":{id},\"provider\":\"wix\",")), "{answer}");
    }
}

/// What Linux reports about a process, and its simple way to make a terminal.
#[cfg(target_os = "linux")]
mod on_linux {
    use std::fs::File;
    use std::os::fd::OwnedFd;
    use std::os::unix::net::UnixDatagram;

    use rustix::pty::{OpenptFlags, ioctl_tiocgptpeer, openpt, unlockpt};

    use super::*;

    #[test]
    fn takes_no_more_memory_for_more_input() {
        assert_little_memory_for_lines_of(8_000);
    }

    #[test]
    fn takes_no_more_memory_for_long_lines() {
        for size in [200_000, 1024 * 1024, 4_000_000] {
            assert_little_memory_for_lines_of(size);
        }
    }

    fn assert_little_memory_for_lines_of(size: usize) {
        let body = json!({"message": "x".repeat(size)}).to_string();
        let line = format!("{}\n", json!({"provider": "wix", "status": 400, "body": body}));
        let count = 80_000_000 / line.len();
        let mut batch = Batch::start();
        let mut input = batch.input.take().unwrap();
        let writer = thread::spawn(move || {
            for _ in 0..count {
                input.write_all(line.as_bytes()).unwrap();
            }
            input
        });
        batch.answers(count);
        assert_little_memory(&batch);
        drop(writer.join().unwrap());
        assert_eq!(batch.end(), Some(0));
    }

    #[test]
    fn takes_no_more_memory_for_what_is_too_much_of_a_line() {
        let mut batch = Batch::start();
        for _ in 0..240 {
            batch.write(&"x".repeat(1_000_000));
        }
        batch.write("\n");
        let answer: Value = serde_json::from_str(&batch.answers(1)[0]).unwrap();
        assert_eq!(answer["line"], 1);
        assert!(peak(&batch) < 160 * 1024, "{} KiB", peak(&batch));
        batch.input = None;
        assert_eq!(batch.end(), Some(1));
    }

    #[test]
    fn takes_a_few_times_the_memory_of_a_long_line() {
        const SIZE: usize = 8_000_000;
        let body = json!({"message": "x".repeat(SIZE)}).to_string();
        let line = format!("{}\n", json!({"provider": "wix", "status": 400, "body": body}));
        let mut batch = Batch::start();
        let mut input = batch.input.take().unwrap();
        let writer = thread::spawn(move || {
            for _ in 0..6 {
                input.write_all(line.as_bytes()).unwrap();
            }
            input
        });
        batch.answers(1);
        // nobody reads until it stops working ahead
        let mut before = 0;
        while before < peak(&batch) {
            before = peak(&batch);
            thread::sleep(Duration::from_secs(2));
        }
        batch.answers(5);
        assert!(peak(&batch) < 7 * SIZE as u64 / 1024, "{} KiB", peak(&batch));
        drop(writer.join().unwrap());
        assert_eq!(batch.end(), Some(0));
    }

    #[test]
    fn ends_if_a_line_does_not() {
        let folder = tempfile::tempdir().unwrap();
        let (reader, mut writer) = io::pipe().unwrap();
        let log = folder.path().join("log");
        let child = Process::new(&*BINARY)
            .args(["decode", "--batch"])
            .stdin(reader)
            .stdout(Stdio::piped())
            .stderr(fs::File::create(&log).unwrap())
            .spawn();
        let mut batch = Batch { child: child.unwrap(), input: None, output: None };
        batch.output = batch.child.stdout.take().map(BufReader::new);
        let endless = thread::spawn(move || {
            writer.write_all(GOOD.as_bytes()).unwrap();
            while writer.write_all(&[0; 1 << 20]).is_ok() {}
        });
        let answers: Vec<Value> =
            batch.answers(2).iter().map(|answer| serde_json::from_str(answer).unwrap()).collect();
        assert_eq!((&answers[0]["status"], &answers[1]["line"]), (&json!(404), &json!(2)));
        assert_eq!(batch.end(), Some(1));
        endless.join().unwrap();
        let complaints = fs::read_to_string(log).unwrap();
        let last = complaints.lines().last().unwrap();
        for part in ["line 2 of standard input", "256 MiB", "JSON Lines"] {
            assert!(last.contains(part), "{complaints}");
        }
        assert_eq!(complaints.lines().count(), 2, "{complaints}");
    }

    fn assert_little_memory(batch: &Batch) {
        assert!(peak(batch) < 32 * 1024, "{} KiB", peak(batch));
    }

    /// The most memory that was in use at once, in KiB.
    fn peak(batch: &Batch) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", batch.child.id())).unwrap();
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.strip_suffix("kB")).unwrap();
        peak.trim().parse().unwrap()
    }

    #[test]
    fn complains_about_many_lines_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let file = write(&folder, "lines.jsonl", "bad\n".repeat(1_000));
        // keeps apart what was written apart
        let (theirs, ours) = UnixDatagram::pair().unwrap();
        ours.set_read_timeout(Some(PATIENCE)).unwrap();
        let mut process = Process::new(&*BINARY);
        process.args(["decode", "--batch", &file]).stdout(Stdio::null()).stderr(OwnedFd::from(theirs));
        let mut child = process.spawn().unwrap();
        let mut room = vec![0; 1_000_000];
        let length = ours.recv(&mut room).unwrap();
        let complaints = str::from_utf8(&room[..length]).unwrap();
        assert_eq!(complaints.lines().count(), 1_000);
        for (number, complaint) in (1..).zip(complaints.lines()) {
            assert!(complaint.contains(&format!("line {number}:")), "{complaint}");
        }
        assert_eq!(child.wait().unwrap().code(), Some(1));
    }

    #[test]
    fn answers_what_was_read_before_the_input_failed() {
        // reading the outer side of a terminal fails once nobody has the inner side any more
        let (outer, mut inner) = terminal();
        inner.write_all(format!("{GOOD}{{\"id\":7,\"prov").as_bytes()).unwrap();
        drop(inner);
        let folder = tempfile::tempdir().unwrap();
        let next = write(&folder, "next.jsonl", GOOD);
        let mut process = Process::new(&*BINARY);
        process.args(["decode", "--batch", "--keep", "id", "--on-unreadable", "continue", "-", &next]);
        let output = process.stdin(outer).output().unwrap();
        assert_eq!(output.status.code(), Some(1));
        let lines = output.stdout.split_inclusive(|&byte| byte == b'\n');
        let answers: Vec<Value> = lines.map(|line| serde_json::from_slice(line).unwrap()).collect();
        let [first, begun, last] = &*answers else { panic!("{answers:?}") };
        assert_eq!((&first["status"], &last["status"]), (&json!(404), &json!(404)));
        assert_eq!((&begun["id"], &begun["line"]), (&json!(7), &json!(2)));
        let complaint = String::from_utf8(output.stderr).unwrap();
        assert!(complaint.contains("cannot read standard input: "), "{complaint}");
    }

    #[test]
    fn shows_a_bar_on_a_terminal_and_takes_it_away() {
        let folder = tempfile::tempdir().unwrap();
        let many = GOOD.repeat(20_000);
        let file = write(&folder, "lines.jsonl", format!("{many}bad\n{many}"));
        assert_shows_a_bar(&["--batch", &file], Stdio::null());
        assert_shows_a_bar(&["--batch"], File::open(&file).unwrap().into());
    }

    /// The bar is shown while 40,001 lines are decoded, but not around the error about the one in the middle.
    fn assert_shows_a_bar(arguments: &[&str], stdin: Stdio) {
        let (mut outer, inner) = terminal();
        let reader = thread::spawn(move || {
            let mut shown = Vec::new();
            let _ = outer.read_to_end(&mut shown);
            String::from_utf8(shown).unwrap()
        });
        assert_eq!(decode_slowly(arguments, stdin, inner.into()), 40_001);
        let shown = reader.join().unwrap();
        let pieces: Vec<_> = shown.split("\r\u{1b}[2K").collect();
        let is_bar = |piece: &str| piece.contains("% [") && !piece.contains('\n');
        let [first, others @ .., last] = &*pieces else { panic!("{shown:?}") };
        assert!(is_bar(first) && last.is_empty(), "{shown:?}");
        let complaints: Vec<_> = others.iter().filter(|piece| !is_bar(piece)).collect();
        assert_eq!(complaints.len(), 1, "{shown:?}");
        let is_whole =
            complaints[0].starts_with("booking-errors: ") && complaints[0].contains(", line 20001: ");
        assert!(is_whole, "{shown:?}");
    }

    /// The side of a terminal that a window reads, and the side that programs have.
    fn terminal() -> (File, File) {
        let flags = OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC;
        let outer = openpt(flags).unwrap();
        unlockpt(&outer).unwrap();
        let inner = ioctl_tiocgptpeer(&outer, flags).unwrap();
        (outer.into(), inner.into())
    }
}

#[test]
fn shows_no_bar_where_there_is_no_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let file = write(&folder, "lines.jsonl", GOOD.repeat(40_000));
    let log = folder.path().join("log");
    let stderr = fs::File::create(&log).unwrap().into();
    assert_eq!(decode_slowly(&["--batch", &file], Stdio::null(), stderr), 40_000);
    assert_eq!(fs::read_to_string(log).unwrap(), "");
}

/// Reads the answers slowly enough for a progress bar, and returns how many there were.
fn decode_slowly(arguments: &[&str], stdin: Stdio, stderr: Stdio) -> usize {
    let mut process = Process::new(&*BINARY);
    process.arg("decode").args(arguments).stdin(stdin).stdout(Stdio::piped()).stderr(stderr);
    let mut child = process.spawn().unwrap();
    drop(process); // has the terminal
    let mut answers = BufReader::new(child.stdout.take().unwrap()).lines();
    let first = answers.by_ref().take(1).count();
    thread::sleep(Duration::from_secs(1));
    let rest = answers.count();
    child.wait().unwrap();
    first + rest
}
