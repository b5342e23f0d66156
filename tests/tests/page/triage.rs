//! The report of a triage, opened from a file as people open an attachment.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::LazyLock;

use booking_errors_tests::binary;
use tempfile::TempDir;

use crate::*;

static BINARY: LazyLock<PathBuf> = LazyLock::new(|| binary::build(env!("CARGO_TARGET_TMPDIR")));

/// Tries to become HTML, to end what it stands in, and to reorder or hide what is around it.
const ATTACK: &str = "</script><img src=x onerror=\"window.hacked=1\"><script>window.hacked=2</script>\u{202e}\u{200b}<!--\"'{{script}}{{body}}";

/// A log of some minutes: what each line says, and how often.
fn log() -> String {
    let taken = |minute: u64, id: u64| {
        json!({
            "id": format!("customer-{id}"), "time": format!("2026-11-30T05:{minute:02}:06Z"),
            "provider": "wix", "status": 428, "headers": {"x-wix-request-id": format!("rid.{id}")},
            "body": {"details": {"applicationError": {"code": "SLOT_NOT_AVAILABLE"}}},
        })
    };
    let lost = |minute: u64, id: u64| {
        json!({
            "id": id, "time": format!("2026-11-30T05:{minute:02}:07Z"),
            "provider": "guesty", "status": 504, "body": "upstream request timeout", "hotel": "<i>Sea View</i>",
        })
    };
    let slow = json!({"id": "late", "provider": "guesty", "status": 429, "body": ""});
    let booked = json!({"status": 200, "provider": "wix", "body": {"booking": {"id": "1"}}});
    let mut lines: Vec<_> = (0..40).map(|index| taken(index % 20, index)).collect();
    lines.extend((0..9).map(|index| lost(10 + index % 3, 900 + index)));
    lines.extend([slow, booked]);
    let lines: Vec<_> = lines.iter().map(Value::to_string).collect();
    format!("{}\nnot a line\n", lines.join("\n"))
}

/// Returns what the command line makes of a log.
fn report(log: &str, format: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("log.jsonl");
    fs::write(&file, log).unwrap();
    let output = Command::new(&*BINARY)
        .args(["triage", "--on-unreadable", "continue", "--keep", "hotel", "--format", format])
        .arg(file)
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// Writes the page of a log into a folder, and returns its address.
fn page_of(log: &str) -> (TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("report.html");
    fs::write(&file, report(log, "html")).unwrap();
    let address = format!("file://{}", file.display());
    (folder, address)
}

fn envelope(members: Value) -> String {
    let mut envelope = json!({"provider": "wix", "status": 400, "kind": "conflict", "effect": "not_applied", "retry": "never"});
    envelope.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    format!("{envelope}\n")
}

#[test]
fn is_one_file_that_loads_nothing_and_is_the_same_each_time() {
    let page = report(&log(), "html");
    assert!(page.starts_with("<!doctype html>") && page.ends_with("</html>\n"));
    assert!(page.len() < 100_000, "{}", page.len());
    for loaded in ["src=", "@import", "rel=\"stylesheet\"", " style=", " onclick="] {
        assert!(!page.contains(loaded), "{loaded}");
    }
    assert!(!page.replace("url(#", "").contains("url("));
    assert_eq!(page, report(&log(), "html"));
}

#[tokio::test]
async fn shows_what_the_report_in_json_says() {
    let expected: Value = serde_json::from_str(&report(&log(), "json")).unwrap();
    let (_folder, page) = page_of(&log());
    in_browser(page, async move |tab| {
        tab.open("").await;
        let header = tab.text("header").await;
        for said in [
            "9 calls that may have gone through",
            "50 errors",
            "1 success",
            "1 unreadable line",
            "52 lines",
            "2026-11-30 05:00:06",
        ] {
            assert!(header.contains(said), "{said} in {header}");
        }
        assert!(tab.text(".note.urgent").await.contains("may be a write that went through"));
        let groups = expected["groups"].as_array().unwrap();
        let counts: Vec<_> = groups.iter().map(|group| group["lines"].to_string()).collect();
        assert_eq!(tab.texts(".tile .lines").await, counts);
        let used: Vec<_> = groups.iter().filter(|group| group["lines"] != 0).collect();
        let ids = "[...document.querySelectorAll('.group')].map((one) => one.id)";
        assert_eq!(tab.value(ids).await, json!(["look-up", "wait", "customer"]));
        for group in used {
            let section = format!("#{}", group["group"].as_str().unwrap());
            let shown = tab.text(&section).await;
            assert!(shown.contains(group["meaning"].as_str().unwrap()));
            for code in group["codes"].as_array().unwrap() {
                let name = code["code"].as_str().unwrap_or("no code");
                assert!(shown.contains(name) && shown.contains(code["kind"].as_str().unwrap()), "{code}");
            }
            let lines = tab.texts(&format!("{section} .examples td:first-child")).await;
            let examples = group["examples"].as_array().unwrap();
            assert_eq!(lines, examples.iter().map(|one| one["line"].to_string()).collect::<Vec<_>>());
        }
        assert!(tab.text("#look-up .examples").await.contains("<i>Sea View</i>"), "what was kept");
        let customer = tab.text("#customer").await;
        let info = booking_errors::provider("wix").unwrap().code("SLOT_NOT_AVAILABLE").unwrap();
        for said in [info.meaning, info.remedy, "customer-0", "rid.0"] {
            assert!(customer.contains(said), "{said}");
        }
    })
    .await;
}

#[tokio::test]
async fn has_columns_that_add_up_to_the_report() {
    let expected: Value = serde_json::from_str(&report(&log(), "json")).unwrap();
    let (_folder, page) = page_of(&log());
    in_browser(page, async move |tab| {
        tab.open("").await;
        let columns = tab.texts(".column title").await;
        let of = |name: &str| {
            let group = expected["groups"].as_array().unwrap().iter().find(|group| group["group"] == name);
            serde_json::from_value::<Vec<u64>>(group.unwrap()["counts"].clone()).unwrap()
        };
        let (look_up, customer) = (of("look-up"), of("customer"));
        assert_eq!((look_up.iter().sum::<u64>(), customer.iter().sum::<u64>()), (9, 40));
        assert_eq!(columns.len(), look_up.len());
        assert!(look_up.iter().zip(&customer).any(|(&a, &b)| a > 0 && b > 0), "no column has two groups");
        let base = tab.value("document.querySelector('.base').y1.baseVal.value").await.as_f64().unwrap();
        let grid = tab.value("document.querySelectorAll('.grid')[1].y1.baseVal.value").await.as_f64().unwrap();
        let most: f64 = tab.texts(".scale text").await[2].parse().unwrap();
        let one = (base - grid) / most;
        for (index, column) in columns.iter().enumerate() {
            let (_, numbers) = column.split_once("error").unwrap();
            let shown = |name: &str| {
                let part = numbers.split([':', ',']).find_map(|part| part.trim().strip_suffix(name));
                part.map_or(0, |number| number.trim().parse().unwrap())
            };
            assert_eq!((shown(" look-up"), shown(" customer")), (look_up[index], customer[index]), "{column}");
            // drawn to scale, one on the other, the most urgent at the bottom
            let parts = format!(
                "[...document.querySelectorAll('.column')[{index}].querySelectorAll('.part')].map((one) => [one.getAttribute('fill'), one.y.baseVal.value, one.height.baseVal.value])"
            );
            let parts: Vec<(String, f64, f64)> = serde_json::from_value(tab.value(&parts).await).unwrap();
            let counts = [("look-up", look_up[index]), ("customer", customer[index])];
            let counts: Vec<_> = counts.into_iter().filter(|(_, count)| *count > 0).collect();
            assert_eq!(parts.len(), counts.len(), "{column}");
            let mut top = base;
            for ((fill, y, height), (name, count)) in parts.into_iter().zip(counts) {
                assert_eq!(fill, format!("url(#fill-{name})"));
                assert!((height - one * count as f64).abs() < 0.1, "{column}: {height}");
                assert!((y + height - top).abs() < 0.1, "{column}: {y}");
                top = y;
            }
        }
        // the table behind it
        let cells = tab.texts("#numbers tbody td:last-child").await;
        assert_eq!(cells.iter().map(|cell| cell.parse::<u64>().unwrap()).sum::<u64>(), 49);
        let about = tab.text("section:has(#columns) > p:first-of-type").await;
        assert!(about.contains("1 error without a time"), "{about}");
    })
    .await;
}

#[tokio::test]
async fn reads_out_columns_by_keyboard_and_pointer() {
    let (_folder, page) = page_of(&log());
    in_browser(page, async |tab| {
        tab.open("").await;
        let columns = tab.texts(".column title").await;
        let peak = tab.text("#readout").await;
        assert!(peak.starts_with("Most errors: "), "{peak}");
        tab.click("#over-time").await;
        tab.press("\u{e004}").await;
        assert_eq!(tab.text("#readout").await, columns[0]);
        tab.press("\u{e014}\u{e014}\u{e012}").await;
        assert_eq!(tab.text("#readout").await, columns[1]);
        tab.press("\u{e010}").await;
        assert_eq!(tab.text("#readout").await, columns[columns.len() - 1]);
        let stops = "document.querySelectorAll('.column[tabindex=\"0\"]').length";
        assert_eq!(tab.value(stops).await, 1, "one stop for the tabulator");
        tab.value("document.activeElement.blur()").await;
        assert_eq!(tab.text("#readout").await, peak);
        tab.value("document.querySelectorAll('.column')[3].dispatchEvent(new PointerEvent('pointerenter'))")
            .await;
        assert_eq!(tab.text("#readout").await, columns[3]);
    })
    .await;
}

#[tokio::test]
async fn finds_codes_and_examples_in_all_groups() {
    let (_folder, page) = page_of(&log());
    in_browser(page, async |tab| {
        let groups = "[...document.querySelectorAll('.group:not([hidden])')].map((one) => one.id)";
        tab.open("").await;
        tab.press("/").await;
        assert_eq!(tab.value("document.activeElement.id").await, "search");
        // what is typed, the groups that stay, and how many of their rows
        let table = [
            ("slot not available", json!(["customer"]), 6),
            ("SlotNotAvail", json!(["customer"]), 6),
            ("guesty", json!(["look-up", "wait"]), 8),
            ("905", json!([]), 0),
            ("903", json!(["look-up"]), 1),
            ("rid.2", json!(["customer"]), 1),
            ("customer-2 wix", json!(["customer"]), 1),
            ("query availability", json!(["customer"]), 1),
            ("05:01:06", json!(["customer"]), 1),
        ];
        for (typed, expected, count) in table {
            tab.press(&format!("{ESCAPE}{typed}")).await;
            assert_eq!(tab.value(groups).await, expected, "{typed}");
            let shown = "[...document.querySelectorAll('.row')].filter((one) => one.checkVisibility()).length";
            assert_eq!(tab.value(shown).await, count, "{typed}");
            let said = tab.text("#count").await;
            assert!(said.starts_with(&format!("{count} of ")), "{typed}: {said}");
            assert_eq!(tab.value("document.getElementById('none').checkVisibility()").await, count == 0, "{typed}");
        }
        tab.press(ESCAPE).await;
        assert_eq!(tab.value(groups).await, json!(["look-up", "wait", "customer"]));
        assert_eq!(tab.text("#count").await, "");
        tab.value("(() => { const provider = document.getElementById('provider'); provider.value = 'wix'; provider.dispatchEvent(new Event('change')); })()").await;
        assert_eq!(tab.value(groups).await, json!(["customer"]));
    })
    .await;
}

#[tokio::test]
async fn finds_codes_beyond_those_that_it_shows_at_first() {
    let codes = (0..400).map(|index| envelope(json!({"code": format!("ODD_{index}_CODE"), "id": index})));
    let (_folder, page) = page_of(&codes.collect::<String>());
    in_browser(page, async |tab| {
        tab.open("").await;
        let shown =
            "[...document.querySelectorAll('.codes .row')].filter((one) => one.checkVisibility()).length";
        assert_eq!(tab.value(shown).await, 15);
        tab.fill("#search", "odd_399_code").await;
        assert_eq!(tab.value(shown).await, 1);
        tab.fill("#search", "").await;
        tab.press(ESCAPE).await;
        assert_eq!(tab.value(shown).await, 15);
    })
    .await;
}

#[tokio::test]
async fn shows_hostile_texts_of_a_log_as_text() {
    let hostile =
        json!({"provider": ATTACK, "code": ATTACK, "request_id": ATTACK, "id": ATTACK, "time": ATTACK});
    let nested = json!({"id": {"<b>": [ATTACK]}, "effect": "unknown", "retry": "check_first", "code": "</svg><style>*{}"});
    let log = format!("{}{}{}", envelope(hostile), envelope(nested), log());
    let page = report(&log, "html");
    assert!(!page.contains("<img") && !page.contains("<b>"));
    assert!(!page.contains('\u{202e}') && !page.contains('\u{200b}'));
    assert_eq!((page.matches("<script").count(), page.matches("<style").count()), (1, 1));
    let (_folder, page) = page_of(&log);
    in_browser(page, async |tab| {
        tab.open("").await;
        let shown = ATTACK.replace('\u{202e}', "\\u{202e}").replace('\u{200b}', "\\u{200b}");
        for cell in tab.texts("#customer .row:last-child code").await.iter().filter(|text| text.contains("img")) {
            assert_eq!(*cell, shown);
        }
        assert!(tab.text("#customer").await.matches(&shown).count() >= 5);
        assert!(tab.text("#look-up").await.contains("</svg><style>*{}"));
        tab.fill("#search", "onerror=").await;
        assert!(tab.text("#count").await.starts_with("3 of "));
        tab.value("(() => { const provider = document.getElementById('provider'); provider.selectedIndex = 1; provider.dispatchEvent(new Event('change')); })()").await;
        assert!(tab.text("#count").await.starts_with("2 of "));
        assert_eq!(tab.value("window.hacked").await, Value::Null);
    })
    .await;
}

#[tokio::test]
async fn refuses_what_is_not_its_own_in_a_report() {
    let (_folder, page) = page_of(&log());
    let complaints = complaints_of(page, async |tab| {
        tab.open("").await;
        tab.value("(() => { const made = document.createElement('img'); made.src = 'http://127.0.0.1:9/x.png'; document.body.append(made); })()").await;
        for script in ["document.body.innerHTML = '<b>x</b>'", "document.createElement('script').text = 'window.hacked = 1'"] {
            let refused = format!("(() => {{ try {{ {script}; return false }} catch {{ return true }} }})()");
            assert_eq!(tab.value(&refused).await, true, "{script}");
        }
        assert_eq!(tab.value("fetch('http://127.0.0.1:9/').then(() => false, () => true)").await, true);
    })
    .await;
    let Some(complaints) = complaints else { return };
    for name in ["img-src", "TrustedHTML", "Fetch API"] {
        assert!(complaints.iter().any(|line| line.contains(name)), "{name}: {complaints:?}");
    }
}

#[tokio::test]
async fn is_whole_without_scripts() {
    let (_folder, page) = page_of(&log());
    in_browser(page, async |tab| {
        tab.open("").await;
        tab.command("Emulation.setScriptExecutionDisabled", json!({"value": true})).await;
        tab.open("").await;
        let tree = tab.command("Accessibility.getFullAXTree", json!({})).await;
        let nodes = tree["nodes"].as_array().unwrap();
        let has = |role: &str, name: &str| {
            nodes.iter().any(|node| {
                node["ignored"] == false
                    && node["role"]["value"] == role
                    && node["name"]["value"].as_str().unwrap_or_default().contains(name)
            })
        };
        assert!(has("heading", "look-up") && has("image", "3 look-up"));
        assert!(has("StaticText", "SLOT_NOT_AVAILABLE") && has("StaticText", "customer-0"));
        assert!(!has("searchbox", "") && !has("switch", ""), "what needs scripts is not there");
    })
    .await;
}

#[tokio::test]
async fn says_why_it_has_no_chart_or_no_errors() {
    let timeless = page_of(&envelope(json!({"id": 7})));
    let calm = page_of("null\n");
    in_browser(timeless.1, async |tab| {
        tab.open("").await;
        assert_eq!(tab.value("document.querySelectorAll('#columns').length").await, 0);
        assert!(tab.text("section:has(#over-time)").await.contains("No error has a time"));
        assert_eq!(tab.texts(".group").await.len(), 1);
    })
    .await;
    in_browser(calm.1, async |tab| {
        tab.open("").await;
        assert!(tab.text("main > p.card").await.contains("None of the lines"));
        assert_eq!(tab.value("document.querySelectorAll('.group, #search').length").await, 0);
    })
    .await;
}

#[tokio::test]
async fn can_be_read_in_light_and_dark_and_on_narrow_screens() {
    // every text against the nearest ground behind it, and each colour of the chart against its card
    const LOW: &str = r#"
        (() => {
          const parts = (color) => color.match(/[\d.]+/g).map(Number);
          const light = (color) => {
            const [red, green, blue] = parts(color).map((part) => part / 255)
              .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
            return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
          };
          const contrast = (a, b) => {
            const [most, least] = [light(a), light(b)].sort((one, other) => other - one);
            return (most + 0.05) / (least + 0.05);
          };
          const ground = (element) => {
            const color = getComputedStyle(element).backgroundColor;
            return parts(color)[3] === 0 ? ground(element.parentElement) : color;
          };
          const low = [];
          for (const element of document.querySelectorAll("body *")) {
            const hasText = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
            if (!hasText || !element.checkVisibility() || element.matches(".unseen, .skip, script, title, desc, option")) continue;
            const style = getComputedStyle(element);
            const color = element instanceof SVGElement ? style.fill : style.color;
            if (contrast(color, ground(element.closest("svg")?.parentElement ?? element)) < 4.5) low.push(element.outerHTML);
          }
          const card = ground(document.querySelector(".card"));
          for (const fill of document.querySelectorAll("pattern .ground")) {
            if (contrast(getComputedStyle(fill).fill, card) < 3) low.push(fill.parentElement.id);
          }
          return low;
        })()"#;
    let (_folder, page) = page_of(&log());
    in_browser(page, async |tab| {
        for scheme in ["light", "dark"] {
            let features = json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]});
            tab.command("Emulation.setEmulatedMedia", features).await;
            for width in [1200, 320] {
                let screen = json!({"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": false});
                tab.command("Emulation.setDeviceMetricsOverride", screen).await;
                tab.open("").await;
                assert_eq!(tab.value(LOW.trim()).await, json!([]), "{scheme} {width}");
                let beyond = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
                assert_eq!(tab.value(beyond).await, 0, "{scheme} {width}");
            }
        }
    })
    .await;
}
