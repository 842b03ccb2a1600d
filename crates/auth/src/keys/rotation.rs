//! Putting a new key in front of those that are there.

use std::num::NonZeroUsize;

use serde::Deserialize;
use serde_json::value::RawValue;
use zeroize::Zeroizing;

use super::{KeyError, KeyRing, generate_jwk};

/// A set of keys with a new one in front.
pub struct Rotation {
    /// The set, as one line of JSON.
    pub set: Zeroizing<String>,
    /// Identifier of the new key, which signs.
    pub new: String,
    /// Identifiers of older keys, which verify. The youngest comes first.
    pub kept: Vec<String>,
    /// Identifiers of keys that are in the set no more.
    pub removed: Vec<String>,
}

impl std::fmt::Debug for Rotation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { set: _, new, kept, removed } = self;
        let mut shown = f.debug_struct("Rotation");
        shown.field("new", new).field("kept", kept).field("removed", removed).finish_non_exhaustive()
    }
}

/// Puts a new key in front of one key or a set of them. At most `keep` keys stay, the new one included; the last of the
/// set go first. Keys that stay are written as they were, with all their members.
///
/// # Errors
/// [`KeyError`]: the text is no key and no set of keys that can be used, or there are no random bytes.
pub fn rotate(text: &str, keep: Option<NonZeroUsize>) -> Result<Rotation, KeyError> {
    let mut kept: Vec<String> = KeyRing::from_jwk_text(text)?.key_ids().map(str::to_owned).collect();
    let mut keys = raw_keys(text)?;
    let stay = keep.map_or(usize::MAX, |keep| keep.get() - 1).min(kept.len());
    let removed = kept.split_off(stay);
    keys.truncate(stay);
    let mut set = Zeroizing::new(r#"{"keys":["#.to_owned());
    set.push_str(&Zeroizing::new(generate_jwk()?));
    for key in keys {
        set.push(',');
        set.push_str(key.get());
    }
    set.push_str("]}");
    let new = KeyRing::from_jwk_text(&set)?.key_ids().next().map(str::to_owned).unwrap_or_default();
    Ok(Rotation { set, new, kept, removed })
}

/// The keys as they stand in the text.
fn raw_keys(text: &str) -> Result<Vec<&RawValue>, KeyError> {
    #[derive(Deserialize)]
    struct Set<'a> {
        #[serde(borrow)]
        keys: Option<Vec<&'a RawValue>>,
    }
    let not_a_key = |error: serde_json::Error| KeyError::NotAKey { line: error.line(), column: error.column() };
    match serde_json::from_str(text).map_err(not_a_key)? {
        Set { keys: Some(keys) } => Ok(keys),
        Set { keys: None } => Ok(vec![serde_json::from_str(text).map_err(not_a_key)?]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(jwk: &str) -> String {
        KeyRing::from_jwk_text(jwk).unwrap().key_ids().next().unwrap().to_owned()
    }

    fn ids(rotation: &Rotation) -> Vec<String> {
        KeyRing::from_jwk_text(&rotation.set).unwrap().key_ids().map(str::to_owned).collect()
    }

    fn at_most(keys: usize) -> Option<NonZeroUsize> {
        NonZeroUsize::new(keys)
    }

    #[test]
    fn a_new_key_signs_and_the_old_one_verifies() {
        let old = generate_jwk().unwrap();
        let rotation = rotate(&old, None).unwrap();
        assert_eq!(rotation.kept, [id(&old)]);
        assert_ne!(rotation.new, id(&old));
        assert_eq!(ids(&rotation), [rotation.new.clone(), id(&old)]);
        assert!(!rotation.set.contains('\n') && rotation.removed.is_empty());

        let again = rotate(&rotation.set, None).unwrap();
        assert_eq!(ids(&again), [again.new.clone(), rotation.new.clone(), id(&old)]);
    }

    #[test]
    fn the_oldest_keys_go_first() {
        let three = rotate(&rotate(&generate_jwk().unwrap(), None).unwrap().set, None).unwrap();
        let before = ids(&three);
        for (keep, stay) in [(1, 0), (2, 1), (3, 2), (4, 3), (5, 3)] {
            let rotation = rotate(&three.set, at_most(keep)).unwrap();
            assert_eq!(rotation.kept, before[..stay], "--keep {keep}");
            assert_eq!(rotation.removed, before[stay..], "--keep {keep}");
            assert_eq!(ids(&rotation)[1..], before[..stay], "--keep {keep}");
        }
    }

    #[test]
    fn a_key_that_stays_keeps_its_members() {
        let old = generate_jwk().unwrap().replace(r#""use":"sig""#, r#""use":"sig", "note":"2024""#);
        let rotation = rotate(&format!(" {old} "), None).unwrap();
        assert!(rotation.set.contains(&old), "{}", rotation.set.as_str());
    }

    #[test]
    fn what_is_no_key_is_refused() {
        for text in ["", "{}", r#"{"keys":[]}"#, r#"{"keys":[{}]}"#, "[]"] {
            assert!(rotate(text, at_most(1)).is_err(), "{text}");
        }
    }

    #[test]
    fn debug_shows_identifiers_only() {
        let rotation = rotate(&generate_jwk().unwrap(), None).unwrap();
        let shown = format!("{rotation:?}");
        assert!(shown.contains(&rotation.new) && !shown.contains("\\\"d\\\""), "{shown}");
    }
}
