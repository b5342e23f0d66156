//! The page of errors: every code and situation of the providers in one HTML file that needs nothing else.
//!
//! The file holds its style, its script and its data, and loads nothing. Its Content-Security-Policy runs this one script
//! and no other, so a provider's text stays text: the script only ever sets it as text, and in the data no `<` can end
//! the element.

mod shell;

use booking_errors::{CodeInfo, Effect, Kind, Provider, Retry, Sample, providers};
use serde::Serialize;

pub use self::shell::Shell;

const HTML: &str = include_str!("page/page.html");
const DECODE: &str = include_str!("page/decode.html");
const STYLE: &str = include_str!("page/page.css");
const SCRIPT: &str = include_str!("page/page.js");

/// Returns the page of all providers, at most 400 KB. If it `decodes`, it has a box that posts what is pasted there to
/// `_decode` on its own server, and shows the text that comes back.
///
/// ```
/// use booking_errors_sandbox::page::page;
///
/// assert!(page(true).contains("SLOT_NOT_AVAILABLE"));
/// assert!(page(true).contains("<textarea") && !page(false).contains("<textarea"));
/// ```
pub fn page(decodes: bool) -> String {
    page_of(providers(), decodes)
}

/// Returns the page of these providers, which may be your own. Its size grows with their codes and samples.
///
/// ```
/// use booking_errors_sandbox::page::page_of;
///
/// let page = page_of(&[&booking_errors::guesty::PROVIDER], false);
/// assert!(page.contains("LISTING_CALENDAR_BLOCKED") && !page.contains("SLOT_NOT_AVAILABLE"));
/// ```
pub fn page_of(providers: &[&'static Provider], decodes: bool) -> String {
    page_of_kinds(providers, Kind::ALL, decodes)
}

/// Returns the page of these providers with only the codes and situations of these kinds.
///
/// ```
/// use booking_errors::Kind;
/// use booking_errors_sandbox::page::page_of_kinds;
///
/// let page = page_of_kinds(&[&booking_errors::wix::PROVIDER], &[Kind::Conflict], false);
/// assert!(page.contains("SLUG_ALREADY_EXISTS") && !page.contains("SLOT_NOT_AVAILABLE"));
/// ```
pub fn page_of_kinds(providers: &[&'static Provider], kinds: &[Kind], decodes: bool) -> String {
    let (directives, decode) = if decodes { ("connect-src 'self'", DECODE) } else { ("", "") };
    // the data comes last: nothing in it is taken for a mark
    let body = HTML.replace("{{decode}}", decode).replace("{{data}}", &data(providers, kinds));
    shell(directives).page(&body)
}

/// Returns the `Content-Security-Policy` header for the server of the page. The page has a policy of its own too; the
/// header adds that no other page may frame it.
///
/// ```
/// use booking_errors_sandbox::page::content_security_policy;
///
/// let policy = content_security_policy();
/// assert!(policy.starts_with("default-src 'none'; ") && !policy.contains("unsafe"));
/// ```
pub fn content_security_policy() -> String {
    shell("connect-src 'self'; frame-ancestors 'none'").policy()
}

fn shell(directives: &str) -> Shell<'_> {
    Shell { title: "Errors of booking providers", style: STYLE, script: SCRIPT, directives }
}

/// What the script shows.
#[derive(Serialize)]
struct Data {
    providers: Vec<Names>,
    kinds: Vec<Meaning<Kind>>,
    effects: Vec<Meaning<Effect>>,
    retries: Vec<Meaning<Retry>>,
    entries: Vec<Entry>,
}

#[derive(Serialize)]
struct Names {
    name: &'static str,
    title: &'static str,
    docs: &'static str,
}

#[derive(Serialize)]
struct Meaning<Name> {
    name: Name,
    meaning: &'static str,
}

/// A code, or a situation without one.
#[derive(Serialize)]
struct Entry {
    provider: &'static str,
    name: &'static str,
    is_code: bool,
    kind: Kind,
    statuses: Vec<u16>,
    meaning: &'static str,
    remedy: String,
    #[serde(flatten)]
    details: Details,
    #[serde(flatten)]
    shown: Option<Shown>,
}

/// What only a row of a table of codes tells.
#[derive(Default, Serialize)]
struct Details {
    #[serde(skip_serializing_if = "Option::is_none")]
    template: Option<&'static str>,
    #[serde(skip_serializing_if = "<[&str]>::is_empty")]
    methods: &'static [&'static str],
    #[serde(skip_serializing_if = "<[&str]>::is_empty")]
    successors: &'static [&'static str],
    #[serde(skip_serializing_if = "str::is_empty")]
    source: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    api: Option<&'static str>,
}

/// A response, and what it shows that the call did.
#[derive(Serialize)]
struct Shown {
    effect: Effect,
    retry: Retry,
    sample: String,
}

impl Entry {
    /// Returns a code, with its sample if the provider has one.
    fn of_code(provider: &Provider, info: &CodeInfo, sample: Option<&Sample>) -> Self {
        Self {
            provider: provider.name(),
            name: info.code,
            is_code: true,
            kind: info.kind,
            statuses: info.statuses.to_vec(),
            meaning: info.meaning,
            remedy: info.remedy.to_owned(),
            details: Details {
                template: info.template,
                methods: info.methods,
                successors: info.successors,
                source: info.source,
                api: info.api,
            },
            shown: sample.map(|sample| Shown::of(provider, sample)),
        }
    }

    /// Returns a situation, with the meaning and remedy that its response decodes to.
    fn of_situation(provider: &Provider, sample: &Sample) -> Self {
        let error = provider.decode(&sample.response());
        Self {
            provider: provider.name(),
            name: sample.name,
            is_code: false,
            kind: error.kind(),
            statuses: vec![sample.status],
            meaning: error.kind().meaning(),
            remedy: error.remedy().to_owned(),
            details: Details::default(),
            shown: Some(Shown::of(provider, sample)),
        }
    }
}

impl Shown {
    fn of(provider: &Provider, sample: &Sample) -> Self {
        let error = provider.decode(&sample.response());
        Self { effect: error.effect(), retry: error.retry(), sample: sample.to_string() }
    }
}

/// Returns the data as JSON that cannot end the element it stands in, nor begin a comment there.
fn data(providers: &[&'static Provider], kinds: &[Kind]) -> String {
    let names = providers.iter().map(|provider| Names {
        name: provider.name(),
        title: provider.title(),
        docs: provider.docs_url(),
    });
    let entries = providers.iter().flat_map(|provider| entries(provider));
    let entries = entries.filter(|entry| kinds.contains(&entry.kind));
    let data = Data {
        providers: names.collect(),
        kinds: Kind::ALL.iter().map(|kind| Meaning { name: *kind, meaning: kind.meaning() }).collect(),
        effects: Effect::ALL.iter().map(|it| Meaning { name: *it, meaning: it.meaning() }).collect(),
        retries: Retry::ALL.iter().map(|it| Meaning { name: *it, meaning: it.meaning() }).collect(),
        entries: entries.collect(),
    };
    // plain texts, numbers and lists always have a JSON form
    let json = serde_json::to_string(&data).unwrap_or_default();
    json.replace('<', "\\u003c")
}

/// Returns a provider's codes, in the order of its table, then its situations.
fn entries(provider: &'static Provider) -> Vec<Entry> {
    let samples = provider.samples();
    let codes = provider.codes().iter().map(|info| {
        let sample = samples.iter().find(|sample| sample.is_code && sample.name == info.code);
        Entry::of_code(provider, info, sample)
    });
    let situations = samples.iter().filter(|sample| !sample.is_code);
    codes.chain(situations.map(|sample| Entry::of_situation(provider, sample))).collect()
}
