//! The kinds of events.

macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $text:literal;)+) => {
        /// What kind of event it is, without its details.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum AuditKind {
            $($(#[$doc])* $variant,)+
        }

        impl AuditKind {
            /// All kinds.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The stable name, in kebab case.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }

            /// The kind of that exact name, if there is one.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                match name {
                    $($name => Some(Self::$variant),)+
                    _ => None,
                }
            }

            /// What happened, in a few words for people.
            #[must_use]
            pub const fn text(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)+
                }
            }
        }
    };
}

kinds! {
    /// Somebody signed in.
    SignedIn = "signed-in", "signed in";
    /// Somebody did not get in.
    SignInFailed = "sign-in-failed", "sign-in refused";
    /// Somebody has tried too often.
    RateLimitReached = "rate-limit-reached", "rate limit reached";
    /// A refresh token came a second time, and its session was ended.
    RefreshTokenReused = "refresh-token-reused", "refresh token used again: session ended";
    /// Somebody signed out.
    SignedOut = "signed-out", "signed out";
    /// Somebody ended one of their own sessions.
    SessionEnded = "session-ended", "session ended by its owner";
    /// Somebody ended all their sessions but the current one.
    OtherSessionsEnded = "other-sessions-ended", "other sessions ended by their owner";
    /// A sign-in made the least used sessions of the account end.
    SurplusSessionsEnded = "surplus-sessions-ended", "too many sessions: the least used ones ended";
    /// Somebody who is signed in did not know the password.
    PasswordRefused = "password-refused", "current password refused";
    /// Somebody changed their password.
    PasswordChanged = "password-changed", "password changed, sessions ended";
    /// An administrator gave an account another password.
    PasswordReset = "password-reset", "password set by an administrator, sessions ended";
    /// There is a new account.
    AccountCreated = "account-created", "account created";
    /// An account may be used again.
    AccountActivated = "account-activated", "account activated";
    /// An account may not be used any more.
    AccountDeactivated = "account-deactivated", "account deactivated, sessions ended";
    /// An account is gone.
    AccountDeleted = "account-deleted", "account deleted, sessions ended";
    /// An account has another role.
    RoleChanged = "role-changed", "role changed";
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn names_are_distinct_kebab_case_and_lead_back_to_their_kind() {
        let mut names = HashSet::new();
        for &kind in AuditKind::ALL {
            let name = kind.name();
            assert_eq!(AuditKind::from_name(name), Some(kind));
            assert!(name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{name}");
            assert!(name.len() <= 50, "{name} does not fit into its column");
            assert!(names.insert(name), "two kinds are called {name}");
        }
        assert_eq!(AuditKind::from_name("SignedIn"), None);
    }
}
