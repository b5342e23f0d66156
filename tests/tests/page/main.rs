//! The page of errors and the report of a triage, in a real browser.

mod browser;
mod hostile;
mod server;
mod triage;

use booking_errors::{Provider, providers};
use booking_errors_sandbox::page::{content_security_policy, page};
use serde_json::{Value, json};

use crate::browser::*;
use crate::server::*;

/// The code that most tests open.
const SLOT: &str = "#wix/SLOT_NOT_AVAILABLE";

#[test]
fn is_one_file_of_at_most_400_kb_that_loads_nothing() {
    for decodes in [false, true] {
        let page = page(decodes);
        assert!(page.len() <= 400_000, "{}", page.len());
        for loaded in ["src=", "@import", "url(", "rel=\"stylesheet\""] {
            assert!(!page.contains(loaded), "{loaded}");
        }
    }
}

#[tokio::test]
async fn finds_errors_while_one_types() {
    in_browser(pages().await, async |tab| {
        tab.open("/").await;
        let all = tab.texts("#results .name").await.len();
        let expected: usize = providers().iter().map(|provider| provider.samples().len()).sum();
        assert_eq!(all, expected);
        // what is typed, the first result, and a part of what the first result says
        let table = [
            ("slot_not", "SLOT_NOT_AVAILABLE", "slot_not"),
            ("Slot Not Available", "SLOT_NOT_AVAILABLE", "available"),
            ("could not be found meeting", "Sorry! meeting could not be found", "meeting"),
            ("nights blocked", "LISTING_CALENDAR_BLOCKED", "blocked"),
            ("wix payment required", "", "payment_required"),
            ("choose from the slots it returns", "SLOT_NOT_AVAILABLE", "slots it returns"),
            ("428 no free spot", "", "428"),
            ("wix/SLOT_NOT_AVAILABLE", "SLOT_NOT_AVAILABLE", "slot_not"),
            ("#wix/SLOT_NOT_AVAILABLE", "SLOT_NOT_AVAILABLE", "slot_not"),
            ("slot-not-available", "SLOT_NOT_AVAILABLE", "slot_not"),
            ("SlotNotAvailable", "SLOT_NOT_AVAILABLE", "slot_not"),
            ("not_applied", "", "not_applied"),
            ("check_first", "", "check_first"),
            ("check-first unknown", "", "unknown"),
            ("safe", "", "safe"),
        ];
        for (typed, first, part) in table {
            tab.fill("#search", typed).await;
            let found = tab.texts("#results .name").await;
            assert!(!found.is_empty() && found.len() < all, "{typed}: {}", found.len());
            assert!(first.is_empty() || found[0] == first, "{typed}: {found:?}");
            let said = tab.text("#count").await;
            let number = if found.len() == 1 { "1 error".into() } else { format!("{} errors", found.len()) };
            assert_eq!(said, number, "{typed}");
            tab.click("#results a").await;
            tab.wait_until("document.activeElement.id === 'detail'").await;
            let shown = tab.text("#detail").await.to_lowercase();
            assert!(shown.contains(part), "{typed}: {shown}");
        }
        // as a log has it, with an id that no text here can have
        tab.fill("#search", "Not enough available spots for session 3f25.").await;
        assert_eq!(tab.texts("#results .name").await, ["SESSION_CAPACITY_EXCEEDED"]);
        assert_eq!(tab.text("#count").await, "No error has all these words. The nearest: 1 error");
        // with a slip
        for typed in ["SLOT_NOT_AVAILABEL", "wix/SLOT_NOT_AVAIL_ABLE_X", "slot not availabel"] {
            tab.fill("#search", typed).await;
            let found = tab.texts("#results .name").await;
            assert!(found.contains(&"SLOT_NOT_AVAILABLE".into()), "{typed}: {found:?}");
            assert!(tab.text("#count").await.contains("The nearest: "), "{typed}");
        }
        tab.fill("#search", "zzzz").await;
        assert!(tab.texts("#results .name").await.is_empty());
        assert!(tab.text("#count").await.starts_with("No error matches"));
    })
    .await;
}

#[tokio::test]
async fn opens_every_error_by_a_link_of_its_own() {
    in_browser(pages().await, async |tab| {
        tab.open("/").await;
        let links = "[...document.querySelectorAll('#results a')].map((a) => a.getAttribute('href'))";
        let links: Vec<String> = serde_json::from_value(tab.value(links).await).unwrap();
        let mut left = links.iter();
        for provider in providers() {
            let codes = provider.codes().iter().map(|info| format!("#{}/{}", provider.name(), info.code));
            assert!(codes.zip(&mut left).all(|(code, link)| code == *link));
            left.by_ref().take(provider.samples().len() - provider.codes().len()).for_each(drop);
        }
        assert_eq!(left.next(), None);
        // the browser takes no more than 200 addresses in a row
        let some = links.iter().enumerate().filter(|(index, link)| index % 3 == 0 || link.contains('%'));
        for (_, link) in some {
            let shown = format!(
                "(location.hash = {link:?}, dispatchEvent(new Event('hashchange')), \
                 document.querySelector('h2 a').getAttribute('href'))"
            );
            assert_eq!(tab.value(&shown).await, *link);
        }
        for none in ["", "#", "#detail"] {
            tab.open(&format!("/{none}")).await;
            assert_eq!(tab.text("h2").await, "Choose an error or a kind", "{none}");
        }
    })
    .await;
}

#[tokio::test]
async fn says_that_no_error_has_the_name_in_a_link() {
    in_browser(pages().await, async |tab| {
        let table = [
            ("#wix/NOPE", "wix/NOPE"),
            ("#nobody/SLOT_NOT_AVAILABLE", "nobody/SLOT_NOT_AVAILABLE"),
            ("#wix%2FNO%20PE", "wix/NO PE"),
            ("#wix/%E0%A4%A", "wix/%E0%A4%A"),
            ("#NOPE", "NOPE"),
        ];
        for (link, name) in table {
            let said = format!("No error is called {name}");
            tab.open(&format!("/{link}")).await;
            assert_eq!(tab.text("h2").await, said);
            assert_eq!(tab.value("document.getElementById('search').value").await, name);
            // from an open error, nothing of which stays
            tab.open(&format!("/{SLOT}")).await;
            tab.value(&format!("location.hash = {link:?}")).await;
            tab.wait_until(&format!("document.querySelector('h2').textContent === {said:?}")).await;
            assert_eq!(tab.value("document.getElementById('search').value").await, name);
            assert_eq!(tab.value("document.activeElement.id").await, "detail");
            assert!(tab.texts("[aria-current], #detail pre").await.is_empty());
            assert!(!tab.value("document.title").await.as_str().unwrap().contains("SLOT"));
        }
        for link in ["#WIX/slot_not_available", "#wix%2FSLOT_NOT_AVAILABLE", "#Wix%2fSlot_Not_Available"] {
            tab.open(&format!("/{link}")).await;
            assert_eq!(tab.text("h2").await, "SLOT_NOT_AVAILABLE", "{link}");
            assert_eq!(tab.value("document.querySelector('[aria-current]').hash").await, SLOT);
        }
    })
    .await;
}

#[tokio::test]
async fn shows_all_that_is_known_of_an_error() {
    in_browser(pages().await, async |tab| {
        for (provider, name) in [("wix", "SLOT_NOT_AVAILABLE"), ("guesty", "NOT_FOUND"), ("wix", "INTERNAL")]
        {
            let provider = booking_errors::provider(provider).unwrap();
            let (info, sample) = (provider.code(name).unwrap(), provider.sample(name).unwrap());
            let error = provider.decode(&sample.response());
            tab.open(&format!("/#{}/{name}", provider.name())).await;
            let shown = tab.text("#detail").await;
            let facts = [name, provider.title(), info.kind.as_str(), info.kind.meaning(), info.source];
            let told = [error.effect().as_str(), error.retry().as_str(), info.template.unwrap_or_default()];
            for fact in facts.into_iter().chain(told) {
                assert!(shown.contains(fact), "{fact} is not in: {shown}");
            }
            for text in [info.meaning, info.remedy] {
                assert!(shown.contains(&text.replace('`', "")), "{text} is not in: {shown}");
            }
            let (head, body) = sample_parts(&tab.text("#detail pre").await);
            assert_eq!(head, sample.to_string().split("\r\n\r\n").next().unwrap().replace('\r', ""));
            assert_eq!(body, serde_json::from_str::<Value>(&sample.body).unwrap());
            assert!(tab.value("document.title").await.as_str().unwrap().contains(name));
        }
        tab.open("/#wix/SERVICE_POLICY_VIOLATION").await;
        tab.click("dd a").await;
        tab.wait_until("document.querySelector('h2').textContent === 'BOOKING_POLICY_VIOLATION'").await;
        tab.value("history.back()").await;
        tab.wait_until("document.querySelector('h2').textContent === 'SERVICE_POLICY_VIOLATION'").await;
        // one result is marked, also after the one before was filtered away
        tab.fill("#search", "slot_not").await;
        tab.click("#results a").await;
        tab.press(&format!("/{ESCAPE}")).await;
        assert_eq!(tab.texts("[aria-current] .name").await, ["SLOT_NOT_AVAILABLE"]);
        tab.open("/#wix/rate%20limit").await;
        assert_eq!(tab.text("h2").await, "rate limit");
        assert!(tab.text("#detail pre").await.contains("retry-after: 37"));
    })
    .await;
}

#[tokio::test]
async fn copies_a_sample_byte_for_byte() {
    in_browser(pages().await, async |tab| {
        tab.open(&format!("/{SLOT}")).await;
        tab.click(".sample button").await;
        tab.wait_until("document.getElementById('said').textContent === 'Copied'").await;
        let grant = json!({"permissions": ["clipboardReadWrite"]});
        tab.command("Browser.grantPermissions", grant).await;
        let copied = tab.value("navigator.clipboard.readText()").await;
        let sample = booking_errors::wix::PROVIDER.sample("SLOT_NOT_AVAILABLE").unwrap();
        assert_eq!(copied, sample.to_string());
    })
    .await;
}

#[tokio::test]
async fn filters_by_provider_and_kind() {
    in_browser(pages().await, async |tab| {
        tab.open("/").await;
        tab.click("input[value=guesty]").await;
        let abouts = tab.texts("#results .about").await;
        let guesty = booking_errors::guesty::PROVIDER.samples().len();
        assert_eq!(abouts.iter().filter(|about| about.starts_with("Guesty")).count(), guesty);
        assert_eq!(abouts.len(), guesty);
        tab.click("#kind option[value=policy_violation]").await;
        let of_kind = tab.texts("#results .about").await;
        assert!((1..guesty).contains(&of_kind.len()));
        assert!(
            of_kind.iter().all(|about| about.starts_with("Guesty") && about.ends_with("policy_violation"))
        );
        tab.fill("#search", "min_night").await;
        assert_eq!(tab.texts("#results .name").await, ["MIN_NIGHT_MISMATCH"]);
        tab.press(ESCAPE).await;
        assert!(tab.texts("#results .about").await.len() > guesty);
        let options = tab.texts("#kind option:not([value=''])").await;
        assert_eq!(tab.texts(".kinds button").await, options);
        tab.click(".kinds button").await;
        let of_kind = tab.texts("#results .about").await;
        assert!(!of_kind.is_empty() && of_kind.iter().all(|about| about.ends_with("invalid_request")));
    })
    .await;
}

#[tokio::test]
async fn decodes_what_is_pasted() {
    in_browser(pages().await, async |tab| {
        tab.open("/").await;
        tab.click("summary").await;
        tab.fill("#response", "HTTP/1.1 428\n\n{\"code\": \"<b>Ä</b>\"}").await;
        tab.click("#decode button").await;
        tab.wait_until("document.getElementById('decoded').textContent").await;
        assert_eq!(tab.text("#decoded").await, "decoded: HTTP/1.1 428\n\n{\"code\": \"<b>Ä</b>\"}");
        assert!(tab.texts("#decoded b").await.is_empty());
        assert_eq!(tab.value("document.querySelector('#decoded').className").await, "");
    })
    .await;
}

#[tokio::test]
async fn decodes_a_body_with_its_status() {
    in_browser(pages().await, async |tab| {
        let with_head = "HTTP/2 428\n\n{\"a\": 1}";
        let table = [
            ("{\"a\": 1}", "400", "HTTP/1.1 400\r\n\r\n{\"a\": 1}"),
            // the status that curl printed is the right one
            (with_head, "400", with_head),
            (with_head, "", with_head),
        ];
        for (text, status, posted) in table {
            tab.open("/").await;
            tab.click("summary").await;
            tab.fill("#response", text).await;
            tab.fill("#status", status).await;
            tab.click("#decode button").await;
            tab.wait_until("document.getElementById('decoded').textContent").await;
            assert_eq!(tab.text("#decoded").await, format!("decoded: {posted}"));
        }
    })
    .await;
}

#[tokio::test]
async fn shows_why_a_response_cannot_be_decoded() {
    // the browser itself notes each answer of 4xx
    let complaints = complaints_of(pages().await, async |tab| {
        tab.open("/").await;
        tab.click("summary").await;
        tab.fill("#response", "no response").await;
        tab.click("#decode button").await;
        // the text comes after the class
        tab.wait_until("document.querySelector('#decoded.failed')?.textContent").await;
        assert_eq!(tab.text("#decoded").await, "no status line");
        assert_eq!(tab.value("document.querySelector('#decoded').className").await, "failed");
    })
    .await;
    let complaints = complaints.unwrap_or_default();
    assert!(complaints.iter().all(|line| line.contains("_decode") && line.contains("422")), "{complaints:?}");
}

#[tokio::test]
async fn has_no_box_for_responses_where_nothing_decodes_them() {
    in_browser(pages().await, async |tab| {
        tab.open("/file").await;
        assert_eq!(tab.value("document.querySelectorAll('textarea, form').length").await, 0);
        tab.fill("#search", "slot_not").await;
        assert_eq!(tab.texts("#results .name").await[0], "SLOT_NOT_AVAILABLE");
    })
    .await;
}

#[tokio::test]
async fn is_light_or_dark_as_the_system_says_until_one_chooses() {
    const GROUND: &str = "getComputedStyle(document.body).backgroundColor";
    const SWITCH: &str = "document.getElementById('theme').getAttribute('aria-checked')";
    in_browser(pages().await, async |tab| {
        let prefer = async |scheme: &str| {
            let features = json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]});
            tab.command("Emulation.setEmulatedMedia", features).await;
        };
        tab.open("/").await;
        prefer("light").await;
        tab.wait_until(&format!("{SWITCH} === 'false'")).await;
        let light = tab.value(GROUND).await;
        prefer("dark").await;
        tab.wait_until(&format!("{SWITCH} === 'true'")).await;
        let dark = tab.value(GROUND).await;
        assert_ne!(light, dark);
        tab.click("#theme").await;
        assert_eq!((tab.value(GROUND).await, tab.value(SWITCH).await), (light.clone(), json!("false")));
        tab.reload().await;
        assert_eq!((tab.value(GROUND).await, tab.value(SWITCH).await), (light, json!("false")));
        tab.click("#theme").await;
        prefer("light").await;
        assert_eq!((tab.value(GROUND).await, tab.value(SWITCH).await), (dark, json!("true")));
        // on paper it is always light
        tab.command("Emulation.setEmulatedMedia", json!({"media": "print"})).await;
        assert_eq!(tab.value("getComputedStyle(document.documentElement).colorScheme").await, "light");
    })
    .await;
}

#[tokio::test]
async fn works_with_the_keyboard_alone() {
    const FOCUS: &str = "document.activeElement.id || document.activeElement.getAttribute('href')";
    in_browser(pages().await, async |tab| {
        tab.open("/").await;
        tab.press("/").await;
        assert_eq!(tab.value(FOCUS).await, "search");
        tab.press("slot/").await;
        assert_eq!(tab.value("document.getElementById('search').value").await, "slot/");
        tab.press(ESCAPE).await;
        assert_eq!(tab.value("document.getElementById('search').value").await, "");
        tab.press("slot_not").await;
        tab.press(DOWN).await;
        assert_eq!(tab.value(FOCUS).await, SLOT);
        tab.press(UP).await;
        assert_eq!(tab.value(FOCUS).await, "search");
        tab.press(&format!("{DOWN}{ENTER}")).await;
        tab.wait_until("document.activeElement.id === 'detail'").await;
        assert_eq!(tab.text("h2").await, "SLOT_NOT_AVAILABLE");
        // outside of the search, this key clears nothing
        tab.press(ESCAPE).await;
        assert_eq!(tab.value("document.getElementById('search').value").await, "slot_not");
        tab.press(&format!("/{ESCAPE}LISTING_CAL{ENTER}")).await;
        tab.wait_until("document.querySelector('h2').textContent === 'LISTING_CALENDAR_BLOCKED'").await;
        tab.value("history.back()").await;
        tab.value("history.back()").await;
        tab.wait_until("document.querySelector('h2').textContent.startsWith('Choose')").await;
        // with the tabulator, all can be reached: the kinds, the switch, the box
        let mut reached = Vec::new();
        tab.open("/").await;
        for _ in 0..12 {
            tab.press("\u{e004}").await;
            reached.push(tab.value(&format!("{FOCUS} || document.activeElement.tagName")).await);
        }
        for wanted in ["#detail", "theme", "search", "INPUT", "kind"] {
            assert!(reached.contains(&json!(wanted)), "{wanted} is not in {reached:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn tells_screen_readers_what_everything_is() {
    in_browser(pages().await, async |tab| {
        tab.open(&format!("/{SLOT}")).await;
        tab.click("summary").await;
        let tree = tab.command("Accessibility.getFullAXTree", json!({})).await;
        let nodes: Vec<_> =
            tree["nodes"].as_array().unwrap().iter().filter(|node| node["ignored"] == false).collect();
        let of_role = |role: &str| nodes.iter().filter(|node| node["role"]["value"] == role).count();
        for landmark in ["banner", "main", "search", "navigation", "article", "status"] {
            assert!(of_role(landmark) > 0, "{landmark}");
        }
        assert_eq!((of_role("main"), of_role("switch"), of_role("radio")), (1, 1, 1 + providers().len()));
        let used = [
            "button",
            "link",
            "searchbox",
            "textbox",
            "combobox",
            "radio",
            "switch",
            "radiogroup",
            "article",
        ];
        for node in nodes.iter().filter(|node| used.iter().any(|role| node["role"]["value"] == *role)) {
            assert_ne!(node["name"]["value"].as_str().unwrap_or_default(), "", "{node}");
        }
        let is_named = |role: &str, name: &str| {
            nodes.iter().any(|node| node["role"]["value"] == role && node["name"]["value"] == name)
        };
        assert!(is_named("heading", "SLOT_NOT_AVAILABLE") && is_named("article", "SLOT_NOT_AVAILABLE"));
        assert!(is_named("status", "What the response means"), "there before it says anything");
        assert!(tab.texts("#results wbr").await.is_empty());
        let current = "document.querySelector('[aria-current]').getAttribute('href')";
        assert_eq!(tab.value(current).await, SLOT);
    })
    .await;
}

#[tokio::test]
async fn has_one_scrollbar_on_a_wide_screen() {
    in_browser(pages().await, async |tab| {
        for path in ["", SLOT, "#guesty/LISTING_CALENDAR_BLOCKED"] {
            tab.open(&format!("/{path}")).await;
            let heights = "document.documentElement.scrollHeight - innerHeight";
            assert_eq!(tab.value(heights).await, 0, "{path}");
        }
    })
    .await;
}

#[tokio::test]
async fn shows_results_in_a_low_window() {
    in_browser(pages().await, async |tab| {
        for (width, height) in [(1280, 400), (640, 360)] {
            let screen = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
            tab.command("Emulation.setDeviceMetricsOverride", screen).await;
            tab.open("/").await;
            let room = tab.value("document.getElementById('found').clientHeight").await;
            assert!(room.as_u64().unwrap() >= 150, "{width} x {height}: {room}");
            tab.click("#results a").await;
            tab.wait_until("document.activeElement.id === 'detail'").await;
            let top = tab.value("document.querySelector('h2').getBoundingClientRect().top").await;
            assert!((0.0..f64::from(height)).contains(&top.as_f64().unwrap()), "{width} x {height}: {top}");
        }
    })
    .await;
}

#[tokio::test]
async fn fits_a_narrow_screen() {
    in_browser(pages().await, async |tab| {
        let screen = json!({"width": 320, "height": 640, "deviceScaleFactor": 1, "mobile": true});
        tab.command("Emulation.setDeviceMetricsOverride", screen).await;
        // the longest code
        let longest = |provider: &&Provider| provider.codes().iter().map(|info| info.code).max_by_key(|code| code.len());
        for (provider, code) in providers().iter().filter_map(|provider| Some((provider.name(), longest(provider)?))) {
            tab.open(&format!("/#{provider}/{code}")).await;
            assert_eq!(tab.value("innerWidth").await, 320);
            assert_eq!(tab.value("document.documentElement.scrollWidth").await, 320, "{code}");
            let rest = "[...document.querySelectorAll('#detail *')].filter((one) => one.getBoundingClientRect().right > 320).length";
            assert_eq!(tab.value(rest).await, 0, "{code}");
        }
    })
    .await;
}

#[tokio::test]
async fn shows_the_heading_of_the_error_one_chooses() {
    in_browser(pages().await, async |tab| {
        for (width, height) in [(1280, 800), (1280, 620), (320, 640)] {
            let screen = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 800});
            tab.command("Emulation.setDeviceMetricsOverride", screen).await;
            tab.open(&format!("/{SLOT}")).await;
            // as somebody who has read to the end of the first error, below an open box
            tab.click("summary").await;
            let scrolled = "document.querySelector('#detail pre').scrollIntoView({block: 'end'})";
            tab.value(scrolled).await;
            for link in ["#guesty/LISTING_CALENDAR_BLOCKED", "#wix/SESSION_CAPACITY_EXCEEDED"] {
                tab.value(&format!("document.querySelector('#results a[href={link:?}]').click()")).await;
                let chosen = format!(
                    "document.querySelector('h2 a').hash === {link:?} && document.activeElement.id === 'detail'"
                );
                tab.wait_until(&chosen).await;
                let top = tab.value("document.querySelector('h2').getBoundingClientRect().top").await;
                let top = top.as_f64().unwrap();
                assert!((0.0..f64::from(height) / 2.0).contains(&top), "{link} at {width}: {top}");
                tab.value(scrolled).await;
            }
        }
    })
    .await;
}

/// Splits what the page shows of a sample into the head and the JSON.
fn sample_parts(shown: &str) -> (String, Value) {
    let (head, body) = shown.split_once("\n\n").unwrap();
    (head.to_owned(), serde_json::from_str(body).unwrap())
}
