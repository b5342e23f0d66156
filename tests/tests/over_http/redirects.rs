//! Redirects: a call that was redirected may have been carried out.

use reqwest::redirect::Policy;

use crate::*;

const REDIRECTS: [u16; 5] = [301, 302, 303, 307, 308];

/// A server that redirects each call to another one, and that other one.
pub async fn redirecting(status: u16, target: Answer) -> (Server, Server) {
    let target = Server::start(move |_| target.clone()).await;
    let address = target.url();
    (Server::start(move |_| Answer::new(status, &[("location", &address)], "")).await, target)
}

#[tokio::test]
async fn only_send_tracked_sees_that_a_redirect_was_followed() {
    // what the docs warn of: reqwest keeps neither the method nor the address that were called
    let (server, target) = redirecting(302, Answer::new(200, &[], "{}")).await;
    let following = Client::builder().no_proxy().build().unwrap();
    let response = following.post(server.url()).body("{}").send().await.unwrap();
    assert!(response.json_or_error::<Value, wix::Error>().await.is_ok());
    assert_eq!((server.calls(), target.calls()), (1, 1));
}

#[tokio::test]
async fn a_redirect_that_cannot_be_followed_may_have_been_carried_out() {
    let server = Server::start(|_| Answer::new(307, &[("location", "ftp://x/?key=SECRET-KEY")], "")).await;
    let stubborn = Policy::custom(|attempt| {
        let text = format!("not to {}", attempt.url());
        attempt.error(text)
    });
    let clients = [Client::builder(), Client::builder().redirect(stubborn)];
    for builder in clients {
        let failed =
            builder.no_proxy().build().unwrap().post(server.url()).body("{}").send().await.unwrap_err();
        let error = CallError::<wix::Error>::from(failed);
        assert_eq!((error.effect(), error.retry()), (Effect::Unknown, Retry::CheckFirst));
        assert_shows_no_url(&error);
    }

    // whoever says that the client sends each call once is wrong, but the error itself tells of a redirect
    let refuse = Policy::custom(|attempt| attempt.error("no"));
    for policy in [refuse, Policy::limited(0)] {
        let server = Server::start(|_| Answer::new(307, &[("location", "/other")], "")).await;
        let client = Client::builder().redirect(policy).no_proxy().build().unwrap();
        let failed = client.post(server.url()).body("{}").send().await.unwrap_err();
        assert!(failed.is_redirect());
        let error = sent_once::<wix::Error>(failed);
        assert_eq!((error.effect(), error.retry()), (Effect::Unknown, Retry::CheckFirst));
        assert_eq!(error.message(), Some("the provider's redirect was not followed"));
    }
}

#[tokio::test]
async fn a_client_that_sends_each_call_once_follows_no_redirect() {
    for status in REDIRECTS {
        let (server, target) = redirecting(status, Answer::new(200, &[], "{}")).await;
        let client = client_builder().no_proxy().build().unwrap();
        let response = client.post(server.url()).body("{}").send().await.unwrap();
        let error = response.json_or_error::<Value, wix::Error>().await.unwrap_err();
        let CallError::Provider(provided) = &error else { panic!("{error:?}") };
        assert_eq!(provided.status(), status);
        assert_eq!((error.effect(), error.retry()), (Effect::Unknown, Retry::CheckFirst));
        assert_eq!((server.calls(), target.calls()), (1, 0));
    }
}

#[tokio::test]
async fn a_booking_that_was_redirected_is_neither_a_success_nor_refused() {
    let following = Client::builder().no_proxy().build().unwrap();
    let answers = [
        Answer::new(200, &[], "{}"),
        Answer::new(204, &[], ""),
        Answer::new(404, &[], ""),
        Answer::new(429, &[("retry-after", "7")], ""),
        Answer::new(400, &[], r#"{"details":{"applicationError":{"code":"SLOT_NOT_AVAILABLE"}}}"#),
    ];
    for (status, answer) in
        REDIRECTS.into_iter().flat_map(|status| answers.iter().map(move |it| (status, it)))
    {
        let (server, target) = redirecting(status, answer.clone()).await;
        let response = following.post(server.url()).body("{}").send_tracked().await.unwrap();
        let end = response.status().as_u16();
        let error = response.json_or_error::<Option<Value>, wix::Error>().await.unwrap_err();
        assert!(
            matches!(unreadable(&error), Some(Unreadable::Redirected)),
            "{status}, {answer:?}: {error:?}"
        );
        assert_eq!(error.status(), end);
        assert_eq!((error.kind(), error.effect()), (Kind::Unknown, Effect::Unknown));
        assert_eq!((error.retry(), error.retry_after()), (Retry::CheckFirst, None));
        assert!(error.message().unwrap().starts_with("a redirect was followed"), "{error}");
        assert_shows_no_url(&error);

        let response = following.put(server.url()).body("{}").send_tracked().await.unwrap();
        let error = response.error_for_provider::<wix::Error>().await.unwrap_err();
        assert_eq!((error.status(), error.kind()), (302, Kind::Unknown));
        assert_eq!((error.effect(), error.retry_after()), (Effect::Unknown, None));
        assert_eq!((server.calls(), target.calls()), (2, 2));
    }
}

#[tokio::test]
async fn a_call_that_was_not_redirected_is_read_as_usual() {
    let following = Client::builder().no_proxy().build().unwrap();
    let server = Server::start(|_| Answer::new(200, &[], "[1]")).await;
    for end in ["", "#part", "&a=%41", "&a=é{}|^`", "&a=b?c", "&a=b/../c"] {
        let url = server.url() + end;
        let response = following.post(&url).body("{}").send_tracked().await.unwrap();
        assert_eq!(response.json_or_error::<Value, wix::Error>().await.unwrap()[0], 1, "{url}");
        let response = following.post(&url).body("{}").send_tracked().await.unwrap();
        assert!(response.error_for_provider::<wix::Error>().await.is_ok(), "{url}");
    }
    let refused = Server::start(|_| Answer::new(404, &[], "")).await;
    let response = following.post(refused.url()).body("{}").send_tracked().await.unwrap();
    let error = response.json_or_error::<Value, wix::Error>().await.unwrap_err();
    assert_eq!((error.kind(), error.effect()), (Kind::NotFound, Effect::NotApplied));

    // what is read may come from anywhere
    for status in REDIRECTS {
        let (server, target) = redirecting(status, Answer::new(200, &[], "[1]")).await;
        let response = following.get(server.url()).send_tracked().await.unwrap();
        assert_eq!(response.json_or_error::<Value, wix::Error>().await.unwrap()[0], 1);
        assert_eq!(target.calls(), 1);
    }
    // a read carries out nothing, also if its success cannot be read
    let cut = Answer::text("HTTP/1.1 200 X\r\ncontent-length: 100\r\n\r\n[1");
    for answer in [cut, Answer::new(200, &[], "[1]")] {
        let server = Server::start(move |_| answer.clone()).await;
        let response = following.get(server.url()).send_tracked().await.unwrap();
        let error = response.json_or_error::<u8, wix::Error>().await.unwrap_err();
        assert_eq!(error.transport_error().map(TransportError::transport), Some(Transport::Unreadable));
        assert_eq!((error.kind(), error.effect()), (Kind::Unknown, Effect::NotApplied));
    }
    let failing = Server::start(|_| Answer::new(504, &[], "")).await;
    for (method, effect) in [(Method::GET, Effect::NotApplied), (Method::POST, Effect::Unknown)] {
        let response = following.request(method, failing.url()).send_tracked().await.unwrap();
        assert_eq!(response.json_or_error::<Value, wix::Error>().await.unwrap_err().effect(), effect);
    }
    let failed = following.post("no address").send_tracked().await.unwrap_err();
    assert_eq!(CallError::<wix::Error>::from(failed).effect(), Effect::NotApplied);
}

#[tokio::test]
async fn a_refused_connection_after_a_redirect_may_have_gone_through() {
    let target = refusing_url();
    let server = Server::start(move |_| Answer::new(307, &[("location", &target)], "")).await;
    let following = Client::builder().no_proxy().build().unwrap();
    let refused = following.post(server.url()).body("{}").send().await.unwrap_err();
    assert!(refused.is_connect());
    let error = CallError::<wix::Error>::from(refused);
    assert_eq!((error.effect(), error.retry()), (Effect::Unknown, Retry::CheckFirst));
    assert_shows_no_url(&error);

    // a client that follows none sees the redirect itself
    let response = client().post(server.url()).body("{}").send().await.unwrap();
    let error = response.error_for_provider::<wix::Error>().await.unwrap_err();
    assert_eq!((error.status(), error.kind(), error.retry()), (307, Kind::Unknown, Retry::CheckFirst));
}
