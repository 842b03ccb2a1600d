//! The types a value may be asked to have.

use std::fmt;

use chrono::DateTime;
use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

/// A type by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TypeName {
    /// A JSON string.
    String,
    /// A JSON number without fraction.
    Integer,
    /// A JSON boolean.
    Boolean,
    /// JSON null.
    Null,
    /// A JSON array.
    Array,
    /// A JSON object.
    Object,
    /// A UUID of version 7, hyphenated and in lower case.
    Uuid,
    /// RFC 3339 in UTC with `Z` and six fractional digits, or none at all when they are zero.
    Timestamp,
}

impl fmt::Display for TypeName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", format!("{self:?}").to_lowercase())
    }
}

impl TypeName {
    /// Whether the value is of this type.
    #[must_use]
    pub fn holds(self, value: &Value) -> bool {
        let text = value.as_str();
        match self {
            Self::String => text.is_some(),
            Self::Integer => value.is_i64() || value.is_u64(),
            Self::Boolean => value.is_boolean(),
            Self::Null => value.is_null(),
            Self::Array => value.is_array(),
            Self::Object => value.is_object(),
            Self::Uuid => text.is_some_and(|text| {
                Uuid::parse_str(text).is_ok_and(|uuid| uuid.get_version_num() == 7 && uuid.to_string() == text)
            }),
            Self::Timestamp => text.is_some_and(is_timestamp),
        }
    }
}

fn is_timestamp(text: &str) -> bool {
    let Ok(time) = DateTime::parse_from_rfc3339(text) else {
        return false;
    };
    let format = if time.timestamp_subsec_nanos() == 0 { "%Y-%m-%dT%H:%M:%SZ" } else { "%Y-%m-%dT%H:%M:%S%.6fZ" };
    time.offset().local_minus_utc() == 0 && time.format(format).to_string() == text
}
