//! A tolerant reader of JSON, character by character: what it has read before a fault stays.

/// A value as it was sent: every member of an object, also those that come twice, and numbers as their text.
///
/// `serde_json::Value` cannot carry that, nor lone surrogates, 1e400, or the part of a body before it broke
/// off.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    Null,
    Bool(bool),
    Number(String),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
    /// A text or a number that was begun, and breaks off.
    Begun,
    /// A value that breaks off, with what was read of it; none where no value begins.
    Broken(Option<Box<Json>>),
}

impl Json {
    /// Whether not even the first character of a value was there.
    pub fn is_missing(&self) -> bool {
        *self == Self::Broken(None)
    }

    /// What was read of the value, whether it breaks off or not.
    fn read(&self) -> &Json {
        match self {
            Self::Broken(read) => read.as_deref().unwrap_or(&Self::Null),
            whole => whole,
        }
    }

    /// The member of this name; of duplicates the last wins, also where it breaks off.
    pub fn get(&self, name: &str) -> Option<&Json> {
        self.last(name).map(Json::read)
    }

    /// The same, as it is where it breaks off.
    pub fn last(&self, name: &str) -> Option<&Json> {
        self.members().iter().rev().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// The same, and null where there is none.
    pub fn at(&self, name: &str) -> &Json {
        self.get(name).unwrap_or(&Self::Null)
    }

    /// Every member of this name.
    pub fn all(&self, name: &str) -> Vec<&Json> {
        self.members().iter().filter(|(key, _)| key == name).map(|(_, value)| value).collect()
    }

    /// The last member of this name that was read to its end, and those after it that break off: of duplicates the
    /// last wins, but what breaks off does not undo what stood before it.
    pub fn standing(&self, name: &str) -> Vec<&Json> {
        let all = self.all(name);
        let last = all.iter().rposition(|value| !value.is_broken()).unwrap_or(0);
        all[last.min(all.len())..].to_vec()
    }

    /// The text of the member of this name: of the last one that was read to its end.
    pub fn text_at(&self, name: &str) -> Option<String> {
        let mut members = self.members().iter().rev();
        members.find(|(key, value)| key == name && !value.is_broken())?.1.text()
    }

    /// Whether a text or an integer says anything, or was begun and breaks off, so that it may.
    pub fn shows_text(&self) -> bool {
        *self.read() == Self::Begun || self.text().is_some()
    }

    /// Every member, in the order of the body. None where it is no object.
    pub fn members(&self) -> &[(String, Json)] {
        match self.read() {
            Self::Object(members) => members,
            _ => &[],
        }
    }

    /// Every member, where of duplicates only the last counts, at its own place.
    pub fn last_members(&self) -> Vec<(&str, &Json)> {
        let members = self.members();
        let comes_again = |at: usize| members[at + 1..].iter().any(|(name, _)| *name == members[at].0);
        let last = (0..members.len()).filter(|at| !comes_again(*at));
        last.map(|at| (&*members[at].0, &members[at].1)).collect()
    }

    /// The items of a list. None where it is no list.
    pub fn items(&self) -> &[Json] {
        match self.read() {
            Self::List(items) => items,
            _ => &[],
        }
    }

    pub fn is_object(&self) -> bool {
        matches!(self.read(), Self::Object(_))
    }

    pub fn is_list(&self) -> bool {
        matches!(self.read(), Self::List(_))
    }

    pub fn is_broken(&self) -> bool {
        matches!(self, Self::Broken(_))
    }

    pub fn is(&self, value: bool) -> bool {
        *self == Self::Bool(value)
    }

    /// A string, or an integer of any size as its own text.
    pub fn text_or_blank(&self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text.clone()),
            Self::Number(number) if !number.contains(['.', 'e', 'E']) => Some(number.clone()),
            _ => None,
        }
    }

    /// The same, where blank is none.
    pub fn text(&self) -> Option<String> {
        self.text_or_blank().filter(|text| !text.trim().is_empty())
    }
}

/// What was read of one value.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// None where not even its beginning could be read.
    pub value: Option<Json>,
    /// Whether it was read to its end, without a fault.
    pub is_complete: bool,
    /// Where it ends, or the character that is at fault.
    pub end: usize,
    /// Whether that is the end of the text.
    pub is_at_end: bool,
}

/// Reads the value that begins at `start`.
pub fn parse(text: &[char], start: usize) -> Parsed {
    let mut parser = Parser { text, at: start, depth: 0, is_broken: false };
    let value = parser.value();
    let is_at_end = parser.at >= text.len();
    Parsed { value, is_complete: !parser.is_broken, end: parser.at, is_at_end }
}

/// The cases of these tests nest less deep than what the stack of their thread can hold.
const DEEPEST: usize = 50_000;

struct Parser<'a> {
    text: &'a [char],
    at: usize,
    depth: usize,
    is_broken: bool,
}

impl Parser<'_> {
    /// The value here, as far as it can be read; none where no value begins.
    fn value(&mut self) -> Option<Json> {
        self.skip_blanks();
        let value = match self.peek()? {
            '{' => Some(self.nested(Self::object)),
            '[' => Some(self.nested(Self::list)),
            '"' => Some(self.string().map_or(Json::Begun, Json::Text)),
            '-' | '0'..='9' => Some(self.number().map_or(Json::Begun, Json::Number)),
            'n' => self.word("null", Json::Null),
            't' => self.word("true", Json::Bool(true)),
            'f' => self.word("false", Json::Bool(false)),
            _ => return self.fault(),
        };
        Some(value.unwrap_or(Json::Null))
    }

    fn nested(&mut self, read: fn(&mut Self) -> Json) -> Json {
        self.depth += 1;
        assert!(self.depth < DEEPEST, "a case nests too deep for this reader");
        let value = read(self);
        self.depth -= 1;
        value
    }

    fn object(&mut self) -> Json {
        let mut members = Vec::new();
        self.at += 1;
        self.skip_blanks();
        if self.text.get(self.at) == Some(&'}') {
            self.at += 1;
            return Json::Object(members);
        }
        while !self.is_broken {
            self.skip_blanks();
            let Some(name) = self.string() else { break };
            self.skip_blanks();
            if !self.eat(':') {
                break;
            }
            let value = self.value();
            members.push((name, self.mark(value)));
            if !self.goes_on('}') {
                break;
            }
        }
        Json::Object(members)
    }

    fn list(&mut self) -> Json {
        let mut items = Vec::new();
        self.at += 1;
        self.skip_blanks();
        if self.text.get(self.at) == Some(&']') {
            self.at += 1;
            return Json::List(items);
        }
        while !self.is_broken {
            let value = self.value();
            items.push(self.mark(value));
            if !self.goes_on(']') {
                break;
            }
        }
        Json::List(items)
    }

    /// Says of a value that was just read whether it broke off.
    fn mark(&self, value: Option<Json>) -> Json {
        match value {
            Some(value) if !self.is_broken => value,
            read => Json::Broken(read.map(Box::new)),
        }
    }

    /// Whether a comma follows, and not the end of the list or object.
    fn goes_on(&mut self, close: char) -> bool {
        if self.is_broken {
            return false;
        }
        self.skip_blanks();
        if self.peek() == Some(close) {
            self.at += 1;
            return false;
        }
        self.eat(',')
    }

    /// Lone halves of surrogate pairs become U+FFFD.
    fn string(&mut self) -> Option<String> {
        if !self.eat('"') {
            return None;
        }
        let mut text = String::new();
        loop {
            match self.peek()? {
                '"' => {
                    self.at += 1;
                    return Some(text);
                }
                '\0'..='\u{1f}' => return self.fault(),
                '\\' => {
                    self.at += 1;
                    text.push(self.escape()?);
                }
                plain => {
                    self.at += 1;
                    text.push(plain);
                }
            }
        }
    }

    fn escape(&mut self) -> Option<char> {
        let escaped = match self.peek()? {
            'u' => {
                self.at += 1;
                let unit = self.four_hex_digits()?;
                return Some(self.pair(unit));
            }
            same @ ('"' | '\\' | '/') => same,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            _ => return self.fault(),
        };
        self.at += 1;
        Some(escaped)
    }

    /// The character of an escape, with that of the next escape if both make one.
    fn pair(&mut self, unit: u32) -> char {
        if (0xD800..0xDC00).contains(&unit) && self.text[self.at..].starts_with(&['\\', 'u']) {
            let mut ahead = Parser { text: self.text, at: self.at + 2, depth: 0, is_broken: false };
            if let Some(low @ 0xDC00..0xE000) = ahead.four_hex_digits() {
                self.at = ahead.at;
                return char::from_u32(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00)).unwrap();
            }
        }
        char::from_u32(unit).unwrap_or('\u{fffd}')
    }

    fn four_hex_digits(&mut self) -> Option<u32> {
        let mut unit = 0;
        for _ in 0..4 {
            let Some(digit) = self.peek()?.to_digit(16) else { return self.fault() };
            unit = unit * 16 + digit;
            self.at += 1;
        }
        Some(unit)
    }

    fn number(&mut self) -> Option<String> {
        let start = self.at;
        if self.peek()? == '-' {
            self.at += 1;
        }
        if self.peek()? == '0' {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.text.get(self.at) == Some(&'.') {
            self.at += 1;
            self.digits()?;
        }
        if let Some('e' | 'E') = self.text.get(self.at) {
            self.at += 1;
            if let '+' | '-' = self.peek()? {
                self.at += 1;
            }
            self.digits()?;
        }
        let is_ended = matches!(self.text.get(self.at), Some(',' | ']' | '}' | ' ' | '\t' | '\n' | '\r'));
        if self.depth > 0 && !is_ended {
            return self.fault(); // it may have had more digits
        }
        Some(self.text[start..self.at].iter().collect())
    }

    fn digits(&mut self) -> Option<()> {
        if !self.peek()?.is_ascii_digit() {
            return self.fault();
        }
        while self.text.get(self.at).is_some_and(char::is_ascii_digit) {
            self.at += 1;
        }
        Some(())
    }

    fn word(&mut self, word: &str, value: Json) -> Option<Json> {
        for letter in word.chars() {
            if !self.eat(letter) {
                return None;
            }
        }
        Some(value)
    }

    /// Passes one character; where it is another, that is the fault.
    fn eat(&mut self, expected: char) -> bool {
        let is_there = self.peek() == Some(expected);
        if is_there {
            self.at += 1;
        } else {
            self.is_broken = true;
        }
        is_there
    }

    /// The next character; at the end of the text that is a fault.
    fn peek(&mut self) -> Option<char> {
        let next = self.text.get(self.at).copied();
        self.is_broken |= next.is_none();
        next
    }

    fn skip_blanks(&mut self) {
        while let Some(' ' | '\t' | '\n' | '\r') = self.text.get(self.at) {
            self.at += 1;
        }
    }

    fn fault<T>(&mut self) -> Option<T> {
        self.is_broken = true;
        None
    }
}
