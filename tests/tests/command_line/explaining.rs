//! What words the command line explains, beyond codes as they are spelled.

use booking_errors::{Effect, Kind, Retry, Triage};

use crate::*;

fn explain(arguments: &[&str]) -> Vec<Value> {
    let topics = booking_errors(&[&["explain", "--format", "json"], arguments].concat(), "").json();
    serde_json::from_value(topics).unwrap()
}

/// What each explanation is about: what it is, and its name.
fn found(arguments: &[&str]) -> Vec<String> {
    let name = |topic: &Value| {
        let name = ["code", "name"].iter().find_map(|member| topic[member].as_str());
        name.map_or_else(|| topic["status"].to_string(), str::to_owned)
    };
    explain(arguments).iter().map(|topic| format!("{} {}", text(topic, "is"), name(topic))).collect()
}

#[test]
fn explains_every_word_in_any_case() {
    let codes = codes(&[]);
    // every fourth is enough: each is a run of the program
    let words = codes.iter().step_by(4).map(|info| text(info, "code"));
    let words = words.chain(Kind::ALL.iter().map(|it| it.as_str()));
    let words = words.chain(Effect::ALL.iter().map(|it| it.as_str()));
    let words = words.chain(Retry::ALL.iter().map(|it| it.as_str()));
    let words: BTreeSet<_> = words.chain(Triage::ALL.iter().map(|it| it.as_str())).collect();
    for word in words {
        let all = found(&[word]);
        assert!(all.first().is_some_and(|first| first.ends_with(&format!(" {word}"))), "{word}: {all:?}");
        let spellings = [word.to_lowercase().replace('_', "-"), word.to_uppercase().replace(['_', '-'], " ")];
        for spelling in spellings {
            let found = found(&[&spelling]);
            assert!(all.iter().all(|topic| found.contains(topic)), "{spelling}: {found:?}");
        }
    }
}

#[test]
fn what_is_spelled_like_the_word_comes_first() {
    let table: &[(&[&str], &[&str])] = &[
        (&["slot_not_available"], &["code SLOT_NOT_AVAILABLE"]),
        (&["unknown"], &["kind unknown", "effect unknown", "code UNKNOWN"]),
        (&["UNKNOWN"], &["code UNKNOWN", "kind unknown", "effect unknown"]),
        (&["not_found"], &["kind not_found", "code NOT_FOUND", "code NOT_FOUND"]),
        (&["guesty", "not_found"], &["kind not_found", "code NOT_FOUND"]),
        (&["fluentbooking", "unknown"], &["kind unknown", "effect unknown"]),
        (&["Gateway Timeout"], &["code GATEWAY_TIMEOUT", "situation gateway timeout"]),
        (&["wix", "gateway timeout"], &["situation gateway timeout"]),
        (&["504"], &["status 504"]),
        (&[" 504 "], &["status 504"]),
        (&["LookUp"], &["triage look-up"]),
        (&["check-first"], &["retry check_first"]),
    ];
    for (arguments, expected) in table {
        assert_eq!(found(arguments), *expected, "{arguments:?}");
    }
}

#[test]
fn a_code_has_the_members_that_the_list_of_codes_has() {
    for info in codes(&[]) {
        let topics = explain(&[text(&info, "provider"), text(&info, "code")]);
        let mut first = topics[0].clone();
        assert_eq!(first.as_object_mut().unwrap().remove("is"), Some(json!("code")));
        assert_eq!(first, info);
    }
}

#[test]
fn a_kind_names_what_leads_to_it_and_what_follows() {
    let codes = codes(&[]);
    for kind in Kind::ALL {
        let word = kind.as_str();
        let topics = explain(&[word]);
        let topic = topics.iter().find(|topic| topic["is"] == "kind").unwrap();
        assert_eq!((text(topic, "meaning"), text(topic, "remedy")), (kind.meaning(), kind.remedy()));
        let statuses: Vec<_> = (100..600).filter(|status| Kind::from_status(*status) == *kind).collect();
        assert_eq!(topic["statuses"], json!(statuses));
        let of_kind = codes.iter().filter(|info| info["kind"] == word);
        let of_kind: Vec<_> =
            of_kind.map(|info| json!({"provider": info["provider"], "code": info["code"]})).collect();
        assert_eq!(topic["codes"], json!(of_kind));
        for case in topic["cases"].as_array().unwrap() {
            let effect: Effect = text(case, "effect").parse().unwrap();
            let retry = Retry::of(*kind, effect);
            let group = Triage::of(*kind, effect, retry);
            let expected = [word, retry.as_str(), group.as_str()];
            assert_eq!(["kind", "retry", "triage"].map(|member| text(case, member)), expected);
        }
        let shown = booking_errors(&["explain", word], "").stdout;
        for word in [kind.meaning(), kind.remedy()] {
            assert!(shown.contains(word), "{word} is not in:\n{shown}");
        }
        assert!(of_kind.is_empty() || shown.contains(text(&of_kind[0], "code")), "{shown}");
    }
    let of_guesty = explain(&["guesty", "slot_unavailable"]);
    assert!(of_guesty[0]["codes"].as_array().unwrap().iter().all(|code| code["provider"] == "guesty"));
}

#[test]
fn effects_retries_and_groups_say_what_they_come_with() {
    let table: &[(&str, &str, &str, &[&str])] = &[
        (
            "effect",
            "not_applied",
            Effect::NotApplied.meaning(),
            &["safe", "never", "wait", "rate_limited", "code"],
        ),
        ("effect", "partial", Effect::Partial.meaning(), &["never", "partly-done"]),
        ("effect", "unknown", Effect::Unknown.meaning(), &["check_first", "look-up", "any kind"]),
        ("retry", "safe", Retry::Safe.meaning(), &["not_applied", "wait", "unavailable"]),
        ("retry", "check_first", Retry::CheckFirst.meaning(), &["unknown", "look-up", "any kind"]),
        ("triage", "look-up", Triage::LookUp.meaning(), &["unknown", "check_first", "any kind"]),
        ("triage", "customer", Triage::Customer.meaning(), &["not_applied", "never", "slot_unavailable"]),
    ];
    for (what, word, meaning, expected) in table {
        let topics = explain(&[word]);
        let topic = topics.iter().find(|topic| topic["is"] == *what).unwrap();
        assert_eq!(text(topic, "meaning"), *meaning);
        let cases = topic["cases"].as_array().unwrap();
        assert!(!cases.is_empty() && cases.iter().all(|case| case[*what] == *word), "{topic}");
        let shown = booking_errors(&["explain", word], "").stdout;
        let shown =
            shown.split("\n\n").find(|part| part.starts_with("  comes with") && part.contains(expected[0]));
        let shown = shown.unwrap_or_default();
        assert!(expected.iter().all(|part| shown.contains(part)), "{word}: {shown}");
    }
}

#[test]
fn a_status_means_what_an_empty_response_with_it_means() {
    const STATUSES: [u16; 24] = [
        100, 199, 200, 202, 204, 302, 400, 401, 402, 404, 408, 409, 421, 422, 425, 428, 429, 451, 499, 500,
        501, 503, 504, 530,
    ];
    for status in STATUSES {
        let word = status.to_string();
        let topics = explain(&[&word]);
        let mut explained = BTreeSet::new();
        for topic in topics.iter().filter(|topic| topic["is"] == "status") {
            for provider in topic["providers"].as_array().unwrap() {
                let provider = provider.as_str().unwrap();
                let error =
                    decode(&["--provider", provider, "--status", &word, "--format", "json"], "").json();
                for member in ["kind", "effect", "remedy"] {
                    assert_eq!(topic[member], error[member], "{member} of {status} from {provider}");
                }
                assert!(explained.insert(provider.to_owned()), "{provider} has one meaning");
            }
        }
        assert_eq!(explained, providers().map(str::to_owned).collect(), "{status}");
        let shown = booking_errors(&["explain", &word], "").stdout;
        assert!(shown.contains(&format!("status {word}")), "{shown}");
    }
}

#[test]
fn an_unknown_word_is_an_empty_list() {
    for words in [&["SLOT_NOT_AVAILABL"][..], &["wix", "LISTING_CALENDAR_BLOCKED"], &[""], &["-"], &[HOSTILE]]
    {
        if words[0].contains('\0') {
            continue;
        }
        let answer = booking_errors(&[&["explain", "--format", "json"], words].concat(), "");
        assert_eq!((answer.status, &*answer.stdout), (Some(1), "[]\n"), "{words:?}");
        assert!(!answer.stderr.is_empty());
    }
    let hostile = HOSTILE.replace('\0', "");
    let answer = booking_errors(&["explain", &hostile], "");
    assert_eq!((answer.status, &*answer.stdout), (Some(1), ""));
    assert_is_harmless(&answer.stderr);
}
