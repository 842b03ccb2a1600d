//! Files that are imported: what was found in them, in parts, and the statements that write one part each.

mod content;
mod sessions;
mod templates;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use content::{kind_name, kind_of};
use diesel::sql_types::{BigInt, Integer, Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use irontrack_domain::{ExerciseId, ImportId, UserId};
use irontrack_ports::{
    RepositoryError,
    repo::{Import, ImportOutcome, ImportPart, ImportRepository, NameDecision, PartKind, PartOutcome},
};
use serde_json::{Value, json};

use crate::{
    connection::Connection,
    error::CorruptValue,
    row::import::{ImportRow, by_id, stored_counts, stored_decisions, stored_names, stored_outcome, stored_refused},
    statement::Statement,
};

/// Imports inside a unit of work.
pub(crate) struct PostgresImports<'a> {
    connection: &'a mut Connection,
}

impl<'a> PostgresImports<'a> {
    pub(crate) fn new(connection: &'a mut Connection) -> Self {
        Self { connection }
    }
}

/// How many things, exercises and sets were written.
type Written = (BigInt, BigInt, BigInt);

/// Goes on with the table `part`: the content of that part.
fn part<Row>(statement: Statement<Row>, id: ImportId, place: i32) -> Statement<Row> {
    statement
        .sql("part AS MATERIALIZED (SELECT p.content FROM import_parts p WHERE p.import_id = ")
        .bind(id.uuid())
        .sql(" AND p.place = ")
        .bind(Some(place))
        .sql(")")
}

fn number(place: u32) -> i32 {
    i32::try_from(place).unwrap_or(i32::MAX)
}

fn count(counted: i64) -> u64 {
    u64::try_from(counted).unwrap_or_default()
}

#[async_trait]
impl ImportRepository for PostgresImports<'_> {
    async fn stage(
        &mut self,
        id: ImportId,
        owner: UserId,
        place: u32,
        part: &ImportPart,
    ) -> Result<u64, RepositoryError> {
        let content = content::content(part);
        let staging = sessions::staging(id, owner, number(place), kind_name(part.kind()), &content);
        let counted = self.connection.run(|postgres| staging.load::<i64>(postgres)).await?;
        Ok(counted.into_iter().map(count).sum())
    }

    async fn insert(&mut self, import: &Import) -> Result<(), RepositoryError> {
        let insertion = Statement::<()>::new(
            "INSERT INTO imports (id, user_id, format, created_at, expires_at, counts, refused) SELECT ",
        )
        .bind(import.id.uuid())
        .sql(", ")
        .bind(import.owner.uuid())
        .sql(", ")
        .bind(import.format.as_str())
        .sql(", ")
        .bind(import.created_at)
        .sql(", ")
        .bind(import.expires_at)
        .sql(", ")
        .bind(stored_counts(&import.counts).as_str())
        .sql("::jsonb, ")
        .bind(stored_refused(&import.refused).as_str())
        .sql("::jsonb");
        self.connection.execute(insertion).await?;
        let names = Statement::<()>::new(
            "INSERT INTO import_exercises SELECT * FROM jsonb_populate_recordset(NULL::import_exercises, ",
        )
        .bind(stored_names(import)?.as_str())
        .sql("::jsonb)");
        self.connection.execute(names).await?;
        Ok(())
    }

    async fn trim(&mut self, owner: UserId, kept: u32) -> Result<(), RepositoryError> {
        let surplus = Statement::<()>::new(
            "DELETE FROM imports WHERE id IN (SELECT i.id FROM imports i WHERE i.confirmed_at IS NULL \
             AND i.id NOT IN (SELECT l.id FROM imports l WHERE l.confirmed_at IS NULL AND l.user_id = ",
        )
        .bind(owner.uuid())
        .sql(" ORDER BY l.created_at DESC, l.id DESC LIMIT ")
        .bind(i64::from(kept))
        .sql(") AND i.user_id = ")
        .bind(owner.uuid())
        .sql(" FOR UPDATE SKIP LOCKED)");
        self.connection.execute(surplus).await?;
        Ok(())
    }

    async fn lock(
        &mut self,
        owner: UserId,
        id: ImportId,
        now: DateTime<Utc>,
    ) -> Result<Option<Import>, RepositoryError> {
        // Two statements: the second one sees what those did who were waited for.
        let lock = Statement::<SqlUuid>::new("SELECT i.id FROM imports i WHERE i.id = ")
            .bind(id.uuid())
            .sql(" AND i.user_id = ")
            .bind(owner.uuid())
            .sql(" FOR UPDATE");
        if !self.connection.lock_rows(lock).await? {
            return Ok(None);
        }
        let import = by_id(owner, id, now);
        let found = self.connection.run(|postgres| import.load::<ImportRow>(postgres)).await?.pop();
        Ok(found.map(ImportRow::import).transpose()?)
    }

    async fn decide(&mut self, id: ImportId, decisions: &[(u32, NameDecision)]) -> Result<(), RepositoryError> {
        let decided = Statement::<()>::new(
            "UPDATE import_exercises e SET decision = w.decision, decided_id = w.decided_id, muscles = w.muscles \
             FROM jsonb_to_recordset(",
        )
        .bind(stored_decisions(decisions).as_str())
        .sql(
            "::jsonb) AS w (number integer, decision text, decided_id uuid, muscles smallint[]) \
             WHERE e.number = w.number AND e.import_id = ",
        )
        .bind(id.uuid());
        self.connection.execute(decided).await?;
        Ok(())
    }

    async fn resolve(&mut self, id: ImportId, targets: &[(u32, ExerciseId)]) -> Result<(), RepositoryError> {
        let rows = targets.iter().map(|(number, target)| json!({"number": number, "target": target.uuid()}));
        let resolved =
            Statement::<()>::new("UPDATE import_exercises e SET target_id = w.target FROM jsonb_to_recordset(")
                .bind(Value::Array(rows.collect()).to_string().as_str())
                .sql("::jsonb) AS w (number integer, target uuid) WHERE e.number = w.number AND e.import_id = ")
                .bind(id.uuid());
        self.connection.execute(resolved).await?;
        Ok(())
    }

    async fn parts(&mut self, id: ImportId) -> Result<Vec<(PartKind, u32)>, RepositoryError> {
        let parts =
            Statement::<(Text, Integer)>::new("SELECT p.kind, p.place FROM import_parts p WHERE p.import_id = ")
                .bind(id.uuid());
        let rows = self.connection.run(|postgres| parts.load::<(String, i32)>(postgres)).await?;
        let corrupt = || CorruptValue { table: "import_parts", problem: "there is no such kind".to_owned() };
        let part = |(kind, place): (String, i32)| {
            Ok::<_, RepositoryError>((kind_of(&kind).ok_or_else(corrupt)?, u32::try_from(place).unwrap_or_default()))
        };
        let mut parts = rows.into_iter().map(part).collect::<Result<Vec<_>, _>>()?;
        parts.sort_unstable();
        Ok(parts)
    }

    async fn write(
        &mut self,
        id: ImportId,
        owner: UserId,
        (kind, place): (PartKind, u32),
        now: DateTime<Utc>,
    ) -> Result<PartOutcome, RepositoryError> {
        let place = number(place);
        let writing = match kind {
            PartKind::Units => templates::units(id, owner, place, now),
            PartKind::Plans => templates::plans(id, owner, place, now),
            PartKind::Sessions => sessions::writing(id, owner, place, now),
        };
        let rows = self.connection.run(|postgres| writing.load::<(i64, i64, i64)>(postgres)).await?;
        let (things, exercises, sets) = rows.into_iter().next().unwrap_or_default();
        Ok(PartOutcome { things: count(things), exercises: count(exercises), sets: count(sets) })
    }

    async fn finish(
        &mut self,
        id: ImportId,
        owner: UserId,
        outcome: &ImportOutcome,
        now: DateTime<Utc>,
    ) -> Result<(), RepositoryError> {
        for table in ["DELETE FROM import_parts WHERE import_id = ", "DELETE FROM import_identities WHERE import_id = "]
        {
            self.connection.execute(Statement::new(table).bind(id.uuid())).await?;
        }
        let confirmed = Statement::new("UPDATE imports SET outcome = ")
            .bind(stored_outcome(outcome).as_str())
            .sql("::jsonb, confirmed_at = ")
            .bind(now)
            .sql(" WHERE id = ")
            .bind(id.uuid());
        self.connection.execute(confirmed).await?;
        if outcome.sessions > 0 {
            let history = Statement::new("INSERT INTO training_histories AS h (user_id, history_version) SELECT ")
                .bind(owner.uuid())
                .sql(", 1 ON CONFLICT (user_id) DO UPDATE SET history_version = h.history_version + 1");
            self.connection.execute(history).await?;
        }
        Ok(())
    }

    async fn remember(&mut self, owner: UserId, meanings: &[(String, ExerciseId)]) -> Result<(), RepositoryError> {
        let rows = meanings.iter().map(|(name, exercise)| json!({"name": name, "exercise": exercise.uuid()}));
        let remembered = Statement::<()>::new(
            "INSERT INTO exercise_mappings (user_id, folded_name, exercise_id) SELECT ",
        )
        .bind(owner.uuid())
        .sql(", w.name, w.exercise FROM (SELECT DISTINCT ON (r.name) r.* FROM jsonb_to_recordset(")
        .bind(Value::Array(rows.collect()).to_string().as_str())
        .sql(
            "::jsonb) AS r (name text, exercise uuid) WHERE char_length(r.name) <= 200 ORDER BY r.name, r.exercise) AS w \
             ON CONFLICT (user_id, folded_name) DO UPDATE SET exercise_id = excluded.exercise_id",
        );
        self.connection.execute(remembered).await?;
        Ok(())
    }

    async fn delete(&mut self, id: ImportId) -> Result<(), RepositoryError> {
        self.connection.execute(Statement::new("DELETE FROM imports WHERE id = ").bind(id.uuid())).await?;
        Ok(())
    }

    async fn remove_one_of(&mut self, owner: UserId) -> Result<bool, RepositoryError> {
        let oldest = Statement::new("DELETE FROM imports WHERE id = (SELECT i.id FROM imports i WHERE i.user_id = ")
            .bind(owner.uuid())
            .sql(" ORDER BY i.created_at, i.id LIMIT 1)");
        Ok(self.connection.execute(oldest).await? > 0)
    }

    async fn sweep(&mut self, now: DateTime<Utc>, limit: u32) -> Result<usize, RepositoryError> {
        let over = Statement::new("DELETE FROM imports WHERE id IN (SELECT i.id FROM imports i WHERE i.expires_at <= ")
            .bind(now)
            .sql(" ORDER BY i.expires_at LIMIT ")
            .bind(i64::from(limit))
            .sql(" FOR UPDATE SKIP LOCKED)");
        self.connection.execute(over).await
    }
}
