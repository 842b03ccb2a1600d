//! One cell of the matrix: a caller, and a thing that the call is about.

use irontrack_domain::account::Role;
use irontrack_tests::{
    harness::{DocumentedOperation, Mint, Session},
    http::Request,
};
use uuid::Uuid;

use super::{
    callers::Caller,
    row::Row,
    templates::{Sharing, Standing},
};

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
    /// A training unit or plan to which the caller stands in this way.
    Template(Sharing, Standing),
}

/// Those who are there from the first cell to the last.
pub(super) struct People {
    administrator: Session,
    /// Owns the templates that are not the caller's.
    owner: Session,
    /// May read every template. Nobody calls as them.
    reader: Session,
    /// An exercise of the system.
    exercise: Uuid,
    /// Those who call about templates. None of these calls changes the account or ends a session.
    callers: Vec<(Caller, Session)>,
}

impl People {
    pub(super) fn new(mint: &mut Mint) -> Self {
        let administrator = mint.person_called(ADMINISTRATOR, Role::Superuser);
        let [owner, reader] = [(); 2].map(|()| mint.person(Role::ApplicationAccess));
        Self { administrator, owner, reader, exercise: mint.exercise(None), callers: Vec::new() }
    }

    fn caller(&mut self, mint: &mut Mint, kind: Caller) -> Session {
        if let Some((_, known)) = self.callers.iter().find(|(known, _)| *known == kind) {
            return known.clone();
        }
        let session = person(mint, &self.administrator, kind);
        self.callers.push((kind, session.clone()));
        session
    }
}

/// A unit with one entry, or a plan with one unit.
#[derive(Default)]
pub(super) struct Template {
    pub(super) unit: Uuid,
    pub(super) entry: i32,
    pub(super) plan: Uuid,
    pub(super) plan_unit: i32,
    /// Somebody else who may read it.
    pub(super) reader: Session,
    pub(super) exercise: Uuid,
}

impl Template {
    fn set(
        mint: &mut Mint,
        people: &People,
        caller: &Session,
        (sharing, standing): (Sharing, Standing),
        in_plan: bool,
    ) -> Self {
        let id = |session: &Session| session.user_id.unwrap_or_default();
        let owner = if standing == Standing::Owner { caller } else { &people.owner };
        // Who is not there owns nothing.
        let owner = owner.user_id.filter(|id| exists(mint, *id)).or(people.owner.user_id);
        let status = sharing.name();
        let unit = mint.training_unit(owner, if in_plan { "private" } else { status });
        let entry = mint.unit_entry(unit, people.exercise);
        let plan = if in_plan { mint.training_plan(owner, status) } else { Uuid::default() };
        let plan_unit = if in_plan { mint.plan_unit(plan, unit, 1) } else { 0 };
        let level = match standing {
            Standing::WriteGrant => Some("write"),
            Standing::ReadGrant => Some("read"),
            Standing::Owner | Standing::Stranger => None,
        };
        let granted = level.map(|level| (id(caller), level));
        for (user, level) in granted.into_iter().chain([(id(&people.reader), "read")]) {
            if in_plan {
                mint.plan_access(plan, user, level);
            } else {
                mint.unit_access(unit, user, level);
            }
        }
        Self { unit, entry, plan, plan_unit, reader: people.reader.clone(), exercise: people.exercise }
    }
}

/// A training session with one exercise that has one set.
#[derive(Default)]
pub(super) struct Workout {
    session: Uuid,
    pub(super) exercise: i64,
    pub(super) set: i64,
}

impl Workout {
    fn set(mint: &mut Mint, people: &People, owner: Uuid) -> Self {
        let session = mint.training_session(owner);
        let exercise = mint.session_exercise(session, people.exercise);
        Self { session, exercise, set: mint.session_set(exercise) }
    }
}

/// A caller and all kinds of things that a call may be about.
pub(super) struct Scene {
    pub(super) caller: Session,
    /// The account.
    pub(super) account: Session,
    /// The exercise.
    pub(super) exercise: Uuid,
    /// The item of a catalogue; if the call is about one, there is one of this number in each of them.
    pub(super) item: i16,
    /// The training unit or plan.
    pub(super) template: Template,
    /// The training session.
    pub(super) workout: Workout,
    /// The import.
    import: Uuid,
    /// A word that no other scene has.
    pub(super) unique: String,
}

impl Scene {
    pub(super) fn set(
        mint: &mut Mint,
        people: &mut People,
        caller: Caller,
        target: Target,
        operation: &DocumentedOperation,
    ) -> Self {
        let unique = Uuid::new_v4().simple().to_string();
        if let Target::Template(sharing, standing) = target {
            let who = people.caller(mint, caller);
            let in_plan = operation.path.contains("{plan_id}");
            let template = Template::set(mint, people, &who, (sharing, standing), in_plan);
            let account = template.reader.clone();
            let exercise = people.exercise;
            return Self {
                caller: who,
                account,
                exercise,
                item: 0,
                template,
                workout: Workout::default(),
                import: Uuid::default(),
                unique,
            };
        }
        let who = person(mint, &people.administrator, caller);
        let somebody = mint.person(Role::FitnessTrainer);
        // For the owner these are the things of somebody else again.
        let others = if caller == Caller::Owner { mint.person(Role::ApplicationAccess) } else { somebody.clone() };
        let (account, owner) = match target {
            // Who is not there owns nothing.
            Target::Own if who.user_id.is_none() => (somebody, others.user_id),
            Target::Own => (who.clone(), who.user_id.filter(|id| exists(mint, *id)).or(others.user_id)),
            Target::System => (people.administrator.clone(), None),
            Target::Others | Target::Nothing | Target::Template(..) => (somebody, others.user_id),
        };
        let session = match account.user_id.filter(|id| exists(mint, *id)) {
            Some(id) => mint.session(id, &account.email).session_id,
            None => None,
        };
        let exercise = mint.exercise(owner);
        let is_about_item = operation.path.starts_with("/api/v1/catalogs/") && operation.path.contains('{');
        let item = if is_about_item { item(mint, &unique) } else { 0 };
        let workout = match owner {
            Some(owner) if operation.path.contains("{session_id}") => Workout::set(mint, people, owner),
            _ => Workout::default(),
        };
        let import = match owner {
            Some(owner) if operation.path.contains("{import_id}") => mint.import(owner),
            _ => Uuid::default(),
        };
        let account = Session { session_id: session, ..account };
        Self { caller: who, account, exercise, item, template: Template::default(), workout, import, unique }
    }

    /// The call of an operation, with its path parameters filled in.
    pub(super) fn request(&self, operation: &DocumentedOperation, row: &Row) -> Request {
        let id = |id: Option<Uuid>| id.unwrap_or_else(Uuid::now_v7).to_string();
        let fill = |segment: &str| match segment {
            "{user_id}" => id(self.account.user_id),
            "{email}" => self.account.email.clone(),
            "{sessionId}" => id(self.account.session_id),
            "{exercise_id}" => self.exercise.to_string(),
            "{unit_id}" => self.template.unit.to_string(),
            "{entry_id}" => self.template.entry.to_string(),
            "{plan_id}" => self.template.plan.to_string(),
            "{plan_unit_id}" => self.template.plan_unit.to_string(),
            "{import_id}" => self.import.to_string(),
            "{session_id}" => self.workout.session.to_string(),
            "{session_exercise_id}" => self.workout.exercise.to_string(),
            "{set_id}" => self.workout.set.to_string(),
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
