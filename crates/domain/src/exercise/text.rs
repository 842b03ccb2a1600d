//! Texts and picture paths of exercises.

use crate::{Violation, text};

/// How to do an exercise: any text, also an empty one, up to [`Instructions::MAX`] characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Instructions(String);

impl Instructions {
    /// The most characters of instructions: far more than any exercise needs.
    pub const MAX: usize = 100_000;

    /// Reads instructions as they are.
    ///
    /// # Errors
    /// [`Violation::TooLong`], [`Violation::ContainsNul`].
    pub fn parse(instructions: &str) -> Result<Self, Violation> {
        text::check(instructions, 0, Self::MAX)?;
        Ok(Self(instructions.to_owned()))
    }

    /// The instructions as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The path of a picture, such as `/bench-press/images/0.jpg`: folders of `a-z`, `0-9`, `-` and `_`, and a file that
/// ends with `.jpg`, `.jpeg`, `.png` or `.webp`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ImagePath(String);

impl ImagePath {
    /// The rule as a regular expression.
    pub const PATTERN: &'static str = r"^/[a-z0-9\-_]+(?:/[a-z0-9\-_]+)*\.(?:jpg|jpeg|png|webp)$";

    /// The most characters of a path.
    pub const MAX: usize = 512;

    /// Reads a path.
    ///
    /// # Errors
    /// [`Violation::ImagePath`], and [`Violation::TooLong`] beyond 512 characters.
    pub fn parse(path: &str) -> Result<Self, Violation> {
        let is_part = |part: &str| {
            !part.is_empty()
                && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_')
        };
        let matches =
            path.strip_prefix('/').and_then(|relative| relative.rsplit_once('.')).is_some_and(|(parts, ending)| {
                ["jpg", "jpeg", "png", "webp"].contains(&ending) && parts.split('/').all(is_part)
            });
        if !matches {
            return Err(Violation::ImagePath);
        }
        text::check(path, 0, Self::MAX)?;
        Ok(Self(path.to_owned()))
    }

    /// The path as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_lower_case_and_relative_to_a_root() {
        for good in ["/a.jpg", "/a/b_c/0-1.webp", "/x/y.jpeg", "/1.png"] {
            assert!(ImagePath::parse(good).is_ok(), "{good}");
        }
        for bad in ["", "a.jpg", "/.jpg", "/A.jpg", "/a.gif", "/a/.png", "//a.png", "/a.b.png", "/a.png\n", "/../a.png"]
        {
            assert_eq!(ImagePath::parse(bad), Err(Violation::ImagePath), "{bad:?}");
        }
        let long = format!("/{}.png", "a".repeat(508));
        assert_eq!(ImagePath::parse(&long), Err(Violation::TooLong { max: 512 }));
    }

    #[test]
    fn instructions_may_be_empty_but_hold_no_nul() {
        assert_eq!(Instructions::parse("").unwrap().as_str(), "");
        assert_eq!(Instructions::parse("a\0"), Err(Violation::ContainsNul));
    }
}
