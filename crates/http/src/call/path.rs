//! Parameters in the path.

use actix_web::dev::{Path, Url};
use percent_encoding::percent_decode_str;
use uuid::Uuid;

use super::{
    scalar,
    violations::{Location, Read, Violations},
};

/// The parameters in the path of a request.
#[derive(Clone, Copy)]
pub(crate) struct PathParameters<'a>(&'a Path<Url>);

impl<'a> PathParameters<'a> {
    pub(super) const fn new(parameters: &'a Path<Url>) -> Self {
        Self(parameters)
    }

    /// The parameter of that name as text. The router has decoded all but `%2F`, `%25` and `%2B` already.
    fn text(self, name: &str) -> String {
        percent_decode_str(self.0.get(name).unwrap_or_default()).decode_utf8_lossy().into_owned()
    }

    /// A UUID.
    pub(crate) fn uuid(self, name: &str, violations: &mut Violations) -> Read<Uuid> {
        scalar::uuid(&self.text(name), &location(name), violations)
    }

    /// A text that holds no NUL.
    pub(crate) fn plain_text(self, name: &str, violations: &mut Violations) -> Read<String> {
        let text = self.text(name);
        if text.contains('\0') {
            return violations.record(&location(name), "string_nul", "String should not contain NUL characters");
        }
        Ok(text)
    }

    /// An integer of any size.
    pub(crate) fn integer(self, name: &str, violations: &mut Violations) -> Read<i128> {
        scalar::integer(&self.text(name), &location(name), violations)
    }
}

fn location(name: &str) -> Location {
    Location { field: name.to_owned(), path: format!("{{{name}}}") }
}
