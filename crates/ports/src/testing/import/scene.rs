//! What imports are made of in these tests.

use chrono::{DateTime, TimeDelta, Utc};
use irontrack_domain::{
    ExerciseId, ImportId, TrainingSessionId, TrainingUnitId, UserId,
    import::ImportFormat,
    training::{
        Mode, SharingStatus,
        session::{Course, PerformedSet},
    },
};
use uuid::Uuid;

use crate::{
    UnitOfWork,
    repo::{
        Import, ImportCounts, ImportOutcome, ImportPart, ImportedName, NameDecision, PartOutcome, StagedEntry,
        StagedExercise, StagedSession, StagedUnit, TimePrecision,
    },
    testing::{
        Ports,
        store::{at, commit},
        training_session::scene::{time, zone},
        training_unit::{entry, name},
    },
};

/// An import of that account that was read at that second, and lives for a hundred.
pub(super) fn import(owner: UserId, second: i64) -> Import {
    Import {
        id: ImportId::new(Uuid::now_v7()),
        owner,
        format: ImportFormat::IrontrackJson,
        created_at: at(second),
        expires_at: at(second) + TimeDelta::seconds(100),
        confirmed_at: None,
        counts: ImportCounts { sessions: 7, refused: 3, ..ImportCounts::default() },
        refused: Vec::new(),
        exercises: Vec::new(),
        outcome: None,
    }
}

/// A name of that number, of which nothing is known.
pub(super) fn unknown(number: u32) -> ImportedName {
    ImportedName {
        number,
        name: format!("Exercise {number}"),
        folded: format!("exercise {number}"),
        source: None,
        sets: u64::from(number),
        definition: None,
        found: None,
        decision: None,
    }
}

/// A session of an hour that begins at that second.
pub(super) fn session(second: i64, exercises: Vec<StagedExercise>) -> StagedSession {
    StagedSession {
        id: TrainingSessionId::new(Uuid::now_v7()),
        goes_on: false,
        twins: 0,
        precision: TimePrecision::Microsecond,
        plan: None,
        plan_name: None,
        unit: None,
        unit_name: Some(name("Push")),
        course: Course::completed(time(second), time(second + 3600)).expect("an hour"),
        time_zone: zone("Europe/Berlin"),
        notes: None,
        exercises,
    }
}

/// An exercise of a session under that number.
pub(super) fn done(exercise: Option<u32>, called: Option<&str>, mode: Mode, sets: Vec<PerformedSet>) -> StagedExercise {
    let name = called.map(str::to_owned);
    StagedExercise { exercise, name, mode, planned: None, entry_place: None, notes: None, sets }
}

/// A unit with an entry for each of these numbers.
pub(super) fn unit(called: &str, exercises: &[u32]) -> StagedUnit {
    let entries = exercises.iter().map(|&number| {
        let entry = entry(&format!("Entry {number}"), Mode::Reps);
        StagedEntry {
            exercise: Some(number),
            exercise_name: entry.exercise_name,
            mode: entry.mode,
            prescription: entry.prescription,
            notes: entry.notes,
        }
    });
    StagedUnit {
        id: TrainingUnitId::new(Uuid::now_v7()),
        source: TrainingUnitId::new(Uuid::now_v7()),
        name: name(called),
        description: None,
        sharing_status: SharingStatus::Shared,
        entries: entries.collect(),
    }
}

impl Ports<'_> {
    /// Stores an import with these parts; answers how many of its sessions the account has already.
    pub(super) async fn stage(&self, import: &Import, parts: &[ImportPart]) -> u64 {
        let mut work = self.begin().await;
        let mut duplicates = 0;
        for (place, part) in (0..).zip(parts) {
            duplicates += work.imports().stage(import.id, import.owner, place, part).await.expect("the part is stored");
        }
        work.imports().insert(import).await.expect("the import is stored");
        commit(work).await;
        duplicates
    }

    /// The import as it is read.
    pub(super) async fn read_import(&self, owner: UserId, id: ImportId, now: DateTime<Utc>) -> Option<Import> {
        self.imports.import(owner, id, now).await.expect("the import can be read")
    }

    /// Writes all parts of an import, whose names are these exercises, and answers what each has added.
    pub(super) async fn write_import(
        &self,
        import: &Import,
        targets: &[(u32, ExerciseId)],
        skipped: &[u32],
    ) -> Vec<PartOutcome> {
        let mut work = self.begin().await;
        let decisions: Vec<_> = skipped.iter().map(|&number| (number, NameDecision::Skip)).collect();
        work.imports().decide(import.id, &decisions).await.expect("it is decided");
        work.imports().resolve(import.id, targets).await.expect("names are resolved");
        let outcomes = write_all(&mut *work, import).await;
        commit(work).await;
        outcomes
    }
}

async fn write_all(work: &mut dyn UnitOfWork, import: &Import) -> Vec<PartOutcome> {
    let mut outcomes = Vec::new();
    let parts = work.imports().parts(import.id).await.expect("there are parts");
    for part in parts {
        outcomes.push(work.imports().write(import.id, import.owner, part, at(50)).await.expect("a part is written"));
    }
    let sessions = outcomes.iter().map(|outcome| outcome.things).sum();
    let outcome = ImportOutcome { sessions, ..ImportOutcome::default() };
    work.imports().finish(import.id, import.owner, &outcome, at(60)).await.expect("it is finished");
    outcomes
}
