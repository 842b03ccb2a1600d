//! `irontrack audit tail`.

use chrono::{DateTime, Utc};
use irontrack_application::users::Users;
use irontrack_domain::audit::Via;
use irontrack_ports::query::{AuditFilter, AuditQueries, RecordedEvent};
use serde_json::Value;

use super::{
    admits,
    follow::Follower,
    line::{details, line},
    names::{Names, account},
    since::since,
    unreadable,
};
use crate::{
    AuditTailArguments, Failure,
    output::{Output, Table, Tone},
};

/// Shows the newest events, the last one at the end. With `--follow` it goes on whenever `pause` is over, as long as
/// somebody reads.
///
/// # Errors
/// A wrong option, an account that does not exist; the database cannot be used; standard output cannot be written.
pub async fn tail(
    arguments: &AuditTailArguments,
    trail: &dyn AuditQueries,
    users: &Users,
    now: DateTime<Utc>,
    mut pause: impl AsyncFnMut(),
    output: &mut Output,
) -> Result<(), Failure> {
    let filter = AuditFilter {
        kind: arguments.kind,
        since: arguments.since.as_deref().map(|text| since(text, now)).transpose()?,
        actor: account(arguments.actor.as_deref(), "--actor", users).await?,
        subject: account(arguments.subject.as_deref(), "--subject", users).await?,
    };
    // Before the newest are read, so that nothing is lost in between.
    let mut follower = if arguments.follow { Some(Follower::start(trail).await?) } else { None };
    let mut events = trail.newest(&filter, arguments.lines).await.map_err(|error| unreadable(&error))?;
    events.reverse();
    let mut shown = Shown { arguments, names: Names::new(users), output };
    shown.show(&events).await?;
    let Some(follower) = &mut follower else { return Ok(()) };
    let mut shown_already: Vec<_> = events.iter().map(|recorded| recorded.id).collect();
    while shown.output.has_reader() {
        pause().await;
        let mut fresh = follower.fresh().await?;
        fresh.retain(|recorded| admits(&filter, recorded) && !shown_already.contains(&recorded.id));
        shown_already.clear();
        shown.show(&fresh).await?;
    }
    Ok(())
}

struct Shown<'a> {
    arguments: &'a AuditTailArguments,
    names: Names<'a>,
    output: &'a mut Output,
}

impl Shown<'_> {
    async fn show(&mut self, events: &[RecordedEvent]) -> Result<(), Failure> {
        if self.arguments.json {
            let lines = events.iter().map(line).collect::<Result<String, _>>()?;
            return self.output.text(&lines);
        }
        let mut table = Table::new(["Time (UTC)", "Event", "Account", "By", "From", "Details"]);
        for recorded in events {
            let cells = self.cells(recorded).await?;
            table.row(Tone::Plain, cells.each_ref().map(String::as_str));
        }
        // A stream has no end at which a table could be drawn.
        if self.arguments.follow { self.output.rows(&table) } else { self.output.table(&table) }
    }

    async fn cells(&mut self, RecordedEvent { event, .. }: &RecordedEvent) -> Result<[String; 6], Failure> {
        let nothing = || "-".to_owned();
        let origin = &event.origin;
        let account = match event.subject {
            Some(id) => self.names.of(id).await?,
            None => nothing(),
        };
        let by = match (origin.via, origin.actor) {
            (Via::CommandLine, _) => "command line".to_owned(),
            (_, Some(id)) => self.names.of(id).await?,
            _ => nothing(),
        };
        let details = details(&event.action).into_iter().map(|(name, value)| match value {
            Value::String(text) => format!("{name}={text}"),
            value => format!("{name}={value}"),
        });
        Ok([
            event.at.format("%Y-%m-%d %H:%M:%S").to_string(),
            event.kind().name().to_owned(),
            account,
            by,
            origin.client.address.clone().unwrap_or_else(nothing),
            details.collect::<Vec<_>>().join(" "),
        ])
    }
}
