//! Entity tags, and requests that want a thing to be still as they have seen it.

use irontrack_domain::EntityTag;
use ring::digest::{SHA256, digest};
use serde::Serialize;
use thiserror::Error;

/// How much of a hash a tag shows: as much as a UUID, so that no two forms of one thing ever have the same.
const TAG_BYTES: usize = 16;

/// The tag of a thing as one of its readers sees it. It is made of all that they see: another tag means another answer,
/// and the same tag the same one.
#[must_use]
pub fn tag(seen: &impl Serialize) -> EntityTag {
    // Things of the domain have no map whose keys are no texts, which is all that could fail here.
    let text = serde_json::to_vec(seen).unwrap_or_default();
    let hash = digest(&SHA256, &text);
    EntityTag::of_bytes(hash.as_ref().get(..TAG_BYTES).unwrap_or(hash.as_ref()))
}

/// How a thing must be for a request to be carried out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Precondition {
    /// As it is.
    #[default]
    None,
    /// There, in whatever state.
    Exists,
    /// As one of these tags says; with none of them, never.
    OneOf(Vec<EntityTag>),
}

/// The thing is not as the request wants it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("The resource was changed in the meantime")]
pub struct Outdated;

impl Precondition {
    /// Compares with a thing as whoever makes the request sees it.
    ///
    /// # Errors
    /// [`Outdated`].
    pub fn check(&self, seen: &impl Serialize) -> Result<(), Outdated> {
        match self {
            Self::None | Self::Exists => Ok(()),
            Self::OneOf(tags) if tags.contains(&tag(seen)) => Ok(()),
            Self::OneOf(_) => Err(Outdated),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_says_what_is_seen() {
        assert_eq!(tag(&("Legs", 1)), tag(&("Legs", 1)));
        assert_ne!(tag(&("Legs", 1)), tag(&("Legs", 2)));
        assert_eq!(tag(&1).as_str().len(), 2 * TAG_BYTES);
    }

    #[test]
    fn only_the_right_tag_is_let_through() {
        let (seen, other) = (tag(&1), tag(&2));
        assert_eq!(Precondition::None.check(&1), Ok(()));
        assert_eq!(Precondition::Exists.check(&1), Ok(()));
        assert_eq!(Precondition::OneOf(vec![other.clone(), seen]).check(&1), Ok(()));
        assert_eq!(Precondition::OneOf(vec![other]).check(&1), Err(Outdated));
        assert_eq!(Precondition::OneOf(vec![]).check(&1), Err(Outdated));
    }
}
