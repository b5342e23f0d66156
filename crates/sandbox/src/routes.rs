//! What is asked for, and what is answered.

use std::net::{IpAddr, SocketAddr};
use std::sync::{LazyLock, Mutex};
use std::time::Duration;

use booking_errors::text::Escaped;
use booking_errors::{Provider, provider, providers};
use form_urlencoded::parse;
use http_body_util::{BodyExt as _, Full, LengthLimitError, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, HeaderMap, HeaderValue, ORIGIN, RETRY_AFTER,
};
use hyper::http::request::Parts;
use hyper::{Method, Request, Response, StatusCode};
use serde_json::{Map, Value};
use tokio::time::timeout;

use crate::act::Act;
use crate::books::{self, Books, Done, Kind};
use crate::fault::Fault;
use crate::faults::{Broken, fail};
use crate::ledger::Call;
use crate::script::Script;
use crate::{asked, lock, page, samples};

/// How long a body may be, in bytes.
const BODY_LIMIT: usize = 256 * 1024;
/// How long a body may take.
const BODY_TIME: Duration = Duration::from_secs(30);

/// Returns what a response means, or what is wrong with the text.
pub(crate) type Decoder = fn(&str) -> Result<String, String>;

/// What all connections of a sandbox share.
pub(crate) struct Shared {
    pub(crate) books: Mutex<Books>,
    pub(crate) decoder: Option<Decoder>,
    /// How long after its call a late booking lands.
    pub(crate) late: Duration,
    /// What the faults `429` and `503` ask for, in seconds.
    pub(crate) retry_after: u64,
    /// Whether only this machine reaches the sandbox. A web page in its browser does too.
    pub(crate) is_on_loopback: bool,
}

impl Shared {
    /// Answers a request, or says how it is to break off.
    pub(crate) async fn answer(&self, request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Broken> {
        let (parts, body) = request.into_parts();
        let body = match read(body).await {
            Ok(body) => body,
            Err(response) => return Ok(response.map(Full::new)),
        };
        let first = parts.uri.path().split('/').nth(1).unwrap_or_default();
        if self.is_on_loopback
            && (first.is_empty() || first.starts_with('_'))
            && is_of_another_page(&parts.headers)
        {
            return Ok(
                text(StatusCode::FORBIDDEN, "only for calls to an IP address or localhost\n").map(Full::new)
            );
        }
        let response = match (&parts.method, first) {
            (&Method::GET | &Method::HEAD, "") => page(self.decoder.is_some()),
            (&Method::GET, "_ledger") => self.show_ledger(&parts),
            (&Method::DELETE, "_ledger") => {
                lock(&self.books).clear();
                no_content()
            }
            (&Method::POST, "_script") => self.set_script(&body),
            (&Method::DELETE, "_script") => {
                lock(&self.books).clear_scripts();
                no_content()
            }
            (&Method::POST, "_decode") => self.decode(&body),
            (&Method::GET, "_acts") => json(&acts()),
            (_, "" | "_acts" | "_ledger" | "_script" | "_decode") => {
                text(StatusCode::METHOD_NOT_ALLOWED, "the sandbox does not know this method here\n")
            }
            (_, name) => match provider(name) {
                Some(provider) => self.call(provider, &parts, &body)?,
                None => text(StatusCode::NOT_FOUND, &format!("no such path; providers: {}\n", names())),
            },
        };
        Ok(response.map(Full::new))
    }

    /// Does what a call to a provider asks for, and what goes wrong with it.
    fn call(
        &self,
        provider: &'static Provider,
        parts: &Parts,
        body: &[u8],
    ) -> Result<Response<Bytes>, Broken> {
        let parsed = parse_body(&parts.headers, body);
        let kind = Kind::of(&parts.method);
        let asked = match asked::by_header(&parts.headers) {
            Some(Err(error)) => return Ok(text(StatusCode::BAD_REQUEST, &format!("sandbox: {error}\n"))),
            Some(Ok(act)) => Some(act),
            None => parsed.as_ref().and_then(|body| asked::by_body(provider, body)),
        };
        // one lock for the whole call: its number, its act and its booking belong together
        let mut books = lock(&self.books);
        let act = asked.unwrap_or_else(|| books.next_act(provider.name(), kind));
        let sample = match act {
            Act::Answer(name) => match samples::find(provider, name) {
                Some(sample) => Some(sample),
                None => {
                    let problem = format!("sandbox: {} has no sample {name:?}\n", provider.name());
                    return Ok(text(StatusCode::BAD_REQUEST, &problem));
                }
            },
            Act::Ok | Act::Fault(_) => None,
        };
        let takes_effect = match (act, sample) {
            (Act::Fault(fault), _) => fault.takes_effect(self.late),
            (_, Some(sample)) => sample.is_made.then_some(Duration::ZERO),
            (Act::Ok | Act::Answer(_), None) => Some(Duration::ZERO),
        };
        let done = books.carry_out(books::Request {
            provider,
            method: &parts.method,
            uri: &parts.uri,
            body: parsed.map(|parsed| (parsed, body.len())),
            takes_effect,
        });
        let Done { response, booking } = done;
        let answered = match (act, sample) {
            (Act::Fault(fault), _) => fail(fault.breakage, response, provider, &parts.uri, self.retry_after),
            (_, Some(sample)) => Ok(sample.response.clone()),
            (Act::Ok | Act::Answer(_), None) => Ok(response),
        };
        let sent = match &answered {
            Ok(response) => Some(response),
            Err(broken) => broken.has_head().then_some(&*broken.response),
        };
        books.note(Call {
            number: 0,
            at: Duration::ZERO,
            provider: provider.name(),
            method: Escaped::code(parts.method.as_str()).to_string(),
            path: Escaped::message(parts.uri.path_and_query().map_or("/", |path| path.as_str())).to_string(),
            act,
            status: sent.map(|response| response.status().as_u16()),
            retry_after: sent.and_then(|response| retry_after(response.headers())),
            booking,
        });
        answered
    }

    fn show_ledger(&self, parts: &Parts) -> Response<Bytes> {
        let ledger = lock(&self.books).ledger();
        let mut query = parse(parts.uri.query().unwrap_or_default().as_bytes());
        let member = query.find(|(name, _)| name == "twice_by").map(|(_, member)| member);
        json(&ledger.to_json(member.as_deref()))
    }

    fn set_script(&self, body: &[u8]) -> Response<Bytes> {
        match Script::read(body) {
            Ok(script) => {
                let mut books = lock(&self.books);
                for provider in script.providers {
                    books.set_script(provider.name(), script.kind, script.acts.clone());
                }
                no_content()
            }
            Err(problem) => text(StatusCode::BAD_REQUEST, &format!("sandbox: {problem}\n")),
        }
    }

    fn decode(&self, body: &[u8]) -> Response<Bytes> {
        match self.decoder.map(|decode| decode(&String::from_utf8_lossy(body))) {
            Some(Ok(decoded)) => text(StatusCode::OK, &decoded),
            Some(Err(problem)) => text(StatusCode::UNPROCESSABLE_ENTITY, &problem),
            None => text(StatusCode::NOT_FOUND, "this sandbox does not decode\n"),
        }
    }
}

/// Returns the whole body, or the answer to one that is too long, too slow or broken.
async fn read(body: Incoming) -> Result<Bytes, Response<Bytes>> {
    match timeout(BODY_TIME, Limited::new(body, BODY_LIMIT).collect()).await {
        Ok(Ok(body)) => Ok(body.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => {
            let problem = format!("sandbox: the body is longer than {BODY_LIMIT} bytes\n");
            Err(text(StatusCode::PAYLOAD_TOO_LARGE, &problem))
        }
        Ok(Err(_)) => Err(text(StatusCode::BAD_REQUEST, "sandbox: the body is broken\n")),
        Err(_) => Err(text(StatusCode::REQUEST_TIMEOUT, "sandbox: the body came too slowly\n")),
    }
}

/// Returns the body's JSON, or the fields of a form. curl calls every body a form.
fn parse_body(headers: &HeaderMap, body: &[u8]) -> Option<Value> {
    let json = serde_json::from_slice(body).ok();
    let content_type = headers.get(CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
    if json.is_some() || !content_type.starts_with(b"application/x-www-form-urlencoded") {
        return json;
    }
    let fields = parse(body).map(|(name, value)| (name.into_owned(), value.into_owned().into()));
    Some(fields.collect::<Map<_, _>>().into())
}

/// Returns whether a request names a host that a web page elsewhere may have chosen, or comes from such a page.
fn is_of_another_page(headers: &HeaderMap) -> bool {
    let is_foreign = |value: &HeaderValue| {
        let value = value.to_str().unwrap_or_default();
        let host = value.split_once("://").map_or(value, |(_, host)| host);
        let is_address = host.parse::<SocketAddr>().is_ok()
            || host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>().is_ok();
        !is_address && host.split(':').next() != Some("localhost")
    };
    [HOST, ORIGIN].iter().filter_map(|name| headers.get(name)).any(is_foreign)
}

fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let seconds = headers.get(RETRY_AFTER)?.to_str().ok()?.parse().ok()?;
    Some(Duration::from_secs(seconds))
}

/// Returns the names of all providers.
pub(crate) fn names() -> String {
    providers().iter().map(|provider| provider.name()).collect::<Vec<_>>().join(", ")
}

/// Returns the names of all acts: the faults, and the samples of each provider.
fn acts() -> Value {
    let samples =
        |provider: &Provider| provider.samples().iter().map(|sample| sample.name).collect::<Vec<_>>();
    let mut acts: Map<_, _> =
        providers().iter().map(|provider| (provider.name().to_owned(), samples(provider).into())).collect();
    acts.insert("faults".to_owned(), Fault::all().map(|fault| fault.to_string()).collect::<Vec<_>>().into());
    acts.into()
}

/// Returns the page of errors, with a box for what somebody pastes if the sandbox can decode it.
fn page(decodes: bool) -> Response<Bytes> {
    static READING: LazyLock<Bytes> = LazyLock::new(|| page::page(false).into());
    static DECODING: LazyLock<Bytes> = LazyLock::new(|| page::page(true).into());
    static POLICY: LazyLock<Option<HeaderValue>> =
        LazyLock::new(|| page::content_security_policy().try_into().ok());
    let mut response = Response::new(if decodes { DECODING.clone() } else { READING.clone() });
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.extend(POLICY.clone().map(|policy| (CONTENT_SECURITY_POLICY, policy)));
    response
}

fn json(value: &Value) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from(format!("{value:#}\n")));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

fn no_content() -> Response<Bytes> {
    let mut response = Response::default();
    *response.status_mut() = StatusCode::NO_CONTENT;
    response
}

fn text(status: StatusCode, body: &str) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from(body.to_owned()));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    response
}
