//! Finds the error envelope in a response's body, even among other text.

pub use crate::decode::form::Form;
use crate::decode::form::{binary, has_page, is_whole_page, start_of};
use crate::decode::json::{Arena, Reader, Shape, SyntaxError, SyntaxErrorReason, Value};
use crate::text::is_blank;

/// How many objects are tried in a body that is not JSON as a whole.
const MOST_STARTS: usize = 64;
/// The longest plain text that counts as a message, in characters.
const LONGEST_MESSAGE: usize = 200;

/// A provider's type for the JSON of a body, with the members by which its envelopes are found among other text.
pub trait Root<'a>: Default {
    /// The members that make an object an envelope of this provider, besides those that count for every provider: a
    /// text or number `code`, `error_code` or `message`; `details`, `errors` or `error`; `success: false`.
    const SIGNS: &'static [(&'static str, Sign)] = &[];

    /// Whether this provider sends lists of objects, so that a list whose objects have a sign is an envelope too.
    const READS_LISTS: bool = false;

    /// Reads the root of the JSON, an object in most bodies, into this default value.
    fn read(&mut self, root: Value<'_, 'a>);

    /// Returns whether what was read shows something that was made, such as a booking with an id: then an error beside
    /// it does not show that the call was not carried out.
    fn is_made(&self) -> bool {
        false
    }
}

/// The bodies of a provider that has no shape of its own, or whose shape does not matter.
impl<'a> Root<'a> for () {
    fn read(&mut self, _: Value<'_, 'a>) {}
}

/// What a member must hold to make its object an error envelope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// Any value, even one that breaks off.
    Any,
    /// An object or a list, even one that breaks off.
    Container,
    /// A whole text or number.
    Text,
    /// `false`.
    False,
}

/// The members that every provider's envelopes may have.
const SIGNS: &[(&str, Sign)] = &[
    ("code", Sign::Text),
    ("error_code", Sign::Text),
    ("message", Sign::Text),
    ("details", Sign::Any),
    ("errors", Sign::Any),
    ("error", Sign::Any),
    ("success", Sign::False),
];

/// The contents of a body, as a provider's [`Root`] reads them.
///
/// [`Document::read`] looks only at the bytes, never at a content type:
///
/// - The whole body is JSON, with or without a byte order mark: its root is read.
/// - JSON that breaks off after a [sign](Root::SIGNS) of an envelope: what was read before stays.
/// - Noise around JSON, such as warnings before it, comments after it, or two documents: up to 64 objects are tried
///   from left to right. The last complete one with a sign counts; if there is none, the first broken one with a sign.
///   A page that starts with `<!doctype` or `<html` is not searched.
/// - A JSON string, or one line of plain text with at most 200 characters and no markup: it is the `message`.
/// - Anything else: the JSON at the start, if any, up to where it broke off.
///
/// The time is linear in the length of the body.
///
/// ```
/// use booking_errors::decode::document::{Document, Root, Sign};
/// use booking_errors::decode::json::{Arena, Value};
///
/// /// `{"reason": "room-taken"}`
/// #[derive(Default)]
/// struct Body<'a>(Option<&'a str>);
///
/// impl<'a> Root<'a> for Body<'a> {
///     const SIGNS: &'static [(&'static str, Sign)] = &[("reason", Sign::Text)];
///
///     fn read(&mut self, root: Value<'_, 'a>) {
///         root.members(|name, value| match name {
///             "reason" => value.text_into(&mut self.0),
///             _ => {}
///         });
///     }
/// }
///
/// let arena = Arena::default();
/// let body = b"<b>Warning</b>: {closure} failed\n{\"reason\":\"room-taken\"}<!-- cached -->";
/// assert_eq!(Document::<Body>::read(body, &arena).root.0, Some("room-taken"));
/// ```
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Document<'a, R> {
    /// The contents of the JSON, or the default if there is none.
    pub root: R,
    /// The body itself, if it is just a message.
    pub message: Option<&'a str>,
    /// What the body is as a whole.
    pub form: Form,
    /// Why the body, or the JSON that was found in it, is not JSON from start to end, with the offset in the body.
    pub fault: Option<SyntaxError>,
    /// Whether the JSON that counts breaks off.
    pub is_root_cut: bool,
    /// Whether that or any other JSON object in the body breaks off.
    pub is_cut: bool,
    /// Whether the root is an object, or the text has one in it.
    pub has_object: bool,
    /// Whether any JSON in the body [shows something made](Root::is_made), even in documents that do not count.
    pub is_made: bool,
}

impl<'a, R: Root<'a>> Document<'a, R> {
    /// Reads a body. The arena keeps texts that need mending.
    #[inline]
    pub fn read(body: &'a [u8], arena: &'a Arena) -> Self {
        let mut document = Self::default();
        document.fill(body, arena, Signs::of::<R>(), R::read);
        document.is_made = document.root.is_made();
        document.is_cut = document.is_root_cut;
        if !matches!(document.form, Form::Json | Form::Empty) && !is_whole_page(body) {
            document.survey(body, arena);
        }
        document
    }

    /// Looks at every document in a body that is more than one JSON value.
    #[cold]
    fn survey(&mut self, body: &'a [u8], arena: &'a Arena) {
        let mut count = 0;
        let has_more = for_each_document(body, arena, |reader| {
            let is_list = reader.root().shape() == Shape::List;
            let mut root = R::default();
            reader.visit_root(|value| root.read(value));
            count += 1;
            self.is_cut |= reader.fault().is_some();
            self.is_made |= root.is_made();
            self.has_object |= !is_list;
        });
        // nobody looked at what comes after so many starts
        self.is_made |= has_more;
        self.is_cut |= has_more;
        // a success need not have the members by which an error is found among noise
        if matches!(self.form, Form::Noisy { .. } | Form::Text)
            && count == 1
            && self.is_made
            && !self.is_cut
            && !has_page(body)
        {
            self.form = Form::Noisy { shows_success: true };
        }
    }
}

impl<'a, R: Default> Document<'a, R> {
    fn fill(&mut self, body: &'a [u8], arena: &'a Arena, signs: Signs, read: impl Fn(&mut R, Value<'_, 'a>)) {
        let at = start_of(body);
        let text = body.get(at..).unwrap_or_default();
        let reader = Reader::new(body, arena);
        let read_at = |document: &mut Self, at| {
            let mut reader = reader.starting_at(at);
            reader.visit_root(|root| read(&mut document.root, root));
            document.fault = reader.fault();
            document.is_root_cut = document.fault.is_some();
            if !reader.is_done() {
                let more = SyntaxError::new(SyntaxErrorReason::MoreAfterJson, reader.position());
                document.fault.get_or_insert(more);
            }
            reader.is_done()
        };
        let search = Search { reader: &reader, signs, at, tried: 0 };
        let found = match text.first() {
            _ if body.is_empty() => {
                self.form = Form::Empty;
                return;
            }
            Some(b'{' | b'[') => {
                self.has_object = text.starts_with(b"{");
                if read_at(self, at) {
                    self.form = Form::Json;
                    return;
                }
                self.form = if self.is_root_cut { Form::Broken } else { Form::NOISY };
                search.after_json()
            }
            _ => {
                self.form = Form::of_text(text);
                search.in_text(arena)
            }
        };
        match found {
            Some(Found::Object(at)) => {
                let fault = self.fault;
                self.root = R::default();
                read_at(self, at);
                // what breaks off counts for more than what follows it
                self.fault = self.fault.filter(|_| self.is_root_cut).or(fault);
                if self.form != Form::Page {
                    self.form = if self.is_root_cut { Form::Broken } else { Form::NOISY };
                }
            }
            // what is left of compressed bytes may look like a line of text
            _ if self.form == Form::Binary => self.fault = Some(SyntaxError::new(binary(text), at)),
            Some(Found::Message(text)) => self.message = Some(text).filter(|text| !is_blank(text)),
            None => {}
        }
    }
}

/// Returns the JSON at the first of some paths of member names that leads to any, in the root that [`Document::read`]
/// finds for the type `R`; `None` if it is missing, null or cut at each of them.
///
/// ```
/// use booking_errors::decode::document::{Root, json_at};
/// # use booking_errors::decode::json::Value;
/// # #[derive(Default)]
/// # struct Body;
/// # impl Root<'_> for Body {
/// #     fn read(&mut self, _: Value<'_, '_>) {}
/// # }
///
/// let body = br#"{"code":"x","data":{"params":{"page":"too large"}}} <!-- cached -->"#;
/// assert_eq!(json_at::<Body>(body, &[&["data", "params", "page"]]).unwrap(), "too large");
/// assert_eq!(json_at::<Body>(body, &[&["data", "details"], &["details"]]), None);
/// ```
pub fn json_at<'r, R: Root<'r>>(body: &[u8], paths: &[&[&str]]) -> Option<serde_json::Value> {
    let arena = Arena::default();
    let root = root_of::<R>(body, &arena)?;
    paths.iter().find_map(|path| {
        let mut reader = Reader::new(root.clone().root().raw_at(path)?, &arena);
        let value = reader.root().into_json();
        (reader.fault().is_none() && !value.is_null()).then_some(value)
    })
}

/// Returns a reader at the root that [`Document::read`] would read.
pub fn root_of<'a, 'r, R: Root<'r>>(body: &'a [u8], arena: &'a Arena) -> Option<Reader<'a>> {
    let mut document = Document::<Option<Reader<'a>>>::default();
    document.fill(body, arena, Signs::of::<R>(), |found, root| *found = Some(root.fork()));
    document.root
}

/// Shows each JSON document in a body to a visitor: a list at its start, and up to 64 objects, whole ones and those that
/// break off after the name of a member, or with the body: those may have said anything. Returns whether there may be more.
fn for_each_document<'a>(body: &'a [u8], arena: &'a Arena, mut visit: impl FnMut(&mut Reader<'a>)) -> bool {
    let bytes = Reader::new(body, arena);
    let mut at = start_of(body);
    for tried in 0..MOST_STARTS {
        let rest = body.get(at..).unwrap_or_default();
        let is_list = tried == 0 && rest.starts_with(b"[");
        let Some(start) =
            rest.iter().position(|&byte| byte == b'{').filter(|_| !is_list).or(is_list.then_some(0))
        else {
            return false;
        };
        at += start;
        let mut reader = bytes.starting_at(at);
        let mut ahead = bytes.starting_at(at);
        let mut has_member = false;
        let is_whole = ahead.root().members(|_, _| has_member = true);
        let is_cut = ahead.fault().is_some_and(|fault| fault.reason() == SyntaxErrorReason::EndsTooEarly);
        if is_whole || has_member || is_cut {
            visit(&mut reader);
        } else {
            reader.root().skip();
        }
        at = reader.position().max(at + 1);
    }
    body.get(at..).is_some_and(|rest| rest.contains(&b'{'))
}

/// What counts in a body that is not JSON from start to end.
enum Found<'a> {
    /// The object that starts here.
    Object(usize),
    Message(&'a str),
}

/// A search for the object that counts, from left to right.
struct Search<'r, 'a> {
    /// At the start of the body.
    reader: &'r Reader<'a>,
    signs: Signs,
    at: usize,
    tried: usize,
}

impl<'a> Search<'_, 'a> {
    /// Searches a body that starts as JSON and goes on with something else; `None` if the JSON at its start counts.
    #[cold]
    fn after_json(mut self) -> Option<Found<'a>> {
        let first = self.look();
        if first.is_envelope && first.is_broken {
            return None;
        }
        self.best(first.is_envelope).map(Found::Object)
    }

    /// Searches a body that starts with neither an object nor a list.
    #[cold]
    fn in_text(self, arena: &'a Arena) -> Option<Found<'a>> {
        let text = self.rest().trim_ascii_end();
        if is_whole_page(text) {
            return None;
        }
        if text.starts_with(b"\"")
            && let Some(message) = Reader::new(text, arena).whole_string()
        {
            return Some(Found::Message(message));
        }
        let object = self.best(false).map(Found::Object);
        object.or_else(|| plain_text(text, arena).map(Found::Message))
    }

    /// Returns the start of the last complete object that is an envelope, else of the first broken one that is.
    fn best(mut self, mut has_complete: bool) -> Option<usize> {
        let mut best = None;
        while self.tried < MOST_STARTS
            && let Some(brace) = self.rest().iter().position(|&byte| byte == b'{')
        {
            self.at += brace;
            let start = self.at;
            match self.look() {
                Candidate { is_envelope: true, is_broken: false } => {
                    has_complete = true;
                    best = Some(start);
                }
                Candidate { is_envelope: true, is_broken: true } if !has_complete => {
                    best = best.or(Some(start));
                }
                _ => {}
            }
        }
        best
    }

    /// Looks at the value that starts here, and goes on after it or where it broke off.
    fn look(&mut self) -> Candidate {
        let mut reader = self.reader.starting_at(self.at);
        let is_envelope = self.signs.are_in(reader.root());
        self.at = reader.position().max(self.at + 1);
        self.tried += 1;
        Candidate { is_envelope, is_broken: reader.fault().is_some() }
    }

    fn rest(&self) -> &'a [u8] {
        self.reader.rest().get(self.at..).unwrap_or_default()
    }
}

struct Candidate {
    is_envelope: bool,
    is_broken: bool,
}

/// The members by which a provider's envelopes differ from other objects.
#[derive(Clone, Copy)]
struct Signs {
    own: &'static [(&'static str, Sign)],
    reads_lists: bool,
}

impl Signs {
    fn of<'a, R: Root<'a>>() -> Self {
        Self { own: R::SIGNS, reads_lists: R::READS_LISTS }
    }

    fn are_in(self, root: Value<'_, '_>) -> bool {
        let mut found = false;
        let mut look = |name: &str, value: Value<'_, '_>| {
            let mut signs = SIGNS.iter().chain(self.own).filter(|(sign, _)| *sign == name).peekable();
            if signs.peek().is_some() {
                let (shape, whole) = (value.shape(), value.whole());
                found |= signs.any(|(_, sign)| sign.is_in(shape, whole));
            }
        };
        match root.shape() {
            Shape::List if self.reads_lists => root.items(|item| _ = item.members(&mut look)),
            _ => root.members(look),
        };
        found
    }
}

impl Sign {
    /// Returns whether a value of this shape is a sign; `whole` has its bytes, if it does not break off.
    fn is_in(self, shape: Shape, whole: Option<&[u8]>) -> bool {
        match self {
            Self::Any => shape != Shape::Broken,
            Self::Container => matches!(shape, Shape::Object | Shape::List),
            Self::Text => matches!(shape, Shape::Text | Shape::Number) && whole.is_some(),
            Self::False => whole == Some(b"false"),
        }
    }
}

/// Returns a body that is a message by itself: one short line that is neither markup nor cut JSON nor a bare value.
fn plain_text<'a>(text: &'a [u8], arena: &'a Arena) -> Option<&'a str> {
    if text.len() > LONGEST_MESSAGE * 4 {
        return None;
    }
    let text = str::from_utf8(text).unwrap_or_else(|_| arena.keep_lossy(text)).trim();
    let is_line = !text.chars().any(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'));
    let is_bare_value = matches!(text, "true" | "false" | "null") || is_number(text);
    let is_cut_json = text.starts_with(['{', '[']);
    let is_short = text.chars().count() <= LONGEST_MESSAGE;
    let is_message = is_line && !is_cut_json && !is_bare_value && !has_tag(text) && is_short;
    is_message.then_some(text)
}

/// Returns whether a text is a decimal number. (Parsing it as a float would add 16 KiB to a program.)
fn is_number(text: &str) -> bool {
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (mantissa, exponent) = (unsigned(mantissa), unsigned(exponent));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let is_complete = (whole.len() + fraction.len()).min(exponent.len()) > 0;
    is_complete && [whole, fraction, exponent].into_iter().all(is_digits)
}

fn unsigned(number: &str) -> &str {
    number.strip_prefix(['+', '-']).unwrap_or(number)
}

fn has_tag(text: &str) -> bool {
    let mut parts = text.split('<');
    parts.next();
    parts.any(|part| part.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')))
}
