//! What a response means, as far as what was found of it shows.

use booking_errors::decode::json::{Arena, Reader};
use booking_errors::{
    Effect, Envelope, Provider, ProviderError, RawResponse, TransportError, Unreadable, recognize,
};

use super::status;
use crate::input::{self, Exchange, Kind, is_text, unpack};

/// What to do about a call that only reads and whose answer did not come or is not whole.
const READ_AGAIN: &str = "Send the call again: it only reads.";

/// What somebody who passes a response knows about it.
#[derive(Clone, Copy, Default)]
pub struct Given<'a> {
    pub provider: Option<&'static Provider>,
    pub method: Option<&'a str>,
    pub status: Option<u16>,
    pub headers: &'a [(String, String)],
    /// Asks for the status of a single response that has none.
    pub request_for_status: &'static str,
}

/// A response, with what it means.
pub struct Answer {
    pub exchange: Exchange,
    pub meaning: Meaning,
}

pub enum Meaning {
    Success,
    Failed(Box<dyn ProviderError>),
    /// Nothing shows which provider sent it.
    UnknownSender,
    /// A call that is nobody's as far as it shows, and failed.
    OtherFailed,
    /// Such a call that did not fail.
    OtherDone,
}

impl Answer {
    pub fn to(mut exchange: Exchange, kind: Kind, given: Given<'_>) -> Self {
        exchange.status = given.status.or(exchange.status);
        exchange.is_unanswered &= given.status.is_none();
        exchange.method = given.method.map(str::to_owned).or(exchange.method);
        if given.method.is_some_and(|method| method.eq_ignore_ascii_case("HEAD")) {
            exchange.gap = None;
        }
        // what came over the wire is judged as the library does, which knows what a broken body still shows
        let is_as_sent = matches!(kind, Kind::Curl | Kind::Body) && !exchange.is_shorter_than_announced();
        decompress(&mut exchange, given.headers);
        if !is_as_sent {
            exchange.gap = exchange.gap.take().or_else(|| breaks_off(&exchange.body));
        }
        let meaning = meaning(&mut exchange, kind, given);
        Self { exchange, meaning }
    }

    pub fn error(&self) -> Option<&dyn ProviderError> {
        match &self.meaning {
            Meaning::Failed(error) => Some(&**error),
            _ => None,
        }
    }
}

fn meaning(exchange: &mut Exchange, kind: Kind, given: Given<'_>) -> Meaning {
    // with 200, a body may carry the status that counts
    let response = response(exchange, exchange.status.unwrap_or(200), given.headers);
    let is_read = response.is_read();
    // a browser's file has calls to anybody, so the provider that is given counts only for those that show none
    let told = match kind {
        Kind::Har | Kind::Postman | Kind::Log => exchange
            .provider
            .or_else(|| recognize(&response))
            .or(given.provider.filter(|_| kind != Kind::Har || is_failed(exchange))),
        _ => given.provider.or(exchange.provider).or_else(|| recognize(&response)),
    };
    let Some(provider) = told else {
        return match kind {
            Kind::Har | Kind::Postman if is_failed(exchange) => Meaning::OtherFailed,
            Kind::Har | Kind::Postman => Meaning::OtherDone,
            _ => Meaning::UnknownSender,
        };
    };
    let decides = || {
        provider.check(&response.clone().method("")).is_err_and(|error| error.effect() != Effect::NotApplied)
    };
    let decisive_read = exchange.method.clone().filter(|_| is_read && given.method.is_none() && decides());
    let (meaning, note) = if exchange.is_unanswered {
        (Meaning::Failed(no_response(provider, is_read)), None)
    } else if exchange.status.is_none() {
        let (error, note) =
            status::without(provider, |status| self::response(exchange, status, given.headers));
        let advice = if kind.holds_several() { "" } else { given.request_for_status };
        (Meaning::Failed(error), Some(format!("{note}{advice}")))
    } else {
        match provider.check(&response) {
            Err(error)
                if error.effect() == Effect::NotApplied && !is_read && exchange.is_in_doubt(&*error) =>
            {
                (Meaning::Failed(Box::new(status::in_doubt(&*error))), exchange.doubt.take())
            }
            Err(error) => (Meaning::Failed(error), None),
            Ok(()) if exchange.gap.is_none() => (Meaning::Success, None),
            Ok(()) => (Meaning::Failed(unreadable(provider, response.status(), is_read)), None),
        }
    };
    exchange.notes.extend(note);
    if let Some(method) = decisive_read {
        exchange.notes.push(format!("{method} only reads, so the call changed nothing"));
    }
    exchange.notes.extend(exchange.gap.clone());
    meaning
}

impl Exchange {
    /// Returns whether an error may be of a call that went through, although it says otherwise: what is not here of the
    /// body may show so, unless the rest names what is wrong.
    fn is_in_doubt(&self, error: &dyn ProviderError) -> bool {
        self.doubt.is_some() || (self.gap.is_some() && error.code_info().is_none())
    }
}

/// Returns whether a call failed whoever answered it.
fn is_failed(exchange: &Exchange) -> bool {
    exchange.is_unanswered || exchange.status.is_none_or(|status| status >= 400)
}

fn response<'a>(exchange: &'a Exchange, status: u16, headers: &'a [(String, String)]) -> RawResponse<'a> {
    let mut response = RawResponse::new(status, &exchange.body).headers(&exchange.headers);
    response = response.method(exchange.method.as_deref().unwrap_or_default());
    headers.iter().fold(response, |response, (name, value)| response.header(name, value))
}

/// Undoes the compression of a body that is still compressed.
fn decompress(exchange: &mut Exchange, headers: &[(String, String)]) {
    let response = response(exchange, 0, headers);
    let header = response.header_value("content-encoding");
    let has_header = header.is_some();
    let Some(unpacked) = unpack(&exchange.body, header) else {
        let is_damaged = has_header && !is_text(&exchange.body);
        let damage = "the body is compressed, as its header says, but cannot be decompressed";
        exchange.gap = exchange.gap.take().or(is_damaged.then(|| damage.to_owned()));
        return;
    };
    let codings = unpacked.codings.join(", ");
    exchange.notes.push(match has_header {
        true => format!(
            "the body came compressed with {codings}: a client that does not decompress it sees an error here"
        ),
        false => format!(
            "the body is compressed with {codings}, and no header says so: clients do not decompress it"
        ),
    });
    exchange.gap = exchange.gap.take().or(unpacked.fault.map(|fault| {
        format!("the body cannot be decompressed as a whole: {fault}. Only what came before was read")
    }));
    exchange.body = unpacked.bytes;
}

/// Says that a body begins as JSON and is none.
fn breaks_off(body: &[u8]) -> Option<String> {
    if !matches!(body.trim_ascii_start().first(), Some(b'{' | b'[')) {
        return None;
    }
    let arena = Arena::default();
    let mut reader = Reader::new(body, &arena);
    reader.root().raw();
    reader.fault().map(|fault| format!("the body is not whole: {fault}"))
}

/// Returns the error of a call without a response. A write may have gone through.
fn no_response(provider: &Provider, is_read: bool) -> Box<dyn ProviderError> {
    let error = TransportError::broken_off(provider.name()).with_message("no response arrived");
    if is_read { Box::new(of_read(error.envelope())) } else { Box::new(error) }
}

/// Returns the error of a response that would be a success, were its body whole.
fn unreadable(provider: &Provider, status: u16, is_read: bool) -> Box<dyn ProviderError> {
    let error = TransportError::unreadable(provider.name(), status, Unreadable::BrokenOff(None));
    if is_read { Box::new(of_read(error.envelope())) } else { Box::new(error) }
}

fn of_read(envelope: &Envelope) -> Envelope {
    envelope.clone().with_effect(Effect::NotApplied).with_remedy(READ_AGAIN)
}

/// Says what an input was read as, unless that is plain.
pub fn read_as(found: &input::Found, has_status: bool) -> Option<String> {
    let is_plain = match found.kind {
        Kind::Curl => true,
        Kind::Body => has_status,
        _ => false,
    };
    let encoding = found.encoding.map(|name| format!(" in {name}"));
    (!is_plain || encoding.is_some())
        .then(|| format!("read as {}{}", found.kind.in_words(), encoding.unwrap_or_default()))
}
