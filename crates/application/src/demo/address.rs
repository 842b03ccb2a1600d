//! The addresses of demo accounts, by which they are told from others.

use std::ops::RangeInclusive;

use irontrack_domain::{Violation, account::Email};

/// The numbers that a demo account can have.
pub(super) const NUMBERS: RangeInclusive<u32> = 1..=999_999;

/// What all of these addresses are like, and no address of a person: nobody can have mail there (RFC 2606).
pub(super) const PATTERN: &str = "demo-______@demo.example";

/// The address of the demo account of that number.
pub(super) fn address(number: u32) -> Result<Email, Violation> {
    Email::parse(&format!("demo-{number:06}@demo.example"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_as_long_as_the_pattern() {
        for number in [*NUMBERS.start(), 4711, *NUMBERS.end()] {
            let address = address(number).unwrap();
            let is_like = |(one, other): (char, char)| one == '_' || one == other;
            assert_eq!(address.as_str().len(), PATTERN.len());
            assert!(PATTERN.chars().zip(address.as_str().chars()).all(is_like), "{address}");
        }
    }
}
