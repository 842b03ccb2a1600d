//! `irontrack keys`.

mod generate;
mod rotate;

use std::num::NonZeroUsize;

pub use generate::generate;
pub use rotate::rotate;

use crate::HiddenText;

/// What makes keys. Errors are one line each, and hold no part of a key.
pub trait KeyMaker {
    /// Makes a new key.
    ///
    /// # Errors
    /// The operating system has no random bytes.
    fn generate(&self) -> Result<NewKey, String>;

    /// Puts a new key in front of a key or a set of them. At most `keep` keys stay, the new one included.
    ///
    /// # Errors
    /// The text holds no keys that can be used, or the operating system has no random bytes.
    fn rotate(&self, text: &str, keep: Option<NonZeroUsize>) -> Result<RotatedKeys, String>;

    /// Puts a new key behind a key or a set of them, where it verifies only.
    ///
    /// # Errors
    /// As with `rotate`, or one is announced already.
    fn announce(&self, text: &str) -> Result<RotatedKeys, String>;

    /// Puts the announced key in front. At most `keep` keys stay.
    ///
    /// # Errors
    /// The text holds no keys that can be used, or none is announced.
    fn promote(&self, text: &str, keep: Option<NonZeroUsize>) -> Result<RotatedKeys, String>;
}

/// A new key.
#[derive(Debug)]
pub struct NewKey {
    /// Its identifier.
    pub kid: String,
    /// The private JSON Web Key, as one line.
    pub jwk: HiddenText,
}

/// A set of keys with a new one in front or, where it is announced, at the end.
#[derive(Debug)]
pub struct RotatedKeys {
    /// The set, as one line of JSON.
    pub set: HiddenText,
    /// Identifier of the new key.
    pub new: String,
    /// Identifiers of older keys, which verify. The youngest comes first.
    pub kept: Vec<String>,
    /// Identifiers of keys that are in the set no more.
    pub removed: Vec<String>,
}
