//! What is asked of every server and every session.

use std::time::Duration;

use diesel::sql_types::{Bool, Integer, Text};
use diesel_async::RunQueryDsl;
use irontrack_ports::RepositoryError;
use tracing::warn;

use crate::{connection::Connection, open::ConnectError, statement::Statement};

/// The oldest major version that is supported.
pub(crate) const OLDEST: i32 = 14;

/// A session that stays in a transaction without doing anything is ended: its program hangs, and it holds locks.
const IDLE_IN_TRANSACTION: Duration = Duration::from_secs(5);

/// The statements that set a session of the pool up.
///
/// * The server ends a statement a little before the client loses patience, so that a statement which is merely slow does
///   not cost the connection.
/// * Statements stay prepared, and so does their plan: the server would plan a page of exercises anew every time, for a
///   quarter of what the page costs, because it does not know how small its `LIMIT` is.
/// * Nothing is compiled: that is done anew for every execution of a large statement, also of one that finds out at once
///   that nothing is to be done, and costs more than it saves in any that takes less than a second.
pub(crate) fn session_setup(statement_timeout: Duration) -> String {
    format!(
        "SET statement_timeout = {}; SET idle_in_transaction_session_timeout = {}; \
         SET plan_cache_mode = force_generic_plan; SET jit = off; {LANGUAGE}",
        (statement_timeout / 15 * 14).as_millis().max(1),
        IDLE_IN_TRANSACTION.as_millis(),
    )
}

/// Makes the server speak English, which `error` understands, where the role is allowed to choose, and keep notices
/// ("already exists, skipping") to itself.
pub(crate) const LANGUAGE: &str = "SET client_min_messages = warning; \
    SELECT set_config('lc_messages', 'C', false) FROM pg_roles WHERE rolname = current_user AND rolsuper";

/// Checks that the server behind a connection can be used.
pub(crate) async fn verify(connection: &mut Connection, place: &str) -> Result<(), ConnectError> {
    let other = |error: RepositoryError| ConnectError::Other { place: place.to_owned(), reason: error.to_string() };
    let question = Statement::<(Integer, Text, Bool, Text)>::new(
        "SELECT current_setting('server_version_num')::integer / 10000, current_setting('server_encoding'), \
         lower('Ü') = 'ü', current_setting('lc_messages')",
    );
    let (version, encoding, folds_case, language) =
        connection.run(|postgres| question.get_result::<(i32, String, bool, String)>(postgres)).await.map_err(other)?;
    if version < OLDEST {
        return Err(ConnectError::ServerTooOld { version });
    }
    if encoding != "UTF8" || !folds_case {
        return Err(ConnectError::WrongLocale { encoding });
    }
    if !["", "C", "POSIX", "en"].iter().any(|english| language.split(['_', '.']).next() == Some(english)) {
        warn!(
            lc_messages = language,
            "the messages of the database are not in English: deadlocks and ended statements will not be recognised"
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The connections of a pooler are set up by its configuration.
    #[test]
    fn the_pooler_sets_sessions_up_in_the_same_way() {
        let configuration = include_str!("../../../deploy/pgbouncer/pgbouncer.ini.template");
        let setup = session_setup(crate::PoolOptions::new("").statement_timeout);
        let (setup, _) = setup.split_once("; SELECT").unwrap();
        assert!(configuration.contains(&format!("connect_query='{setup}'")), "expected in the template: {setup}");
    }

    #[test]
    fn the_server_ends_a_statement_before_the_client_gives_it_up() {
        let setup = session_setup(Duration::from_millis(1500));
        assert!(setup.starts_with("SET statement_timeout = 1400; SET idle_in_transaction_session_timeout = 5000; "));
    }
}
