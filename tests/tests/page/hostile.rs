//! Texts that try to become HTML, and what the policy of the page refuses.

use booking_errors::decode::document::Document;
use booking_errors::decode::json::Arena;
use booking_errors::decode::{Draft, Failure, ReadDraft};
use booking_errors::{CodeInfo, Envelope, Kind, Provider, ProviderError, RawResponse, Sample};
use booking_errors_sandbox::page::page_of;

use crate::*;

const ATTACK: &str =
    r#"</script><img src=x onerror="window.hacked=1"><script>window.hacked=2</script><!--"'{{script}}"#;

static EVIL: Provider =
    Provider::new::<Error>(ATTACK, ATTACK, "javascript:window.hacked=3", &CODES).with_samples(samples);

static CODES: [CodeInfo; 1] = [CodeInfo::new(ATTACK, Kind::Conflict, ATTACK, ATTACK)
    .with_template(ATTACK)
    .with_methods(&[ATTACK])
    .with_successors(&[ATTACK])
    .with_source(ATTACK)
    .with_api(ATTACK)];

#[derive(Clone, Debug, thiserror::Error)]
#[error(transparent)]
struct Error(#[from] Failure);

impl ProviderError for Error {
    fn envelope(&self) -> &Envelope {
        self.0.envelope()
    }
}

impl ReadDraft for Error {
    const PROVIDER: &'static Provider = &EVIL;

    fn read<'a>(response: &'a RawResponse<'_>, arena: &'a Arena) -> Draft<'a> {
        Draft::default().read_from(&Document::<()>::read(response.body(), arena))
    }
}

fn samples() -> Vec<Sample> {
    let of_code = Sample::of_code(&CODES[0], &json!({"code": ATTACK, "message": ATTACK}));
    let page = Sample::new("</script><!--", 502, ATTACK).with_header("x-attack", ATTACK);
    vec![of_code.with_header("x-attack", ATTACK), page]
}

#[tokio::test]
async fn shows_hostile_text_as_text() {
    in_browser(pages_of(&EVIL).await, async |tab| {
        tab.open("/").await;
        let links = tab.value("document.querySelectorAll('#results a').length").await.as_u64().unwrap();
        assert_eq!(links, EVIL.samples().len() as u64);
        for index in 1..=links {
            let link = format!("#results li:nth-child({index}) a");
            tab.click(&link).await;
            // the focus is on the error from the second on, before it is shown
            tab.wait_until(&format!("location.hash === document.querySelector({link:?}).hash")).await;
            tab.wait_until("document.querySelector('h2 a')?.hash === location.hash").await;
            tab.wait_until("document.activeElement.id === 'detail'").await;
            assert!(tab.text("#detail").await.contains(ATTACK));
            assert_eq!(tab.value("document.querySelectorAll('img, script:not(#data)').length").await, 1);
            assert_eq!(tab.value("document.querySelectorAll('#detail a[href^=javascript]').length").await, 0);
        }
        tab.fill("#search", "onerror=").await;
        assert!(!tab.texts("#results a").await.is_empty());
        assert_eq!(tab.value("window.hacked").await, Value::Null);
    })
    .await;
}

#[test]
fn no_data_can_end_the_element_it_stands_in() {
    let page = page_of(&[&EVIL], false);
    let (_, rest) = page.split_once(r#"<script id="data" type="application/json">"#).unwrap();
    let (data, _) = rest.split_once("</script>").unwrap();
    assert!(!data.contains('<'));
    let data: Value = serde_json::from_str(data).unwrap();
    assert_eq!(data["entries"][0]["remedy"], ATTACK);
}

#[tokio::test]
async fn refuses_what_is_not_its_own() {
    for path in ["/", "/file"] {
        let complaints = complaints_of(pages().await, async move |tab| {
            tab.open(path).await;
            tab.value("(() => { const made = document.createElement('img'); made.src = 'http://127.0.0.1:9/x.png'; document.body.append(made); })()").await;
            tab.value("(() => { const made = document.createElement('style'); made.append('body { display: none }'); document.body.append(made); })()").await;
            for script in [
                "document.body.innerHTML = '<b>x</b>'",
                "document.createElement('script').text = 'window.hacked = 1'",
                "document.body.insertAdjacentHTML('beforeend', '<b>x</b>')",
            ] {
                let refused = format!("(() => {{ try {{ {script}; return false }} catch {{ return true }} }})()");
                assert_eq!(tab.value(&refused).await, true, "{script}");
            }
            let refused = "fetch('http://127.0.0.1:9/').then(() => false, () => true)";
            assert_eq!(tab.value(refused).await, true);
            assert_ne!(tab.value("getComputedStyle(document.body).display").await, "none");
            assert_eq!(tab.value("window.hacked").await, Value::Null);
        })
        .await;
        let violations = ["img-src", "style-src", "Fetch API", "TrustedHTML", "TrustedScript"];
        let Some(complaints) = complaints else { return };
        let is_told = |name: &&str| complaints.iter().any(|line| line.contains(name));
        assert!(violations.iter().all(is_told), "{complaints:?}");
    }
}

#[test]
fn has_a_policy_without_exceptions() {
    let policy = content_security_policy();
    assert!(policy.starts_with("default-src 'none'; ") && policy.contains("frame-ancestors 'none'"));
    for exception in ["unsafe", "*", "http:", "https:", "nonce", "script-src 'self'"] {
        assert!(!policy.contains(exception), "{exception} in {policy}");
    }
    // a policy of the page itself cannot say who may frame it
    assert!(!page(true).contains("frame-ancestors"));
    assert!(page(true).contains("connect-src 'self'") && !page(false).contains("connect-src"));
}
