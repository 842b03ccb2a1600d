//! People who are there and signed in at once: rows written straight into the database, tokens signed with the key of the
//! server. No password is hashed for them, so that a test may have hundreds; all have the password of the tests.

use chrono::{DateTime, TimeDelta, Utc};
use irontrack::SystemClock;
use irontrack_auth::{KeyRing, TokenSettings, Tokens};
use irontrack_domain::{
    RefreshId, SessionId, UserId,
    account::{Email, Role},
};
use irontrack_ports::{Clock, RefreshClaims, TokenIssuer};
use postgres::types::ToSql;
use uuid::Uuid;

use super::{App, Session, TestDatabase, app::hash, contents::lasting_rows, signing_key, unique_email};

/// Makes people.
pub struct Mint {
    /// A connection to the database of the server.
    pub database: postgres::Client,
    tokens: Tokens,
}

impl std::fmt::Debug for Mint {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Mint").finish_non_exhaustive()
    }
}

impl App {
    /// Makes people for this server.
    #[must_use]
    pub fn mint(&self) -> Mint {
        Mint::new(&self.database)
    }
}

impl Mint {
    fn new(database: &TestDatabase) -> Self {
        let settings = TokenSettings {
            issuer: "irontrack".into(),
            audience: "irontrack-api".into(),
            access_life: std::time::Duration::from_secs(1800),
        };
        let keys = KeyRing::from_jwk_text(&signing_key()).expect("the key can be read");
        Self { database: database.connect(), tokens: Tokens::new(keys, settings) }
    }

    /// Runs a statement, and answers how many rows it touched.
    pub fn execute(&mut self, sql: &str, parameters: &[&(dyn ToSql + Sync)]) -> u64 {
        self.database.execute(sql, parameters).unwrap_or_else(|error| panic!("{sql}: {error:?}"))
    }

    /// Somebody new of that role, signed in.
    pub fn person(&mut self, role: Role) -> Session {
        self.person_called(&unique_email(), role)
    }

    /// Somebody new of that role and address, signed in.
    pub fn person_called(&mut self, email: &str, role: Role) -> Session {
        let id = Uuid::now_v7();
        let sql = "INSERT INTO user_account (id, email, password, is_superuser, role_id) \
                   SELECT $1, $2, $3, $4, id FROM role WHERE slug = $5";
        let rows = self.execute(sql, &[&id, &email, &hash(), &role.is_superuser(), &role.slug()]);
        assert_eq!(rows, 1, "the role {} exists", role.slug());
        self.session(id, email)
    }

    /// A new session of an account.
    pub fn session(&mut self, user_id: Uuid, email: &str) -> Session {
        let now = SystemClock.now();
        self.session_with_tokens_of(user_id, email, now, now + TimeDelta::days(7))
    }

    /// A new session of an account that is alive, with tokens whose life is over.
    pub fn session_with_expired_tokens(&mut self, user_id: Uuid, email: &str) -> Session {
        let now = SystemClock.now();
        self.session_with_tokens_of(user_id, email, now - TimeDelta::hours(2), now - TimeDelta::hours(1))
    }

    fn session_with_tokens_of(
        &mut self,
        user_id: Uuid,
        email: &str,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> Session {
        let (session_id, refresh_id) = (Uuid::now_v7(), Uuid::new_v4());
        let sql = "INSERT INTO user_session (id, user_id, expires_at, refresh_id) \
                   VALUES ($1, $2, now() + interval '7 days', $3)";
        self.execute(sql, &[&session_id, &user_id, &refresh_id]);
        let claims = RefreshClaims {
            user_id: UserId::new(user_id),
            session_id: SessionId::new(session_id),
            refresh_id: RefreshId::new(refresh_id),
        };
        let address = Email::parse(email).expect("the address is one");
        let tokens = self.tokens.issue(claims, &address, from, to).expect("tokens can be signed");
        Session {
            user_id: Some(user_id),
            session_id: Some(session_id),
            email: email.to_owned(),
            access: Some(tokens.access),
            refresh: Some(tokens.refresh),
        }
    }

    /// How many rows every table has, and which transaction wrote last: differs after every change.
    pub fn fingerprint(&mut self) -> Vec<(String, i64, i64)> {
        let tables = [
            "role",
            "user_account",
            "user_session",
            "muscle_groups",
            "equipment",
            "exercise_tags",
            "exercises",
            "exercise_primary_muscles",
            "exercise_secondary_muscles",
            "exercise_equipment",
            "exercise_tag_map",
            "exercise_aliases",
            "training_units",
            "training_unit_exercises",
            "training_unit_access",
            "training_plans",
            "training_plan_units",
            "training_plan_access",
            "training_histories",
            "training_sessions",
            "training_session_exercises",
            "training_session_sets",
            "idempotency_keys",
            "imports",
            "import_parts",
            "import_exercises",
            "import_identities",
            "exercise_mappings",
            "audit_event",
        ];
        let of = |table| {
            let rows = lasting_rows(table);
            format!("SELECT '{table}', count(*), coalesce(max(xmin::text::bigint), 0) FROM {rows}")
        };
        let sql = tables.map(of).join(" UNION ALL ");
        let rows = self.database.query(&sql, &[]).expect("rows can be counted");
        rows.iter().map(|row| (row.get(0), row.get(1), row.get(2))).collect()
    }

    /// A custom exercise of somebody, or one of the system, with a unique name; answers its id.
    pub fn exercise(&mut self, owner: Option<Uuid>) -> Uuid {
        let id = Uuid::now_v7();
        let name = format!("exercise {}", id.simple());
        let slug = owner.is_none().then(|| name.replace(' ', "-"));
        let sql = "INSERT INTO exercises (id, name, difficulty_level, category, is_system_default, created_by, slug) \
                   VALUES ($1, $2, 'beginner', 'strength', $3, $4, $5)";
        self.execute(sql, &[&id, &name, &owner.is_none(), &owner, &slug]);
        self.execute("INSERT INTO exercise_primary_muscles (exercise_id, muscle_group_id) VALUES ($1, 7)", &[&id]);
        if owner.is_none() {
            self.execute("INSERT INTO exercise_tag_map (exercise_id, tag_id) VALUES ($1, 5)", &[&id]);
        }
        id
    }
}
