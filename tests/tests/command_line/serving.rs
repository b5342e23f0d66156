//! The sandbox as the command line runs it. What it answers is tested with its own crate.
#![cfg(unix)]

use std::io::{BufRead as _, BufReader, Read as _};
use std::net::TcpListener;
use std::process::{Child, ExitStatus};

use crate::*;

/// A sandbox that runs; it is killed if the test fails.
struct Serving {
    child: Child,
    /// What it printed when it was ready.
    greeting: String,
}

impl Serving {
    fn start(arguments: &[&str]) -> Self {
        let mut child = Process::new(&*BINARY)
            .args(["serve", "--port", "0"])
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut greeting = String::new();
        for line in lines.map(Result::unwrap) {
            greeting += &format!("{line}\n");
            if line.contains("Ctrl+C") || line.starts_with('{') {
                break;
            }
        }
        Self { child, greeting }
    }

    fn url(&self) -> &str {
        let start = self.greeting.find("http://").unwrap();
        self.greeting[start..].split_whitespace().next().unwrap().trim_end_matches('.')
    }

    /// The calls that it suggests.
    fn calls(&self) -> Vec<&str> {
        self.greeting.lines().map(str::trim).filter(|line| line.starts_with("curl ")).collect()
    }

    /// What it says that a pasted response means.
    fn decode(&self, pasted: &str) -> String {
        let arguments = ["-s", "--data-binary", "@-", &format!("{}/_decode", self.url())];
        let output = Command::new("curl").args(arguments).write_stdin(pasted).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    }

    /// Ends it, and returns its status and what it complained about.
    fn end(mut self, signal: &str) -> (ExitStatus, String) {
        run(&format!("kill -{signal} {}", self.child.id()));
        let mut complaints = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut complaints).unwrap();
        (self.child.wait().unwrap(), complaints)
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs a command as somebody types it, and returns what it prints.
fn run(command: &str) -> String {
    let output = Process::new("sh").args(["-c", command]).output().unwrap();
    assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn prints_its_urls_as_one_line_of_json() {
    let serving = Serving::start(&["--format", "json"]);
    let printed: Value = serde_json::from_str(&serving.greeting).unwrap();
    let url = text(&printed, "url");
    let urls: BTreeMap<String, String> = serde_json::from_value(printed["providers"].clone()).unwrap();
    assert!(urls.keys().map(String::as_str).collect::<BTreeSet<_>>() == providers().collect());
    for of_provider in urls.values() {
        assert!(of_provider.starts_with(url), "{of_provider}");
        let booked =
            run(&format!("curl -s -o /dev/null -w '%{{http_code}}' -d '{{}}' {of_provider}/bookings"));
        assert!(booked.starts_with('2'), "{booked} from {of_provider}");
    }
    assert_eq!(serving.end("TERM").0.code(), Some(0));
}

#[test]
fn prints_calls_that_book_fail_and_show_the_ledger() {
    for provider in providers() {
        let serving = Serving::start(&["--provider", provider]);
        let [book, fail, ledger] = serving.calls()[..] else { panic!("{}", serving.greeting) };
        assert!(
            [book, fail].iter().all(|call| call.contains(&format!("{}/{provider}/", serving.url()))),
            "{book}"
        );
        assert!(run(book).starts_with("HTTP/1.1 20"), "{provider}");
        assert!(run(fail).starts_with("HTTP/1.1 504"), "{provider}");
        let ledger: Value = serde_json::from_str(&run(ledger)).unwrap();
        assert_eq!(ledger["bookings"].as_array().unwrap().len(), 2, "{ledger}");
        run(book);
        let url = serving.url();
        let ledger: Value = serde_json::from_str(&run(&format!("curl {url}/_ledger"))).unwrap();
        assert_eq!(ledger["twice"].as_array().unwrap().len(), 1, "{ledger}");
    }
}

#[test]
fn ends_with_status_0_when_it_is_told_to() {
    for signal in ["INT", "TERM"] {
        let serving = Serving::start(&[]);
        let hanging = format!("{}/wix/bookings", serving.url());
        let mut caller = Process::new("curl")
            .args(["-s", &hanging, "-d", "{}", "-H", "Prefer: code=hang after booking"])
            .spawn()
            .unwrap();
        // the call has come when it is in the ledger
        let mut ledgers = (0..1000).map(|_| run(&format!("curl -s {}/_ledger", serving.url())));
        assert!(ledgers.any(|ledger| ledger.contains("hang after booking")));
        let (status, complaints) = serving.end(signal);
        assert_eq!((status.code(), &*complaints), (Some(0), ""), "{signal}");
        assert!(!caller.wait().unwrap().success(), "the connection ends with the sandbox");
    }
}

#[test]
fn says_what_to_do_if_the_port_is_taken() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let answer = booking_errors(&["serve", "--port", &port], "");
    assert_eq!((answer.status, &*answer.stdout), (Some(1), ""));
    let address = format!("127.0.0.1:{port}");
    assert!([&*address, "in use", "--port"].iter().all(|it| answer.stderr.contains(it)), "{}", answer.stderr);
    assert_eq!(answer.stderr.lines().count(), 1, "{}", answer.stderr);
}

#[test]
fn warns_if_others_can_reach_it() {
    let (_, complaints) = Serving::start(&["--address", "0.0.0.0"]).end("TERM");
    assert!(complaints.contains("warning") && complaints.contains("0.0.0.0"), "{complaints}");
    for loopback in ["127.0.0.1", "127.0.0.2", "::ffff:127.0.0.1"] {
        // not every system has more than one loopback address
        if TcpListener::bind((loopback, 0)).is_err() {
            continue;
        }
        let (_, complaints) = Serving::start(&["--address", loopback]).end("TERM");
        assert_eq!(complaints, "", "{loopback}");
    }
}

#[test]
fn listens_on_loopback_only_unless_told_otherwise() {
    let serving = Serving::start(&[]);
    assert!(serving.url().starts_with("http://127.0.0.1:"), "{}", serving.greeting);
}

#[test]
fn decodes_what_is_pasted_as_the_command_does() {
    let serving = Serving::start(&[]);
    for body in [WIX, FLUENTBOOKING, GUESTY] {
        let pasted = format!("HTTP/2 428\r\nretry-after: 7\r\n\r\n{body}");
        assert_eq!(serving.decode(&pasted), decode(&[], &pasted).stdout);
    }
    let success = "HTTP/1.1 200\n\n{\"booking\":{\"id\":\"17\"}}";
    assert_eq!(serving.decode(success), decode(&["--provider", "wix"], success).stdout);
    assert_is_harmless(&serving.decode(&format!("HTTP/1.1 400\n\n{}", json!({"message": HOSTILE}))));
}

#[test]
fn decodes_what_any_provider_may_have_sent_for_each() {
    let serving = Serving::start(&[]);
    let pasted = "HTTP/1.1 504\ncontent-type: text/html\n\n<html>504</html>";
    let meaning = serving.decode(pasted);
    for provider in providers() {
        let expected = decode(&["--provider", provider], pasted).stdout;
        assert!(meaning.contains(&expected), "{provider}: {meaning}");
    }
}

#[test]
fn decodes_whatever_kind_of_text_is_pasted() {
    let serving = Serving::start(&[]);
    let line = format!("ERROR POST /bookings status=428 body={WIX}");
    for (pasted, part) in
        [(WIX, "Give it below"), (&*line, "line 1"), ("> POST / HTTP/2\n< HTTP/2 504\n< \n", "POST")]
    {
        let meaning = serving.decode(pasted);
        assert!(meaning.contains("effect ") && meaning.contains(part), "{pasted}: {meaning}");
    }
}

#[test]
fn asks_for_something_else_if_what_is_pasted_is_no_response() {
    let serving = Serving::start(&[]);
    for pasted in ["", " ", "504 Gateway Time-out", "HTTP/ garbage"] {
        let advice = serving.decode(pasted);
        assert!(advice.contains("HTTP/1.1 428") && advice.contains("curl -i"), "{pasted}: {advice}");
    }
}
