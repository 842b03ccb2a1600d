//! Entity tags: by which a client knows whether a thing is still what it has seen.

use crate::Violation;

/// The opaque part of a strong entity tag (RFC 9110, section 8.8.3), without the quotation marks: visible ASCII
/// characters. Two equal tags of one thing mean the same representation, byte for byte.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct EntityTag(String);

impl EntityTag {
    /// Reads the text between the quotation marks. It may be empty, as the RFC has it.
    ///
    /// # Errors
    /// [`Violation::EntityTag`].
    pub fn parse(text: &str) -> Result<Self, Violation> {
        if text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'"') {
            Ok(Self(text.to_owned()))
        } else {
            Err(Violation::EntityTag)
        }
    }

    /// A tag that shows these bytes as hexadecimal digits.
    #[must_use]
    pub fn of_bytes(bytes: &[u8]) -> Self {
        let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
        Self(digits.filter_map(|digit| char::from_digit(u32::from(digit), 16)).collect())
    }

    /// The text without quotation marks.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_become_digits() {
        let tag = EntityTag::of_bytes(&[0, 15, 255]);
        assert_eq!(EntityTag::parse("000fff"), Ok(tag));
    }

    #[test]
    fn tags_are_visible_and_hold_no_quotation_mark() {
        for good in ["", "a", "W/", "1789.3-!~"] {
            assert_eq!(EntityTag::parse(good).unwrap().as_str(), good);
        }
        for bad in ["a b", "\"", "ä", "a\n", "\u{7f}", "\0"] {
            assert_eq!(EntityTag::parse(bad), Err(Violation::EntityTag), "{bad:?}");
        }
    }
}
