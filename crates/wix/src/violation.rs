use booking_errors_core::decode::Spelling;
use booking_errors_core::decode::document::root_of;
use booking_errors_core::decode::json::{Arena, Reader, Value};
use strum::{EnumString, IntoStaticStr};

use crate::body::Body;

/// One field violation, with more of what Wix says about it than an [`Issue`](booking_errors_core::Issue) holds.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Violation {
    /// The field that is wrong.
    pub field: Option<String>,
    /// What Wix says about it.
    pub description: Option<String>,
    /// The rule that was broken.
    pub rule: Option<RuleType>,
    /// The name of a rule that only this method has, with [`RuleType::Other`].
    pub rule_name: Option<String>,
    /// The rule's own data, such as `{"threshold": 20}`, as JSON.
    pub data: Option<serde_json::Value>,
}

impl Violation {
    /// Returns the limit of the rule, for [`RuleType::Max`] and other rules that have one.
    pub fn threshold(&self) -> Option<f64> {
        let threshold = self.data.as_ref()?.get("threshold")?;
        threshold.as_f64().or_else(|| threshold.as_str()?.parse().ok())
    }

    /// Returns all violations in a body.
    pub(crate) fn read_all(body: &[u8]) -> Vec<Self> {
        let (arena, mut violations) = (Arena::default(), Vec::new());
        let list = root_of::<Body>(body, &arena)
            .and_then(|mut root| root.root().raw_at(&["details", "validationError", "fieldViolations"]));
        Reader::new(list.unwrap_or_default(), &arena)
            .root()
            .items(|item| violations.extend(Self::read(item)));
        violations
    }

    fn read(value: Value<'_, '_>) -> Option<Self> {
        let (mut field, mut description, mut rule, mut rule_name, mut data) = (None, None, None, None, None);
        value.members(|name, value| match name {
            "field" => value.text_into(&mut field),
            "description" => value.text_into(&mut description),
            "violatedRule" => value.text_into(&mut rule),
            "ruleName" => value.text_into(&mut rule_name),
            "data" => data = Some(value.into_json()).filter(|data| !data.is_null()),
            _ => {}
        });
        let is_empty = field.is_none() && description.is_none() && rule.is_none();
        (!is_empty).then(|| Self {
            field: field.map(Into::into),
            description: description.map(Into::into),
            rule: rule.map(RuleType::of),
            rule_name: rule_name.map(Into::into),
            data,
        })
    }
}

/// The rules that a field can violate, from the vendor's SDK. A rule that is not in this list is kept as it was sent.
///
/// ```
/// use booking_errors::wix::RuleType;
///
/// assert_eq!(RuleType::of("MAX_LENGTH"), RuleType::MaxLength);
/// assert_eq!(RuleType::of("BRAND_NEW"), RuleType::Unknown("BRAND_NEW".to_owned()));
/// assert_eq!(RuleType::DecimalLte.as_str(), "DECIMAL_LTE");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, EnumString, IntoStaticStr)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
#[non_exhaustive]
pub enum RuleType {
    /// The value breaks a rule that has no name.
    Validation,
    /// A rule that only this method has; [`Violation::rule_name`] names it.
    Other,
    /// The number is too large.
    Max,
    /// The number is too small.
    Min,
    /// The text is too long.
    MaxLength,
    /// The text is too short.
    MinLength,
    /// The list is too long.
    MaxSize,
    /// The list is too short.
    MinSize,
    /// The text has the wrong format.
    Format,
    /// The decimal number is above the limit.
    DecimalLte,
    /// The decimal number is below the limit.
    DecimalGte,
    /// The decimal number is at the limit or above.
    DecimalLt,
    /// The decimal number is at the limit or below.
    DecimalGt,
    /// The decimal number has too many digits after the point.
    DecimalMaxScale,
    /// The value is not one of those allowed.
    InvalidEnumValue,
    /// The field is missing.
    RequiredField,
    /// The field may not be set.
    FieldNotAllowed,
    /// Of several alternative fields, the wrong one or the wrong number is set.
    OneOfAlignment,
    /// The text does not have the required length.
    ExactLength,
    /// The list does not have the required length.
    ExactSize,
    /// One of several fields must be set, and none is.
    RequiredOneOfField,
    /// A rule that this version does not know, as it was sent.
    #[strum(disabled)]
    Unknown(String),
}

impl RuleType {
    /// Returns the rule with this name.
    pub fn of(name: &str) -> Self {
        name.parse().unwrap_or_else(|_| Self::Unknown(name.to_owned()))
    }

    /// Returns a rule's name to keep: that of a known one without a copy.
    pub(crate) fn spelling(name: &str) -> Spelling<'_> {
        name.parse().map_or(Spelling::Sent(name), |rule: Self| Spelling::Known(rule.into()))
    }

    /// Returns the name as it is sent.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Unknown(name) => name,
            known => known.into(),
        }
    }
}
