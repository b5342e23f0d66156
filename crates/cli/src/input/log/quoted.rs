//! Texts in quotes, as loggers of several languages escape them.

/// Reads a text in double quotes that starts here, and returns it with the length that it takes; `None` if it does not end.
pub fn read(quoted: &[u8]) -> Option<(String, usize)> {
    let mut length = 1;
    while *quoted.get(length)? != b'"' {
        length += if quoted.get(length) == Some(&b'\\') { 2 } else { 1 };
    }
    Some((unescape(quoted.get(1..length)?), length + 1))
}

/// Returns a text whose line ends are written as `\r\n` or `\n` as it was; `None` if it has none.
pub fn without_line_escapes(text: &[u8]) -> Option<Vec<u8>> {
    memchr::memmem::find(text, br"\n")?;
    let text = String::from_utf8_lossy(text).replace(r"\r\n", "\n").replace(r"\n", "\n");
    Some(text.into_bytes())
}

/// Undoes the escapes of JSON, Go, Python and JavaScript. Others stay as they are.
fn unescape(escaped: &[u8]) -> String {
    let mut text = Vec::with_capacity(escaped.len());
    let mut rest = escaped;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte != b'\\' {
            text.push(byte);
            continue;
        }
        let Some((&kind, after)) = rest.split_first() else { break };
        rest = after;
        match kind {
            b'n' => text.push(b'\n'),
            b'r' => text.push(b'\r'),
            b't' => text.push(b'\t'),
            b'b' => text.push(8),
            b'f' => text.push(12),
            b'x' => rest = push_code(&mut text, rest, 2),
            b'u' => rest = push_code(&mut text, rest, 4),
            _ => text.push(kind),
        }
    }
    String::from_utf8_lossy(&text).into_owned()
}

/// Adds the character of a hexadecimal number, and returns what follows it.
fn push_code<'a>(text: &mut Vec<u8>, rest: &'a [u8], digits: usize) -> &'a [u8] {
    let unit = |rest: &[u8]| u32::from_str_radix(str::from_utf8(rest.get(..digits)?).ok()?, 16).ok();
    let Some(mut code) = unit(rest) else { return rest };
    let mut after = rest.get(digits..).unwrap_or_default();
    // a character beyond the 16th bit takes two escapes
    if (0xd800..0xdc00).contains(&code)
        && let Some(next) = after.strip_prefix(br"\u")
        && let Some(low) = unit(next).filter(|low| (0xdc00..0xe000).contains(low))
    {
        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
        after = next.get(digits..).unwrap_or_default();
    }
    let character = char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
    text.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
    after
}
