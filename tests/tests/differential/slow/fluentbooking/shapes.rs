//! "Shapes", one after the other, and what each leaves for the rest of the rules.

use booking_errors::Issue;

use super::super::answer::issue;
use super::super::body;
use super::super::json::Json;
use super::super::oauth;
use super::fields;

/// What an answer says.
#[derive(Debug, Default)]
pub struct Told {
    pub code: Option<String>,
    pub message: Option<String>,
    pub issues: Vec<Issue>,
    /// The root's `code`, where it is text and no number; "digits, also in quotes, are a number".
    pub root_code: Option<String>,
    /// Whether the root's `code` comes again and breaks off, so that it may be any other, or a number.
    pub is_code_cut: bool,
    /// The code of Problem Details.
    pub problem_code: Option<String>,
    /// The code that stands in `error`, where neither the root nor Problem Details has one.
    pub refusal: Option<String>,
    /// The codes of what ran late, of `success: false`, of a serialised WP_Error and of `error`, and that of Problem
    /// Details: also where another code goes before.
    pub late_codes: Vec<String>,
    /// "Wherever the answer's message stands", in the order of the sentence.
    pub places: Vec<String>,
    /// "Field errors."
    pub has_field_errors: bool,
    /// "A serialised WP_Error in a member."
    pub has_wp_error: bool,
}

/// Reads the shapes of a body; `is_4xx` says whether it may be a bare map, `is_cut` whether it breaks off, `text` is a
/// message that is no JSON object.
pub fn read(root: &Json, is_4xx: bool, is_cut: bool, text: Option<String>) -> Told {
    let mut told = Told::default();
    let data = root.at("data");
    let wp_error = wp_error(root);
    told.has_wp_error = wp_error.is_some();

    // shape 1 and 4: "where there is no `message`, `data.message` is it"
    let of_the_root = root.text_at("code");
    told.code.clone_from(&of_the_root);
    told.root_code = of_the_root.filter(|code| !is_number(code));
    told.is_code_cut = root.last("code").is_some_and(Json::is_broken);
    told.message = root.text_at("message").or(data.text_at("message"));
    for (name, value) in root.last_members() {
        match name {
            // shape 3 and 7
            "errors" if !is_wp_error(root) => told.take_errors(value, is_cut),
            "data" => told.take_data(value, is_cut),
            // "one issue each, with code and message"
            "additional_errors" => told.issues.extend(value.items().iter().filter_map(coded_message)),
            _ => {}
        }
    }
    if root.at("success").is(false) {
        told.take_shape_5(data);
    }
    if root.is_list() {
        // shape 7: "a bare list `["message", ...]`"; and what `data` of shape 5 has, a list of coded messages
        told.issues = root.items().iter().filter_map(coded_message).collect();
    }
    let elsewhere = told.take_problem(root);
    if let Some(said) = wp_error {
        let code = said.code.filter(|code| !code.trim().is_empty());
        told.late_codes.extend(code.clone());
        told.code = told.code.or(code);
        told.message = told.message.or(said.message);
        told.issues.extend(said.others);
    }
    if is_4xx && is_bare_map(root, &told) {
        told.take_map(root);
    }
    // "`{"error": TEXT, "error_description"}` with any spelling of `error`: the description is the message; the
    // code stays none where `error` is not spelt as OAuth does"
    let oauth = oauth::read(root);
    let description = root.text_at("error_description").filter(|_| root.text_at("error").is_some());
    let elsewhere = elsewhere.or(description.clone().filter(|_| told.message.is_none()));
    told.message = told.message.or(description).or(oauth.message).or(text);
    if root.text_at("code").is_none() && told.problem_code.is_none() {
        told.refusal.clone_from(&oauth.code);
    }
    told.late_codes.extend(oauth.code.clone());
    told.code = told.code.or(oauth.code);
    told.take_places(root);
    // the message of Problem Details and `error_description`, where they are the answer's message
    told.places.extend(elsewhere);
    told
}

impl Told {
    /// "`errors` maps". "Field errors: an issue with a field whose name is not an index." Of a body that breaks off, the
    /// rest may be `error_data`, by which the names are codes: only a rule's name shows a field then.
    fn take_errors(&mut self, errors: &Json, is_cut: bool) {
        let found = fields::errors(errors);
        self.has_field_errors |= found.iter().any(|issue| is_named(issue) && (!is_cut || is_ruled(issue)));
        self.issues.extend(found);
    }

    /// A validator map. "Without an `errors` member its rule must be a rule's name (a list of texts has no
    /// rule)", and the map must hold nothing else.
    fn take_map(&mut self, map: &Json) {
        let found = fields::bare_map(map);
        let is_of_a_rule = found.iter().any(|issue| is_named(issue) && is_ruled(issue));
        self.has_field_errors |= is_of_a_rule && fields::is_pure(map);
        self.issues.extend(found);
    }

    /// Shape 5: "`{"success": false, "data": {"message", "errors"?} | string | [{code, message}] | null}`. Of a
    /// list the first gives code and message, the others are issues."
    fn take_shape_5(&mut self, data: &Json) {
        let first = data.items().first().unwrap_or(data);
        self.late_codes.extend(first.text_at("code"));
        self.code = self.code.take().or(first.text_at("code"));
        let text = if data.is_list() { first.text() } else { alone(data) };
        self.message = self.message.take().or(first.text_at("message")).or(text);
        self.issues.extend(data.items().iter().skip(1).filter_map(coded_message));
        // "`{"success": false, "data": {field: {rule: text}}}` is a validator map: its issues count"
        let is_other = ["message", "code"].iter().any(|name| data.text_at(name).is_some())
            || ["errors", "params", "details", "intent", "booking", "wpfluent"]
                .iter()
                .any(|name| data.get(name).is_some());
        if data.is_object() && !is_other {
            self.take_map(data);
        }
    }

    /// "Problem Details in front of the REST API: code and message of `metadata`, else `title` where it looks
    /// like a code, and `detail`." Returns its message where it is the answer's.
    fn take_problem(&mut self, root: &Json) -> Option<String> {
        let (title, detail) = (root.text_at("title"), root.text_at("detail"));
        // another body may have a `metadata`, too
        let is_problem = title.is_some() || detail.is_some();
        let metadata = if is_problem { root.at("metadata") } else { &Json::Null };
        let said = [metadata.text_at("code"), metadata.text_at("message")];
        let is_told = detail.is_some() || said.iter().any(Option::is_some);
        let title = title.filter(|title| is_told && looks_like_a_code(title));
        let code = metadata.text_at("code").or(title);
        let message = metadata.text_at("message").or(detail);
        self.late_codes.extend(code.clone());
        if self.code.is_none() {
            self.problem_code.clone_from(&code);
            self.code = code;
        }
        if self.message.is_some() {
            return None;
        }
        self.message.clone_from(&message);
        message
    }

    /// The issues of `data`: `errors`, `params` and `details`. Of a body that breaks off its `errors` are no evidence.
    fn take_data(&mut self, data: &Json, is_cut: bool) {
        let mut found = Vec::new();
        for (name, value) in data.last_members() {
            if name == "errors" && !is_wp_error(data) {
                let mut errors = Told::default();
                errors.take_errors(value, is_cut);
                self.has_field_errors |= errors.has_field_errors && !is_cut;
                found.extend(errors.issues);
            }
            if name == "params" {
                // "a map field -> message (rest_invalid_param) or a list of field names
                // (rest_missing_callback_param)"
                for (field, message) in value.members() {
                    let message = message.text_or_blank();
                    found.extend(message.and_then(|text| issue(Some(field.clone()), None, Some(text))));
                }
                found.extend(
                    value.items().iter().filter_map(|field| issue(field.text_or_blank(), None, None)),
                );
            }
        }
        self.issues.extend(with_details(found, data.at("details")));
    }

    /// "`message`, `data.message`, `data` as text, `errors` as text, or the first item of an `errors` list." What
    /// a serialised WP_Error says "is no evidence".
    fn take_places(&mut self, root: &Json) {
        let data = root.at("data");
        let errors = root.at("errors");
        let first = errors.items().first().and_then(alone);
        let places = [root.text_at("message"), data.text_at("message"), alone(data), alone(errors), first];
        self.places.extend(places.into_iter().flatten());
    }
}

/// "`data.details[field]` is `{code, message, data}`: its code is that issue's code"; one of another field is an
/// issue.
fn with_details(mut found: Vec<Issue>, details: &Json) -> Vec<Issue> {
    let details = details.members().iter();
    let details: Vec<_> =
        details.filter_map(|(field, detail)| Some((field, coded_message(detail)?))).collect();
    for issue in &mut found {
        let own = details.iter().rev().find(|(field, _)| issue.field.as_ref() == Some(field));
        issue.code = issue.code.take().or(own.and_then(|(_, detail)| detail.code.clone()));
    }
    let fields: Vec<_> = found.iter().filter_map(|issue| issue.field.clone()).collect();
    let others = details.into_iter().filter(|(field, _)| !fields.contains(field));
    found.extend(
        others
            .filter_map(|(field, said)| issue(Some(field.clone()), said.code.map(Into::into), said.message)),
    );
    found
}

/// "A field may be named `message`, `code` or `data`: shape 1 needs a string (or number) `code` or a string
/// `message`. `errors`, `success: false` or `error: true` make a body another shape than the bare map", and "a
/// root with `error` or `booking` is no bare map".
fn is_bare_map(root: &Json, told: &Told) -> bool {
    let is_other = ["errors", "error", "booking"].iter().any(|name| root.get(name).is_some());
    told.code.is_none() && told.message.is_none() && !is_other && !root.at("success").is(false)
}

/// "A serialised WP_Error in a member, `{"errors": {code: [texts]}, "error_data": ..}`, at `booking`, `data`,
/// `data.intent` or the root": the first of them, where another `booking` takes none away. "Its first code and text are
/// code and message"; what comes after the first are issues, as with shape 5.
fn wp_error(root: &Json) -> Option<WpError> {
    let data = root.at("data");
    let bookings = root.all("booking").into_iter().rev();
    let place = bookings.chain([data, data.at("intent"), root]).find(|place| is_wp_error(place))?;
    let mut all = Vec::new();
    for (code, texts) in place.at("errors").members() {
        let one = std::slice::from_ref(texts);
        let texts = if texts.is_list() { texts.items() } else { one };
        all.extend(texts.iter().map(|text| (code.clone(), text.text())));
    }
    let mut all = all.into_iter();
    let (code, message) = all.next().map_or((None, None), |(code, text)| (Some(code), text));
    let others = all.filter_map(|(code, text)| issue(None, Some(code), text)).collect();
    Some(WpError { code, message, others })
}

/// What a serialised WP_Error says: none of it where it is empty.
#[derive(Debug)]
struct WpError {
    code: Option<String>,
    message: Option<String>,
    others: Vec<Issue>,
}

/// A map, which PHP writes as `[]` where it is empty.
fn is_wp_error(place: &Json) -> bool {
    let errors = place.at("errors");
    let is_map = errors.is_object() || errors.is_list() && errors.items().is_empty();
    is_map && place.get("error_data").is_some()
}

fn is_named(issue: &Issue) -> bool {
    issue.field.as_ref().is_some_and(|field| !fields::is_index(field))
}

fn is_ruled(issue: &Issue) -> bool {
    issue.code.as_ref().is_some_and(|rule| fields::is_rule(rule))
}

/// A text, or an object with a code and a message.
fn coded_message(item: &Json) -> Option<Issue> {
    issue(None, item.text_at("code"), item.text_at("message").or(item.text_or_blank()))
}

/// The text of a value that is a string.
pub fn alone(value: &Json) -> Option<String> {
    if let Json::Text(_) = value { value.text() } else { None }
}

/// "Digits, also in quotes, are a number", in any decimal notation.
pub fn is_number(code: &str) -> bool {
    code.trim().is_empty() || body::is_number(code.trim())
}

/// Words in small letters with underscores, as WordPress spells its codes.
fn looks_like_a_code(text: &str) -> bool {
    let words: Vec<&str> = text.split('_').collect();
    let is_word = |word: &&str| {
        !word.is_empty() && word.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit())
    };
    words.len() > 1 && words.iter().all(is_word) && text.starts_with(|first: char| first.is_ascii_lowercase())
}
