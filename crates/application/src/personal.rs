//! What somebody who knows the owner of a password would try first.

use irontrack_domain::account::{Email, PersonName};

/// The name, if there is one, and the address.
pub(crate) fn personal<'a>(name: Option<&'a PersonName>, email: &'a Email) -> Vec<&'a str> {
    name.map(PersonName::as_str).into_iter().chain([email.as_str()]).collect()
}
