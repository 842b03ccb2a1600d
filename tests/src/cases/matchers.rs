//! Expected values: scalars and objects of matchers.

use std::borrow::Cow;
use std::fmt;

use regex::Regex;
use serde::{Deserialize, Deserializer, de};
use serde_json::Value;

use super::model::present;
use super::type_name::TypeName;
use super::variables::{VariableError, Variables};

/// What a value must be like.
#[derive(Debug, Clone)]
pub enum Expected {
    /// Equal to this, type included. Null of a header means that it is not sent.
    Scalar(Value),
    /// All of these hold.
    Matchers(Box<Matchers>),
}

/// Matchers; those that are there must all hold.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Matchers {
    /// Applied to every element of the array first; the other matchers then see the list of results.
    pub each: Option<String>,
    /// Equal to this, the order of object keys aside.
    #[serde(default, deserialize_with = "present")]
    pub equals: Option<Value>,
    /// Not equal to this.
    #[serde(default, deserialize_with = "present")]
    pub not: Option<Value>,
    /// The expression is found in the text.
    pub matches: Option<String>,
    /// So many elements, members or characters.
    pub length: Option<usize>,
    /// At least so many elements, members or characters.
    pub min_length: Option<usize>,
    /// All of these are elements of the array, or of the comma-separated list of a header.
    pub contains: Option<Vec<Value>>,
    /// The keys, exactly and in this order.
    pub keys: Option<Vec<String>>,
    /// The first keys, in this order.
    pub first_keys: Option<Vec<String>>,
    /// The last key.
    pub last_key: Option<String>,
    /// These are among the keys.
    pub has_keys: Option<Vec<String>>,
    /// The type.
    #[serde(rename = "type")]
    pub of_type: Option<TypeName>,
}

impl<'de> Deserialize<'de> for Expected {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Value::deserialize(deserializer)? {
            Value::Array(_) => Err(de::Error::custom("an array is expected with {\"equals\": [...]}")),
            Value::Object(members) if members.is_empty() => Err(de::Error::custom("an object without matchers")),
            object @ Value::Object(_) => Matchers::deserialize(object).map(Self::from).map_err(de::Error::custom),
            scalar => Ok(Self::Scalar(scalar)),
        }
    }
}

impl From<Matchers> for Expected {
    fn from(matchers: Matchers) -> Self {
        Self::Matchers(Box::new(matchers))
    }
}

impl Expected {
    /// The same with its variables replaced.
    ///
    /// # Errors
    /// When a variable is unknown or has no value.
    pub fn resolve(&self, variables: &Variables<'_>) -> Result<Self, VariableError> {
        match self {
            Self::Scalar(value) => variables.value(value).map(Self::Scalar),
            Self::Matchers(matchers) => matchers.resolve(variables).map(Self::from),
        }
    }

    /// What about the value at `place` is not as expected; nothing if all is well.
    #[must_use]
    pub fn check(&self, place: &str, actual: &Value) -> Vec<String> {
        match self {
            Self::Scalar(expected) if expected == actual => Vec::new(),
            Self::Scalar(expected) => vec![format!("{place}: expected {}, came {}", short(expected), short(actual))],
            Self::Matchers(matchers) => matchers.check(place, actual),
        }
    }

    /// What about the header is not as expected. Several values count as one, joined by commas.
    #[must_use]
    pub fn check_header(&self, name: &str, values: &[&str]) -> Vec<String> {
        let place = format!("header {name}");
        let actual = if values.is_empty() { Value::Null } else { Value::String(values.join(", ")) };
        match self {
            Self::Matchers(_) if actual.is_null() => vec![format!("{place}: not sent")],
            _ => self.check(&place, &actual),
        }
    }
}

impl Matchers {
    fn resolve(&self, variables: &Variables<'_>) -> Result<Self, VariableError> {
        let value = |value: &Option<Value>| value.as_ref().map(|value| variables.value(value)).transpose();
        let texts = |texts: &Option<Vec<String>>| -> Result<_, VariableError> {
            texts.as_ref().map(|texts| texts.iter().map(|text| variables.text(text)).collect()).transpose()
        };
        let text = |text: &Option<String>| text.as_ref().map(|text| variables.text(text)).transpose();
        let elements = |elements: &Vec<Value>| elements.iter().map(|element| variables.value(element)).collect();
        Ok(Self {
            each: text(&self.each)?,
            equals: value(&self.equals)?,
            not: value(&self.not)?,
            matches: self.matches.as_ref().map(|pattern| variables.pattern(pattern)).transpose()?,
            contains: self.contains.as_ref().map(elements).transpose()?,
            keys: texts(&self.keys)?,
            first_keys: texts(&self.first_keys)?,
            last_key: text(&self.last_key)?,
            has_keys: texts(&self.has_keys)?,
            ..*self
        })
    }

    fn check(&self, place: &str, actual: &Value) -> Vec<String> {
        let mut problems = Vec::new();
        let (place, actual) = match &self.each {
            None => (Cow::Borrowed(place), Cow::Borrowed(actual)),
            Some(pointer) => match collect(actual, pointer) {
                Ok(list) => (Cow::Owned(format!("{place} each {pointer}")), Cow::Owned(list)),
                Err(problem) => return vec![format!("{place}: {problem}")],
            },
        };
        let actual = actual.as_ref();
        let mut demand = |holds: bool, expected: fmt::Arguments<'_>| {
            if !holds {
                problems.push(format!("{place}: expected {expected}, came {}", short(actual)));
            }
        };
        if let Some(expected) = &self.equals {
            demand(expected == actual, format_args!("{}", short(expected)));
        }
        if let Some(unwanted) = &self.not {
            demand(unwanted != actual, format_args!("anything but {}", short(unwanted)));
        }
        if let Some(pattern) = &self.matches {
            match Regex::new(pattern) {
                Ok(regex) => demand(
                    actual.as_str().is_some_and(|text| regex.is_match(text)),
                    format_args!("a match of {pattern}"),
                ),
                Err(error) => demand(false, format_args!("a regular expression ({error})")),
            }
        }
        if let Some(length) = self.length {
            demand(size(actual) == Some(length), format_args!("length {length}"));
        }
        if let Some(length) = self.min_length {
            demand(size(actual).is_some_and(|size| size >= length), format_args!("length {length} or more"));
        }
        if let Some(wanted) = &self.contains {
            let elements = elements(actual);
            for element in wanted {
                demand(elements.contains(element), format_args!("an element {}", short(element)));
            }
        }
        let keys = actual.as_object().map(|members| members.keys().collect::<Vec<_>>());
        let keys = keys.as_deref();
        if let Some(wanted) = &self.keys {
            demand(
                keys.is_some_and(|keys| keys.iter().copied().eq(wanted)),
                format_args!("exactly the keys {wanted:?}"),
            );
        }
        if let Some(wanted) = &self.first_keys {
            let holds = keys.is_some_and(|keys| {
                keys.len() >= wanted.len() && keys.iter().copied().zip(wanted).all(|(a, b)| a == b)
            });
            demand(holds, format_args!("first the keys {wanted:?}"));
        }
        if let Some(wanted) = &self.last_key {
            demand(keys.and_then(<[_]>::last) == Some(&wanted), format_args!("the last key {wanted}"));
        }
        for wanted in self.has_keys.iter().flatten() {
            demand(keys.is_some_and(|keys| keys.contains(&wanted)), format_args!("a key {wanted}"));
        }
        if let Some(of_type) = self.of_type {
            demand(of_type.holds(actual), format_args!("type {of_type}"));
        }
        problems
    }
}

fn collect(list: &Value, pointer: &str) -> Result<Value, String> {
    let elements = list.as_array().ok_or_else(|| format!("expected an array, came {}", short(list)))?;
    let part = |(index, element): (usize, &Value)| {
        element
            .pointer(pointer)
            .cloned()
            .ok_or_else(|| format!("element {index} has no {pointer:?}: {}", short(element)))
    };
    elements.iter().enumerate().map(part).collect()
}

/// Elements of an array or of a comma-separated text.
fn elements(value: &Value) -> Vec<Value> {
    match value {
        Value::Array(elements) => elements.clone(),
        Value::String(text) => text.split(',').map(|part| part.trim().into()).collect(),
        _ => Vec::new(),
    }
}

fn size(value: &Value) -> Option<usize> {
    match value {
        Value::Array(elements) => Some(elements.len()),
        Value::Object(members) => Some(members.len()),
        Value::String(text) => Some(text.chars().count()),
        _ => None,
    }
}

/// The value as JSON, cut where it gets long.
pub(super) fn short(value: &Value) -> String {
    const LIMIT: usize = 600;
    let text = value.to_string();
    match text.char_indices().nth(LIMIT) {
        Some((end, _)) => format!("{}… ({} bytes)", &text[..end], text.len()),
        None => text,
    }
}

#[cfg(test)]
#[path = "matchers_tests.rs"]
mod tests;
