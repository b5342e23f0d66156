//! The exit status of `decode`, for scripts.

use crate::*;

#[test]
fn tells_scripts_what_to_do() {
    let table = [
        ("HTTP/2 200\nx-wix-request-id: 17\n\n{}", 0),
        ("HTTP/2 429\nx-wix-request-id: 17\n\n", 3),
        ("HTTP/2 404\nx-wix-request-id: 17\n\n", 4),
        ("HTTP/2 504\nx-wix-request-id: 17\n\n", 5),
        ("504 Gateway Time-out", 2),
        ("", 1),
    ];
    for (input, status) in table {
        for option in ["--exit-status", "-x"] {
            assert_eq!(decode(&[option], input).status, Some(status), "{input}");
            assert_eq!(decode(&[option, "--format", "json"], input).status, Some(status), "{input}");
        }
        assert_eq!(decode(&[], input).status, Some(if status > 2 { 0 } else { status }), "{input}");
    }
}

#[test]
fn tells_of_several_responses_the_one_to_care_about_most() {
    let folder = tempfile::tempdir().unwrap();
    let of = |status: u16| {
        write(&folder, &status.to_string(), format!("HTTP/2 {status}\nx-wix-request-id: 17\n\n"))
    };
    let missing = folder.path().join("missing").to_str().unwrap().to_owned();
    let table = [
        (vec![of(204)], 0),
        (vec![of(204), of(429)], 3),
        (vec![of(404), of(429)], 4),
        (vec![of(504), of(404), of(204)], 5),
        (vec![of(204), missing.clone()], 1),
        (vec![missing.clone(), of(504)], 5),
    ];
    for (files, status) in table {
        let arguments: Vec<_> = ["-x"].into_iter().chain(files.iter().map(String::as_str)).collect();
        assert_eq!(decode(&arguments, "").status, Some(status), "{files:?}");
    }
    assert_eq!(decode(&[&missing, &of(504)], "").status, Some(1), "one file is not read");
}

#[test]
fn has_no_exit_status_for_a_batch() {
    assert_eq!(decode(&["--batch", "-x"], "").status, Some(2));
}
