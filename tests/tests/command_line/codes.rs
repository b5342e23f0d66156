//! What the command line says about codes.

use crate::*;

#[test]
fn explains_every_known_code() {
    for info in codes(&[]) {
        let (provider, code) = (text(&info, "provider"), text(&info, "code"));
        let answer = booking_errors(&["explain", provider, code], "");
        assert_eq!((answer.status, &*answer.stderr), (Some(0), ""), "{code}");
        let statuses = info["statuses"].as_array().unwrap().iter().map(Value::to_string);
        let expected =
            ["provider", "code", "kind", "meaning", "remedy"].map(|member| text(&info, member).to_owned());
        for word in statuses.chain(expected) {
            assert!(answer.stdout.contains(&word), "{word} is not in:\n{}", answer.stdout);
        }
    }
}

#[test]
fn explains_a_code_of_two_providers_for_both() {
    let mut by_code = BTreeMap::<_, Vec<_>>::new();
    let codes = codes(&[]);
    codes.iter().for_each(|info| by_code.entry(text(info, "code")).or_default().push(info));
    for (code, infos) in by_code {
        let Answer { stdout, .. } = booking_errors(&["explain", code], "");
        for info in infos {
            let provider = format!("{}: {code}", text(info, "provider"));
            assert!(stdout.contains(&provider) && stdout.contains(text(info, "meaning")), "{stdout}");
        }
    }
}

#[test]
fn suggests_codes_that_are_near() {
    let table: &[(&[&str], Option<&str>)] = &[
        (&["SLOT_NOT_AVAILABL"], Some("SLOT_NOT_AVAILABLE")),
        (&["wix", "SLOT_NOT_AVAILABEL"], Some("SLOT_NOT_AVAILABLE")),
        (&["slot_not_availabl"], Some("SLOT_NOT_AVAILABLE")),
        (&["Validation_Faile"], Some("validation_failed")),
        (&["wix", "slot_unavailble"], Some("slot_unavailable (kind)")),
        (&["checkfrist"], Some("check_first (retry)")),
        (&["nothing-applied"], Some("not_applied (effect)")),
        (&["lookups"], Some("look-up (triage)")),
        (&["gateway timeot"], Some("gateway timeout (guesty)")),
        (&["600"], None),
        (&["4o4"], None),
        (&["guesty", "SLOT_NOT_AVAILABLE"], None),
        (&["zzzzzzzzzzzz"], None),
        (&[""], None),
    ];
    for (words, near) in table {
        let answer = booking_errors(&[&["explain"], *words].concat(), "");
        assert_eq!((answer.status, &*answer.stdout), (Some(1), ""), "{words:?}");
        assert!(!answer.stderr.is_empty());
        assert!(near.is_none_or(|code| answer.stderr.contains(code)), "{words:?}: {}", answer.stderr);
    }
}

#[test]
fn lists_the_codes_as_json() {
    let all = codes(&[]);
    let mut of_each = Vec::new();
    for provider in providers() {
        let codes = codes(&[provider]);
        assert!(!codes.is_empty() && codes.iter().all(|info| info["provider"] == provider));
        of_each.extend(codes);
    }
    assert_eq!(all, of_each);
    for info in &all {
        for member in ["provider", "code", "kind", "meaning", "remedy"] {
            assert!(!text(info, member).is_empty(), "{member} of {info}");
        }
        let statuses = info["statuses"].as_array().unwrap();
        assert!(statuses.iter().all(|status| (100..600).contains(&status.as_u64().unwrap())), "{info}");
    }
}

#[test]
fn lists_the_codes_for_people() {
    let all = codes(&[]);
    let table = booking_errors(&["codes"], "").stdout;
    assert_eq!(table, booking_errors(&["codes", "--format", "table"], "").stdout);
    let markdown = booking_errors(&["codes", "--format", "markdown"], "").stdout;
    let mut rows = markdown.lines().filter(|line| line.starts_with("| `"));
    for info in &all {
        let (provider, code, meaning) = (text(info, "provider"), text(info, "code"), text(info, "meaning"));
        assert!(
            table.lines().any(|line| [provider, code, meaning].iter().all(|word| line.contains(word))),
            "{code}"
        );
        let row = rows.next().unwrap();
        assert!([code, meaning, text(info, "remedy")].iter().all(|word| row.contains(word)), "{row}");
    }
    assert_eq!(rows.next(), None);
    for table in markdown.split("\n\n").filter(|table| table.starts_with('|')) {
        let bars: BTreeSet<_> =
            table.lines().map(|row| row.replace("\\|", "").matches('|').count()).collect();
        assert_eq!(bars.len(), 1, "each row has as many cells as the head:\n{table}");
    }
    for format in ["table", "markdown"] {
        let some = booking_errors(&["codes", "guesty", "--format", format], "").stdout;
        assert!(some.contains("LISTING_CALENDAR_BLOCKED") && !some.contains("SLOT_NOT_AVAILABLE"));
    }
}

#[test]
fn says_what_a_code_shows_about_the_effect_where_the_kind_does_not() {
    const SOFT: &str = "the code alone rejects nothing";
    let markdown = booking_errors(&["codes", "--format", "markdown"], "").stdout;
    let mut found = BTreeSet::new();
    for info in codes(&[]) {
        let (provider, code) = (text(&info, "provider"), text(&info, "code"));
        let effect = info["effect"].as_str().or(info.get("is_soft").map(|_| SOFT));
        let explained = booking_errors(&["explain", provider, code], "").stdout;
        let line = explained.lines().find_map(|line| line.trim_start().strip_prefix("effect "));
        assert_eq!(line.map(str::trim), effect, "{code}");
        if let Some(effect) = effect {
            let mut rows = markdown.lines().filter(|line| line.starts_with(&format!("| `{code}`")));
            assert!(rows.any(|row| row.contains(&format!("| {effect} |"))), "{code}");
            found.insert(effect.to_owned());
        }
    }
    assert!([SOFT, "not_applied", "partial"].iter().all(|effect| found.contains(*effect)), "{found:?}");
}

#[test]
fn the_page_has_a_section_for_each_api_and_source() {
    let markdown = booking_errors(&["codes", "wix", "--format", "markdown"], "").stdout;
    let headings: Vec<_> = markdown.lines().filter_map(|line| line.strip_prefix("### ")).collect();
    assert_eq!(headings[..2], ["Bookings (errors page of Create Booking)", "Bookings (SDK types)"]);
    assert!(headings.contains(&"Pricing (SDK types)") && headings.contains(&"Live systems"), "{headings:?}");
    for section in markdown.split("\n### ").skip(1) {
        let (lines, table): (Vec<_>, Vec<_>) =
            section.lines().skip(1).filter(|line| !line.is_empty()).partition(|line| line.starts_with("- "));
        let [head, _, rows @ ..] = &table[..] else { panic!("no table in {section}") };
        // a column whose cells are all alike is a line before the table, or left out
        for column in ["status", "effect", "message", "successor", "sent by"] {
            let Some(at) = head.split(" | ").position(|name| name.trim_end_matches(" |") == column) else {
                continue;
            };
            let cells: BTreeSet<_> =
                rows.iter().map(|row| row.split(" | ").nth(at).unwrap_or_default()).collect();
            assert!(cells.len() > 1, "{column} in {section}");
            assert!(!lines.iter().any(|line| line.starts_with(&format!("- {column}: "))));
        }
    }
}

/// With `UPDATE=1` in the environment the pages are written anew instead.
#[test]
fn prints_the_pages_of_codes_that_are_committed() {
    // another crate of the tree may have switched serde_json to keep the order of members, which the samples then show
    let is_sorted = json!({"b": 0, "a": 0}).to_string().starts_with(r#"{"a""#);
    for (format, name) in [("markdown", "codes.md"), ("html", "codes.html")] {
        if name == "codes.html" && !is_sorted {
            continue;
        }
        let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs").join(name);
        let printed = booking_errors(&["codes", "--format", format], "").stdout;
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&page, &printed).unwrap();
        }
        let is_current = fs::read_to_string(&page).is_ok_and(|committed| committed == printed);
        assert!(
            is_current,
            "docs/{name} is out of date: UPDATE=1 cargo test -p booking-errors-tests prints_the_pages"
        );
    }
}

#[test]
fn lists_the_codes_of_some_kinds_in_every_format() {
    let known = codes(&[]);
    let table: &[(&[&str], &[&str])] = &[
        (&["--kind", "conflict"], &["conflict"]),
        (&["--kind", "CONFLICT,Not_Found"], &["conflict", "not_found"]),
        (&["-k", "conflict,slot_unavailable"], &["conflict", "slot_unavailable"]),
        (&["-k", "not_found", "--kind", "unknown", "wix"], &["not_found", "unknown"]),
    ];
    for (arguments, kinds) in table {
        let is_listed = |info: &&Value| {
            kinds.contains(&text(info, "kind")) && (!arguments.contains(&"wix") || info["provider"] == "wix")
        };
        let (listed, others): (Vec<_>, Vec<_>) = known.iter().partition(is_listed);
        assert_eq!(codes(arguments).iter().collect::<Vec<_>>(), listed, "{arguments:?}");
        for format in ["table", "markdown", "html"] {
            let printed = booking_errors(&[&["codes", "-f", format], *arguments].concat(), "").stdout;
            let words: BTreeSet<_> = printed.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
            assert!(listed.iter().all(|info| words.contains(text(info, "code"))), "{format} {arguments:?}");
            let stray = others.iter().map(|info| text(info, "code")).find(|code| {
                let is_named_by_another = listed.iter().any(|info| info.to_string().contains(code));
                words.contains(code) && !is_named_by_another
            });
            assert_eq!(stray, None, "{format} {arguments:?}");
        }
    }
}

#[test]
fn says_that_no_code_has_the_kind() {
    for format in ["table", "json", "markdown", "html"] {
        let answer = booking_errors(&["codes", "fluentbooking", "-k", "coupon_rejected", "-f", format], "");
        assert_eq!(answer.status, Some(0), "nothing failed");
        assert!(answer.stderr.contains("FluentBooking") && answer.stderr.contains("coupon_rejected"));
        match format {
            "table" => assert_eq!(answer.stdout, ""),
            "json" => assert_eq!(answer.stdout, "[]\n"),
            _ => assert!(!answer.stdout.contains("wp_die"), "{format}"),
        }
    }
}

#[test]
fn prints_a_page_of_one_provider_for_browsers() {
    let page = booking_errors(&["codes", "guesty", "--format", "html"], "").stdout;
    assert!(page.starts_with("<!doctype html>") && page.ends_with("</html>\n"));
    assert!(page.contains("LISTING_CALENDAR_BLOCKED") && !page.contains("SLOT_NOT_AVAILABLE"));
    assert!(!page.contains("<textarea"), "nothing decodes there");
}

#[test]
fn explains_what_sends_a_code_and_what_took_its_place() {
    let explained = |code: &str| booking_errors(&["explain", "wix", code], "").stdout;
    let sent = explained("SLOT_NOT_AVAILABLE");
    assert!(sent.contains("createBooking, bulkCreateBooking") && sent.contains("errors page"), "{sent}");
    let replaced = explained("SERVICE_POLICY_VIOLATION");
    assert!(replaced.contains("BOOKING_POLICY_VIOLATION"), "{replaced}");
    assert!(explained("NO_OPEN_SPOTS").contains("SDK types"));
    let priced = explained("INVALID_DURATION_CHOICE");
    assert!(priced.lines().any(|line| line.split_whitespace().eq(["API", "Pricing"])), "{priced}");
    assert!(!explained("INTERNAL").contains("API"));
}
