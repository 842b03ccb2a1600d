//! `irontrack audit export`.

use std::{io::Write, path::Path};

use irontrack_ports::query::AuditQueries;

use super::{line::line, unreadable};
use crate::{
    AuditExportArguments, Failure,
    output::{Output, Progress, Tone, counted},
    written_file::{Draft, Readers},
};

/// Events that are in memory at a time.
const PAGE: i64 = 1000;

/// Writes all events after a number, the oldest first, as lines of JSON.
///
/// # Errors
/// The database cannot be used, or the file or standard output cannot be written.
pub async fn export(
    arguments: &AuditExportArguments,
    trail: &dyn AuditQueries,
    output: &mut Output,
) -> Result<(), Failure> {
    let Some(file) = &arguments.out else {
        return pages(arguments.after, trail, |lines, _| {
            output.text(lines)?;
            Ok(output.has_reader())
        })
        .await
        .map(|_| ());
    };
    let (events, last) = to_file(file, arguments.after, trail).await?;
    let file = file.display();
    output.announce(
        Tone::Good,
        &match last {
            Some(last) => format!("{file} holds {}, up to number {last}", counted(events, "event", "events")),
            None => format!("{file} holds no events: there are none after number {}", arguments.after),
        },
    )
}

async fn to_file(file: &Path, after: i64, trail: &dyn AuditQueries) -> Result<(usize, Option<i64>), Failure> {
    let not_written = |error| Failure::failed(format!("{} was not written: {error}", file.display()));
    let mut draft = Draft::begin(file, Readers::Owner).map_err(not_written)?;
    let progress = Progress::start("Exporting");
    let written = pages(after, trail, |lines, events| {
        draft.write_all(lines.as_bytes()).map_err(not_written)?;
        progress.advance(events);
        Ok(true)
    })
    .await?;
    draft.finish().map_err(not_written)?;
    Ok(written)
}

/// Hands all events on, page by page, as long as `write` wants more. Answers how many there were, and the last number.
async fn pages(
    after: i64,
    trail: &dyn AuditQueries,
    mut write: impl FnMut(&str, usize) -> Result<bool, Failure>,
) -> Result<(usize, Option<i64>), Failure> {
    let (mut count, mut last) = (0, None);
    loop {
        let page = trail.after(last.unwrap_or(after), PAGE).await.map_err(|error| unreadable(&error))?;
        let Some(recorded) = page.last() else { return Ok((count, last)) };
        last = Some(recorded.id);
        count += page.len();
        let lines = page.iter().map(line).collect::<Result<String, _>>()?;
        if !write(&lines, page.len())? {
            return Ok((count, last));
        }
    }
}
