//! Who may do what with a training unit or plan.

use crate::attribute::attribute;

attribute! {
    /// For whom a training unit or plan is there.
    SharingStatus {
        /// For its owner.
        Private = "private",
        /// For its owner and those who were given access.
        Shared = "shared",
        /// For everybody who is signed in.
        Public = "public",
    }
}

attribute! {
    /// What somebody was given access for.
    AccessLevel {
        /// Reading.
        Read = "read",
        /// Reading, and changing what is in it.
        Write = "write",
    }
}

attribute! {
    /// What somebody may do with a training unit or plan that they may read. Each includes those before it.
    MyAccess {
        /// Reading, copying, and starting sessions from it.
        Read = "read",
        /// Changing what is in it.
        Write = "write",
        /// Deciding who else may use it, and deleting it.
        Owner = "owner",
    }
}

impl MyAccess {
    /// Whether what is in it may be changed: name, description, difficulty, entries, schedule.
    #[must_use]
    pub fn may_write(self) -> bool {
        self >= Self::Write
    }

    /// Whether its sharing status and its grants may be changed, and whether it may be deleted.
    #[must_use]
    pub fn may_manage(self) -> bool {
        self == Self::Owner
    }
}

/// How somebody stands to a training unit or plan. Roles give no power over training data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Whether it belongs to them.
    pub is_owner: bool,
    /// The access that they were given, asleep or not.
    pub grant: Option<AccessLevel>,
    /// Whether they may read a plan that contains this unit; never for a plan itself.
    pub reads_plan: bool,
}

impl Standing {
    /// What they may do, or `None` if for them it is not there. A grant sleeps while the status is private.
    #[must_use]
    pub fn access(self, status: SharingStatus) -> Option<MyAccess> {
        if self.is_owner {
            return Some(MyAccess::Owner);
        }
        let granted = match (status, self.grant) {
            (SharingStatus::Shared | SharingStatus::Public, Some(AccessLevel::Write)) => Some(MyAccess::Write),
            (SharingStatus::Shared, Some(AccessLevel::Read)) | (SharingStatus::Public, _) => Some(MyAccess::Read),
            (SharingStatus::Private, _) | (SharingStatus::Shared, None) => None,
        };
        granted.or_else(|| self.reads_plan.then_some(MyAccess::Read))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_table() {
        use SharingStatus::{Private, Public, Shared};
        let (owner, write, read) = (Some(MyAccess::Owner), Some(MyAccess::Write), Some(MyAccess::Read));
        let (none, read_grant, write_grant) = (None, Some(AccessLevel::Read), Some(AccessLevel::Write));
        // Status, grant, then: as a stranger, through a plan, as the owner.
        let table = [
            (Private, none, [None, read, owner]),
            (Private, read_grant, [None, read, owner]),
            (Private, write_grant, [None, read, owner]),
            (Shared, none, [None, read, owner]),
            (Shared, read_grant, [read, read, owner]),
            (Shared, write_grant, [write, write, owner]),
            (Public, none, [read, read, owner]),
            (Public, read_grant, [read, read, owner]),
            (Public, write_grant, [write, write, owner]),
        ];
        assert_eq!(table.len(), SharingStatus::ALL.len() * (1 + AccessLevel::ALL.len()));
        for (status, grant, [stranger, through_plan, as_owner]) in table {
            for (is_owner, reads_plan, expected) in
                [(false, false, stranger), (false, true, through_plan), (true, false, as_owner), (true, true, as_owner)]
            {
                let standing = Standing { is_owner, grant, reads_plan };
                assert_eq!(standing.access(status), expected, "{standing:?} and {status:?}");
            }
        }
    }

    #[test]
    fn every_access_includes_those_before_it() {
        let rights = MyAccess::ALL.iter().map(|access| (access.may_write(), access.may_manage()));
        assert_eq!(rights.collect::<Vec<_>>(), [(false, false), (true, false), (true, true)]);
    }
}
