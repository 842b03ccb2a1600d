//! From database errors to [`RepositoryError`].
//!
//! diesel keeps the SQLSTATE of a few errors only and drops the others, so that those are told apart by their English
//! message. `server::LANGUAGE` asks for English where the role may, and [`Pool::connect`](crate::Pool::connect) warns where
//! the server speaks another language: there, deadlocks and ended statements come out as `Unexpected`.

use diesel::result::{DatabaseErrorInformation, DatabaseErrorKind, DeserializeFieldError, Error};
use irontrack_ports::{Constraint, RepositoryError};
use thiserror::Error;

/// A stored value that the domain refuses, found while a row was read.
#[derive(Debug, Error)]
#[error("table {table} holds an invalid value: {problem}")]
pub(crate) struct CorruptValue {
    pub(crate) table: &'static str,
    pub(crate) problem: String,
}

/// A failed statement.
#[derive(Debug)]
pub(crate) struct Failure {
    /// What to tell the caller.
    pub(crate) error: RepositoryError,
    /// Whether the connection cannot be used any more.
    pub(crate) connection_lost: bool,
}

impl Failure {
    fn keeping(error: RepositoryError) -> Self {
        Self { error, connection_lost: false }
    }

    fn losing(error: RepositoryError) -> Self {
        Self { error, connection_lost: true }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::DatabaseError(kind, information) => database_error(kind, &*information),
            Error::DeserializationError(error) => Self::keeping(deserialization_error(error)),
            // Nothing else carries values: these are texts of diesel about how it was used.
            other => Self::keeping(RepositoryError::Unexpected(other.to_string())),
        }
    }
}

fn database_error(kind: DatabaseErrorKind, information: &dyn DatabaseErrorInformation) -> Failure {
    let known = information.constraint_name().and_then(constraint);
    match (kind, known) {
        (DatabaseErrorKind::UniqueViolation, Some(rule)) => Failure::keeping(RepositoryError::Conflict(rule)),
        (DatabaseErrorKind::ForeignKeyViolation | DatabaseErrorKind::RestrictViolation, Some(rule)) => {
            Failure::keeping(RepositoryError::MissingReference(rule))
        }
        (DatabaseErrorKind::SerializationFailure, _) => Failure::keeping(RepositoryError::Retryable),
        // A standby, or a server that somebody has made one: the next connection may lead to the one that writes.
        (DatabaseErrorKind::ReadOnlyTransaction, _) => Failure::losing(unavailable(information)),
        // diesel-async says this of every error that did not come from the server.
        (DatabaseErrorKind::UnableToSendCommand, _) if is_about_values(information.message()) => {
            Failure::keeping(unexpected(kind, information))
        }
        (DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand, _) => {
            Failure::losing(unavailable(information))
        }
        (DatabaseErrorKind::Unknown, _) => match Meaning::of(information.message()) {
            Some(Meaning::Deadlock) => Failure::keeping(RepositoryError::Retryable),
            Some(Meaning::Ended | Meaning::Starved) => Failure::keeping(unavailable(information)),
            Some(Meaning::Full) => Failure::keeping(RepositoryError::Conflict(Constraint::CatalogueSize)),
            Some(Meaning::Away) => Failure::losing(unavailable(information)),
            None => Failure::keeping(unexpected(kind, information)),
        },
        _ => Failure::keeping(unexpected(kind, information)),
    }
}

/// The rule that a constraint or unique index stands for, if a use case may run into it.
pub(crate) fn constraint(name: &str) -> Option<Constraint> {
    Some(match name {
        "uq_user_email_lower" => Constraint::AccountEmail,
        "fk_user_account_role_id_role" => Constraint::AccountRole,
        "fk_user_session_user_id_user_account" => Constraint::SessionAccount,
        "uq_sys_exercise_name" => Constraint::SystemExerciseName,
        "uq_sys_exercise_slug" => Constraint::SystemExerciseSlug,
        "uq_user_exercise" => Constraint::CustomExerciseName,
        "uq_muscle_groups_name" | "uq_equipment_name" | "uq_exercise_tags_name" => Constraint::CatalogueName,
        "fk_exercise_primary_muscles_muscle_group_id_muscle_groups"
        | "fk_exercise_secondary_muscles_muscle_group_id_muscle_groups"
        | "fk_exercise_equipment_equipment_id_equipment"
        | "fk_exercise_tag_map_tag_id_exercise_tags" => Constraint::ExerciseLink,
        "uq_training_units_created_by_name" => Constraint::TrainingUnitName,
        "uq_training_plans_created_by_name" => Constraint::TrainingPlanName,
        "fk_training_units_created_by_user_account"
        | "fk_training_plans_created_by_user_account"
        | "fk_training_unit_access_user_id_user_account"
        | "fk_training_unit_access_granted_by_user_account"
        | "fk_training_plan_access_user_id_user_account"
        | "fk_training_plan_access_granted_by_user_account" => Constraint::TemplateOwner,
        "fk_training_unit_exercises_exercise_id_exercises" => Constraint::PrescribedExercise,
        "fk_training_plan_units_training_unit_id_training_units" => Constraint::ScheduledUnit,
        "fk_training_sessions_user_id_user_account" | "fk_training_histories_user_id_user_account" => {
            Constraint::TrainingSessionOwner
        }
        "fk_training_session_exercises_exercise_id_exercises" => Constraint::PerformedExercise,
        "fk_idempotency_keys_user_id_user_account" => Constraint::IdempotencyAccount,
        "fk_imports_user_id_user_account" => Constraint::ImportOwner,
        _ => return None,
    })
}

/// What an error without a kind of its own means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    /// The transaction was chosen to end a deadlock (40P01).
    Deadlock,
    /// The server ended the statement (57014) or did not get a lock (55P03); the connection lives on.
    Ended,
    /// The server has no room on its disk (53100) or in memory (53200); what needs none goes on.
    Starved,
    /// A catalogue has used up its ids (2200H).
    Full,
    /// The server, or the pooler before it, ends or refuses connections (57P01 to 57P05, 53300, 25P03, 08P01).
    Away,
}

impl Meaning {
    fn of(message: &str) -> Option<Self> {
        const MEANINGS: [(&str, Meaning); 18] = [
            ("deadlock detected", Meaning::Deadlock),
            ("canceling statement due to", Meaning::Ended),
            ("could not obtain lock on", Meaning::Ended),
            ("out of memory", Meaning::Starved),
            ("out of shared memory", Meaning::Starved),
            ("nextval: reached maximum value of sequence", Meaning::Full),
            ("terminating connection", Meaning::Away),
            ("the database system is", Meaning::Away),
            ("sorry, too many clients", Meaning::Away),
            ("remaining connection slots", Meaning::Away),
            ("too many connections", Meaning::Away),
            ("server closed the connection", Meaning::Away),
            ("server conn crashed", Meaning::Away),
            ("server login", Meaning::Away),
            ("query_wait_timeout", Meaning::Away),
            ("pgbouncer cannot connect", Meaning::Away),
            ("no more connections allowed", Meaning::Away),
            ("database is shut down", Meaning::Away),
        ];
        // Which file could not grow stands before it, and what the operating system says of it at the end.
        if message.ends_with("No space left on device") {
            return Some(Self::Starved);
        }
        MEANINGS.iter().find(|(start, _)| message.starts_with(start)).map(|&(_, meaning)| meaning)
    }
}

/// Whether an error of the client is about a parameter or a column, not about the connection.
fn is_about_values(message: &str) -> bool {
    ["error serializing", "error deserializing", "invalid column", "expected "].iter().any(|s| message.starts_with(s))
}

fn unavailable(information: &dyn DatabaseErrorInformation) -> RepositoryError {
    RepositoryError::Unavailable(information.message().to_owned())
}

fn unexpected(kind: DatabaseErrorKind, information: &dyn DatabaseErrorInformation) -> RepositoryError {
    RepositoryError::Unexpected(match information.constraint_name() {
        Some(name) => format!("{kind:?} of {name}"),
        None => format!("{kind:?}: {}", without_values(information.message())),
    })
}

/// The message of the server up to where it starts to repeat what was sent. Names of tables and columns stay.
fn without_values(message: &str) -> &str {
    [": \"", "value \""].iter().filter_map(|start| message.find(start)).min().map_or(message, |end| &message[..end])
}

fn deserialization_error(error: Box<dyn std::error::Error + Send + Sync>) -> RepositoryError {
    let (column, error) = match error.downcast::<DeserializeFieldError>() {
        Ok(field) => (field.field_name, field.error),
        Err(error) => (None, error),
    };
    match error.downcast::<CorruptValue>() {
        Ok(corrupt) => (*corrupt).into(),
        Err(error) => RepositoryError::Unexpected(match column {
            Some(column) => format!("column {column} could not be read: {error}"),
            None => format!("a row could not be read: {error}"),
        }),
    }
}

impl From<CorruptValue> for RepositoryError {
    fn from(CorruptValue { table, problem }: CorruptValue) -> Self {
        Self::Corrupt { table, problem }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Information {
        message: &'static str,
        constraint: Option<&'static str>,
    }

    impl DatabaseErrorInformation for Information {
        fn message(&self) -> &str {
            self.message
        }
        fn details(&self) -> Option<&str> {
            Some("Key (lower(email))=(jo@example.com) already exists.")
        }
        fn hint(&self) -> Option<&str> {
            None
        }
        fn table_name(&self) -> Option<&str> {
            None
        }
        fn column_name(&self) -> Option<&str> {
            None
        }
        fn constraint_name(&self) -> Option<&str> {
            self.constraint
        }
        fn statement_position(&self) -> Option<i32> {
            None
        }
    }

    fn failure(kind: DatabaseErrorKind, message: &'static str, constraint: Option<&'static str>) -> Failure {
        Error::DatabaseError(kind, Box::new(Information { message, constraint })).into()
    }

    #[test]
    fn violations_are_told_apart_by_constraint_name() {
        for (name, rule) in [
            ("uq_user_email_lower", Constraint::AccountEmail),
            ("uq_sys_exercise_name", Constraint::SystemExerciseName),
            ("uq_sys_exercise_slug", Constraint::SystemExerciseSlug),
            ("uq_user_exercise", Constraint::CustomExerciseName),
            ("uq_muscle_groups_name", Constraint::CatalogueName),
            ("uq_equipment_name", Constraint::CatalogueName),
            ("uq_exercise_tags_name", Constraint::CatalogueName),
        ] {
            let failure = failure(DatabaseErrorKind::UniqueViolation, "duplicate key value violates", Some(name));
            assert!(matches!(failure.error, RepositoryError::Conflict(c) if c == rule), "{name}");
            assert!(!failure.connection_lost);
        }
        for (name, rule) in [
            ("fk_user_account_role_id_role", Constraint::AccountRole),
            ("fk_user_session_user_id_user_account", Constraint::SessionAccount),
            ("fk_exercise_tag_map_tag_id_exercise_tags", Constraint::ExerciseLink),
            ("fk_training_sessions_user_id_user_account", Constraint::TrainingSessionOwner),
            ("fk_training_histories_user_id_user_account", Constraint::TrainingSessionOwner),
            ("fk_training_session_exercises_exercise_id_exercises", Constraint::PerformedExercise),
        ] {
            let failure = failure(DatabaseErrorKind::ForeignKeyViolation, "insert or update on table", Some(name));
            assert!(matches!(failure.error, RepositoryError::MissingReference(c) if c == rule), "{name}");
        }
    }

    #[test]
    fn a_violation_of_an_unknown_rule_is_a_defect_and_names_it_without_the_value() {
        let failure = failure(DatabaseErrorKind::UniqueViolation, "duplicate key", Some("uq_role_name"));
        assert_eq!(failure.error.to_string(), "unexpected database error: UniqueViolation of uq_role_name");
    }

    #[test]
    fn collisions_can_be_retried() {
        let deadlock = failure(DatabaseErrorKind::Unknown, "deadlock detected", None);
        assert!(matches!(deadlock.error, RepositoryError::Retryable) && !deadlock.connection_lost);
        let serialization = failure(DatabaseErrorKind::SerializationFailure, "could not serialize access", None);
        assert!(matches!(serialization.error, RepositoryError::Retryable));
    }

    #[test]
    fn an_ended_statement_leaves_the_connection_alone_and_an_ended_connection_does_not() {
        for message in
            ["canceling statement due to statement timeout", "could not obtain lock on row in relation \"role\""]
        {
            let failure = failure(DatabaseErrorKind::Unknown, message, None);
            assert!(matches!(failure.error, RepositoryError::Unavailable(_)) && !failure.connection_lost, "{message}");
        }
        for message in [
            "terminating connection due to administrator command",
            "the database system is shutting down",
            "sorry, too many clients already",
        ] {
            let failure = failure(DatabaseErrorKind::Unknown, message, None);
            assert!(matches!(failure.error, RepositoryError::Unavailable(_)) && failure.connection_lost, "{message}");
        }
        let closed = failure(DatabaseErrorKind::UnableToSendCommand, "connection closed", None);
        assert!(matches!(closed.error, RepositoryError::Unavailable(_)) && closed.connection_lost);
    }

    #[test]
    fn a_server_without_room_is_unavailable_for_what_needs_some() {
        for message in [
            "could not extend file \"base/16384/16999\": No space left on device",
            "could not write to file \"base/pgsql_tmp/pgsql_tmp1.0\": No space left on device",
            "out of memory",
            "out of shared memory",
        ] {
            let failure = failure(DatabaseErrorKind::Unknown, message, None);
            assert!(matches!(failure.error, RepositoryError::Unavailable(_)) && !failure.connection_lost, "{message}");
        }
    }

    #[test]
    fn a_server_that_only_reads_is_left_for_another_one() {
        let message = "cannot execute INSERT in a read-only transaction";
        let failure = failure(DatabaseErrorKind::ReadOnlyTransaction, message, None);
        assert!(matches!(failure.error, RepositoryError::Unavailable(_)) && failure.connection_lost);
    }

    #[test]
    fn messages_repeat_no_values() {
        let text = |message| failure(DatabaseErrorKind::Unknown, message, None).error.to_string();
        assert!(!text("invalid input value for enum category_enum: \"secret\"").contains("secret"));
        assert!(!text("value \"secret\" is out of range for type smallint").contains("secret"));
        assert!(text("relation \"exercises\" does not exist").contains("exercises"));
        let parameter = failure(DatabaseErrorKind::UnableToSendCommand, "error serializing parameter 0", None);
        assert!(matches!(parameter.error, RepositoryError::Unexpected(_)) && !parameter.connection_lost);
    }

    #[test]
    fn a_value_that_the_domain_refuses_is_corrupt() {
        let corrupt = CorruptValue { table: "exercises", problem: "yoga is no category_enum".into() };
        let failure = Failure::from(Error::DeserializationError(Box::new(corrupt)));
        assert!(matches!(failure.error, RepositoryError::Corrupt { table: "exercises", .. }));
        assert!(!failure.connection_lost);
    }
}
