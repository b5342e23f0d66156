//! Other spellings of the same text.

use serde::de::IgnoredAny;

/// The same JSON with white space between all tokens, and with letters and digits of strings as `\u` escapes.
/// `None` if it is not a JSON object or list.
pub fn respelled(body: &[u8]) -> Option<Vec<u8>> {
    if !matches!(body.first(), Some(b'{' | b'[')) || serde_json::from_slice::<IgnoredAny>(body).is_err() {
        return None;
    }
    let mut other = Vec::with_capacity(body.len() * 4);
    let mut is_string = false;
    let mut bytes = body.iter().copied();
    while let Some(byte) = bytes.next() {
        match byte {
            // an escape stays as it is
            b'\\' => {
                let letter = bytes.next().unwrap_or_default();
                other.extend([byte, letter]);
                other.extend(bytes.by_ref().take(if letter == b'u' { 4 } else { 0 }));
            }
            b'"' => {
                is_string = !is_string;
                other.push(byte);
            }
            _ if is_string && byte.is_ascii_alphanumeric() => other.extend(format!("\\u{byte:04X}").bytes()),
            b'{' | b'}' | b'[' | b']' | b',' | b':' if !is_string => other.extend([b'\n', byte, b'\t']),
            _ => other.push(byte),
        }
    }
    Some(other)
}

/// A JSON object that breaks off before its last bracket, if all else of it is whole: a number might go on.
pub fn cut(body: &[u8]) -> Option<&[u8]> {
    let object = body.trim_ascii().strip_suffix(b"}").filter(|object| object.starts_with(b"{"))?;
    let is_whole = !ends_with_digit(object) && serde_json::from_slice::<IgnoredAny>(body).is_ok();
    is_whole.then_some(object)
}

/// Whether it may be cut in a number.
pub fn ends_with_digit(body: &[u8]) -> bool {
    body.last().is_some_and(u8::is_ascii_digit)
}

/// The text of JSON with all escapes replaced, inside and outside strings.
pub fn unescaped(text: &str) -> String {
    const LETTERS: &str = "\"\\/bfnrt";
    const MEANINGS: &str = "\"\\/\u{8}\u{c}\n\r\t";

    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        plain.push_str(before);
        let (units, after) = code_units(escape);
        plain.extend(char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)));
        rest = after;
        if after.len() == escape.len() {
            let mut chars = escape.chars();
            let (backslash, letter) = (chars.next(), chars.next());
            match letter.and_then(|letter| LETTERS.find(letter)) {
                Some(at) => plain.extend(MEANINGS.chars().nth(at)),
                None => plain.extend([backslash, letter].into_iter().flatten()),
            }
            rest = chars.as_str();
        }
    }
    plain + rest
}

/// The code units of the `\u` escapes at the start of a text, and the text after them.
fn code_units(mut text: &str) -> (Vec<u16>, &str) {
    let mut units = Vec::new();
    while let Some(digits) = text.strip_prefix("\\u").and_then(|rest| rest.get(..4)) {
        let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        let Some(unit) = u16::from_str_radix(digits, 16).ok().filter(|_| is_hex) else { break };
        units.push(unit);
        text = &text[6..];
    }
    (units, text)
}
