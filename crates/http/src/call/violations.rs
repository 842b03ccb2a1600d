//! What is wrong with the input of a call, in the words of the wire.

use irontrack_domain::{Violation, exercise::ImagePath};
use serde::Serialize;
use utoipa::ToSchema;

/// One thing that is wrong with a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(example = json!({"type": "missing", "field": "email", "path": "/email", "message": "Field required"}))]
pub(crate) struct ValidationEntry {
    /// Kind of mistake, such as `missing`, `string_too_long`, `extra_forbidden`.
    #[serde(rename = "type")]
    pub(crate) kind: &'static str,
    /// Name of the field or parameter as the client spelled it; `body` for the body as a whole.
    pub(crate) field: String,
    /// Where it is: a JSON pointer into the body (empty for the whole), `?name` for a query parameter, `{name}` for a
    /// path parameter, the bare name for a header.
    pub(crate) path: String,
    /// The mistake in words.
    pub(crate) message: String,
}

/// The most mistakes that one answer names.
const MOST: usize = 100;

/// Evidence that a mistake was recorded, so that there is no value.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Recorded(());

/// A value, or the evidence that a mistake was recorded instead.
pub(crate) type Read<T> = Result<T, Recorded>;

/// Where in a request a value stands.
#[derive(Debug, Clone)]
pub(crate) struct Location {
    pub(crate) field: String,
    pub(crate) path: String,
}

impl Location {
    /// A field of the body whose name is the same in both spellings.
    pub(crate) fn field(name: &str) -> Self {
        Self { field: name.to_owned(), path: format!("/{name}") }
    }

    /// A header.
    pub(crate) fn header(name: &str) -> Self {
        Self { field: name.to_owned(), path: name.to_owned() }
    }

    /// What a JSON pointer leads to, or the header of that name, or the query parameter if a question mark stands before
    /// it. Of an element of a list the field is the list.
    pub(crate) fn of_pointer(pointer: &str) -> Self {
        if let Some(parameter) = pointer.strip_prefix('?') {
            return Self { field: parameter.to_owned(), path: pointer.to_owned() };
        }
        let named = pointer.rsplit('/').find(|name| name.parse::<usize>().is_err()).unwrap_or_default();
        if named.is_empty() {
            return Self::body();
        }
        Self { field: named.replace("~1", "/").replace("~0", "~"), path: pointer.to_owned() }
    }

    /// The body as a whole.
    pub(crate) fn body() -> Self {
        Self { field: "body".to_owned(), path: String::new() }
    }
}

/// All that is wrong with a request, in the order in which it was found.
#[derive(Debug, Default)]
pub(crate) struct Violations(Vec<ValidationEntry>);

impl Violations {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether so much is wrong that more would help nobody, and only make the answer long.
    pub(crate) fn is_full(&self) -> bool {
        self.0.len() >= MOST
    }

    pub(crate) fn into_details(self) -> Vec<ValidationEntry> {
        self.0
    }

    /// Records a mistake.
    pub(crate) fn record<T>(&mut self, at: &Location, kind: &'static str, message: impl Into<String>) -> Read<T> {
        if !self.is_full() {
            let (field, path) = (at.field.clone(), at.path.clone());
            self.0.push(ValidationEntry { kind, field, path, message: message.into() });
        }
        Err(Recorded(()))
    }

    /// Records that a value breaks a rule of the domain.
    pub(crate) fn record_rule<T>(&mut self, at: &Location, violation: &Violation) -> Read<T> {
        let (kind, message) = wording(violation);
        self.record(at, kind, message)
    }
}

/// How the wire calls a broken rule of the domain.
fn wording(violation: &Violation) -> (&'static str, String) {
    match violation {
        Violation::TooShort { min } => {
            ("string_too_short", format!("String should have at least {}", characters(*min)))
        }
        Violation::TooLong { max } => ("string_too_long", format!("String should have at most {}", characters(*max))),
        Violation::ContainsNul => ("string_nul", "String should not contain NUL characters".to_owned()),
        Violation::PasswordPolicy => (
            "value_error",
            "Value error, The password must contain a minimum of eight characters, at least one uppercase letter, \
             one lowercase letter, one number and one special character"
                .to_owned(),
        ),
        Violation::NoSlug => {
            ("value_error", "Value error, The name must contain at least one Latin letter or digit".to_owned())
        }
        Violation::ImagePath => {
            ("string_pattern_mismatch", format!("String should match pattern '{}'", ImagePath::PATTERN))
        }
        Violation::Email(problem) => ("value_error", format!("value is not a valid email address: {problem}")),
        Violation::NoDecimal => ("decimal_type", "Input should be a valid decimal number".to_owned()),
        Violation::TooManyDecimals { max } => {
            ("decimal_max_places", format!("Decimal input should have no more than {max} decimal places"))
        }
        Violation::NotPositive => ("greater_than", "Input should be greater than 0".to_owned()),
        Violation::Negative => ("greater_than_equal", "Input should be greater than or equal to 0".to_owned()),
        Violation::TooGreat { max } => ("less_than_equal", format!("Input should be less than or equal to {max}")),
        other => ("value_error", format!("Value error, The value {other}")),
    }
}

fn characters(n: usize) -> String {
    if n == 1 { "1 character".to_owned() } else { format!("{n} characters") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointers_lead_to_fields_elements_headers_and_parameters() {
        for (pointer, field) in [
            ("", "body"),
            ("/name", "name"),
            ("/exercises/0/repsMin", "repsMin"),
            ("/exercises/0/sets/1", "sets"),
            ("/a~1b~0c", "a/b~c"),
            ("Idempotency-Key", "Idempotency-Key"),
            ("?cursor", "cursor"),
        ] {
            let at = Location::of_pointer(pointer);
            assert_eq!((at.field.as_str(), at.path.as_str()), (field, pointer));
        }
    }
}
