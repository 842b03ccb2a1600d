//! Keys by which a client marks the repetitions of one request.

use crate::Violation;

/// What a client calls a request that it may send again: 1 to 255 visible ASCII characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct IdempotencyKey(String);

impl IdempotencyKey {
    /// The most characters of a key.
    pub const MAX: usize = 255;

    /// Reads a key as it is.
    ///
    /// # Errors
    /// [`Violation::IdempotencyKey`].
    pub fn parse(key: &str) -> Result<Self, Violation> {
        if (1..=Self::MAX).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic()) {
            Ok(Self(key.to_owned()))
        } else {
            Err(Violation::IdempotencyKey)
        }
    }

    /// The key as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_text_is_a_key_as_it_is_or_none(text in prop_oneof![
            any::<String>(),
            "[!-~]{0,300}",
            "[!-~]{0,260}[ \\x7f\u{e4}]?[!-~]{0,3}",
        ]) {
            match IdempotencyKey::parse(&text) {
                Ok(key) => prop_assert_eq!(key.as_str(), &text),
                Err(violation) => {
                    prop_assert_eq!(violation, Violation::IdempotencyKey);
                    prop_assert!(text.is_empty() || text.len() > 255 || !text.bytes().all(|byte| (33..=126).contains(&byte)));
                }
            }
        }
    }

    #[test]
    fn keys_are_visible_and_of_bounded_length() {
        let longest = "k".repeat(IdempotencyKey::MAX);
        for good in ["k", "\"!~", "0197-af", &longest] {
            assert_eq!(IdempotencyKey::parse(good).unwrap().as_str(), good);
        }
        for bad in ["", " ", "a b", "a\t", "ü", "\0", &format!("{longest}k")] {
            assert_eq!(IdempotencyKey::parse(bad), Err(Violation::IdempotencyKey), "{bad:?}");
        }
    }
}
