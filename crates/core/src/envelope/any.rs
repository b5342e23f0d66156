//! Members of JSON that others wrote. A value of another type than the expected one is skipped, and nothing else is lost.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::{self, Formatter};
use std::marker::PhantomData;

use serde::de::value::{Error as NotRead, StrDeserializer};
use serde::de::{Deserialize, Deserializer, IgnoredAny, IntoDeserializer, MapAccess, SeqAccess, Visitor};

use crate::{Effect, Kind, Parameters};

/// The key of the map as which a number arrives, if `serde_json/arbitrary_precision` is switched on somewhere.
const NUMBER: &str = "$serde_json::private::Number";

/// What stands in the place of a value.
#[derive(Default)]
pub(super) enum Found<T> {
    /// Nothing, or null.
    #[default]
    Nothing,
    Value(T),
    /// A value of another type, or more than one value.
    Other,
}

impl<T> Found<T> {
    pub(super) fn value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Nothing | Self::Other => None,
        }
    }
}

/// A member of an object. One that comes twice has no value, because nobody can tell which is meant.
pub(super) struct Member<T> {
    pub(super) found: Found<T>,
    has_come: bool,
}

impl<T> Default for Member<T> {
    fn default() -> Self {
        Self { found: Found::Nothing, has_come: false }
    }
}

impl<T> Member<T> {
    pub(super) fn read<'de, A>(&mut self, members: &mut A) -> Result<(), A::Error>
    where
        A: MapAccess<'de>,
        T: Wanted<'de>,
    {
        let found = members.next_value()?;
        self.found = if self.has_come { Found::Other } else { found };
        self.has_come = true;
        Ok(())
    }

    pub(super) fn value(self) -> Option<T> {
        self.found.value()
    }
}

/// A type that is read from some values. Every method reads its value to the end, and returns `None` for one that is not
/// wanted.
pub(super) trait Wanted<'de>: Sized {
    fn of_text(_: &str) -> Option<Self> {
        None
    }

    fn of_number(_: u64) -> Option<Self> {
        None
    }

    fn of_list<A: SeqAccess<'de>>(mut list: A) -> Result<Option<Self>, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    fn of_object<A: MapAccess<'de>>(mut members: A) -> Result<Option<Self>, A::Error> {
        while members.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(None)
    }
}

impl Wanted<'_> for String {
    fn of_text(text: &str) -> Option<Self> {
        Some(text.to_owned())
    }
}

impl Wanted<'_> for Cow<'static, str> {
    fn of_text(text: &str) -> Option<Self> {
        Some(text.to_owned().into())
    }
}

impl Wanted<'_> for Kind {
    fn of_text(text: &str) -> Option<Self> {
        of_name(text)
    }
}

impl Wanted<'_> for Effect {
    fn of_text(text: &str) -> Option<Self> {
        of_name(text)
    }
}

impl<'de> Wanted<'de> for u64 {
    fn of_number(number: u64) -> Option<Self> {
        Some(number)
    }

    fn of_object<A: MapAccess<'de>>(mut members: A) -> Result<Option<Self>, A::Error> {
        let mut number = None;
        while let Some((name, digits)) = members.next_entry::<String, Found<String>>()? {
            if name == NUMBER {
                number = digits.value().and_then(|digits| digits.parse().ok());
            }
        }
        Ok(number)
    }
}

impl<'de, T: Wanted<'de>> Wanted<'de> for Vec<Found<T>> {
    fn of_list<A: SeqAccess<'de>>(mut list: A) -> Result<Option<Self>, A::Error> {
        let mut items = Self::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(Some(items))
    }
}

/// Values that are no text are left out, and so are names that come twice.
impl<'de> Wanted<'de> for Parameters {
    fn of_object<A: MapAccess<'de>>(mut members: A) -> Result<Option<Self>, A::Error> {
        let mut values = BTreeMap::<String, Member<String>>::new();
        while let Some(name) = members.next_key()? {
            values.entry(name).or_default().read(&mut members)?;
        }
        if values.contains_key(NUMBER) {
            return Ok(None);
        }
        Ok(Some(values.into_iter().filter_map(|(name, member)| Some((name, member.value()?))).collect()))
    }
}

impl<'de, T: Wanted<'de>> Deserialize<'de> for Found<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Any(PhantomData))
    }
}

/// Takes any value.
struct Any<T>(PhantomData<T>);

impl<'de, T: Wanted<'de>> Visitor<'de> for Any<T> {
    type Value = Found<T>;

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Found::Nothing)
    }

    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(Found::Nothing)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(T::of_text(text).into())
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(T::of_number(number).into())
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(number.try_into().ok().and_then(T::of_number).into())
    }

    fn visit_u128<E>(self, number: u128) -> Result<Self::Value, E> {
        Ok(number.try_into().ok().and_then(T::of_number).into())
    }

    fn visit_i128<E>(self, number: i128) -> Result<Self::Value, E> {
        Ok(number.try_into().ok().and_then(T::of_number).into())
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(Found::Other)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(Found::Other)
    }

    fn visit_bytes<E>(self, _: &[u8]) -> Result<Self::Value, E> {
        Ok(Found::Other)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Self::Value, A::Error> {
        Ok(T::of_list(list)?.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<Self::Value, A::Error> {
        Ok(T::of_object(members)?.into())
    }
}

impl<T> From<Option<T>> for Found<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Other, Self::Value)
    }
}

/// Reads the name of a variant.
fn of_name<'de, T: Deserialize<'de>>(name: &'de str) -> Option<T> {
    let name: StrDeserializer<'de, NotRead> = name.into_deserializer();
    T::deserialize(name).ok()
}
