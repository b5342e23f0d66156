//! The samples that the command line prints: for people, for scripts and for WireMock.

use booking_errors::{Provider, Sample};

use crate::*;

pub fn all_samples() -> impl Iterator<Item = (&'static Provider, Sample)> {
    let of_each = |provider: &'static Provider| provider.samples().into_iter().map(move |it| (provider, it));
    booking_errors::providers().iter().copied().flat_map(of_each)
}

fn sample(arguments: &[&str]) -> Answer {
    booking_errors(&[&["sample"], arguments].concat(), "")
}

/// The stubs that the command line prints, by their name.
fn stubs(arguments: &[&str]) -> BTreeMap<String, Value> {
    let printed = sample(&[&["--format", "wiremock"], arguments].concat()).json();
    let stubs = printed["mappings"].as_array().unwrap().clone();
    let count = stubs.len();
    let by_name: BTreeMap<_, _> = stubs.into_iter().map(|it| (text(&it, "name").to_owned(), it)).collect();
    assert_eq!(by_name.len(), count, "each stub has a name of its own");
    by_name
}

#[test]
fn prints_a_code_and_a_situation_by_name() {
    for (provider, name) in
        [("wix", "SLOT_NOT_AVAILABLE"), ("guesty", "NOT_FOUND"), ("wix", "gateway timeout")]
    {
        let known = booking_errors::provider(provider).unwrap().sample(name).unwrap();
        let answer = sample(&[provider, name]);
        assert_eq!((answer.status, &*answer.stderr, answer.stdout), (Some(0), "", format!("{known}\n")));
    }
}

#[test]
fn a_heading_goes_before_each_of_all_samples() {
    let headed = |(provider, sample): (&Provider, Sample)| {
        format!("### {} {}\n{sample}\n", provider.name(), sample.name)
    };
    assert_eq!(sample(&["--all"]).stdout, all_samples().map(headed).collect::<String>());
    let of_guesty: String = all_samples().filter(|it| it.0.name() == "guesty").map(headed).collect();
    assert_eq!(sample(&["--all", "guesty"]).stdout, of_guesty);
}

/// By the command that the help shows.
#[cfg(target_os = "linux")]
#[test]
fn all_samples_split_into_files_that_decode() {
    let folder = tempfile::tempdir().unwrap();
    let help = sample(&["--help"]).stdout;
    let (_, split) = help.lines().find_map(|line| line.split_once(" --all | ")).unwrap();
    write(&folder, "all", sample(&["--all"]).stdout);
    let done = Process::new("sh")
        .current_dir(&folder)
        .args(["-c", &format!("{split} --digits 4 < all")])
        .stdout(Stdio::null())
        .status()
        .unwrap();
    assert!(done.success(), "{split}");
    fs::remove_file(folder.path().join("all")).unwrap();

    let mut files: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let split: Vec<_> = files.iter().map(|file| fs::read_to_string(file).unwrap()).collect();
    assert_eq!(split, all_samples().map(|(_, sample)| format!("{sample}\n")).collect::<Vec<_>>());
    for (index, (provider, sample)) in all_samples().enumerate().step_by(40) {
        let file = files[index].to_str().unwrap();
        let error = decode(&["--provider", provider.name(), "--format", "json", file], "").json();
        assert_eq!(error["kind"], provider.decode(&sample.response()).kind().as_str(), "{}", sample.name);
    }
}

#[test]
fn a_line_of_json_has_the_response_and_what_it_decodes_to() {
    let lines = sample(&["--all", "--format", "json"]);
    let decoded = decode(&["--batch"], &lines.stdout).json_lines();
    let lines = lines.json_lines();
    assert_eq!((lines.len(), decoded.len()), (all_samples().count(), all_samples().count()));
    for (((provider, sample), line), decoded) in all_samples().zip(lines).zip(decoded) {
        let headers: Value = sample.headers.iter().map(|(name, value)| (*name, value.clone())).collect();
        assert_eq!(line["headers"].as_object().unwrap().len(), sample.headers.len(), "{line}");
        let response = json!({
            "provider": provider.name(), "name": sample.name, "status": sample.status,
            "headers": headers, "body": sample.body,
            "kind": decoded["kind"], "effect": decoded["effect"], "retry": decoded["retry"],
        });
        assert_eq!(line, response);
        assert!(decoded["kind"].is_string(), "{}: {decoded}", sample.name);
    }
    let one = sample(&["wix", "rate limit", "--format", "json"]).json();
    assert_eq!((&one["status"], &one["retry"]), (&json!(429), &json!("safe")));
}

#[test]
fn wiremock_has_a_stub_for_each_sample() {
    let stubs = stubs(&["--all"]);
    assert_eq!(stubs.len(), all_samples().count() + providers().count());
    for (provider, sample) in all_samples() {
        let (provider, name) = (provider.name(), sample.name);
        let Value::Object(stub) = &stubs[&format!("{provider}: {name}")] else { panic!("{name}") };
        let headers: Value = sample.headers.iter().map(|(name, value)| (*name, value.clone())).collect();
        assert_eq!(
            stub["response"],
            json!({"status": sample.status, "headers": headers, "body": sample.body})
        );
        let request = &stub["request"];
        assert_eq!(
            (text(request, "method"), text(request, "urlPathPattern")),
            ("ANY", &*format!("/{provider}(/.*)?"))
        );
        let pattern = text(&request["headers"]["Prefer"], "matches");
        assert_eq!(pattern.replace('\\', ""), format!("code=\"?{name}\"?"));
        // what a regular expression would take for more than itself
        let mut before = ' ';
        for c in pattern.strip_prefix("code=\"?").and_then(|it| it.strip_suffix("\"?")).unwrap().chars() {
            assert!(before == '\\' || !".^$*+?()[]{}|".contains(c), "{pattern}");
            before = c;
        }
    }
}

#[test]
fn wiremock_answers_with_success_where_no_code_is_asked_for() {
    let stubs = stubs(&["--all"]);
    for provider in booking_errors::providers() {
        let success = &stubs[&format!("{}: success", provider.name())];
        let priority = |stub: &Value| stub["priority"].as_u64().unwrap();
        let is_last = |(name, stub): (&String, &Value)| {
            name.ends_with(": success") || priority(stub) < priority(success)
        };
        assert!(stubs.iter().all(is_last));
        let response = &success["response"];
        let (status, body) = (response["status"].as_u64().unwrap(), text(response, "body"));
        let line = json!({"provider": provider.name(), "status": status, "headers": response["headers"], "body": body});
        assert_eq!(decode(&["--batch"], line.to_string()).json(), Value::Null);
    }
}

#[test]
fn wiremock_takes_one_sample_or_those_of_a_provider() {
    let one = stubs(&["guesty", "rate limit"]);
    assert!(one.keys().eq(["guesty: rate limit", "guesty: success"]), "{one:?}");
    let of_wix = stubs(&["--all", "wix"]);
    assert!(of_wix.keys().all(|name| name.starts_with("wix: ")) && of_wix.contains_key("wix: success"));
}

#[test]
fn suggests_samples_that_are_near() {
    let table = [
        ("wix", "SLOT_NOT_AVAILABL", "SLOT_NOT_AVAILABLE (wix)"),
        ("wix", "Gateway Timeout", "gateway timeout (wix)"),
        ("guesty", "timeout", "gateway timeout (guesty)"),
        ("guesty", "zzzzzzzz", "booking-errors sample --all guesty"),
        ("guesty", "", "booking-errors sample --all guesty"),
    ];
    for (provider, name, near) in table {
        for format in ["curl", "json", "wiremock"] {
            let answer = sample(&[provider, name, "--format", format]);
            assert_eq!((answer.status, &*answer.stdout), (Some(1), ""), "{name}");
            assert!(answer.stderr.contains(near), "{name}: {}", answer.stderr);
        }
    }
}
