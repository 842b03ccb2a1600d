//! What even a superuser may not do.

use irontrack_domain::{
    UserId,
    account::{Account, Email},
};
use thiserror::Error;

use super::Caller;
use crate::{ErrorKind, UseCaseError};

/// What even a superuser may not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Refusal {
    /// The system administrator stays as they are.
    #[error("Forbidden: Cannot modify the primary system administrator account")]
    SystemAdministrator,
    /// Nobody administers themselves.
    #[error("Self-action forbidden: Cannot perform destructive action on your own account")]
    OwnAccount,
    /// Somebody must be left who can administer.
    #[error("The last active superuser cannot be removed")]
    LastSuperuser,
}

impl UseCaseError for Refusal {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::SystemAdministrator | Self::OwnAccount => ErrorKind::Forbidden,
            Self::LastSuperuser => ErrorKind::Conflict,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::SystemAdministrator => "system-administrator",
            Self::OwnAccount => "self-action",
            Self::LastSuperuser => "last-superuser",
        }
    }
}

/// Refuses the system administrator, then the caller's own account. The command line may change both.
pub(super) fn check_target(target: &Account, caller: Caller<'_>, administrator: &Email) -> Result<(), Refusal> {
    let Caller::Superuser(caller) = caller else { return Ok(()) };
    if target.email.canonical() == administrator.canonical() {
        return Err(Refusal::SystemAdministrator);
    }
    if target.id == caller.user_id {
        return Err(Refusal::OwnAccount);
    }
    Ok(())
}

/// Refuses to take the last active superuser away. `superusers` are all active ones, locked.
pub(crate) fn check_not_last(target: UserId, superusers: &[UserId]) -> Result<(), Refusal> {
    if superusers == [target] { Err(Refusal::LastSuperuser) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn only_the_last_superuser_is_protected() {
        let [one, two] = [1, 2].map(|n| UserId::new(Uuid::from_u128(n)));
        assert_eq!(check_not_last(one, &[one]), Err(Refusal::LastSuperuser));
        assert_eq!(check_not_last(one, &[one, two]), Ok(()));
        assert_eq!(check_not_last(one, &[two]), Ok(()));
        assert_eq!(check_not_last(one, &[]), Ok(()));
    }
}
