//! What users may rely on whichever provider they talk to, asked of one provider.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use serde::de::IgnoredAny;

use crate::decode::Evidence;
use crate::{CodeInfo, Effect, Envelope, Kind, Provider, ProviderError, RawResponse, Retry, Sample, sample};

/// Checks that a provider keeps what users of any provider rely on. Call it in a test of your own provider, as the example
/// `custom_provider` does:
///
/// ```
/// # use booking_errors::{Provider, assert_contract};
/// # fn example(acme: &'static Provider) {
/// assert_contract(acme);
/// # }
/// ```
///
/// - Each code is listed once, has a meaning, a remedy and a [sample](Provider::with_samples), and decodes from it to
///   itself, with the kind and the effect of its row. A kind of unknown and a missing effect are not asked for.
/// - [`check`](Provider::check) and [`decode`](Provider::decode) return the same error, and whatever its status, no
///   sample of a code is a success with 200 or 201. Neither is what looks like no answer: pages, JSON that breaks off,
///   other text, binary, 202 without a body. There is a success: `{}`, `[]`, `{"id":1}` or 204 without a body.
/// - An effect is claimed only on evidence. It is unknown where the status is all there is and may come after the work,
///   such as 500 and 504, and if the code says that the provider failed. Samples that are cut claim nothing.
/// - `Retry-After` is passed on, and changes neither kind nor effect.
/// - `Display` is one line that starts with the provider's name, and the envelope survives JSON. No status and no bytes
///   cause a panic.
/// - A provider that [recognizes](Provider::recognizes) one sample of a code recognizes all of them, and nothing that
///   anyone may send.
///
/// # Panics
/// Panics if the provider does not keep a promise, and names the provider, the promise and the sample.
#[track_caller]
#[expect(clippy::panic, reason = "an assertion for tests")]
pub fn assert_contract(provider: &'static Provider) {
    if let Err(broken) = ask(provider) {
        panic!("{} does not keep a promise: {broken}", provider.name());
    }
}

/// `Err` says which promise is broken, and by what.
type Kept<T = ()> = Result<T, String>;

fn keep(holds: bool, promise: &str, what: &str) -> Kept {
    if holds { Ok(()) } else { Err(format!("{promise} ({what})")) }
}

fn ask(provider: &'static Provider) -> Kept {
    let samples = provider.samples();
    ask_table(provider, &samples)?;
    for sample in &samples {
        let case = Case::of(provider, sample);
        let error = case.error()?;
        ask_retry_after(provider, sample, &*error)?;
        match provider.code(sample.name).filter(|_| sample.is_code) {
            Some(info) => ask_code(provider, sample, info)?,
            None => case.keep(!sample.is_code, "a sample of a code is named after a known code")?,
        }
        ask_cuts(provider, sample)?;
    }
    ask_recognition(provider, &samples)?;
    ask_evidence(provider)?;
    ask_success(provider)?;
    ask_anything(provider)
}

/// A response that the provider is asked about.
struct Case<'a> {
    provider: &'static Provider,
    name: &'a str,
    response: RawResponse<'a>,
}

impl<'a> Case<'a> {
    fn new(provider: &'static Provider, name: &'a str, status: u16, body: &'a [u8]) -> Self {
        Self { provider, name, response: RawResponse::new(status, body) }
    }

    fn of(provider: &'static Provider, sample: &'a Sample) -> Self {
        Self { provider, name: sample.name, response: sample.response() }
    }

    fn with_status(provider: &'static Provider, sample: &'a Sample, status: u16, body: &'a [u8]) -> Self {
        let response = RawResponse::new(status, body);
        let headers = sample.headers.iter();
        let response = headers.fold(response, |response, (name, value)| response.header(name, value));
        Self { provider, name: sample.name, response }
    }

    fn keep(&self, holds: bool, promise: &str) -> Kept {
        if holds { Ok(()) } else { Err(self.broken(promise)) }
    }

    fn broken(&self, promise: &str) -> String {
        format!("{promise} (sample {:?}, status {})", self.name, self.response.status())
    }

    fn run<T>(&self, call: impl FnOnce(&'static Provider, &RawResponse<'_>) -> T) -> Kept<T> {
        let result = catch_unwind(AssertUnwindSafe(|| call(self.provider, &self.response)));
        result.map_err(|_| self.broken("no response causes a panic"))
    }

    /// Returns the error, and `None` for a success.
    fn checked(&self) -> Kept<Option<Box<dyn ProviderError>>> {
        self.run(|provider, response| provider.check(response).err())
    }

    /// Asks what holds for any response. Returns the error that it decodes to, and whether it is a success.
    fn decoded(&self) -> Kept<(Box<dyn ProviderError>, bool)> {
        let error = self.run(|provider, response| provider.decode(response))?;
        let envelope = error.envelope();
        let name = self.provider.name();
        self.keep(envelope.provider == name, "an error carries the name of its provider")?;
        let says = (error.provider(), error.status(), error.code(), error.kind(), error.effect());
        let holds = (name, envelope.status, envelope.code.as_deref(), envelope.kind, envelope.effect);
        let is_derived = error.retry() == Retry::of(envelope.kind, envelope.effect)
            && error.retry_after() == envelope.retry_after();
        self.keep(says == holds && is_derived, "an error says what its envelope says")?;
        let line = error.to_string();
        let is_line = line.starts_with(&format!("{name}: ")) && !line.contains(char::is_control);
        self.keep(is_line, "Display is one line that starts with the provider's name")?;
        let json = serde_json::to_string(envelope).unwrap_or_default();
        let is_back = serde_json::from_str::<Envelope>(&json).is_ok_and(|back| back == *envelope);
        self.keep(is_back, "an envelope reads back from JSON as it was")?;
        let checked = self.checked()?;
        let is_same = checked.as_ref().is_none_or(|checked| checked.envelope() == envelope);
        self.keep(is_same, "check returns the error that decode returns")?;
        self.keep(checked.is_some() || self.response.is_success(), "only a status of 2xx is a success")?;
        Ok((error, checked.is_none()))
    }

    /// Asks that the response is an error, and returns it.
    fn error(&self) -> Kept<Box<dyn ProviderError>> {
        let (error, is_success) = self.decoded()?;
        self.keep(!is_success, "check takes no error for a success")?;
        Ok(error)
    }
}

/// Asks what the list of codes and that of samples promise by themselves.
fn ask_table(provider: &'static Provider, samples: &[Sample]) -> Kept {
    let mut names = HashSet::new();
    for sample in samples {
        keep(names.insert(sample.name), "each sample has a name of its own", sample.name)?;
    }
    for info in provider.codes() {
        let is_found = provider.code(info.code).is_some_and(|found| std::ptr::eq(found, info));
        keep(is_found, "a code is listed once", info.code)?;
        let is_told = ![info.meaning, info.remedy].iter().any(|text| text.trim().is_empty());
        keep(is_told, "a code has a meaning and a remedy", info.code)?;
        let has_sample = samples.iter().any(|sample| sample.is_code && sample.name == info.code);
        keep(has_sample, "each code has a sample", info.code)?;
    }
    Ok(())
}

fn ask_code(provider: &'static Provider, sample: &Sample, info: &'static CodeInfo) -> Kept {
    for status in [sample.status, 200, 201, 400, 503] {
        let case = Case::with_status(provider, sample, status, sample.body.as_bytes());
        let error = case.error()?;
        case.keep(error.code() == Some(info.code), "a code is returned as it was sent")?;
        let known = error.code_info().map(|info| info.code);
        case.keep(known == Some(info.code), "code_info returns the row of a known code")?;
        let is_claimed = error.effect() == Effect::NotApplied;
        let is_fault = Evidence::is_fault(info.kind) || info.is_soft;
        let may_claim = !is_fault || info.effect == Some(Effect::NotApplied);
        case.keep(may_claim || !is_claimed, "a code that rejects nothing claims nothing")?;
        if status == sample.status {
            case.keep(info.kind == Kind::Unknown || error.kind() == info.kind, "a code has its kind")?;
            let is_own = info.effect.is_none_or(|effect| error.effect() == effect);
            case.keep(is_own, "a code has the effect of its row")?;
        }
    }
    Ok(())
}

fn ask_retry_after(provider: &'static Provider, sample: &Sample, error: &dyn ProviderError) -> Kept {
    if sample.response().retry_after().is_some() {
        let case = Case::of(provider, sample);
        return case.keep(error.retry_after().is_some(), "Retry-After is passed on");
    }
    let case = Case { response: sample.response().header("retry-after", "7"), ..Case::of(provider, sample) };
    let asked = case.error()?;
    let is_passed = asked.retry_after() == Some(Duration::from_secs(7));
    // the body may name a time of its own
    let is_body = error.retry_after().is_some() && asked.retry_after() == error.retry_after();
    case.keep(is_passed || is_body, "Retry-After is passed on")?;
    let is_same = (asked.kind(), asked.effect()) == (error.kind(), error.effect());
    case.keep(is_same, "Retry-After says when, never whether")
}

/// Asks that JSON with an error that is cut at any byte is neither a success nor claims anything.
fn ask_cuts(provider: &'static Provider, sample: &Sample) -> Kept {
    let body = sample.body.trim();
    if !body.starts_with(['{', '[']) || serde_json::from_str::<IgnoredAny>(body).is_err() {
        return Ok(());
    }
    for status in [200, 201] {
        if Case::with_status(provider, sample, status, body.as_bytes()).checked()?.is_none() {
            continue;
        }
        for length in 1..body.len() {
            let cut = body.as_bytes().get(..length).unwrap_or_default();
            let case = Case::with_status(provider, sample, status, cut);
            let effect = case.checked()?.map(|error| error.effect());
            let is_open = matches!(effect, Some(Effect::Unknown | Effect::Partial));
            case.keep(is_open, "JSON that breaks off is an error and claims nothing")?;
        }
    }
    Ok(())
}

fn ask_recognition(provider: &'static Provider, samples: &[Sample]) -> Kept {
    let is_told = |sample: &Sample| Case::of(provider, sample).run(Provider::recognizes);
    let codes: Vec<_> = samples.iter().filter(|sample| sample.is_code).collect();
    let told = codes.iter().map(|sample| is_told(sample)).collect::<Kept<Vec<_>>>()?;
    for (sample, is_told) in codes.iter().zip(&told) {
        let is_kept = *is_told || !told.contains(&true);
        keep(is_kept, "a provider that recognizes a code recognizes all of its codes", sample.name)?;
    }
    for sample in sample::situations().iter().chain(&[Sample::new("empty object", 200, "{}")]) {
        keep(!is_told(sample)?, "a provider does not recognize what anyone may send", sample.name)?;
    }
    Ok(())
}

/// Asks that the effect is unknown where nothing shows it.
fn ask_evidence(provider: &'static Provider) -> Kept {
    let cases: &[(&str, u16, &[u8])] = &[
        ("redirect", 302, b""),
        ("timeout", 408, b""),
        ("server error", 500, b""),
        ("server error with JSON", 500, b"{}"),
        ("bad gateway", 502, b"<html><title>502 Bad Gateway</title></html>"),
        ("unavailable", 503, b""),
        ("gateway timeout", 504, b""),
        ("web page", 200, b"<!doctype html><title>Log in</title>"),
        ("web page", 201, b"<html><body>Log in</body></html>"),
        ("object that breaks off", 200, b"{\"id\":1"),
        ("list that breaks off", 201, b"[{\"id\":1},"),
        ("text", 200, b"OK"),
        ("gzip", 200, b"\x1f\x8b\x08\x00\x00\x00\x00\x00"),
        ("UTF-16", 200, b"\xff\xfe{\x00}\x00"),
        ("only accepted", 202, b""),
    ];
    for &(name, status, body) in cases {
        let case = Case::new(provider, name, status, body);
        let error = case.error()?;
        case.keep(error.effect() == Effect::Unknown, "without evidence the effect is unknown")?;
        let has_code = error.code().is_some() || error.code_info().is_some();
        case.keep(!has_code, "a code comes from the response")?;
    }
    Ok(())
}

fn ask_success(provider: &'static Provider) -> Kept {
    let cases: [(u16, &[u8]); 4] = [(204, b""), (200, b"{}"), (200, b"[]"), (200, b"{\"id\":1}")];
    let mut has_success = false;
    for (status, body) in cases {
        let case = Case::new(provider, "success", status, body);
        let (error, is_success) = case.decoded()?;
        let is_unknown = (error.kind(), error.effect()) == (Kind::Unknown, Effect::Unknown);
        case.keep(!is_success || is_unknown, "a success that is decoded has an unknown kind and effect")?;
        has_success |= is_success;
    }
    keep(has_success, "check returns Ok for a success", "204 without a body, {}, [] and {\"id\":1}")
}

/// Asks what holds for any bytes with any status.
fn ask_anything(provider: &'static Provider) -> Kept {
    let nested = b"{\"error\":[".repeat(1_000);
    let long = b"x".repeat(100_000);
    let bodies: [&[u8]; 12] = [
        b"",
        b"{",
        b"\"",
        b"null",
        b"[[]]",
        b"1e999",
        b"{\"\":\"\\ud83d\"}",
        b"two\r\nlines \x1b[31m",
        b"\xef\xbb\xbf{}",
        b"\x00\xff\xfe",
        &nested,
        &long,
    ];
    for status in [0, 99, 100, 200, 204, 304, 401, 404, 429, 500, 599, 999, u16::MAX] {
        for body in bodies {
            let case = Case::new(provider, "any bytes", status, body);
            let (error, _) = case.decoded()?;
            case.keep(!body.is_empty() || error.status() == status, "the status stays as it was sent")?;
            case.run(Provider::recognizes)?;
        }
    }
    Ok(())
}
