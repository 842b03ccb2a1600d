//! Answers to requests that clients may send again.
//!
//! Whoever comes with a key takes an advisory lock on it, which lives as long as the transaction: a second one that comes
//! meanwhile is told so at once instead of waiting. A row is there only together with the effect of its request.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use diesel::sql_types::{Binary, Bool, Nullable, SmallInt, Text};
use diesel_async::RunQueryDsl;
use irontrack_domain::{EntityTag, IdempotencyKey, UserId};
use irontrack_ports::{
    RepositoryError,
    repo::{Claim, IdempotencyRepository, KeptAnswer, RequestHash},
};

use crate::{connection::Connection, error::CorruptValue, statement::Statement};

const TABLE: &str = "idempotency_keys";

/// Kept answers inside a unit of work.
pub(crate) struct PostgresIdempotency<'a> {
    connection: &'a mut Connection,
}

impl<'a> PostgresIdempotency<'a> {
    pub(crate) fn new(connection: &'a mut Connection) -> Self {
        Self { connection }
    }
}

type AnswerColumns = (Binary, SmallInt, Nullable<Text>, Nullable<Text>, Binary);

type AnswerRow = (Vec<u8>, i16, Option<String>, Option<String>, Vec<u8>);

#[async_trait]
impl IdempotencyRepository for PostgresIdempotency<'_> {
    async fn claim(
        &mut self,
        user: UserId,
        key: &IdempotencyKey,
        since: DateTime<Utc>,
    ) -> Result<Claim, RepositoryError> {
        let lock = Statement::<Bool>::new("SELECT pg_try_advisory_xact_lock(hashtextextended(")
            .bind(key.as_str())
            .sql(", hashtextextended(")
            .bind(user.to_string().as_str())
            .sql(", 0)))");
        if self.connection.run(|postgres| lock.load::<bool>(postgres)).await? != [true] {
            return Ok(Claim::InUse);
        }
        // A second statement: it sees what was committed before the lock was free.
        let answer = Statement::<AnswerColumns>::new(
            "SELECT request_hash, status, headers ->> 'location', headers ->> 'etag', body FROM idempotency_keys \
             WHERE user_id = ",
        )
        .bind(user.uuid())
        .sql(" AND key = ")
        .bind(key.as_str())
        .sql(" AND created_at > ")
        .bind(since);
        let found = self.connection.run(|postgres| answer.load::<AnswerRow>(postgres)).await?.pop();
        Ok(found.map(answered).transpose()?.unwrap_or(Claim::Free))
    }

    async fn keep(
        &mut self,
        user: UserId,
        key: &IdempotencyKey,
        request: &RequestHash,
        answer: &KeptAnswer,
        now: DateTime<Utc>,
    ) -> Result<(), RepositoryError> {
        let headers =
            serde_json::json!({"location": answer.location, "etag": answer.tag.as_ref().map(EntityTag::as_str)});
        let status = i16::try_from(answer.status).unwrap_or(i16::MAX);
        let statement = Statement::<()>::new(
            "INSERT INTO idempotency_keys (user_id, key, request_hash, status, headers, body, created_at) SELECT ",
        )
        .bind(user.uuid())
        .sql(", ")
        .bind(key.as_str())
        .sql(", ")
        .bind(request.as_slice())
        .sql(", ")
        .bind(status)
        .sql(", ")
        .bind(headers.to_string().as_str())
        .sql("::jsonb, ")
        .bind(answer.body.as_slice())
        .sql(", ")
        .bind(now)
        .sql(
            " ON CONFLICT (user_id, key) DO UPDATE SET request_hash = excluded.request_hash, \
             status = excluded.status, headers = excluded.headers, body = excluded.body, \
             created_at = excluded.created_at",
        );
        self.connection.run(|postgres| statement.execute(postgres)).await?;
        Ok(())
    }

    async fn sweep(&mut self, before: DateTime<Utc>, limit: u32) -> Result<usize, RepositoryError> {
        let statement = Statement::<()>::new(
            "DELETE FROM idempotency_keys k USING (SELECT user_id, key FROM idempotency_keys WHERE created_at <= ",
        )
        .bind(before)
        .sql(" ORDER BY created_at LIMIT ")
        .bind(i64::from(limit))
        .sql(" FOR UPDATE SKIP LOCKED) AS old WHERE k.user_id = old.user_id AND k.key = old.key");
        self.connection.run(|postgres| statement.execute(postgres)).await
    }
}

fn answered((hash, status, location, tag, body): AnswerRow) -> Result<Claim, CorruptValue> {
    let corrupt = |problem: &str| CorruptValue { table: TABLE, problem: problem.to_owned() };
    let request = RequestHash::try_from(hash).map_err(|_| corrupt("a hash of another length"))?;
    let status = u16::try_from(status).map_err(|_| corrupt("a status below 0"))?;
    let tag = tag.as_deref().map(EntityTag::parse).transpose().map_err(|_| corrupt("a tag that is none"))?;
    Ok(Claim::Answered { request, answer: KeptAnswer { status, location, tag, body } })
}
