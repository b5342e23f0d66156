use booking_errors::{Kind, RawResponse, Sample, provider, providers};
use booking_errors_sandbox::Sandbox;
use reqwest::header::HeaderValue;
use reqwest::{Method, Response, StatusCode};
use serde_json::json;

use crate::{call, client, get, json, post, providers as names};

/// The response has all that the sample has, and besides that only what frames a message.
async fn assert_equals(response: Response, sample: &Sample) {
    let name = sample.name;
    assert_eq!(response.status().as_u16(), sample.status, "{name}");
    let mut headers = Vec::new();
    for (name, value) in response.headers() {
        if !["date", "content-length"].contains(&name.as_str()) {
            headers.push((name.as_str().to_owned(), value.to_str().unwrap().to_owned()));
        }
    }
    let mut expected: Vec<_> =
        sample.headers.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    headers.sort();
    expected.sort();
    assert_eq!(headers, expected, "{name}");
    assert_eq!(response.bytes().await.unwrap(), sample.body, "{name}");
}

#[tokio::test]
async fn every_sample_over_http_equals_the_sample() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = client();
    for provider in providers() {
        let url = sandbox.url_of(provider.name());
        for sample in provider.samples() {
            let prefer = HeaderValue::from_bytes(format!("code={}", sample.name).as_bytes()).unwrap();
            let asked = client.get(&url).header("prefer", prefer).send().await.unwrap();
            assert_equals(asked, &sample).await;

            let body = json!({"guest": {"notes": ["hello", sample.name]}}).to_string();
            assert_equals(client.post(&url).body(body).send().await.unwrap(), &sample).await;
        }
    }
}

#[tokio::test]
async fn every_provider_answers_a_success_that_its_check_accepts() {
    let sandbox = Sandbox::start().await.unwrap();
    for provider in providers() {
        let name = provider.name();
        // the last three would be errors at the root of an answer
        for body in [
            json!({"reference": "17"}),
            json!([1, null]),
            json!("text"),
            json!({"errors": ["the coupon is strange"]}),
            json!({"error": "x", "error_code": "x", "code": "x", "message": "x", "success": false}),
            json!({"details": {"applicationError": {"code": "ANOTHER_CODE"}}, "status": "failed"}),
        ] {
            for response in [
                post(&sandbox, &format!("{name}/any/path"), &body.to_string()).await,
                get(&sandbox, name).await,
            ] {
                let (status, body) = (response.status().as_u16(), response.bytes().await.unwrap());
                let checked = provider.check(&RawResponse::new(status, &body));
                assert!(checked.is_ok(), "{:?} {}", checked, String::from_utf8_lossy(&body));
            }
        }
        let refused = post(&sandbox, name, "no JSON").await;
        let (status, body) = (refused.status().as_u16(), refused.bytes().await.unwrap());
        let error = provider.check(&RawResponse::new(status, &body)).unwrap_err();
        assert_eq!((error.status(), error.kind()), (400, Kind::InvalidRequest));
        assert!(String::from_utf8_lossy(&body).contains("the body is not JSON"));
    }
}

#[tokio::test]
async fn a_form_in_a_browser_books_and_can_ask_for_an_error() {
    let sandbox = Sandbox::start().await.unwrap();
    let send = async |form: &'static str| {
        let request = client().post(sandbox.url_of("guesty")).body(form);
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        request.send().await.unwrap()
    };
    assert_eq!(send("name=Ada+L&email=a%40b.example").await.status(), StatusCode::CREATED);
    let booked = sandbox.ledger();
    assert_eq!(*booked.bookings()[0].body(), json!({"name": "Ada L", "email": "a@b.example"}));
    assert_eq!(send("name=rate+limit").await.status(), StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(send("name=504+after+booking").await.status(), StatusCode::GATEWAY_TIMEOUT);
}

#[tokio::test]
async fn what_a_guest_may_well_write_asks_for_nothing() {
    let sandbox = Sandbox::start().await.unwrap();
    for text in ["close", "429", "504", "ok", "hang", "reset", "LISTING_CALENDAR_BLOCKED"] {
        let response = post(&sandbox, "wix", &json!({"note": text}).to_string()).await;
        assert_eq!(response.status(), StatusCode::OK, "{text}");
    }
}

#[tokio::test]
async fn prefer_is_read_with_quotes_and_among_others() {
    let sandbox = Sandbox::start().await.unwrap();
    for (prefer, status) in [
        ("code=\"rate limit\"", 429),
        ("return=minimal, code=rate limit", 429),
        ("code=504; wait=10", 504),
        ("code=ok", 200),
        ("return=minimal", 200),
        ("code=wrong", 400),
        ("code=LISTING_CALENDAR_BLOCKED", 400), // Guesty's
        ("code=", 400),
    ] {
        let request = client().get(sandbox.url_of("wix")).header("prefer", prefer);
        assert_eq!(request.send().await.unwrap().status().as_u16(), status, "{prefer}");
    }
}

#[tokio::test]
async fn other_paths_say_what_there_is() {
    let sandbox = Sandbox::start().await.unwrap();
    let response = get(&sandbox, "acme/bookings").await;
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
    let text = response.text().await.unwrap();
    assert!(names().all(|name| text.contains(name)), "{text}");
    assert_eq!(call(&sandbox, Method::PUT, "_ledger", "").await.status(), StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(get(&sandbox, "").await.status(), StatusCode::OK);
}

#[tokio::test]
async fn the_names_of_all_acts_can_be_asked_for_and_are_read() {
    let sandbox = Sandbox::start().await.unwrap();
    let acts = json(get(&sandbox, "_acts").await).await;
    let names: Vec<_> =
        acts.as_object().unwrap().values().flat_map(|names| names.as_array().unwrap().clone()).collect();
    assert!(names.contains(&json!("504 booked late")) && names.contains(&json!("SLOT_NOT_AVAILABLE")));
    for name in &names {
        assert_eq!(crate::act(name.as_str().unwrap()).to_string(), name.as_str().unwrap());
    }
    let samples = provider("wix").unwrap().samples().len();
    assert_eq!(acts["wix"].as_array().unwrap().len(), samples);
}

#[tokio::test]
async fn the_decoder_is_asked_and_without_one_nothing_is_decoded() {
    fn decode(text: &str) -> Result<String, String> {
        if text.is_empty() { Err("nothing to decode".to_owned()) } else { Ok(format!("decoded {text}")) }
    }
    let sandbox = Sandbox::builder().with_decoder(decode).start().await.unwrap();
    let response = post(&sandbox, "_decode", "<b>").await;
    assert_eq!(response.headers()["content-type"], "text/plain; charset=utf-8");
    assert_eq!(response.text().await.unwrap(), "decoded <b>");
    let response = post(&sandbox, "_decode", "").await;
    assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(response.text().await.unwrap(), "nothing to decode");
    let without = Sandbox::start().await.unwrap();
    assert_eq!(post(&without, "_decode", "x").await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn its_own_paths_refuse_other_web_pages() {
    let sandbox = Sandbox::start().await.unwrap();
    let status = async |path: &str, name: &str, value: &str| {
        let url = format!("{}{path}", sandbox.url());
        client().get(url).header(name, value).send().await.unwrap().status()
    };
    // a page elsewhere calls it, or a name that somebody points here
    for path in ["/", "/_ledger", "/_acts"] {
        assert_eq!(status(path, "origin", "https://evil.example").await, StatusCode::FORBIDDEN, "{path}");
        assert_eq!(status(path, "host", "evil.example:4280").await, StatusCode::FORBIDDEN, "{path}");
        for host in ["localhost:4280", "127.0.0.1", "[::1]:80", "127.0.0.1:4280"] {
            assert_eq!(status(path, "host", host).await, StatusCode::OK, "{path} {host}");
        }
        assert_eq!(status(path, "origin", &sandbox.url()).await, StatusCode::OK, "{path}");
    }
    // a client under test may call the provider by any name
    assert_eq!(status("/wix", "host", "www.wixapis.com").await, StatusCode::OK);
}
