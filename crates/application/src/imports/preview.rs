//! Reading a file and keeping what is in it.

use chrono::{DateTime, Utc};
use irontrack_domain::{ImportId, TimeZone};
use irontrack_interchange::ReadSettings;
use irontrack_ports::{RepositoryError, UnitOfWork, repo::Import};
use tokio::{sync::mpsc, task::spawn_blocking};
use uuid::Uuid;

use super::{
    ImportError, ImportFile, Importer, Imports, LIFETIME, MOST_PREVIEWS,
    known::Known,
    reading::{Ended, read},
};
use crate::{Answered, Once, unit_of_work::within};

/// How many parts wait to be stored.
const WAITING: usize = 4;

/// A file that is about to be read.
struct Task {
    id: ImportId,
    importer: Importer,
    file: ImportFile,
    known: Known,
    settings: ReadSettings,
}

impl Imports {
    /// Reads a file, and keeps what is in it until its owner confirms it. Nothing is kept of a file that is not read to its
    /// end. Of several that were not confirmed the latest stay.
    ///
    /// # Errors
    /// [`ImportError`]: something that the file does not say and nobody else has said, a file that cannot be read, too many
    /// others.
    pub async fn preview(&self, importer: Importer, file: ImportFile) -> Result<Import, ImportError> {
        let (_turn, task) = (self.turn().await?, self.task(importer, file).await?);
        within(&*self.works, async |work| read_in(work, task).await).await
    }

    /// The same for a request that may be sent again.
    ///
    /// # Errors
    /// As for [`preview`](Self::preview), and those of repeated requests.
    pub async fn preview_once(
        &self,
        importer: Importer,
        file: ImportFile,
        once: &Once<'_, Import>,
    ) -> Result<Answered, ImportError> {
        let (_turn, task) = (self.turn().await?, self.task(importer, file).await?);
        let now = task.settings.now;
        let read = async |work: &mut dyn UnitOfWork| read_in(work, task).await;
        within(&*self.works, async |work| once.run(work, importer.user_id, now, read).await).await
    }

    async fn task(&self, importer: Importer, file: ImportFile) -> Result<Task, ImportError> {
        let now = self.clock.now();
        let settings = settings(&file, now)?;
        let known = Known::of(&self.reads, importer.user_id).await?;
        Ok(Task { id: ImportId::new(Uuid::now_v7()), importer, file, known, settings })
    }
}

fn settings(file: &ImportFile, now: DateTime<Utc>) -> Result<ReadSettings, ImportError> {
    let time_zone = match file.time_zone {
        Some(time_zone) => time_zone,
        None if file.format.needs_time_zone() => {
            return Err(ImportError::invalid("/timeZone", "missing", "Field required"));
        }
        // Nothing in such a file is told by the clocks of a place.
        None => TimeZone::parse("UTC").map_err(|_| ImportError::invalid("/timeZone", "missing", "Field required"))?,
    };
    Ok(ReadSettings { time_zone, weight_unit: file.weight_unit, distance_unit: file.distance_unit, now })
}

async fn read_in(work: &mut dyn UnitOfWork, task: Task) -> Result<Import, ImportError> {
    let Task { id, importer, file, known, settings } = task;
    let owner = importer.user_id;
    let format = file.format;
    let (sender, mut parts) = mpsc::channel(WAITING);
    // If nobody listens any more, because a part was not stored or the client has gone, it ends with the next part.
    let reading = spawn_blocking(move || read(format, file.bytes, &settings, &known, &sender));
    let (mut place, mut duplicates) = (0, 0);
    while let Some(part) = parts.recv().await {
        duplicates += work.imports().stage(id, owner, place, &part).await?;
        place += 1;
    }
    let read = reading.await.map_err(|error| RepositoryError::Unexpected(format!("a file was not read: {error}")))?;
    let reading = read.map_err(|ended| match ended {
        Ended::Refused(error) => *error,
        Ended::Unwanted => RepositoryError::Unexpected("a file was not read to its end".into()).into(),
    })?;
    let import = Import {
        id,
        owner,
        format,
        created_at: settings.now,
        expires_at: settings.now + LIFETIME,
        confirmed_at: None,
        counts: irontrack_ports::repo::ImportCounts { duplicates, ..reading.counts },
        refused: reading.refused,
        exercises: reading.names,
        outcome: None,
    };
    work.imports().insert(&import).await?;
    work.imports().trim(owner, MOST_PREVIEWS).await?;
    Ok(import)
}
