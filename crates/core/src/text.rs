//! Text from a provider, made safe to show to people.

use std::fmt::{self, Display, Formatter, Write};

/// How much of a message is shown, in characters.
pub const MESSAGE_LIMIT: usize = 500;
/// How much of a code, a request id or a field's name is shown, in characters.
pub const CODE_LIMIT: usize = 128;

/// Text from a provider that cannot break out of its line. It escapes what [`must_be_escaped`] names, and ends text
/// longer than the limit in `…`.
///
/// ```
/// use booking_errors::text::Escaped;
///
/// assert_eq!(Escaped::new("taken\n\u{202e}neddib", 500).to_string(), r"taken\n\u{202e}neddib");
/// assert_eq!(Escaped::new("abcdef", 3).to_string(), "abc…");
/// ```
#[derive(Clone, Copy)]
pub struct Escaped<'a> {
    shown: &'a str,
    is_cut: bool,
}

impl<'a> Escaped<'a> {
    /// Returns the first `limit` characters of `text`, escaped.
    pub fn new(text: &'a str, limit: usize) -> Self {
        if text.len() <= limit {
            return Self { shown: text, is_cut: false };
        }
        match text.char_indices().nth(limit).and_then(|(end, _)| text.get(..end)) {
            Some(shown) => Self { shown, is_cut: true },
            None => Self { shown: text, is_cut: false },
        }
    }

    /// Returns a message, cut to [`MESSAGE_LIMIT`].
    pub fn message(text: &'a str) -> Self {
        Self::new(text, MESSAGE_LIMIT)
    }

    /// Returns a code, a request id or a field's name, cut to [`CODE_LIMIT`].
    pub fn code(text: &'a str) -> Self {
        Self::new(text, CODE_LIMIT)
    }
}

impl Display for Escaped<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mut rest = self.shown;
        if !self.is_cut && rest.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
            return f.write_str(rest);
        }
        while let Some((at, special)) = rest.char_indices().find(|&(_, c)| must_be_escaped(c)) {
            let (plain, tail) = rest.split_at_checked(at).unwrap_or((rest, ""));
            write!(f, "{plain}{}", special.escape_default())?;
            rest = tail.strip_prefix(special).unwrap_or_default();
        }
        f.write_str(rest)?;
        if self.is_cut { f.write_char('…') } else { Ok(()) }
    }
}

/// Writes the text in quotes, as `Debug` of a string does.
impl fmt::Debug for Escaped<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.shown)?;
        if self.is_cut { f.write_char('…') } else { Ok(()) }
    }
}

/// Returns a request id up to its first comma, because proxies may repeat it; `None` if that part is blank.
///
/// ```
/// use booking_errors::text::first_of_list;
///
/// assert_eq!(first_of_list("7a63, 7a63"), Some("7a63"));
/// assert_eq!(first_of_list(" "), None);
/// ```
pub fn first_of_list(text: &str) -> Option<&str> {
    let first = text.split_once(',').map_or(text, |(first, _)| first).trim();
    (!first.is_empty()).then_some(first)
}

/// Returns whether a character can break a line, act on a terminal, change the order of the text around it, or hide in it:
/// control characters, line and paragraph separators, bidirectional controls, and characters without a shape.
///
/// ```
/// use booking_errors::text::must_be_escaped;
///
/// assert!(['\n', '\u{9b}', '\u{202e}', '\u{200b}', '\u{e0041}'].into_iter().all(must_be_escaped));
/// assert!(['a', 'é', ' ', '漢'].into_iter().all(|c| !must_be_escaped(c)));
/// ```
pub fn must_be_escaped(c: char) -> bool {
    match c {
        // bidirectional controls
        '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        // zero width, and the marks for left and right
        '\u{200b}'..='\u{200f}' | '\u{feff}' => true,
        // separators of lines and paragraphs, marks of annotations, tags
        '\u{2028}' | '\u{2029}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}' => true,
        _ => c.is_control(),
    }
}

/// Returns whether a text has nothing to show.
pub(crate) fn is_blank(text: &str) -> bool {
    !text.starts_with(|c: char| c.is_ascii_graphic()) && text.chars().all(char::is_whitespace)
}
