//! A password for a command.

use std::{convert::Infallible, fmt, str::FromStr};

use clap::Args;
use zeroize::Zeroizing;

/// Options of commands that set a password. With neither of them the password is asked for.
#[derive(Debug, Default, Args)]
pub struct PasswordArguments {
    /// The password; other users of this machine may see it in the list of processes
    #[arg(long, value_name = "PASSWORD", conflicts_with = "password_stdin")]
    pub password: Option<HiddenText>,
    /// Read the password from the first line of standard input
    #[arg(long)]
    pub password_stdin: bool,
}

/// A text that is wiped when it is dropped, and that `Debug` does not show.
#[derive(Clone, PartialEq, Eq)]
pub struct HiddenText(Zeroizing<String>);

impl HiddenText {
    /// The text, for whoever needs it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for HiddenText {
    fn from(text: String) -> Self {
        Self(Zeroizing::new(text))
    }
}

impl FromStr for HiddenText {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self::from(text.to_owned()))
    }
}

impl fmt::Debug for HiddenText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HiddenText")
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Debug, Parser)]
    struct Command {
        #[command(flatten)]
        password: PasswordArguments,
    }

    #[test]
    fn a_password_comes_from_one_place_and_is_not_shown() {
        let parsed = Command::try_parse_from(["x", "--password", "geheim"]).unwrap();
        assert_eq!(parsed.password.password.as_ref().map(HiddenText::expose), Some("geheim"));
        assert!(!format!("{parsed:?}").contains("geheim"), "{parsed:?}");
        assert!(Command::try_parse_from(["x", "--password", "geheim", "--password-stdin"]).is_err());
    }
}
