//! How hard a set was.

use std::fmt;

use crate::{Violation, training::amount::thousandths};

/// A rating of perceived exertion: from 1 to 10 in steps of 0.5. 10 means that no repetition was left, 9 that one was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rpe(u8);

impl Rpe {
    /// Reads a rating in decimal notation.
    ///
    /// # Errors
    /// [`Violation::NoDecimal`], [`Violation::Rpe`].
    pub fn parse(rating: &str) -> Result<Self, Violation> {
        let (negative, thousandths) = thousandths(rating).map_err(|violation| match violation {
            Violation::NoDecimal => violation,
            _ => Violation::Rpe,
        })?;
        let halves = u8::try_from(thousandths / 500).ok().filter(|_| !negative && thousandths % 500 == 0);
        halves.and_then(Self::from_halves).ok_or(Violation::Rpe)
    }

    /// A rating in halves: 17 is 8.5.
    #[must_use]
    pub const fn from_halves(halves: u8) -> Option<Self> {
        if halves >= 2 && halves <= 20 { Some(Self(halves)) } else { None }
    }

    /// The rating in halves.
    #[must_use]
    pub const fn halves(self) -> u8 {
        self.0
    }

    /// How many repetitions were left, in halves.
    #[must_use]
    pub const fn reserve_halves(self) -> u8 {
        20 - self.0
    }
}

impl fmt::Display for Rpe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.0 / 2, if self.0.is_multiple_of(2) { "" } else { ".5" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratings_go_from_one_to_ten_by_halves() {
        let ratings: Vec<String> = (2..=20).filter_map(Rpe::from_halves).map(|rpe| rpe.to_string()).collect();
        assert_eq!((ratings.len(), &*ratings[0], &*ratings[15], &*ratings[18]), (19, "1", "8.5", "10"));
        assert!(ratings.iter().all(|text| Rpe::parse(text).unwrap().to_string() == *text));
        for text in ["8.50", "85e-1", "0.85e1"] {
            assert_eq!(Rpe::parse(text).map(Rpe::halves), Ok(17), "{text}");
        }
        for text in ["0", "0.5", "-8", "8.25", "8.1", "8.0001", "10.5", "11", "1e9"] {
            assert_eq!(Rpe::parse(text), Err(Violation::Rpe), "{text}");
        }
        assert_eq!(Rpe::parse("hard"), Err(Violation::NoDecimal));
        assert_eq!((Rpe::from_halves(1), Rpe::from_halves(21)), (None, None));
        assert_eq!(Rpe::parse("8.5").map(Rpe::reserve_halves), Ok(3));
    }
}
