//! What the suites of repositories and queries run against, and what they have in common.

use std::fmt;

use chrono::{DateTime, TimeDelta, Utc};
use irontrack_domain::{
    ExerciseId, RefreshId, SessionId, UserId,
    account::{Account, Client, Email, LoginSession, Role},
    catalogue::CatalogueKind,
    exercise::Exercise,
};
use uuid::Uuid;

use crate::{
    Constraint, PasswordHash, RepositoryError, UnitOfWork, UnitOfWorkFactory,
    query::{
        AccountQueries, AuditQueries, CatalogueQueries, ExerciseQueries, ExportQueries, GrantQueries, HealthQueries,
        ImportQueries, TrainingPlanQueries, TrainingSessionQueries, TrainingUnitQueries,
    },
    repo::NewAccount,
};

/// The ports of one store. At least sixteen units of work must fit in at once.
#[derive(Clone, Copy)]
pub struct Ports<'a> {
    /// Changes.
    pub units: &'a dyn UnitOfWorkFactory,
    /// Reads of accounts.
    pub accounts: &'a dyn AccountQueries,
    /// Reads of the audit trail.
    pub audit: &'a dyn AuditQueries,
    /// Reads of catalogues.
    pub catalogues: &'a dyn CatalogueQueries,
    /// Reads of exercises.
    pub exercises: &'a dyn ExerciseQueries,
    /// Reads of training units.
    pub training_units: &'a dyn TrainingUnitQueries,
    /// Reads of training plans.
    pub training_plans: &'a dyn TrainingPlanQueries,
    /// Reads of training sessions.
    pub training_sessions: &'a dyn TrainingSessionQueries,
    /// Reads of grants.
    pub grants: &'a dyn GrantQueries,
    /// Reads of all that an account has.
    pub export: &'a dyn ExportQueries,
    /// Reads of imports.
    pub imports: &'a dyn ImportQueries,
    /// Whether the store answers.
    pub health: &'a dyn HealthQueries,
    /// What no port does.
    pub backdoor: &'a dyn Backdoor,
}

impl fmt::Debug for Ports<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ports").finish_non_exhaustive()
    }
}

/// What happens to a store without any port, and what no port shows. Every method waits until it took
/// effect, and panics when it cannot.
pub trait Backdoor: Send + Sync {
    /// Deletes an account. Returns whether that was possible without waiting: not while a unit of work keeps it.
    fn delete_account(&self, id: UserId) -> bool;

    /// The stored texts of a role.
    fn role(&self, role: Role) -> Option<StoredRole>;

    /// Changes the texts of a stored role.
    fn rewrite_role(&self, role: Role, name: &str, description: Option<&str>);

    /// Adds an item to a catalogue and answers the id that the store gave it.
    fn add_catalogue_item(&self, kind: CatalogueKind, name: &str) -> i16;

    /// Adds a custom exercise, exactly as it is.
    fn add_custom_exercise(&self, exercise: &Exercise);

    /// Hides an exercise (`is_active = false`).
    fn hide_exercise(&self, id: ExerciseId);

    /// Deletes an exercise, also one that something refers to.
    fn delete_exercise(&self, id: ExerciseId);

    /// The version of an account's history of training; 0 if it never had one.
    fn history_version(&self, id: UserId) -> i64;
}

/// The texts of a stored role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRole {
    /// The name for people.
    pub name: String,
    /// What the role is for.
    pub description: Option<String>,
    /// When it was created.
    pub created_at: DateTime<Utc>,
    /// When a text last changed.
    pub updated_at: DateTime<Utc>,
}

impl Ports<'_> {
    /// Begins a unit of work.
    pub(super) async fn begin(&self) -> Box<dyn UnitOfWork> {
        self.units.begin().await.expect("a unit of work begins")
    }

    /// Creates these roles.
    pub(super) async fn create_roles(&self, roles: &[Role]) {
        let mut unit = self.begin().await;
        unit.roles().synchronise(roles, at(0)).await.expect("roles are created");
        commit(unit).await;
    }

    /// Stores an account.
    pub(super) async fn store(&self, account: NewAccount) -> Account {
        let mut unit = self.begin().await;
        let stored = unit.accounts().insert(account).await.expect("the account is stored");
        commit(unit).await;
        stored
    }

    /// Stores an active account with the plain role, which must have been created.
    pub(super) async fn account(&self) -> UserId {
        self.store(new_account()).await.id
    }

    /// Stores a session.
    pub(super) async fn store_session(&self, session: &LoginSession) {
        let mut unit = self.begin().await;
        unit.sessions().insert(session).await.expect("the session is stored");
        commit(unit).await;
    }
}

/// Commits a unit of work.
pub(super) async fn commit(unit: Box<dyn UnitOfWork>) {
    unit.commit().await.expect("the unit of work is committed");
}

/// Rolls a unit of work back.
pub(super) async fn rollback(unit: Box<dyn UnitOfWork>) {
    unit.rollback().await.expect("the unit of work is rolled back");
}

/// A time so many seconds after an odd microsecond of 2001. So long ago that nothing can be right by the clock of the
/// store.
pub(super) fn at(second: i64) -> DateTime<Utc> {
    let start = DateTime::from_timestamp(1_000_000_000, 123_457_000).expect("a time");
    start + TimeDelta::seconds(second)
}

/// An active account with the plain role and an address that nobody has.
pub(super) fn new_account() -> NewAccount {
    NewAccount {
        id: UserId::new(Uuid::new_v4()),
        name: None,
        email: email("Jo", &Uuid::new_v4().simple().to_string()),
        password: PasswordHash::new("$argon2id$hash".into()),
        is_active: true,
        role: Role::ApplicationAccess,
        created_at: at(0),
    }
}

/// An address of that person, made unique.
pub(super) fn email(person: &str, unique: &str) -> Email {
    Email::parse(&format!("{person}.{unique}@example.com")).expect("an address")
}

/// A session that lives from 0 to 1000 seconds.
pub(super) fn new_session(user_id: UserId) -> LoginSession {
    LoginSession {
        id: SessionId::new(Uuid::new_v4()),
        user_id,
        created_at: at(0),
        last_used_at: at(0),
        expires_at: at(1000),
        client: Client::new(Some("127.0.0.1".into()), Some("contract/1.0")),
        refresh_id: refresh_id(),
        previous: None,
    }
}

/// A refresh id that nobody has.
pub(super) fn refresh_id() -> RefreshId {
    RefreshId::new(Uuid::new_v4())
}

/// Expects a conflict with that rule.
pub(super) fn expect_conflict<T: fmt::Debug>(result: Result<T, RepositoryError>, rule: Constraint, what: &str) {
    match result {
        Err(RepositoryError::Conflict(broken)) if broken == rule => {}
        other => panic!("{what}: expected a conflict with {rule:?}, got {other:?}"),
    }
}

/// Expects that a reference leads nowhere.
pub(super) fn expect_missing<T: fmt::Debug>(result: Result<T, RepositoryError>, rule: Constraint, what: &str) {
    match result {
        Err(RepositoryError::MissingReference(broken)) if broken == rule => {}
        other => panic!("{what}: expected the missing reference {rule:?}, got {other:?}"),
    }
}
