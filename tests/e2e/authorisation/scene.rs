//! One cell of the matrix: a caller, and a thing that the call is about.

use irontrack_domain::account::Role;
use irontrack_tests::{
    harness::{DocumentedOperation, Mint, Session},
    http::Request,
};
use uuid::Uuid;

use super::{callers::Caller, table::Row};

/// The address of the system administrator.
pub(super) const ADMINISTRATOR: &str = "system.admin@example.com";

/// Whose the thing is that the call is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    /// The call is about no thing.
    Nothing,
    /// The caller's own.
    Own,
    /// Somebody else's.
    Others,
    /// The system's; of accounts, the system administrator's.
    System,
}

/// A caller and all kinds of things that a call may be about.
pub(super) struct Scene {
    pub(super) caller: Session,
    /// The account.
    pub(super) account: Session,
    /// The exercise.
    pub(super) exercise: Uuid,
    /// The item of a catalogue; there is one of this number in each of them.
    pub(super) item: i16,
    /// A word that no other scene has.
    pub(super) unique: String,
}

impl Scene {
    pub(super) fn set(mint: &mut Mint, administrator: &Session, caller: Caller, target: Target) -> Self {
        let who = person(mint, administrator, caller);
        let somebody = mint.person(Role::FitnessTrainer);
        // For the owner these are the things of somebody else again.
        let others = if caller == Caller::Owner { mint.person(Role::ApplicationAccess) } else { somebody.clone() };
        let (account, owner) = match target {
            // Who is not there owns nothing.
            Target::Own if who.user_id.is_none() => (somebody, others.user_id),
            Target::Own => (who.clone(), who.user_id.filter(|id| exists(mint, *id)).or(others.user_id)),
            Target::Others | Target::Nothing => (somebody, others.user_id),
            Target::System => (administrator.clone(), None),
        };
        let session = match account.user_id.filter(|id| exists(mint, *id)) {
            Some(id) => mint.session(id, &account.email).session_id,
            None => None,
        };
        let exercise = mint.exercise(owner);
        let unique = Uuid::new_v4().simple().to_string();
        let item = item(mint, &unique);
        Self { account: Session { session_id: session, ..account }, exercise, item, unique, caller: who }
    }

    /// The call of an operation, with its path parameters filled in.
    pub(super) fn request(&self, operation: &DocumentedOperation, row: &Row) -> Request {
        let id = |id: Option<Uuid>| id.unwrap_or_else(Uuid::now_v7).to_string();
        let fill = |segment: &str| match segment {
            "{user_id}" => id(self.account.user_id),
            "{email}" => self.account.email.clone(),
            "{sessionId}" => id(self.account.session_id),
            "{exercise_id}" => self.exercise.to_string(),
            "{muscle_id}" | "{equipment_id}" | "{tag_id}" => self.item.to_string(),
            other if other.starts_with('{') => panic!("{} has the unknown parameter {other}", operation.path),
            literal => literal.to_owned(),
        };
        let path = operation.path.split('/').map(fill).collect::<Vec<_>>().join("/");
        (row.fill)(self, Request::new(&operation.method, &path))
    }
}

fn person(mint: &mut Mint, administrator: &Session, caller: Caller) -> Session {
    let id_of = |session: &Session| session.user_id.expect("a person has an id");
    match caller {
        Caller::Anonymous => Session::anonymous(),
        Caller::Administrator => mint.session(id_of(administrator), ADMINISTRATOR),
        Caller::Expired => {
            let person = mint.person(caller.role());
            mint.session_with_expired_tokens(id_of(&person), &person.email)
        }
        Caller::Inactive => {
            let person = mint.person(caller.role());
            mint.execute("UPDATE user_account SET is_active = false WHERE id = $1", &[&person.user_id]);
            person
        }
        Caller::Deleted => {
            let person = mint.person(caller.role());
            mint.execute("DELETE FROM user_account WHERE id = $1", &[&person.user_id]);
            person
        }
        Caller::Revoked => {
            let person = mint.person(caller.role());
            mint.execute("DELETE FROM user_session WHERE id = $1", &[&person.session_id]);
            person
        }
        Caller::User | Caller::Owner | Caller::Trainer | Caller::Superuser => mint.person(caller.role()),
    }
}

fn exists(mint: &mut Mint, account: Uuid) -> bool {
    mint.execute("SELECT FROM user_account WHERE id = $1", &[&account]) == 1
}

/// An item of the same number in all three catalogues.
fn item(mint: &mut Mint, unique: &str) -> i16 {
    let sql = "SELECT 1 + greatest((SELECT max(id) FROM muscle_groups), (SELECT max(id) FROM equipment), \
               (SELECT max(id) FROM exercise_tags))";
    let next = mint.database.query_one(sql, &[]).expect("there are catalogues").get::<_, i32>(0);
    let id = i16::try_from(next).expect("there are few items");
    for table in ["muscle_groups", "equipment", "exercise_tags"] {
        let sql = format!("INSERT INTO {table} (id, name) VALUES ($1, $2)");
        mint.execute(&sql, &[&id, &format!("item {unique}")]);
        let sql = format!("SELECT setval(pg_get_serial_sequence('{table}', 'id'), $1::smallint)");
        mint.execute(&sql, &[&id]);
    }
    id
}
