//! `irontrack users export`.

use std::io::Write;

use irontrack_application::{Export, ExportPart, ExportPlace, users::Users};
use irontrack_domain::account::{Account, Email};
use irontrack_interchange::{CsvShape, SessionWriter};

use super::refused;
use crate::{
    Failure, UserExportArguments, UserExportFormat,
    output::{Output, Progress, Tone},
    written_file::{Draft, Readers},
};

/// Writes the document of an account, piece by piece.
pub trait AccountDocument {
    /// The beginning, up to the lists.
    fn begin(&mut self, account: Account) -> Vec<u8>;

    /// A part of a list. Parts come in the order of [`ExportPlace`].
    fn part(&mut self, part: ExportPart) -> Vec<u8>;

    /// The end.
    fn end(&mut self) -> Vec<u8>;
}

/// Writes everything of an account, or its training sessions, into a file that only its owner may read.
///
/// # Errors
/// A wrong address; there is no such account; the database cannot be used; the file cannot be written, and stays as it
/// was.
pub async fn export(
    arguments: &UserExportArguments,
    users: &Users,
    export: &Export,
    document: &mut dyn AccountDocument,
    output: &mut Output,
) -> Result<(), Failure> {
    let wrong = |violation| Failure::usage(format!("the email {violation}"));
    let email = Email::parse(&arguments.email).map_err(wrong)?;
    let account = users.find(&email).await.map_err(|error| refused(&error, &email))?;
    let file = arguments.file.display();
    let not_written = |error| Failure::failed(format!("{file} was not written: {error}"));
    let mut draft = Draft::begin(&arguments.file, Readers::Owner).map_err(not_written)?;
    let shape = match arguments.format {
        UserExportFormat::Json => None,
        UserExportFormat::Hevy => Some(CsvShape::Hevy),
        UserExportFormat::Strong => Some(CsvShape::Strong),
    };
    let owner = account.id;
    let (mut place, mut rows) = (ExportPlace::START, None);
    match shape {
        None => draft.write_all(&document.begin(account)).map_err(not_written)?,
        Some(shape) => {
            place = ExportPlace::Sessions(None);
            rows = Some(SessionWriter::begin(shape, &mut draft).map_err(not_written)?);
        }
    }
    let progress = Progress::counting("Exporting");
    let unreadable = |error| Failure::failed(format!("the account cannot be read: {error}"));
    while let Some((part, next)) = export.part(owner, place).await.map_err(unreadable)? {
        progress.advance(length(&part));
        match (&mut rows, part) {
            (None, part) => draft.write_all(&document.part(part)).map_err(not_written)?,
            (Some(rows), ExportPart::Sessions(sessions)) => {
                for session in &sessions {
                    rows.write(session, &mut draft).map_err(not_written)?;
                }
            }
            // Sessions were asked for.
            (Some(_), _) => {}
        }
        place = next;
    }
    if rows.is_none() {
        draft.write_all(&document.end()).map_err(not_written)?;
    }
    drop(progress);
    draft.finish().map_err(not_written)?;
    let what = if rows.is_none() { "everything" } else { "the training sessions" };
    output.announce(Tone::Good, &format!("{file} holds {what} of {email}"))
}

fn length(part: &ExportPart) -> usize {
    match part {
        ExportPart::Exercises(items) => items.len(),
        ExportPart::Units(items) => items.len(),
        ExportPart::Plans(items) => items.len(),
        ExportPart::Grants(items) => items.len(),
        ExportPart::Sessions(items) => items.len(),
    }
}
