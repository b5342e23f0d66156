use std::borrow::Cow;
use std::fmt::{self, Debug, Formatter};

use serde::{Serialize, Serializer};

/// The values that a message carries, by the provider's own names and sorted by name.
///
/// ```
/// use booking_errors::Parameters;
///
/// let parameters: Parameters = [("status", "DECLINED"), ("bookingId", "3f25")].into_iter().collect();
/// assert_eq!(parameters.get("bookingId"), Some("3f25"));
/// assert_eq!(serde_json::to_string(&parameters)?, r#"{"bookingId":"3f25","status":"DECLINED"}"#);
/// # Ok::<_, serde_json::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Parameters {
    // a sorted list: most errors have one value or none, and a map's node takes 500 bytes
    sorted: Vec<(Cow<'static, str>, String)>,
}

impl Parameters {
    /// Returns the value of this name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter().find_map(|(other, value)| (other == name).then_some(value))
    }

    /// Sets the value of a name, and replaces any earlier one.
    pub fn insert(&mut self, name: impl Into<Cow<'static, str>>, value: impl Into<String>) {
        let (name, value) = (name.into(), value.into());
        let at = self.sorted.partition_point(|(other, _)| *other < name);
        match self.sorted.get_mut(at).filter(|(other, _)| *other == name) {
            Some((_, old)) => *old = value,
            None => self.sorted.insert(at, (name, value)),
        }
    }

    /// Returns each name with its value.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.sorted.iter().map(|(name, value)| (&**name, &**value))
    }

    /// Returns the number of values.
    pub fn len(&self) -> usize {
        self.sorted.len()
    }

    /// Returns whether there are none.
    pub fn is_empty(&self) -> bool {
        self.sorted.is_empty()
    }
}

impl<N: Into<Cow<'static, str>>, V: Into<String>> FromIterator<(N, V)> for Parameters {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(pairs: I) -> Self {
        let mut parameters = Self::default();
        pairs.into_iter().for_each(|(name, value)| parameters.insert(name, value));
        parameters
    }
}

/// Shows only the number of values, because they may be personal data.
impl Debug for Parameters {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Parameters").field("len", &self.len()).finish_non_exhaustive()
    }
}

impl Serialize for Parameters {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

#[cfg(feature = "schemars")]
impl schemars::JsonSchema for Parameters {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Parameters".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        std::collections::BTreeMap::<String, String>::json_schema(generator)
    }
}
