use std::fmt::Debug;

use serde::Serialize;

use crate::text::is_blank;
use crate::{Effect, Kind};

/// Declares the codes of a provider, one row per code, grouped by the source that names them. A group may add the API of
/// the provider that declares its codes: `"client library" of "Invoices" { .. }`.
///
/// A row holds everything about its code. Its doc comment has the meaning on one line, then an empty line, then the remedy
/// on one line; a row without both does not compile. Then come the variant, the spelling and the [`Kind`], followed by
/// the fields of [`CodeInfo`] that apply, in this order: `statuses`, `template`, `methods`, `successors`, `is_soft`,
/// `is_generic`, `effect`.
///
/// The enum gets `ALL`, `known()`, `infos()`, `as_str()`, `kind()` and `info()`. It implements `Display`, and `FromStr` with
/// [`UnknownCode`](crate::UnknownCode) as its error.
///
/// ```
/// use booking_errors::{Kind, codes};
///
/// codes! {
///     /// The codes of Acme Stays.
///     pub enum Code of "acme" {
///         "errors page" {
///             /// The room is taken.
///             ///
///             /// Offer another room.
///             RoomTaken = "room-taken", SlotUnavailable, statuses: [409];
///             /// The stay has fewer nights than the room asks for.
///             ///
///             /// Offer a longer stay.
///             StayTooShort = "stay-too-short", PolicyViolation, template: "at least `<nights>` nights";
///         }
///         "client library" of "Invoices" {
///             /// The invoice is paid.
///             ///
///             /// Send the guest a receipt.
///             InvoicePaid = "invoice-paid", InvalidState;
///         }
///     }
/// }
///
/// let code: Code = "room-taken".parse()?;
/// assert_eq!((code.kind(), code.info().statuses), (Kind::SlotUnavailable, &[409][..]));
/// assert_eq!(Code::known("stay-too-short"), Some(Code::StayTooShort));
/// assert_eq!(Code::InvoicePaid.info().api, Some("Invoices"));
/// assert_eq!("sold-out".parse::<Code>().unwrap_err().to_string(), "unknown acme code `sold-out`");
/// # Ok::<_, booking_errors::UnknownCode>(())
/// ```
///
/// A code without a remedy does not compile:
///
/// ```compile_fail
/// booking_errors::codes! {
///     /// The codes of Acme Stays.
///     pub enum Code of "acme" {
///         "errors page" {
///             /// The room is taken.
///             RoomTaken = "room-taken", SlotUnavailable;
///         }
///     }
/// }
/// ```
#[macro_export]
macro_rules! codes {
    (
        $(#[$attribute:meta])*
        $visibility:vis enum $name:ident of $provider:literal {$(
            $source:literal $(of $api:literal)? {$(
                #[doc = $meaning:literal]
                #[doc = r""]
                #[doc = $remedy:literal]
                $variant:ident = $code:literal, $kind:ident
                    $(, statuses: [$($status:literal),+ $(,)?])?
                    $(, template: $template:literal)?
                    $(, methods: [$($method:literal),+ $(,)?])?
                    $(, successors: [$($successor:literal),+ $(,)?])?
                    $(, is_soft: $is_soft:literal)?
                    $(, is_generic: $is_generic:literal)?
                    $(, effect: $effect:ident)?;
            )+}
        )+}
    ) => {
        $(#[$attribute])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, Hash,
            $crate::__private::Display, $crate::__private::EnumString, $crate::__private::IntoStaticStr,
        )]
        #[strum(parse_err_ty = $crate::UnknownCode, parse_err_fn = Self::unknown)]
        #[non_exhaustive]
        $visibility enum $name {$($(
            #[doc = $meaning]
            #[doc = ""]
            #[doc = $remedy]
            #[strum(serialize = $code)]
            $variant,
        )+)+}

        const _: () = {
            $($(assert!(
                !$meaning.trim_ascii().is_empty() && !$remedy.trim_ascii().is_empty(),
                "a code needs a meaning and a remedy",
            );)+)+
            // a named array: as a constant or a slice its texts would be in the program two or three times
            static INFOS: [$crate::CodeInfo; $name::ALL.len()] = $crate::CodeInfo::of_groups(
                [$($(
                    $crate::CodeInfo::new($code, $crate::Kind::$kind, $meaning, $remedy)
                        .with_source($source)
                        $(.with_statuses(&[$($status),+]))?
                        $(.with_template($template))?
                        $(.with_methods(&[$($method),+]))?
                        $(.with_successors(&[$($successor),+]))?
                        $(.with_is_soft($is_soft))?
                        $(.with_is_generic($is_generic))?
                        $(.with_effect($crate::Effect::$effect))?,
                )+)+],
                &[$(([$($code),+].len(), &[$($api)?])),+],
            );
            static INDEX: $crate::__private::Index<{ $name::ALL.len() }> = $crate::__private::Index::of(&INFOS);

            impl $name {
                /// Every code, in the order of the table.
                pub const ALL: &'static [Self] = &[$($(Self::$variant),+),+];

                /// Returns the code with this exact spelling, or `None` for an unknown one.
                pub fn known(code: &str) -> Option<Self> {
                    Self::ALL.get(INDEX.find(&INFOS, code)?).copied()
                }

                /// Returns what is known about each code, in the order of the table.
                pub const fn infos() -> &'static [$crate::CodeInfo] {
                    &INFOS
                }

                /// Returns the code as it is sent.
                pub fn as_str(self) -> &'static str {
                    self.into()
                }

                /// Returns what went wrong, in the words that all providers share.
                pub fn kind(self) -> $crate::Kind {
                    self.info().kind
                }

                /// Returns what is known about the code.
                pub fn info(self) -> &'static $crate::CodeInfo {
                    match INFOS.get(self as usize) {
                        Some(info) => info,
                        None => unreachable!("the table has a row for each variant"),
                    }
                }

                fn unknown(code: &str) -> $crate::UnknownCode {
                    $crate::UnknownCode::new($provider, code)
                }
            }
        };
    };
}

/// What is known about one of a provider's codes: a row of its [`codes!`](crate::codes) table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct CodeInfo {
    /// The code as it is sent.
    pub code: &'static str,
    /// What went wrong, in the words that all providers share.
    pub kind: Kind,
    /// The HTTP statuses that it is known to come with; empty if no source gives one. It may come with others.
    pub statuses: &'static [u16],
    /// The provider's documented message, with `<name>` for each value it carries.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub template: Option<&'static str>,
    /// What it means, in one sentence.
    pub meaning: &'static str,
    /// What you as the developer can do about it.
    pub remedy: &'static str,
    /// The methods of the provider's API that are known to send it.
    #[serde(skip_serializing_if = "<[&str]>::is_empty")]
    pub methods: &'static [&'static str],
    /// The codes that the provider sends in its place today.
    #[serde(skip_serializing_if = "<[&str]>::is_empty")]
    pub successors: &'static [&'static str],
    /// Whether the code alone rejects nothing: the call may still have gone through.
    #[serde(skip_serializing_if = "is_false")]
    pub is_soft: bool,
    /// Whether other APIs are likely to send a code of this name too, so that it does not identify the provider.
    #[serde(skip_serializing_if = "is_false")]
    pub is_generic: bool,
    /// What a call that ends with it did at the provider, if the code itself says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effect: Option<Effect>,
    /// Where it is known from: a page of the provider, or what else names it.
    pub source: &'static str,
    /// The provider's API that declares the code, if the provider has several and one of them does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub api: Option<&'static str>,
}

impl CodeInfo {
    /// Returns a code with its meaning and its remedy, one sentence each. White space around them is trimmed.
    pub const fn new(code: &'static str, kind: Kind, meaning: &'static str, remedy: &'static str) -> Self {
        Self {
            code,
            kind,
            statuses: &[],
            template: None,
            meaning: meaning.trim_ascii(),
            remedy: remedy.trim_ascii(),
            methods: &[],
            successors: &[],
            is_soft: false,
            is_generic: false,
            effect: None,
            source: "",
            api: None,
        }
    }

    /// Sets the HTTP statuses that the code is known to come with.
    #[must_use]
    pub const fn with_statuses(mut self, statuses: &'static [u16]) -> Self {
        self.statuses = statuses;
        self
    }

    /// Sets the provider's documented message.
    #[must_use]
    pub const fn with_template(mut self, template: &'static str) -> Self {
        self.template = Some(template);
        self
    }

    /// Sets the methods of the provider's API that are known to send it.
    #[must_use]
    pub const fn with_methods(mut self, methods: &'static [&'static str]) -> Self {
        self.methods = methods;
        self
    }

    /// Sets the codes that the provider sends in its place today.
    #[must_use]
    pub const fn with_successors(mut self, successors: &'static [&'static str]) -> Self {
        self.successors = successors;
        self
    }

    /// Sets whether the code alone rejects nothing.
    #[must_use]
    pub const fn with_is_soft(mut self, is_soft: bool) -> Self {
        self.is_soft = is_soft;
        self
    }

    /// Sets whether other APIs are likely to send a code of this name too.
    #[must_use]
    pub const fn with_is_generic(mut self, is_generic: bool) -> Self {
        self.is_generic = is_generic;
        self
    }

    /// Sets what a call that ends with it did at the provider.
    #[must_use]
    pub const fn with_effect(mut self, effect: Effect) -> Self {
        self.effect = Some(effect);
        self
    }

    /// Sets where it is known from.
    #[must_use]
    pub const fn with_source(mut self, source: &'static str) -> Self {
        self.source = source;
        self
    }

    /// Sets the provider's API that declares the code.
    #[must_use]
    pub const fn with_api(mut self, api: &'static str) -> Self {
        self.api = Some(api);
        self
    }

    /// Sets the API of each group of rows: how many rows it has, and its API if it names one.
    #[doc(hidden)]
    #[expect(
        clippy::indexing_slicing,
        reason = "it runs at compile time, where a panic is a compiler's error"
    )]
    pub const fn of_groups<const LENGTH: usize>(
        mut infos: [Self; LENGTH],
        groups: &[(usize, &[&'static str])],
    ) -> [Self; LENGTH] {
        let (mut group, mut row) = (0, 0);
        while group < groups.len() {
            let (rows, api) = groups[group];
            let end = row + rows;
            while row < end {
                infos[row].api = api.first().copied();
                row += 1;
            }
            group += 1;
        }
        infos
    }

    /// Returns the places of the values that the documented message carries.
    pub fn placeholders(&self) -> impl Iterator<Item = Placeholder> + use<> {
        let mut rest = self.template.unwrap_or_default();
        std::iter::from_fn(move || {
            let (before, tail) = rest.split_once("`<")?;
            let (name, tail) = tail.split_once(">`")?;
            rest = tail;
            let noun = before.split_whitespace().next_back()?;
            Some(Placeholder { noun: noun.strip_suffix("'s").unwrap_or(noun), name })
        })
    }
}

/// The place of a value in a documented message, such as `<roomId>`.
///
/// ```
/// use booking_errors::{CodeInfo, Kind};
///
/// let info = CodeInfo::new("GONE", Kind::NotFound, "It is gone.", "Look for another.")
///     .with_template("Room `<roomId>` doesn't exist.");
/// let placeholder = info.placeholders().next().unwrap();
/// assert_eq!(placeholder.name(), "roomId");
/// assert_eq!(placeholder.value_in("No such room: room 17-b was removed"), Some("17-b"));
/// assert_eq!(placeholder.value_in("Room doesn't exist."), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placeholder {
    noun: &'static str,
    name: &'static str,
}

impl Placeholder {
    /// Returns the name of the value, such as `roomId`.
    pub fn name(self) -> &'static str {
        self.name
    }

    /// Returns the value that follows the template's noun, anywhere in a message, in quotes or backticks or without
    /// them. The other words of the template need not be there.
    ///
    /// Without quotes the value of an id holds a digit, and that of a status is in capitals.
    pub fn value_in(self, message: &str) -> Option<&str> {
        let mut from = 0;
        while let Some(found) = find_word(message.get(from..)?, self.noun) {
            from += found + self.noun.len();
            let rest = message.get(from..)?;
            let rest = rest.strip_prefix("'s").or(rest.strip_prefix("'S")).unwrap_or(rest);
            let value = rest.trim_start_matches(|c: char| c == ':' || c.is_whitespace());
            if value.len() < rest.len()
                && let Some(value) = self.value_at_start(value)
            {
                return Some(value);
            }
        }
        None
    }

    fn value_at_start(self, text: &str) -> Option<&str> {
        if let Some(quote) = text.chars().next().filter(|c| matches!(c, '`' | '\'' | '"')) {
            let (value, _) = text.strip_prefix(quote)?.split_once(quote)?;
            return Some(value).filter(|value| !is_blank(value));
        }
        let value = first_words(text);
        let has_digit = value.contains(|c: char| c.is_ascii_digit());
        let is_value = match self.name {
            "status" => {
                value.len() > 1 && value.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_')
            }
            name if name.ends_with("Id") || name.ends_with("Ids") => has_digit,
            _ => true,
        };
        (is_value && !value.is_empty()).then_some(value)
    }
}

/// What may follow the last word of a sentence.
const ENDS: [char; 8] = ['.', ',', ';', ':', '!', '?', ')', ' '];

/// Returns the first word, and those after it that a comma joins to it, if each holds a digit.
fn first_words(text: &str) -> &str {
    let mut end = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        let has_digit = word.contains(|c: char| c.is_ascii_digit());
        if end > 0 && !has_digit {
            break;
        }
        end += word.len();
        if !word.trim_end().ends_with(',') {
            break;
        }
    }
    text.get(..end).unwrap_or_default().trim_end().trim_end_matches(ENDS)
}

/// Returns where a word stands in a text, in any case of its letters.
fn find_word(text: &str, word: &str) -> Option<usize> {
    let is_letter = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    let bytes = text.as_bytes();
    let is_word = |at: usize| {
        let end = at + word.len();
        bytes.get(at..end).is_some_and(|found| found.eq_ignore_ascii_case(word.as_bytes()))
            && !is_letter(bytes.get(end))
            && at.checked_sub(1).is_none_or(|before| !is_letter(bytes.get(before)))
    };
    (0..bytes.len()).find(|&at| is_word(at))
}

fn is_false(flag: &bool) -> bool {
    !flag
}

/// Where the codes of each length are in a table.
pub struct Index<const LENGTH: usize> {
    /// The indices of the rows, by the length of their codes.
    order: [u16; LENGTH],
    /// Where the codes of each length start in `order`; the last is where all end.
    starts: [u16; LONGEST + 2],
}

/// Codes of this length in bytes, and all longer ones, are kept together.
const LONGEST: usize = 64;

impl<const LENGTH: usize> Index<LENGTH> {
    /// Returns the index of a table.
    #[expect(
        clippy::indexing_slicing,
        reason = "it runs at compile time, where a panic is a compiler's error"
    )]
    pub const fn of(infos: &[CodeInfo; LENGTH]) -> Self {
        let (mut order, mut starts) = ([0; LENGTH], [0; LONGEST + 2]);
        let (mut length, mut count) = (0, 0);
        while length <= LONGEST {
            starts[length] = count as u16;
            let mut at = 0;
            while at < LENGTH {
                if bucket(infos[at].code) == length {
                    order[count] = at as u16;
                    count += 1;
                }
                at += 1;
            }
            length += 1;
        }
        starts[length] = count as u16;
        Self { order, starts }
    }

    /// Returns the number of a code's row.
    pub fn find(&self, infos: &[CodeInfo; LENGTH], code: &str) -> Option<usize> {
        let &[start, end] = self.starts.get(bucket(code)..)?.first_chunk()?;
        let rows = self.order.get(start.into()..end.into())?;
        let row =
            rows.iter().find(|&&row| infos.get(usize::from(row)).is_some_and(|info| info.code == code))?;
        Some(usize::from(*row))
    }
}

const fn bucket(code: &str) -> usize {
    if code.len() < LONGEST { code.len() } else { LONGEST }
}
