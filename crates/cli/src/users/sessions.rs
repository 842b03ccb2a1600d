//! `irontrack users sessions`.

use chrono::{DateTime, Utc};
use irontrack_application::users::{Caller, Users};
use irontrack_domain::account::LoginSession;
use serde::Serialize;

use super::{address, refused};
use crate::{
    Failure, SessionsArguments,
    output::{Output, Page, Report, Table, Tone, counted},
    prompt::Prompts,
};

/// Where somebody is signed in.
#[derive(Debug, Serialize)]
struct Listed {
    email: String,
    sessions: Vec<ListedSession>,
}

#[derive(Debug, Serialize)]
struct ListedSession {
    id: String,
    created_at: DateTime<Utc>,
    last_used_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
    address: Option<String>,
    user_agent: Option<String>,
}

/// What was ended.
#[derive(Debug, Serialize)]
struct Ended {
    email: String,
    ended: usize,
}

/// Lists the sessions of somebody, or ends them all.
///
/// # Errors
/// A wrong address, or none and nobody to ask; there is no such account; the database cannot be used; standard output
/// cannot be written.
pub async fn sessions(
    arguments: &SessionsArguments,
    users: &Users,
    prompts: &mut Prompts,
    output: &mut Output,
) -> Result<(), Failure> {
    let email = address(&arguments.account, prompts)?;
    let refused = |error| refused(&error, &email);
    let account = users.find(&email).await.map_err(refused)?;
    let email = account.email.to_string();
    if arguments.end {
        let ended = users.end_sessions(Caller::CommandLine, account.id).await.map_err(refused)?;
        return output.show(&Ended { email, ended });
    }
    let sessions = users.sessions(account.id).await.map_err(refused)?;
    output.show(&Listed { email, sessions: sessions.into_iter().map(ListedSession::from).collect() })
}

impl From<LoginSession> for ListedSession {
    fn from(session: LoginSession) -> Self {
        Self {
            id: session.id.to_string(),
            created_at: session.created_at,
            last_used_at: session.last_used_at,
            expires_at: session.expires_at,
            address: session.client.address,
            user_agent: session.client.user_agent,
        }
    }
}

impl Report for Listed {
    fn print(&self, page: &mut Page) {
        let mut table = Table::new(["Signed in", "Last used", "Ends", "Address", "Program"]);
        for session in &self.sessions {
            let [created, used, ends] = [session.created_at, session.last_used_at, session.expires_at]
                .map(|time| time.format("%Y-%m-%d %H:%M UTC").to_string());
            let [address, agent] = [&session.address, &session.user_agent].map(|text| text.as_deref().unwrap_or("-"));
            table.row(Tone::Plain, [&created, &used, &ends, address, agent]);
        }
        page.table(&table);
        page.remark(Tone::Plain, &format!("{} of {}", counted(self.sessions.len(), "session", "sessions"), self.email));
    }
}

impl Report for Ended {
    fn print(&self, page: &mut Page) {
        page.line(
            Tone::Good,
            &format!("{} of user with email: '{}' ended", counted(self.ended, "session", "sessions"), self.email),
        );
    }
}
