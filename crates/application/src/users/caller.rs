//! Who administers accounts.

use std::fmt;

use irontrack_domain::{account::Principal, audit::Origin};

/// Who administers an account.
#[derive(Debug, Clone, Copy)]
pub enum Caller<'a> {
    /// A superuser who is signed in.
    Superuser(&'a Principal),
    /// Whoever may run the program with the settings of the installation. They can reach the database anyway: the system
    /// administrator is not protected from them, and no account is their own.
    CommandLine,
}

impl<'a> From<&'a Principal> for Caller<'a> {
    fn from(principal: &'a Principal) -> Self {
        Self::Superuser(principal)
    }
}

impl From<Caller<'_>> for Origin {
    fn from(caller: Caller<'_>) -> Self {
        match caller {
            Caller::Superuser(principal) => principal.into(),
            Caller::CommandLine => Self::command_line(),
        }
    }
}

/// For the log.
impl fmt::Display for Caller<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Superuser(principal) => write!(f, "{}", principal.user_id),
            Self::CommandLine => f.write_str("command line"),
        }
    }
}
