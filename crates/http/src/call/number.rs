//! Numbers in JSON: integers, which are read leniently, also within limits, and amounts, which must be numbers.

use std::ops::RangeInclusive;

use irontrack_domain::Violation;
use serde_json::Value;

use super::{
    scalar,
    violations::{Location, Read, Violations},
};

/// An integer: JSON's own, a number without a fraction, a text of digits, or a truth value as 0 or 1.
pub(super) fn integer(value: &Value, at: &Location, violations: &mut Violations) -> Read<i128> {
    match value {
        Value::Bool(value) => Ok(i128::from(*value)),
        Value::String(text) => scalar::integer(text, at, violations),
        Value::Number(number) => match (number.as_i128(), number.as_f64()) {
            (Some(value), _) => Ok(value),
            (None, Some(value)) if value.fract() == 0.0 => Ok(without_fraction(value)),
            (None, None) => violations.record(at, "finite_number", "Input should be a finite number"),
            _ => violations.record(
                at,
                "int_from_float",
                "Input should be a valid integer, got a number with a fractional part",
            ),
        },
        _ => violations.record(at, "int_type", "Input should be a valid integer"),
    }
}

#[expect(clippy::cast_possible_truncation, reason = "saturates, and no such id exists")]
const fn without_fraction(value: f64) -> i128 {
    value as i128
}

/// A whole number within limits.
pub(super) fn whole<T>(value: &Value, limits: &RangeInclusive<T>, at: &Location, violations: &mut Violations) -> Read<T>
where
    T: Copy + Into<i64> + TryFrom<i64>,
{
    let whole = integer(value, at, violations)?;
    let (min, max): (i64, i64) = ((*limits.start()).into(), (*limits.end()).into());
    let fitting = i64::try_from(whole).ok().filter(|number| (min..=max).contains(number));
    match fitting.and_then(|number| T::try_from(number).ok()) {
        Some(number) => Ok(number),
        None if whole < i128::from(min) => {
            violations.record(at, "greater_than_equal", format!("Input should be greater than or equal to {min}"))
        }
        None => violations.record(at, "less_than_equal", format!("Input should be less than or equal to {max}")),
    }
}

/// A decimal number that satisfies a rule, which sees it as it was written.
pub(super) fn amount<T>(
    value: &Value,
    rule: impl FnOnce(&str) -> Result<T, Violation>,
    at: &Location,
    violations: &mut Violations,
) -> Read<T> {
    match value {
        Value::Number(number) => rule(&number.to_string()).or_else(|violation| violations.record_rule(at, &violation)),
        _ => violations.record(at, "decimal_type", "Input should be a valid decimal number"),
    }
}

#[cfg(test)]
mod tests {
    use irontrack_domain::training::Weight;
    use serde_json::json;

    use super::*;

    fn read<T>(run: impl FnOnce(&Location, &mut Violations) -> Read<T>) -> Result<T, &'static str> {
        let mut violations = Violations::default();
        run(&Location::body(), &mut violations).map_err(|_| violations.into_details().remove(0).kind)
    }

    #[test]
    fn whole_numbers_are_read_leniently_and_stay_within_limits() {
        for (value, expected) in [
            (json!(3), Ok(3)),
            (json!(3.0), Ok(3)),
            (json!(0), Err("greater_than_equal")),
            (json!(-1e300), Err("greater_than_equal")),
            (json!(101), Err("less_than_equal")),
            (json!(u64::MAX), Err("less_than_equal")),
            (json!(1e300), Err("less_than_equal")),
            (json!(1.5), Err("int_from_float")),
            (json!(" 3 "), Ok(3)),
            (json!("101"), Err("less_than_equal")),
            (json!("x"), Err("int_parsing")),
            (json!(true), Ok(1)),
            (json!([3]), Err("int_type")),
        ] {
            assert_eq!(read(|at, v| whole(&value, &(1_i64..=100), at, v)), expected, "{value}");
        }
    }

    #[test]
    fn amounts_are_judged_by_their_value() {
        for (text, expected) in [
            ("1.5000", Ok(1500)),
            ("82.5", Ok(82_500)),
            ("1e2", Ok(100_000)),
            ("0.1", Ok(100)),
            ("-0.0", Ok(0)),
            ("99999.999", Ok(99_999_999)),
            ("1.2345", Err("decimal_max_places")),
            ("1.00000000000000001", Err("decimal_max_places")),
            ("-1", Err("greater_than_equal")),
            ("100000", Err("less_than_equal")),
            ("1e300", Err("less_than_equal")),
            ("1e400", Err("less_than_equal")),
            ("\"5\"", Err("decimal_type")),
            ("true", Err("decimal_type")),
        ] {
            let value: Value = serde_json::from_str(text).unwrap();
            assert_eq!(read(|at, v| amount(&value, Weight::parse, at, v)).map(Weight::grams), expected, "{text}");
        }
    }
}
