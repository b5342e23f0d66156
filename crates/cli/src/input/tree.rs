//! JSON whose members are looked up by name, broken JSON too.

use booking_errors::decode::json::{Arena, Reader, Shape, SyntaxError, Value};

/// A value in a JSON text. Nothing but the text is kept, so that even a long one takes little memory.
#[derive(Clone, Copy)]
pub struct Node<'a> {
    pub raw: &'a [u8],
    arena: &'a Arena,
}

impl<'a> Node<'a> {
    /// Returns the value that a text starts with and the text after it, or that value up to where it breaks off.
    pub fn read(text: &'a [u8], arena: &'a Arena) -> (Self, Result<&'a [u8], SyntaxError>) {
        let mut reader = Reader::new(text, arena);
        let raw = reader.root().raw();
        (Self { raw, arena }, reader.fault().map_or(Ok(reader.rest()), Err))
    }

    pub fn shape(self) -> Shape {
        self.ask(|value| value.shape())
    }

    /// Returns the members of an object; none for another value.
    pub fn members(self) -> Members<'a> {
        let mut members = Vec::new();
        self.ask(|value| value.members(|name, value| members.push((name, self.part(value)))));
        Members(members)
    }

    /// Returns the items of a list; none for another value.
    pub fn items(self) -> Vec<Self> {
        let mut items = Vec::new();
        self.ask(|value| value.items(|item| items.push(self.part(item))));
        items
    }

    /// Returns the last member of this name. To ask for several, take the [`members`](Self::members).
    pub fn get(self, name: &str) -> Option<Self> {
        self.members().get(name)
    }

    /// Returns the member at a path of names.
    pub fn at(self, path: &[&str]) -> Option<Self> {
        path.iter().try_fold(self, |node, name| node.get(name))
    }

    /// Returns a string, or the digits of an integer.
    pub fn text(self) -> Option<&'a str> {
        self.ask(|value| value.text())
    }

    pub fn string(self) -> Option<&'a str> {
        self.ask(|value| value.string())
    }

    /// Returns a status of HTTP, which may be written as text.
    pub fn status(self) -> Option<u16> {
        self.text()?.parse().ok().filter(|status| (100..=599).contains(status))
    }

    fn part(self, value: Value<'_, 'a>) -> Self {
        Self { raw: value.raw(), arena: self.arena }
    }

    fn ask<T>(self, question: impl FnOnce(Value<'_, 'a>) -> T) -> T {
        question(Reader::new(self.raw, self.arena).root())
    }
}

/// The members of an object.
#[derive(Default)]
pub struct Members<'a>(Vec<(&'a str, Node<'a>)>);

impl<'a> Members<'a> {
    /// Returns the last member of this name.
    pub fn get(&self, name: &str) -> Option<Node<'a>> {
        self.0.iter().rev().find(|(other, _)| *other == name).map(|(_, value)| *value)
    }

    /// Returns the first of these names that an object has, with its member.
    pub fn get_any(&self, names: &[&'static str]) -> Option<(&'static str, Node<'a>)> {
        names.iter().find_map(|name| Some((*name, self.get(name)?)))
    }

    pub fn iter(&self) -> impl Iterator<Item = (&'a str, Node<'a>)> {
        self.0.iter().copied()
    }
}
