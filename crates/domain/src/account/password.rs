//! Passwords as people type them.

use std::fmt;

use crate::{Violation, text};

/// A password that satisfies the rule under which it was set. Never printed: `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    /// The fewest characters of a password.
    pub const MIN: usize = 8;
    /// The most characters of a password: enough for any pass phrase, little enough to hash.
    pub const MAX: usize = 128;
    /// The special characters of the self-service policy.
    pub const SPECIAL: &'static str = "@$!%*?&_";

    /// Reads a password that somebody chooses for their own account: 8 to 128 ASCII letters, digits and
    /// [special characters](Self::SPECIAL), at least one each of lower case, upper case, digit and special.
    ///
    /// # Errors
    /// [`Violation::TooLong`] beyond 128 characters, otherwise [`Violation::PasswordPolicy`].
    pub fn chosen_by_owner(password: &str) -> Result<Self, Violation> {
        let any = |class: fn(char) -> bool| password.chars().any(class);
        let special = |c: char| Self::SPECIAL.contains(c);
        if !password.chars().all(|c| c.is_ascii_alphanumeric() || special(c))
            || password.len() < Self::MIN
            || !any(|c| c.is_ascii_lowercase())
            || !any(|c| c.is_ascii_uppercase())
            || !any(|c| c.is_ascii_digit())
            || !any(|c| Self::SPECIAL.contains(c))
        {
            return Err(Violation::PasswordPolicy);
        }
        if password.len() > Self::MAX {
            return Err(Violation::TooLong { max: Self::MAX });
        }
        Ok(Self(password.to_owned()))
    }

    /// Reads a password that an administrator sets: 8 to 128 characters, whatever they are.
    ///
    /// # Errors
    /// [`Violation::TooShort`], [`Violation::TooLong`], [`Violation::ContainsNul`].
    pub fn set_by_administrator(password: &str) -> Result<Self, Violation> {
        text::check(password, Self::MIN, Self::MAX)?;
        Ok(Self(password.to_owned()))
    }

    /// Reads a password that somebody presents as proof. It need not satisfy any policy, but nothing longer than
    /// 128 characters can be right.
    ///
    /// # Errors
    /// [`Violation::TooLong`], [`Violation::ContainsNul`].
    pub fn presented(password: &str) -> Result<Self, Violation> {
        text::check(password, 0, Self::MAX)?;
        Ok(Self(password.to_owned()))
    }

    /// The characters, for the hash function only.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn owners_must_mix_the_four_classes() {
        for good in ["Passw0r!", "Aa1@Aa1@", "____aA1_", "Passw0rd&"] {
            assert!(Password::chosen_by_owner(good).is_ok(), "{good}");
        }
        let bad = [
            "",
            "Passw0!",
            "passw0rd!",
            "PASSW0RD!",
            "Password!",
            "Passw0rdd",
            "Passw0 rd!",
            "Passw0rd!#",
            "Pässw0rd!",
            "Passw0rd!\n",
            "Password!\u{663}",
            "Passw0rd!\0",
        ];
        for bad in bad {
            assert_eq!(Password::chosen_by_owner(bad), Err(Violation::PasswordPolicy), "{bad:?}");
        }
    }

    #[test]
    fn length_is_bounded() {
        let of = |n: usize| format!("Aa1!{}", "x".repeat(n - 4));
        assert!(Password::chosen_by_owner(&of(128)).is_ok());
        assert_eq!(Password::chosen_by_owner(&of(129)), Err(Violation::TooLong { max: 128 }));
        assert_eq!(Password::set_by_administrator("short77"), Err(Violation::TooShort { min: 8 }));
        assert!(Password::set_by_administrator("ä ö ü ß ").is_ok());
        assert_eq!(Password::presented(&"x".repeat(129)), Err(Violation::TooLong { max: 128 }));
        assert_eq!(Password::presented("a\0"), Err(Violation::ContainsNul));
    }

    #[test]
    fn debug_hides_the_password() {
        assert_eq!(format!("{:?}", Password::presented("Secret1!").unwrap()), "Password(hidden)");
    }

    proptest! {
        #[test]
        fn whatever_an_owner_may_choose_may_also_be_presented(text in "[A-Za-z0-9@$!%*?&_]{0,140}") {
            if let Ok(chosen) = Password::chosen_by_owner(&text) {
                prop_assert_eq!(Password::presented(&text), Ok(chosen.clone()));
                prop_assert_eq!(Password::set_by_administrator(&text), Ok(chosen));
            }
        }
    }
}
