//! Signed-in sessions.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use diesel::{prelude::*, sql_types::Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use irontrack_domain::{
    RefreshId, SessionId, UserId,
    account::{Client, LoginSession},
};
use irontrack_ports::{RepositoryError, repo::SessionRepository};
use uuid::Uuid;

use crate::{connection::Connection, row::session::SessionRow, schema::user_session, statement::Statement};

/// Sessions inside a unit of work.
pub(crate) struct PostgresSessions<'a> {
    connection: &'a mut Connection,
}

impl<'a> PostgresSessions<'a> {
    pub(crate) fn new(connection: &'a mut Connection) -> Self {
        Self { connection }
    }
}

#[async_trait]
impl SessionRepository for PostgresSessions<'_> {
    async fn insert(&mut self, session: &LoginSession) -> Result<(), RepositoryError> {
        let row = (
            user_session::id.eq(session.id.uuid()),
            user_session::user_id.eq(session.user_id.uuid()),
            user_session::created_at.eq(session.created_at),
            user_session::last_used_at.eq(session.last_used_at),
            user_session::expires_at.eq(session.expires_at),
            user_session::user_agent.eq(session.client.user_agent.clone()),
            user_session::address.eq(session.client.address.clone()),
            user_session::refresh_id.eq(session.refresh_id.uuid()),
            user_session::previous_refresh_id.eq(session.previous.map(|(id, _)| id.uuid())),
            user_session::rotated_at.eq(session.previous.map(|(_, at)| at)),
        );
        let insert = diesel::insert_into(user_session::table).values(row);
        self.connection.run(|postgres| insert.execute(postgres)).await?;
        Ok(())
    }

    async fn lock(&mut self, id: SessionId, user: UserId) -> Result<Option<LoginSession>, RepositoryError> {
        let session = user_session::table
            .filter(user_session::id.eq(id.uuid()))
            .filter(user_session::user_id.eq(user.uuid()))
            .for_update();
        let found = self.connection.run(|postgres| session.load::<SessionRow>(postgres)).await?.pop();
        Ok(found.map(LoginSession::from))
    }

    async fn rotate(
        &mut self,
        id: SessionId,
        current: RefreshId,
        next: RefreshId,
        client: &Client,
        now: DateTime<Utc>,
        expires_at: DateTime<Utc>,
    ) -> Result<bool, RepositoryError> {
        // Of several concurrent callers the first locks the row; the others wait, look at it again and find another
        // refresh id.
        let session = user_session::table
            .filter(user_session::id.eq(id.uuid()))
            .filter(user_session::refresh_id.eq(current.uuid()))
            .filter(user_session::expires_at.gt(now));
        let rotation = diesel::update(session).set((
            user_session::refresh_id.eq(next.uuid()),
            user_session::previous_refresh_id.eq(user_session::refresh_id.nullable()),
            user_session::rotated_at.eq(now),
            user_session::last_used_at.eq(now),
            user_session::expires_at.eq(expires_at),
            user_session::user_agent.eq(client.user_agent.clone()),
            user_session::address.eq(client.address.clone()),
        ));
        Ok(self.connection.run(|postgres| rotation.execute(postgres)).await? == 1)
    }

    async fn touch(&mut self, id: SessionId, now: DateTime<Utc>) -> Result<(), RepositoryError> {
        let session = user_session::table.find(id.uuid()).filter(user_session::last_used_at.lt(now));
        let touch = diesel::update(session).set(user_session::last_used_at.eq(now));
        self.connection.run(|postgres| touch.execute(postgres)).await?;
        Ok(())
    }

    async fn delete(&mut self, id: SessionId) -> Result<bool, RepositoryError> {
        let session = diesel::delete(user_session::table.find(id.uuid()));
        Ok(self.connection.run(|postgres| session.execute(postgres)).await? == 1)
    }

    async fn ids_of(&mut self, user: UserId) -> Result<Vec<SessionId>, RepositoryError> {
        let ids = user_session::table
            .filter(user_session::user_id.eq(user.uuid()))
            .select(user_session::id)
            .order(user_session::id);
        let ids = self.connection.run(|postgres| ids.load::<Uuid>(postgres)).await?;
        Ok(ids.into_iter().map(SessionId::new).collect())
    }

    async fn delete_of(&mut self, user: UserId, except: Option<SessionId>) -> Result<Vec<SessionId>, RepositoryError> {
        // Every id is distinct from null: without an exception the same statement ends all of them.
        let except = user_session::id.nullable().is_distinct_from(except.map(SessionId::uuid));
        let sessions = user_session::table.filter(user_session::user_id.eq(user.uuid())).filter(except);
        let ended = diesel::delete(sessions).returning(user_session::id);
        let ended = self.connection.run(|postgres| ended.load::<Uuid>(postgres)).await?;
        Ok(ended.into_iter().map(SessionId::new).collect())
    }

    async fn delete_own(&mut self, id: SessionId, user: UserId) -> Result<bool, RepositoryError> {
        let session = user_session::table.find(id.uuid()).filter(user_session::user_id.eq(user.uuid()));
        let session = diesel::delete(session);
        Ok(self.connection.run(|postgres| session.execute(postgres)).await? == 1)
    }

    async fn delete_expired(&mut self, user: UserId, now: DateTime<Utc>) -> Result<(), RepositoryError> {
        let sessions =
            user_session::table.filter(user_session::user_id.eq(user.uuid())).filter(user_session::expires_at.le(now));
        let sessions = diesel::delete(sessions);
        self.connection.run(|postgres| sessions.execute(postgres)).await?;
        Ok(())
    }

    async fn end_surplus(&mut self, user: UserId, keep: u32) -> Result<Vec<SessionId>, RepositoryError> {
        let surplus = Statement::<SqlUuid>::new(
            "DELETE FROM user_session WHERE id = ANY (ARRAY (SELECT id FROM user_session WHERE user_id = ",
        )
        .bind(user.uuid())
        .sql(" ORDER BY last_used_at DESC, id DESC OFFSET ")
        .bind(i64::from(keep))
        .sql(")) RETURNING id");
        let ended = self.connection.run(|postgres| surplus.load::<Uuid>(postgres)).await?;
        Ok(ended.into_iter().map(SessionId::new).collect())
    }

    async fn sweep_expired(&mut self, now: DateTime<Utc>, limit: u32) -> Result<usize, RepositoryError> {
        // As an array the rows are chosen and locked once, before the deletion begins.
        let sweep = Statement::<()>::new(
            "DELETE FROM user_session WHERE id = ANY (ARRAY (SELECT id FROM user_session WHERE expires_at <= ",
        )
        .bind(now)
        .sql(" ORDER BY expires_at LIMIT ")
        .bind(i64::from(limit))
        .sql(" FOR UPDATE SKIP LOCKED))");
        self.connection.run(|postgres| sweep.execute(postgres)).await
    }
}
