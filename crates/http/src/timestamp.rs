//! Times on the wire: RFC 3339 in UTC with six decimals, or none where they are all zero.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Serialize, Serializer};

pub(crate) fn serialize<S: Serializer>(time: &DateTime<Utc>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&text(*time))
}

#[expect(clippy::ref_option, reason = "serde hands over a reference to the field")]
pub(crate) fn serialize_optional<S: Serializer>(
    time: &Option<DateTime<Utc>>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    time.map(text).serialize(serializer)
}

/// A time as it stands in answers.
pub(crate) fn text(time: DateTime<Utc>) -> String {
    let precision = if time.timestamp_subsec_micros() == 0 { SecondsFormat::Secs } else { SecondsFormat::Micros };
    time.to_rfc3339_opts(precision, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fraction_of_zero_is_left_out() {
        let time = DateTime::from_timestamp_micros(1_700_000_000_000_000).unwrap();
        assert_eq!(text(time), "2023-11-14T22:13:20Z");
        assert_eq!(text(time + chrono::TimeDelta::microseconds(120)), "2023-11-14T22:13:20.000120Z");
    }
}
