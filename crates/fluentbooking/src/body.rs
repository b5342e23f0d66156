use std::mem::take;

use booking_errors_core::RawResponse;
use booking_errors_core::decode::document::{Document, Root, Sign};
use booking_errors_core::decode::json::{Arena, Reader, Shape, Value};
use booking_errors_core::decode::oauth::OAuth;
use booking_errors_core::decode::{Draft, Issues, Sections, first};

use crate::Code;
use crate::answer::Answer;
use crate::data::Data;
use crate::evidence::{is_fault, is_number, is_of_validator, names_any_field, names_any_rule};
use crate::fields::{BareMap, is_rule, read_bare_map, read_errors};
use crate::inner::{Batch, Wrapped};
use crate::list::List;
use crate::made::Booking;
use crate::messages::{Message, is_of_database};
use crate::problem_details::ProblemDetails;
use crate::serialized::{Serialized, first_text, is_map};

type Text<'a> = Option<&'a str>;

/// Reads a response of any status.
pub(crate) fn read<'a>(response: &'a RawResponse<'_>, arena: &'a Arena) -> Draft<'a> {
    let mut document = Document::<Body>::read(response.body(), arena);
    let draft = match document.root.wrapped.response(response.status(), document.is_root_cut, arena) {
        Some(mut inner) => {
            inner.document.is_root_cut |= document.is_root_cut;
            inner.draft(response, arena)
        }
        None => Answer::of(response).draft(&mut document, response, arena),
    };
    draft.read_from(&document)
}

/// Returns whether the response has the members of WordPress or the rules of the plugin's validator.
pub(crate) fn recognizes(response: &RawResponse<'_>) -> bool {
    let arena = Arena::default();
    let Document { root, is_root_cut, .. } = Document::<Body>::read(response.body(), &arena);
    match root.wrapped.response(response.status(), is_root_cut, &arena) {
        Some(inner) => inner.document.root.is_recognized(&arena),
        None => root.is_recognized(&arena),
    }
}

/// Every member that any of the envelopes has.
#[derive(Default)]
pub(crate) struct Body<'a> {
    code: Text<'a>,
    /// Whether `code` is a text, not a number.
    is_code_text: bool,
    message: Text<'a>,
    has_message_text: bool,
    pub(crate) data: Data<'a>,
    has_data: bool,
    /// The issues of `errors`, `data` and `additional_errors`.
    issues: Sections<Issues<'a>>,
    /// The items of a body that is a list.
    list: Issues<'a>,
    /// At `errors`.
    errors: Option<Reader<'a>>,
    /// Whether `errors` is that of a `WP_Error`.
    has_error_data: bool,
    success: Option<bool>,
    error: Option<bool>,
    has_error: bool,
    /// Whether `status` says that a payment failed.
    pub(crate) is_failed: bool,
    pub(crate) oauth: OAuth<'a>,
    problem: ProblemDetails<'a>,
    /// A `WP_Error` in the place of a value.
    serialized: Option<Serialized<'a>>,
    wrapped: Wrapped<'a>,
    pub(crate) batch: Batch<'a>,
    has_booking: bool,
    /// Whether a `booking` or `booking_hash` shows a booking. If one comes twice, both count.
    is_made: bool,
    /// Whether the root has members besides `errors`.
    has_others: bool,
    /// At the root, which is read again if it turns out to be a bare map.
    again: Option<Reader<'a>>,
}

impl<'a> Root<'a> for Body<'a> {
    const SIGNS: &'static [(&'static str, Sign)] =
        &[("booking", Sign::Any), ("booking_hash", Sign::Any), ("detail", Sign::Any)];
    const READS_LISTS: bool = true;

    fn read(&mut self, root: Value<'_, 'a>) {
        if root.shape() == Shape::List {
            self.list = List::read(root).into_issues();
            return;
        }
        if root.shape() != Shape::Object {
            return;
        }
        self.again = Some(root.fork());
        let mut booking_error = None;
        root.members(|name, value| {
            self.has_others |= name != "errors";
            match name {
                "code" => {
                    let is_whole = value.fork().root().whole().is_some();
                    self.is_code_text = is_whole && value.shape() == Shape::Text;
                    value.text_into(&mut self.code);
                }
                "message" => {
                    self.has_message_text = matches!(value.shape(), Shape::Text | Shape::Number);
                    value.text_into(&mut self.message);
                }
                "data" => {
                    self.has_data = true;
                    // what was made stays made, even if another `data` follows
                    let was_made = take(&mut self.data).is_made;
                    self.data.is_made = was_made;
                    self.data.read(value);
                    match self.data.issues.take() {
                        Some(issues) => self.issues.put("data", issues),
                        None => self.issues.remove("data"),
                    }
                }
                "errors" => {
                    self.errors = Some(value.fork());
                    self.issues.put("errors", read_errors(value));
                }
                "error_data" => self.has_error_data = true,
                "additional_errors" => self.issues.put("additional_errors", List::read(value).into_issues()),
                "success" => self.success = value.boolean(),
                "error" => {
                    self.has_error = true;
                    let is_flag = value.shape() == Shape::Bool;
                    self.error = is_flag.then(|| value.fork().root().boolean()).flatten();
                    self.oauth.read(name, value);
                }
                "booking" => {
                    let booking = Booking::read(value);
                    self.has_booking = true;
                    self.is_made |= booking.is_made;
                    booking_error = booking.error.or(booking_error.take());
                }
                "booking_hash" => self.is_made |= value.shows_text(),
                "title" | "detail" | "metadata" => self.problem.read_member(name, value),
                "body" | "headers" => self.wrapped.read_member(name, value),
                "status" => {
                    self.is_failed = value.fork().root().string() == Some("failed");
                    self.wrapped.read_member(name, value);
                }
                "responses" => self.batch.responses = value.raw(),
                "failed" => self.batch.failed = value.text(),
                _ => self.oauth.read(name, value),
            }
        });
        self.has_error_data &= self.errors.clone().is_some_and(is_map);
        if self.has_error_data {
            // the names in `errors` are codes
            self.issues.remove("errors");
        }
        let [data, intent] = take(&mut self.data.errors);
        let root = self.again.clone().filter(|_| self.has_error_data);
        self.serialized =
            [booking_error, data, intent, root].into_iter().flatten().find_map(Serialized::read);
    }

    fn is_made(&self) -> bool {
        self.is_made || self.data.is_made
    }
}

impl<'a> Body<'a> {
    /// Returns the code, if it is a text.
    pub(crate) fn text_code(&self) -> Text<'a> {
        self.code.filter(|_| self.is_code_text)
    }

    /// Returns the code that WordPress or the plugin answers with.
    pub(crate) fn own_code(&self) -> Text<'a> {
        first([self.code, self.problem.code().filter(|_| self.ajax().0.is_none())])
    }

    /// Returns the code of an integration's error, or of one that nobody handled.
    pub(crate) fn late_code(&self) -> Text<'a> {
        first(self.late_codes())
    }

    fn late_codes(&self) -> [Text<'a>; 3] {
        let serialized = self.serialized.as_ref().and_then(|error| error.code);
        [self.ajax().0, serialized, self.oauth.code()]
    }

    /// Returns whether a code says that the provider failed, also one that another goes before.
    pub(crate) fn has_fault_code(&self) -> bool {
        let codes = [self.code, self.problem.code()].into_iter().chain(self.late_codes());
        codes.flatten().any(is_fault)
    }

    pub(crate) fn message(&self) -> Text<'a> {
        first([
            self.message,
            self.data.message,
            self.ajax().1,
            self.problem.message(),
            self.serialized.as_ref().and_then(|error| error.text),
            self.oauth.description(),
            self.oauth.message(),
        ])
    }

    /// Returns the texts where the plugin's own messages stand; `message` is the answer's.
    pub(crate) fn texts(&self, message: Text<'a>) -> [Text<'a>; 5] {
        let others = [self.problem.message(), self.oauth.description()];
        let other = message.filter(|_| others.contains(&message));
        [self.message, self.data.message, self.data.text, self.first_error(), other]
    }

    /// Returns whether an `errors` member names a field, or the validator's map in `data` a field and a rule.
    pub(crate) fn names_fields(&self, is_cut: bool) -> bool {
        // what was cut off may be the `error_data` by which the names are codes
        let names_any = if is_cut { names_any_rule } else { names_any_field };
        let errors = self.issues.get("errors");
        let is_named = errors.is_some_and(names_any) || (!is_cut && self.data.names_fields);
        is_named || is_of_validator(&self.inner_map())
    }

    /// Returns whether admin-ajax says that a payment failed.
    pub(crate) fn is_failed_payment(&self) -> bool {
        self.success == Some(false) && self.data.is_failed
    }

    /// Takes the issues of all members and of the validator's map.
    pub(crate) fn take_issues(&mut self, mut bare_map: Issues<'a>) -> Issues<'a> {
        let mut issues = Issues::default();
        let mut inner_map = self.inner_map().issues;
        self.issues.iter_mut().for_each(|section| issues.append(section));
        let mut ajax =
            if self.success == Some(false) { take(&mut self.data.ajax.others) } else { Issues::default() };
        let mut lists =
            [take(&mut self.list), self.serialized.take().map_or_else(Issues::default, |error| error.others)];
        for list in [&mut bare_map, &mut inner_map, &mut ajax].into_iter().chain(&mut lists) {
            issues.append(list);
        }
        issues
    }

    /// Returns what counts with `success: false`.
    fn ajax(&self) -> (Text<'a>, Text<'a>) {
        let is_failed = self.success == Some(false);
        let ajax = Some(&self.data.ajax).filter(|_| is_failed);
        (ajax.and_then(|ajax| ajax.code), ajax.and_then(|ajax| ajax.message))
    }

    /// Returns the text of `errors`, or the first of its texts.
    fn first_error(&self) -> Text<'a> {
        let errors = self.errors.clone().filter(|_| !self.has_error_data);
        errors.and_then(|mut errors| first_text(errors.root()))
    }

    /// Returns whether the body is an error with a 2xx status too: one of admin-ajax or of the plugin's front end, a
    /// `WP_Error` with an odd status, or an exception whose number is no status.
    pub(crate) fn is_error_in_success(&self, is_limiter: bool) -> bool {
        let has_name = self.text_code().is_some_and(|code| !is_number(code));
        let is_known = first([self.own_code(), self.late_code()]).and_then(Code::known).is_some();
        let has_parts = has_name && self.has_message_text && self.has_data;
        let is_wp_error = has_parts && self.success != Some(true);
        let is_exception = self
            .message
            .is_some_and(|message| is_of_database(message) || Message::of(message, is_limiter).is_some());
        let may_be_errors = self.message.is_some() || !self.has_others;
        let mut errors = self.errors.clone().filter(|_| may_be_errors);
        let has_errors = errors.as_mut().is_some_and(|errors| is_filled(errors.root()));
        self.success == Some(false)
            || self.error == Some(true)
            || is_known
            || is_wp_error
            || is_exception
            || has_errors
            || self.is_failed
            || self.serialized.is_some()
    }

    /// Reads what the validator sends alone: no envelope, only fields. They may have the names of an envelope's members.
    pub(crate) fn bare_map(&self, status: u16) -> BareMap<'a> {
        let problem = first([self.problem.code(), self.problem.message()]);
        let has_text = first([self.code, self.message, self.data.message, problem]).is_some()
            || self.serialized.is_some();
        let is_envelope =
            self.errors.is_some() || self.success == Some(false) || self.has_error || self.has_booking;
        if has_text || is_envelope || !(400..500).contains(&status) {
            return BareMap::default();
        }
        self.again.clone().map_or_else(BareMap::default, |mut again| read_bare_map(again.root()))
    }

    /// Reads what the validator sends in the `data` of admin-ajax.
    fn inner_map(&self) -> BareMap<'a> {
        if self.success == Some(false) { self.data.bare_map() } else { BareMap::default() }
    }

    fn is_recognized(&self, arena: &'a Arena) -> bool {
        let is_wp_error = self.data.has_status && first([self.code, self.message]).is_some();
        is_wp_error
            || self.batch.has_responses(arena)
            || self.data.has_wpfluent
            || (self.success == Some(false) && self.has_data)
            || (self.errors.is_some() && self.issues.iter().any(has_rule))
            || has_rule(&self.bare_map(422).issues)
    }
}

fn has_rule(issues: &Issues<'_>) -> bool {
    issues.codes().any(|code| is_rule(code.as_str()))
}

/// Returns whether a value is a list or an object that holds anything.
fn is_filled(value: Value<'_, '_>) -> bool {
    let mut is_filled = false;
    match value.shape() {
        Shape::List => value.items(|_| is_filled = true),
        _ => value.members(|_, _| is_filled = true),
    };
    is_filled
}
