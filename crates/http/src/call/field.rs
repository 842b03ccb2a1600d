//! One field of a JSON object: whether it is there, and what it holds.

use std::ops::RangeInclusive;

use chrono::{DateTime, Utc};
use irontrack_domain::Violation;
use serde_json::Value;
use uuid::Uuid;

use super::{
    moment, number,
    object::Object,
    scalar,
    violations::{Location, Read, Violations},
};

/// A field of an object.
pub(crate) struct Field<'a> {
    value: Option<&'a Value>,
    at: Location,
}

impl<'a> Field<'a> {
    pub(super) const fn new(value: Option<&'a Value>, at: Location) -> Self {
        Self { value, at }
    }

    /// Where it is, as the client spelled it.
    pub(crate) const fn location(&self) -> &Location {
        &self.at
    }

    fn required(&self, violations: &mut Violations) -> Read<&'a Value> {
        match self.value {
            Some(value) => Ok(value),
            None => violations.record(&self.at, "missing", "Field required"),
        }
    }

    /// A text that must be there and satisfy a rule.
    pub(crate) fn text<T>(
        &self,
        rule: impl FnOnce(&'a str) -> Result<T, Violation>,
        violations: &mut Violations,
    ) -> Read<T> {
        match self.required(violations)? {
            Value::String(text) => rule(text).or_else(|violation| violations.record_rule(&self.at, &violation)),
            _ => violations.record(&self.at, "string_type", "Input should be a valid string"),
        }
    }

    /// One of several names that must be there.
    pub(crate) fn choice<T: Copy>(&self, choices: &[(&str, T)], violations: &mut Violations) -> Read<T> {
        // Whatever is no text is none of the names either.
        let name = self.required(violations)?.as_str().unwrap_or_default();
        scalar::choice(name, "enum", choices, &self.at, violations)
    }

    /// A truth value that must be there: JSON's own, 0 or 1, or a word for it.
    pub(crate) fn boolean(&self, violations: &mut Violations) -> Read<bool> {
        match self.required(violations)? {
            Value::Bool(value) => Ok(*value),
            Value::Number(number) if number.as_f64() == Some(1.0) => Ok(true),
            Value::Number(number) if number.as_f64() == Some(0.0) => Ok(false),
            Value::Number(number) => scalar::boolean(&number.to_string(), &self.at, violations),
            Value::String(text) => scalar::boolean(text, &self.at, violations),
            _ => violations.record(&self.at, "bool_type", "Input should be a valid boolean"),
        }
    }

    /// A list of integers that must be there and hold at least one.
    pub(crate) fn integers(&self, violations: &mut Violations) -> Read<Vec<i128>> {
        match self.required(violations)? {
            Value::Array(elements) if elements.is_empty() => {
                violations.record(&self.at, "too_short", "List should have at least 1 item after validation, not 0")
            }
            Value::Array(elements) => {
                // Every element is read, so that every wrong one is reported.
                let read: Vec<Read<i128>> = elements
                    .iter()
                    .enumerate()
                    .map(|(index, element)| {
                        let path = format!("{}/{index}", self.at.path);
                        number::integer(element, &Location { field: self.at.field.clone(), path }, violations)
                    })
                    .collect();
                read.into_iter().collect()
            }
            _ => violations.record(&self.at, "list_type", "Input should be a valid list"),
        }
    }

    /// A whole number within limits that must be there.
    pub(crate) fn whole<T>(&self, limits: &RangeInclusive<T>, violations: &mut Violations) -> Read<T>
    where
        T: Copy + Into<i64> + TryFrom<i64>,
    {
        number::whole(self.required(violations)?, limits, &self.at, violations)
    }

    /// A decimal number that must be there and satisfy a rule.
    pub(crate) fn amount<T>(
        &self,
        rule: impl FnOnce(&str) -> Result<T, Violation>,
        violations: &mut Violations,
    ) -> Read<T> {
        number::amount(self.required(violations)?, rule, &self.at, violations)
    }

    /// A time that must be there and satisfy a rule.
    pub(crate) fn moment<T>(
        &self,
        rule: impl FnOnce(DateTime<Utc>) -> Result<T, Violation>,
        violations: &mut Violations,
    ) -> Read<T> {
        let Value::String(text) = self.required(violations)? else {
            return violations.record(&self.at, "datetime_type", "Input should be a valid datetime");
        };
        let time = moment::moment(text, &self.at, violations)?;
        rule(time).or_else(|violation| violations.record_rule(&self.at, &violation))
    }

    /// A UUID that must be there.
    pub(crate) fn uuid(&self, violations: &mut Violations) -> Read<Uuid> {
        match self.required(violations)? {
            Value::String(text) => scalar::uuid(text, &self.at, violations),
            _ => violations.record(&self.at, "uuid_type", "UUID input should be a string"),
        }
    }

    /// A list that must be there and have at most `max` elements, each of which is read.
    pub(crate) fn list<T>(
        &self,
        max: usize,
        violations: &mut Violations,
        read: impl Fn(&Self, &mut Violations) -> Read<T>,
    ) -> Read<Vec<T>> {
        let Value::Array(elements) = self.required(violations)? else {
            return violations.record(&self.at, "list_type", "Input should be a valid list");
        };
        if elements.len() > max {
            let message = format!("List should have at most {max} items after validation, not {}", elements.len());
            return violations.record(&self.at, "too_long", message);
        }
        // Every element is read, so that every wrong one is reported.
        let element = |(index, value)| {
            let path = format!("{}/{index}", self.at.path);
            read(&Self::new(Some(value), Location { field: self.at.field.clone(), path }), violations)
        };
        let read: Vec<Read<T>> = elements.iter().enumerate().map(element).collect();
        read.into_iter().collect()
    }

    /// An object that must be there; fields that were not asked for are refused.
    pub(crate) fn object<T>(
        &self,
        violations: &mut Violations,
        read: impl FnOnce(&mut Object<'a>, &mut Violations) -> Read<T>,
    ) -> Read<T> {
        let Value::Object(fields) = self.required(violations)? else {
            let message = "Input should be a valid dictionary or object to extract fields from";
            return violations.record(&self.at, "model_attributes_type", message);
        };
        let mut object = Object::within(self.at.path.clone(), fields);
        let value = read(&mut object, violations);
        object.refuse_others(violations);
        value
    }

    /// A value that may be absent or null.
    pub(crate) fn optional<T>(
        &self,
        violations: &mut Violations,
        read: impl FnOnce(&Self, &mut Violations) -> Read<T>,
    ) -> Read<Option<T>> {
        match self.value {
            None | Some(Value::Null) => Ok(None),
            Some(_) => read(self, violations).map(Some),
        }
    }

    /// A value that may be absent; what null means is up to the value.
    pub(crate) fn unless_absent<T>(
        &self,
        violations: &mut Violations,
        read: impl FnOnce(&Self, &mut Violations) -> Read<T>,
    ) -> Read<Option<T>> {
        match self.value {
            None => Ok(None),
            Some(_) => read(self, violations).map(Some),
        }
    }

    /// A value of a change that may be absent but not null.
    pub(crate) fn change<T>(
        &self,
        violations: &mut Violations,
        read: impl FnOnce(&Self, &mut Violations) -> Read<T>,
    ) -> Read<Option<T>> {
        match self.value {
            None => Ok(None),
            Some(Value::Null) => violations.record(&self.at, "null_not_allowed", "Input should not be null"),
            Some(_) => read(self, violations).map(Some),
        }
    }

    /// A value of a change that may be absent, and that null clears.
    #[expect(clippy::option_option, reason = "absent, null and a value are three things")]
    pub(crate) fn clearable<T>(
        &self,
        violations: &mut Violations,
        read: impl FnOnce(&Self, &mut Violations) -> Read<T>,
    ) -> Read<Option<Option<T>>> {
        match self.value {
            None => Ok(None),
            Some(Value::Null) => Ok(Some(None)),
            Some(_) => read(self, violations).map(|value| Some(Some(value))),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read<'a, T>(
        value: &'a Value,
        run: impl FnOnce(&Field<'a>, &mut Violations) -> Read<T>,
    ) -> Result<T, Vec<String>> {
        let mut violations = Violations::default();
        let at = Location { field: "f".into(), path: "/f".into() };
        run(&Field::new(Some(value), at), &mut violations).map_err(|_| {
            violations.into_details().into_iter().map(|entry| format!("{} {}", entry.kind, entry.path)).collect()
        })
    }

    #[test]
    fn truth_values_are_read_leniently() {
        for value in [json!(true), json!(1), json!(1.0), json!("T"), json!("on"), json!("YES"), json!("1"), json!("y")]
        {
            assert_eq!(read(&value, Field::boolean), Ok(true), "{value}");
        }
        for value in [json!(false), json!(0), json!("f"), json!("Off"), json!("no"), json!("N")] {
            assert_eq!(read(&value, Field::boolean), Ok(false), "{value}");
        }
        for (value, kind) in [
            (json!(2), "bool_parsing /f"),
            (json!(""), "bool_parsing /f"),
            (json!(" true"), "bool_parsing /f"),
            (json!(null), "bool_type /f"),
            (json!([]), "bool_type /f"),
        ] {
            assert_eq!(read(&value, Field::boolean), Err(vec![kind.to_owned()]), "{value}");
        }
    }

    #[test]
    fn integers_in_lists_are_read_leniently_and_reported_one_by_one() {
        let good = json!([1, 2.0, "3", " 4 ", true, -5, 9_223_372_036_854_775_807_u64]);
        assert_eq!(read(&good, Field::integers), Ok(vec![1, 2, 3, 4, 1, -5, 9_223_372_036_854_775_807]));
        let bad = json!([1, "x", null, 1.5, [1], {}]);
        let expected = ["int_parsing /f/1", "int_type /f/2", "int_from_float /f/3", "int_type /f/4", "int_type /f/5"];
        assert_eq!(read(&bad, Field::integers), Err(expected.map(str::to_owned).to_vec()));
        let huge: Value = serde_json::from_str("[1e400]").unwrap();
        assert_eq!(read(&huge, Field::integers), Err(vec!["finite_number /f/0".to_owned()]));
        assert_eq!(read(&json!([]), Field::integers), Err(vec!["too_short /f".to_owned()]));
        assert_eq!(read(&json!("5"), Field::integers), Err(vec!["list_type /f".to_owned()]));
    }

    #[test]
    fn null_and_absence_differ() {
        let mut violations = Violations::default();
        let at = || Location { field: "f".into(), path: "/f".into() };
        let (absent, null) = (Field::new(None, at()), Field::new(Some(&Value::Null), at()));
        assert_eq!(absent.clearable(&mut violations, Field::boolean).ok(), Some(None));
        assert_eq!(null.clearable(&mut violations, Field::boolean).ok(), Some(Some(None)));
        assert_eq!(absent.change(&mut violations, Field::boolean).ok(), Some(None));
        assert_eq!(null.optional(&mut violations, Field::boolean).ok(), Some(None));
        assert!(violations.is_empty());
        assert!(null.change(&mut violations, Field::boolean).is_err());
        assert!(null.unless_absent(&mut violations, Field::boolean).is_err());
        let kinds: Vec<_> = violations.into_details().into_iter().map(|entry| entry.kind).collect();
        assert_eq!(kinds, ["null_not_allowed", "bool_type"]);
    }
}
