//! Changes to the bytes of a body: cut, flipped, doubled, with noise around them.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

#[derive(Clone, Debug)]
pub enum Change {
    /// Keeps what comes before it.
    Cut(Index),
    /// Keeps what comes after it.
    Behead(Index),
    Set(Index, u8),
    Flip(Index, u8),
    Insert(Index, Vec<u8>),
    Remove(Index, usize),
    /// Puts a copy of a range elsewhere.
    Double(Index, usize, Index),
    Move(Index, usize, Index),
    /// Writes it in two bytes a character.
    Utf16,
    /// Puts something before it and something after it.
    Surround(Vec<u8>, Vec<u8>),
}

const PIECES: &[&[u8]] = &[
    b"{",
    b"}",
    b"[",
    b"]",
    b"\"",
    b"\\",
    b",",
    b":",
    b"null",
    b"true",
    b"0",
    b"-",
    b".",
    b"e1",
    b" ",
    b"\n",
    b"\0",
    b"\x1f",
    b"\x7f",
    b"\xff",
    b"\xc3",
    b"\xed\xa0\x80",
    b"\xf0\x9f\x98",
    b"\xc0\xaf",
    b"\xef\xbb\xbf",
    b"\\ud83d",
    b"\\udc00",
    b"\\u00",
    b"\\x",
    b"\xe2\x80\xa8",
    b"NaN",
    b"\\'",
    b"\x1f\x8b",
    b"tru",
];

const NOISE: &[&[u8]] = &[
    b"",
    b"<br />\n<b>Warning</b>:  Undefined variable $x in /a.php on line 3<br />\n",
    b"Notice: x ",
    b"[21-Nov-2026] PHP Notice: {closure} x\n",
    b"\n\n",
    b"{\"debug\":1}",
    b"{\"code\":\"noise\",\"message\":\"n\"}",
    b"{\"success\":false}",
    b"{\"results\":[]}",
    b"{\"responses\":[{}]}",
    b"{",
    b"[",
    b"}",
    b"]",
    b"[]",
    b"[1]",
    b"[1,",
    b"[\"a\"]",
    b"[{\"message\":\"in a list\"}]",
    b"null",
    b"0",
    b"<!-- cached -->",
    b"<!DOCTYPE html><html>",
    b" <HTML>",
    b"\"text\"",
    b"{bad}",
    b"{\"a\":{\"message\":\"inner\"}",
    b"{\"details\":null}",
    b"{\"code\":",
    b"{\"code\":\"n\"",
    b"{\"message\":5",
    b"{\"x\":\"unclosed ",
    b"\xef\xbb\xbf",
    b"true",
    b"{{{{",
    b"{\"error\":\"invalid_grant\"}",
    b"{\"booking\":{\"id\":5,\"hash\":\"ab12\"},\"message\":\"Booking has been created\"}",
    b"{\"booking\":{\"id\":5",
    b"{\"booking_hash\":\"ab12\"}",
    b"{\"_id\":\"5d6e\",\"status\":\"confirmed\"}",
    b"{\"payment\":{\"status\":\"FAILED\"}}",
    b"{\"detail\":\"d\"}",
    b"<script>",
    b"<head>",
    b"<?xml version=\"1.0\"?>",
    b"\0",
    b"\x1f\x8b\x08",
];

pub fn changes(documents: Vec<Vec<u8>>) -> impl Strategy<Value = Vec<Change>> {
    let place = any::<Index>;
    let noise = select(NOISE).prop_map(<[u8]>::to_vec);
    let pile = (select(NOISE), prop_oneof![3 => 1..4_usize, 1 => 60..70_usize])
        .prop_map(|(noise, times)| noise.repeat(times));
    let beside = prop_oneof![4 => noise, 1 => pile, 2 => select(documents)];
    let change = prop_oneof![
        4 => place().prop_map(Change::Cut),
        1 => place().prop_map(Change::Behead),
        3 => (place(), select(&b"{}[]\",:\\ntf0-.eu "[..])).prop_map(|(at, byte)| Change::Set(at, byte)),
        2 => (place(), any::<u8>()).prop_map(|(at, byte)| Change::Set(at, byte)),
        2 => (place(), 0..8_u32).prop_map(|(at, bit)| Change::Flip(at, 1 << bit)),
        3 => (place(), select(PIECES)).prop_map(|(at, piece)| Change::Insert(at, piece.to_vec())),
        2 => (place(), beside.clone()).prop_map(|(at, noise)| Change::Insert(at, noise)),
        2 => (place(), 1..6_usize).prop_map(|(at, length)| Change::Remove(at, length)),
        2 => (place(), 1..60_usize, place()).prop_map(|(at, length, to)| Change::Double(at, length, to)),
        2 => (place(), 1..60_usize, place()).prop_map(|(at, length, to)| Change::Move(at, length, to)),
        1 => Just(Change::Utf16),
        4 => (beside.clone(), beside).prop_map(|(before, after)| Change::Surround(before, after)),
    ];
    vec(change, 0..4)
}

impl Change {
    pub fn apply(&self, body: &mut Vec<u8>) {
        let range = |body: &[u8], at: &Index, length: usize| {
            let start = at.index(body.len() + 1);
            start..body.len().min(start + length)
        };
        match self {
            Self::Cut(at) => body.truncate(at.index(body.len() + 1)),
            Self::Behead(at) => drop(body.drain(..at.index(body.len() + 1))),
            Self::Set(at, byte) if !body.is_empty() => *at.get_mut(body) = *byte,
            Self::Flip(at, bit) if !body.is_empty() => *at.get_mut(body) ^= bit,
            Self::Set(..) | Self::Flip(..) => {}
            Self::Insert(at, piece) => {
                let at = at.index(body.len() + 1);
                body.splice(at..at, piece.iter().copied());
            }
            Self::Remove(at, length) => drop(body.drain(range(body, at, *length))),
            Self::Double(at, length, to) => {
                let copy = body[range(body, at, *length)].to_vec();
                let to = to.index(body.len() + 1);
                body.splice(to..to, copy);
            }
            Self::Move(at, length, to) => {
                let moved: Vec<u8> = body.drain(range(body, at, *length)).collect();
                let to = to.index(body.len() + 1);
                body.splice(to..to, moved);
            }
            Self::Utf16 => {
                let text = String::from_utf8_lossy(body).into_owned();
                *body = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            }
            Self::Surround(before, after) => {
                body.splice(..0, before.iter().copied());
                body.extend(after);
            }
        }
    }
}
