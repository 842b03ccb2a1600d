//! What a write wants to do with a training unit or plan.

use irontrack_domain::training::MyAccess;

/// What a write wants to do with a training unit or plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Intent {
    /// Change what is in it.
    Write,
    /// Decide who may use it, or remove it.
    Manage,
}

impl Intent {
    /// Whether somebody with that access may do it.
    pub(crate) fn is_allowed(self, access: MyAccess) -> bool {
        match self {
            Self::Write => access.may_write(),
            Self::Manage => access.may_manage(),
        }
    }
}
