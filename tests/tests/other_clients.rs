//! The recipes for clients without a module, over real sockets: hyper, as in the docs of `http`, and reqwest 0.12, as in
//! `docs/integrations.md`.

use std::error::Error;
use std::time::Duration;

use booking_errors::{CallError, Effect, Kind, ProviderError, Retry, Transport, Unreadable, wix};
use booking_errors_tests::assert_shows_no_url;
use booking_errors_tests::server::{Answer, Server, refusing_url};
use serde_json::{Value, json};

type Outcome = Result<Value, CallError<wix::Error>>;

const TIMEOUT: Duration = Duration::from_millis(800);

mod with_hyper {
    use booking_errors::{CallError, FromResponse, RawResponse, Received, TransportError, Unreadable};
    use http_body_util::{BodyExt as _, Full};
    use hyper::Request;
    use hyper::body::{Body, Bytes};
    use hyper::client::conn::http1::{SendRequest, handshake};
    use hyper_util::rt::TokioIo;
    use serde::de::DeserializeOwned;
    use tokio::net::TcpStream;
    use tokio::time::timeout;

    pub async fn create<T: DeserializeOwned, E: FromResponse>(url: &str) -> Result<T, CallError<E>> {
        let provider = E::PROVIDER.name();
        let uri: hyper::Uri = url.parse().map_err(|_| TransportError::not_built(provider))?;
        let address = uri.authority().ok_or_else(|| TransportError::not_built(provider))?.as_str();
        let stream = TcpStream::connect(address).await;
        let stream = stream.map_err(|error| TransportError::never_sent(provider).with_source(error))?;
        let connection = handshake(TokioIo::new(stream)).await;
        let (mut sender, connection) =
            connection.map_err(|error| TransportError::never_sent(provider).with_source(error))?;
        tokio::spawn(connection);
        let request = Request::post(uri.path()).header("host", address).body(Full::from("{}"));
        let request = request.map_err(|error| TransportError::not_built(provider).with_source(error))?;
        let sent = timeout(super::TIMEOUT, send(&mut sender, request)).await;
        sent.unwrap_or_else(|_| Err(TransportError::timed_out(provider).into()))
    }

    async fn send<T: DeserializeOwned, E: FromResponse>(
        sender: &mut SendRequest<Full<Bytes>>,
        request: Request<Full<Bytes>>,
    ) -> Result<T, CallError<E>> {
        let sent = sender.send_request(request).await;
        let broken_off = |error| TransportError::broken_off(E::PROVIDER.name()).with_source(error);
        json_or_error(sent.map_err(broken_off)?).await
    }

    async fn json_or_error<T: DeserializeOwned, E: FromResponse>(
        response: http::Response<impl Body<Data = Bytes, Error = hyper::Error> + Unpin>,
    ) -> Result<T, CallError<E>> {
        let (parts, mut body) = response.into_parts();
        let limit = if parts.status.is_success() { 64 << 20 } else { 1 << 20 };
        let mut bytes = Vec::new();
        let missing = loop {
            match body.frame().await {
                None => break None,
                Some(Ok(frame)) => bytes.extend(frame.into_data().unwrap_or_default()),
                Some(Err(error)) => break Some(Unreadable::BrokenOff(Some(error.into()))),
            }
            if bytes.len() > limit {
                break Some(Unreadable::TooLong(limit));
            }
        };
        Received::new(RawResponse::from_parts(&parts, &bytes)).with_missing(missing).json_or_error()
    }
}

mod with_reqwest_0_12 {
    use booking_errors::{CallError, RawResponse, Received, TransportError, Unreadable, wix};
    use reqwest012::redirect::Policy;
    use reqwest012::{Client, Error, Response};

    pub async fn create(url: &str) -> Result<serde_json::Value, CallError<wix::Error>> {
        let client = Client::builder().redirect(Policy::none()).timeout(super::TIMEOUT).no_proxy().build();
        json_or_error(client.unwrap().post(url).body("{}").send().await.map_err(not_answered)?).await
    }

    fn not_answered(error: Error) -> TransportError {
        let failure = match () {
            () if error.is_builder() => TransportError::not_built("wix"),
            () if error.is_connect() => TransportError::never_sent("wix"),
            () if error.is_timeout() => TransportError::timed_out("wix"),
            () => TransportError::broken_off("wix"),
        };
        failure.with_source(error.without_url())
    }

    async fn json_or_error(mut response: Response) -> Result<serde_json::Value, CallError<wix::Error>> {
        let (status, headers) = (response.status(), response.headers().clone());
        let limit = if status.is_success() { 64 << 20 } else { 1 << 20 };
        let mut body = Vec::new();
        let missing = loop {
            match response.chunk().await {
                Ok(None) => break None,
                Ok(Some(chunk)) => body.extend(chunk),
                Err(error) => break Some(Unreadable::BrokenOff(Some(error.without_url().into()))),
            }
            if body.len() > limit {
                break Some(Unreadable::TooLong(limit));
            }
        };
        let response = RawResponse::new(status.as_u16(), &body).headers(&headers);
        Received::new(response).with_missing(missing).json_or_error()
    }
}

/// What each client makes of an address.
async fn each(url: &str) -> [Outcome; 2] {
    [with_hyper::create(url).await, with_reqwest_0_12::create(url).await]
}

/// The error of each client for an answer, which shows no address.
async fn errors(answer: Answer) -> [CallError<wix::Error>; 2] {
    let server = Server::start(move |_| answer.clone()).await;
    let errors = each(&server.url()).await.map(Result::unwrap_err);
    assert_eq!(server.calls(), 2);
    for error in &errors {
        assert_shows_no_url(error);
    }
    errors
}

#[tokio::test]
async fn a_success_is_read() {
    let server = Server::start(|_| Answer::new(201, &[], r#"{"id":17}"#)).await;
    for outcome in each(&server.url()).await {
        assert_eq!(outcome.unwrap(), json!({"id": 17}));
    }
}

#[tokio::test]
async fn an_error_keeps_its_body_and_when_to_call_again() {
    let body = r#"{"message":"Slow down.","details":{"applicationError":{"code":"BRAND_NEW"}}}"#;
    for error in errors(Answer::new(429, &[("retry-after", "37")], body)).await {
        assert_eq!((error.status(), error.code()), (429, Some("BRAND_NEW")));
        assert_eq!((error.retry(), error.retry_after()), (Retry::Safe, Some(Duration::from_secs(37))));
    }
}

#[tokio::test]
async fn of_an_error_that_is_cut_what_came_counts() {
    let cut = "HTTP/1.1 400 X\r\ncontent-length: 1000\r\n\r\n{\"details\":{\"applicationError\":{\"code\":\"SLOT_NOT_AVAILABLE\"}},";
    for error in errors(Answer::text(cut)).await {
        assert_eq!((error.kind(), error.effect()), (Kind::SlotUnavailable, Effect::NotApplied));
    }
}

#[tokio::test]
async fn an_error_without_an_end_is_not_read_to_it() {
    let head = b"HTTP/1.1 500 X\r\nconnection: close\r\n\r\n".to_vec();
    let server = Server::start(move |_| Answer::Endless(head.clone())).await;
    for outcome in each(&server.url()).await {
        assert_eq!(outcome.unwrap_err().status(), 500);
    }
    // what lies in the buffers of the system comes on top
    assert!(server.sent() < 64 << 20, "{}", server.sent());
}

#[tokio::test]
async fn a_success_that_is_cut_may_have_gone_through() {
    let cut = "HTTP/1.1 201 X\r\ncontent-length: 1000\r\n\r\n{\"booking\":";
    for error in errors(Answer::text(cut)).await {
        assert_eq!((error.status(), error.retry()), (201, Retry::CheckFirst));
        let reason = error.source().unwrap().downcast_ref();
        assert!(matches!(reason, Some(Unreadable::BrokenOff(Some(_)))), "{error:?}");
    }
}

#[tokio::test]
async fn a_redirect_is_an_answer_and_not_followed() {
    for error in errors(Answer::new(302, &[("location", "/bookings")], "")).await {
        assert_eq!((error.status(), error.retry()), (302, Retry::CheckFirst));
    }
}

#[tokio::test]
async fn a_call_without_an_answer_is_in_doubt_and_one_that_could_not_connect_is_not() {
    let answers = [(Answer::Reset(Vec::new()), Transport::BrokenOff), (Answer::Silence, Transport::TimedOut)];
    for (answer, cause) in answers {
        for error in errors(answer).await {
            assert_eq!(error.transport_error().unwrap().transport(), cause, "{error:?}");
            assert_eq!((error.effect(), error.retry()), (Effect::Unknown, Retry::CheckFirst));
        }
    }
    for (url, retry) in
        [(refusing_url(), Retry::Safe), ("no address?key=SECRET-KEY".to_owned(), Retry::Never)]
    {
        for outcome in each(&url).await {
            let error = outcome.unwrap_err();
            assert_eq!(error.transport_error().unwrap().transport(), Transport::NeverSent, "{error:?}");
            assert_eq!((error.effect(), error.retry()), (Effect::NotApplied, retry));
            assert_shows_no_url(&error);
        }
    }
}
