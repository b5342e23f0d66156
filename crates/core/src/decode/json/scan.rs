//! Scans the bytes of a text, eight at a time within strings. It decides nothing about what they mean.

use std::ops::Range;

/// A place in the text.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) at: usize,
}

impl<'a> Cursor<'a> {
    #[inline]
    pub(super) fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.at >= self.bytes.len()
    }

    #[inline]
    pub(super) fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Skips `byte` if it is the next one, and returns whether it was.
    #[inline]
    pub(super) fn eat(&mut self, byte: u8) -> bool {
        if self.peek() != Some(byte) {
            return false;
        }
        self.at += 1;
        true
    }

    #[inline]
    pub(super) fn skip_white_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    /// Skips an opening bracket and returns `true`, or skips an empty container and returns `false`.
    #[inline]
    pub(super) fn enter(&mut self, closing: u8) -> bool {
        self.at += 1;
        self.skip_white_space();
        !self.eat(closing)
    }

    /// Skips to the next quote, backslash or control character of a string.
    #[inline]
    pub(super) fn skip_plain_part(&mut self) {
        match self.bytes.get(self.at..).and_then(<[u8]>::first_chunk) {
            Some(word) => match ends_of_plain(u64::from_le_bytes(*word)) {
                0 => {
                    self.at +=
                        word.len() + plain_length(self.bytes.get(self.at + word.len()..).unwrap_or_default())
                }
                ends => self.at += ends.trailing_zeros() as usize / 8,
            },
            None => self.at += self.rest().iter().position(ends_plain).unwrap_or(self.rest().len()),
        }
    }

    /// Skips a string without escapes and returns the range of its text; skips nothing else.
    #[inline]
    pub(super) fn plain_string(&mut self) -> Option<Range<usize>> {
        let mut ahead = *self;
        if !ahead.eat(b'"') {
            return None;
        }
        let start = ahead.at;
        ahead.skip_plain_part();
        let end = ahead.at;
        if !ahead.eat(b'"') {
            return None;
        }
        *self = ahead;
        Some(start..end)
    }

    /// Skips a name without escapes and its colon, and returns the range of its text; skips nothing else.
    #[inline]
    pub(super) fn plain_name(&mut self) -> Option<Range<usize>> {
        let mut ahead = *self;
        let name = ahead.plain_string()?;
        ahead.skip_white_space();
        if !ahead.eat(b':') {
            return None;
        }
        ahead.skip_white_space();
        *self = ahead;
        Some(name)
    }
}

/// The containers around the value that is skipped, one bit each: whether it is an object. The innermost 64 fit in a
/// word, so that only deeper nesting allocates memory.
#[derive(Default)]
pub(super) struct Nesting {
    depth: usize,
    innermost: u64,
    outer: Vec<u64>,
}

impl Nesting {
    pub(super) fn push(&mut self, is_object: bool) {
        if self.is_word_full() {
            self.outer.push(self.innermost);
        }
        self.innermost = self.innermost << 1 | u64::from(is_object);
        self.depth += 1;
    }

    pub(super) fn pop(&mut self) {
        self.depth -= 1;
        self.innermost >>= 1;
        if self.is_word_full() {
            self.innermost = self.outer.pop().unwrap_or_default();
        }
    }

    /// Returns whether the innermost container is an object; `None` outside of all.
    pub(super) fn is_in_object(&self) -> Option<bool> {
        (self.depth > 0).then_some(self.innermost & 1 == 1)
    }

    fn is_word_full(&self) -> bool {
        self.depth > 0 && self.depth.is_multiple_of(64)
    }
}

fn ends_plain(byte: &u8) -> bool {
    matches!(byte, b'"' | b'\\' | 0..=0x1f)
}

/// Returns how many bytes come before the first quote, backslash or control character.
fn plain_length(text: &[u8]) -> usize {
    let (words, tail) = text.as_chunks();
    let mut length = 0;
    for word in words {
        match ends_of_plain(u64::from_le_bytes(*word)) {
            0 => length += word.len(),
            ends => return length + ends.trailing_zeros() as usize / 8,
        }
    }
    length + tail.iter().position(ends_plain).unwrap_or(tail.len())
}

/// Returns a word with the high bit of each byte set that is a quote, a backslash or a control character. Above the
/// lowest such byte there may be false ones.
fn ends_of_plain(word: u64) -> u64 {
    const ONES: u64 = u64::MAX / 0xff;
    let below = |word: u64, limit: u8| word.wrapping_sub(ONES * u64::from(limit)) & !word;
    let quotes = below(word ^ (ONES * u64::from(b'"')), 1);
    let backslashes = below(word ^ (ONES * u64::from(b'\\')), 1);
    (quotes | backslashes | below(word, 0x20)) & (ONES << 7)
}
