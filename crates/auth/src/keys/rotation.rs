//! Putting a new key in front of those that are there, at once or in two steps.

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
    let jwk = Zeroizing::new(generate_jwk()?);
    let set = set_of(std::iter::once(jwk.as_str()).chain(keys.iter().map(|key| key.get())));
    let new = id_of(&jwk)?;
    Ok(Rotation { set, new, kept, removed })
}

/// Puts a new key behind those that are there: it verifies, and signs nothing before it is [promoted](promote). So all
/// servers can know it before the first one uses it.
///
/// # Errors
/// [`KeyError`]: as with [`rotate`], and [`KeyError::AlreadyAnnounced`].
pub fn announce(text: &str) -> Result<Rotation, KeyError> {
    let kept = KeyRing::from_jwk_text(text)?.key_ids().map(str::to_owned).collect();
    let keys = raw_keys(text)?;
    if keys.iter().any(|key| is_announced(key)) {
        return Err(KeyError::AlreadyAnnounced);
    }
    let jwk = Zeroizing::new(generate_jwk()?);
    let new = id_of(&jwk)?;
    let announced = Zeroizing::new(format!("{{{ANNOUNCED},{}", jwk.trim_start_matches('{')));
    let set = set_of(keys.iter().map(|key| key.get()).chain([announced.as_str()]));
    Ok(Rotation { set, new, kept, removed: Vec::new() })
}

/// Puts the announced key in front, from where it signs. At most `keep` keys stay, as with [`rotate`].
///
/// # Errors
/// [`KeyError`]: as with [`rotate`], and [`KeyError::NothingAnnounced`].
pub fn promote(text: &str, keep: Option<NonZeroUsize>) -> Result<Rotation, KeyError> {
    KeyRing::from_jwk_text(text)?;
    let keys = raw_keys(text)?;
    let announced = keys.iter().find(|key| is_announced(key)).ok_or(KeyError::NothingAnnounced)?;
    let jwk = Zeroizing::new(announced.get().replacen(&format!("{ANNOUNCED},"), "", 1));
    let mut older: Vec<&RawValue> = keys.iter().copied().filter(|key| !is_announced(key)).collect();
    let mut kept = older.iter().map(|key| id_of(key.get())).collect::<Result<Vec<_>, _>>()?;
    let stay = keep.map_or(usize::MAX, |keep| keep.get() - 1).min(kept.len());
    let removed = kept.split_off(stay);
    older.truncate(stay);
    let set = set_of(std::iter::once(jwk.as_str()).chain(older.iter().map(|key| key.get())));
    let new = id_of(&jwk)?;
    Ok(Rotation { set, new, kept, removed })
}

/// The member of a key that is known to all servers before one signs with it. We alone write it.
const ANNOUNCED: &str = r#""announced":true"#;

fn is_announced(key: &RawValue) -> bool {
    #[derive(Deserialize)]
    struct Marked {
        #[serde(default)]
        announced: bool,
    }
    serde_json::from_str(key.get()).is_ok_and(|Marked { announced }| announced)
}

fn id_of(jwk: &str) -> Result<String, KeyError> {
    Ok(KeyRing::from_jwk_text(jwk)?.key_ids().next().map(str::to_owned).unwrap_or_default())
}

/// A set as one line.
fn set_of<'a>(keys: impl Iterator<Item = &'a str>) -> Zeroizing<String> {
    let mut set = Zeroizing::new(r#"{"keys":["#.to_owned());
    for (index, key) in keys.enumerate() {
        if index > 0 {
            set.push(',');
        }
        set.push_str(key);
    }
    set.push_str("]}");
    set
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
    fn an_announced_key_verifies_until_it_is_promoted() {
        let old = generate_jwk().unwrap();
        let announced = announce(&old).unwrap();
        assert_eq!(ids(&announced), [id(&old), announced.new.clone()], "the old one signs");
        assert_eq!(announced.kept, [id(&old)]);
        assert!(matches!(announce(&announced.set), Err(KeyError::AlreadyAnnounced)));

        let promoted = promote(&announced.set, None).unwrap();
        assert_eq!(promoted.new, announced.new);
        assert_eq!(ids(&promoted), [announced.new.clone(), id(&old)], "the new one signs");
        assert!(promoted.set.contains(&old) && !promoted.set.contains("announced"), "{}", promoted.set.as_str());
        assert!(matches!(promote(&promoted.set, None), Err(KeyError::NothingAnnounced)));

        let alone = promote(&announced.set, at_most(1)).unwrap();
        assert_eq!((ids(&alone), alone.removed), (vec![announced.new], vec![id(&old)]));
    }

    #[test]
    fn what_is_no_key_is_refused() {
        for text in ["", "{}", r#"{"keys":[]}"#, r#"{"keys":[{}]}"#, "[]"] {
            assert!(rotate(text, at_most(1)).is_err(), "{text}");
            assert!(announce(text).is_err() && promote(text, None).is_err(), "{text}");
        }
    }

    #[test]
    fn debug_shows_identifiers_only() {
        let rotation = rotate(&generate_jwk().unwrap(), None).unwrap();
        let shown = format!("{rotation:?}");
        assert!(shown.contains(&rotation.new) && !shown.contains("\\\"d\\\""), "{shown}");
    }
}
