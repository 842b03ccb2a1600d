//! Who may read which exercise.

use super::Exercise;
use crate::{
    UserId,
    account::{Principal, Role},
};

/// Whether the caller may read the exercise: everybody reads system exercises, owners their own, and fitness trainers
/// all. Superusers have no special right over other people's exercises.
#[must_use]
pub fn may_read(principal: &Principal, exercise: &Exercise) -> bool {
    exercise.is_system_default || may_read_custom(principal.user_id, principal.role, exercise.created_by)
}

/// Whether an account of that role may read the custom exercises of that owner.
#[must_use]
pub fn may_read_custom(reader: UserId, role: Role, owner: Option<UserId>) -> bool {
    owner == Some(reader) || role == Role::FitnessTrainer
}

/// Whether the caller may delete the exercise: owners their own, superusers those of the system.
#[must_use]
pub fn may_delete(principal: &Principal, exercise: &Exercise) -> bool {
    if exercise.is_system_default { principal.is_superuser() } else { exercise.created_by == Some(principal.user_id) }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use uuid::Uuid;

    use super::*;
    use crate::{
        ExerciseId, SessionId, UserId,
        account::{Client, Email},
        exercise::{Category, DifficultyLevel},
    };

    fn caller(user: u128, role: Role) -> Principal {
        Principal {
            user_id: UserId::new(Uuid::from_u128(user)),
            session_id: SessionId::new(Uuid::from_u128(9)),
            name: None,
            email: Email::parse("jo@example.com").unwrap(),
            role,
            client: Client::default(),
        }
    }

    fn exercise(owner: Option<u128>) -> Exercise {
        Exercise {
            id: ExerciseId::new(Uuid::from_u128(1)),
            name: "Curl".into(),
            primary_muscles: vec![],
            secondary_muscles: vec![],
            force: None,
            difficulty_level: DifficultyLevel::Beginner,
            mechanic: None,
            equipment: vec![],
            category: Category::Strength,
            instructions: None,
            image_path_start: None,
            image_path_end: None,
            tags: vec![],
            slug: None,
            created_by: owner.map(|o| UserId::new(Uuid::from_u128(o))),
            created_at: DateTime::UNIX_EPOCH,
            updated_at: DateTime::UNIX_EPOCH,
            aliases: vec![],
            is_system_default: owner.is_none(),
        }
    }

    #[test]
    fn reading_rights() {
        let table = [
            (caller(1, Role::ApplicationAccess), None, true),
            (caller(1, Role::ApplicationAccess), Some(1), true),
            (caller(1, Role::ApplicationAccess), Some(2), false),
            (caller(1, Role::FitnessTrainer), Some(2), true),
            (caller(1, Role::Superuser), Some(2), false),
            (caller(1, Role::Superuser), None, true),
        ];
        for (caller, owner, expected) in table {
            assert_eq!(may_read(&caller, &exercise(owner)), expected, "{:?} reads exercise of {owner:?}", caller.role);
        }
    }

    #[test]
    fn deleting_rights() {
        let table = [
            (caller(1, Role::ApplicationAccess), None, false),
            (caller(1, Role::ApplicationAccess), Some(1), true),
            (caller(1, Role::ApplicationAccess), Some(2), false),
            (caller(1, Role::FitnessTrainer), Some(2), false),
            (caller(1, Role::FitnessTrainer), None, false),
            (caller(1, Role::Superuser), Some(2), false),
            (caller(1, Role::Superuser), Some(1), true),
            (caller(1, Role::Superuser), None, true),
        ];
        for (caller, owner, expected) in table {
            assert_eq!(may_delete(&caller, &exercise(owner)), expected, "{:?} deletes {owner:?}", caller.role);
        }
    }
}
