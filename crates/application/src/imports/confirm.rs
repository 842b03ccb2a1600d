//! Writing what was found in a file.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use irontrack_domain::{ExerciseId, ImportId, import::ImportFormat};
use irontrack_ports::{
    UnitOfWork,
    repo::{Import, ImportOutcome, ImportedName, NameDecision, PartKind},
};

use super::{ImportError, Importer, Imports, Meaning, create::create, mapping::readable};
use crate::{
    Answered, Once,
    copies::{Group, Outdated},
    unit_of_work::finish_and_tell,
};

impl Imports {
    /// Writes everything in an import, or nothing. Sessions that are there already are left out.
    ///
    /// # Errors
    /// [`ImportError`]: not found, confirmed already, names without an exercise, names of new exercises that are taken, too
    /// many others.
    pub async fn confirm(&self, importer: Importer, id: ImportId) -> Result<Import, ImportError> {
        let _turn = self.turn().await?;
        let mut work = self.works.begin().await?;
        let outcome = confirm_in(&mut *work, importer, id, self.clock.now()).await;
        let outcome = outcome.map(|import| (import, outdated(importer)));
        finish_and_tell(work, &self.copies, outcome).await
    }

    /// The same for a request that may be sent again.
    ///
    /// # Errors
    /// As for [`confirm`](Self::confirm), and those of repeated requests.
    pub async fn confirm_once(
        &self,
        importer: Importer,
        id: ImportId,
        once: &Once<'_, Import>,
    ) -> Result<Answered, ImportError> {
        let _turn = self.turn().await?;
        let now = self.clock.now();
        let mut work = self.works.begin().await?;
        let confirm = async |work: &mut dyn UnitOfWork| confirm_in(work, importer, id, now).await;
        let outcome = once.run(&mut *work, importer.user_id, now, confirm).await;
        let outcome = outcome.map(|answered| (answered, outdated(importer)));
        finish_and_tell(work, &self.copies, outcome).await
    }
}

/// Custom exercises may have been made.
fn outdated(importer: Importer) -> Outdated {
    Outdated::new([Group::ExercisesOf(importer.user_id).key()])
}

async fn confirm_in(
    work: &mut dyn UnitOfWork,
    importer: Importer,
    id: ImportId,
    now: DateTime<Utc>,
) -> Result<Import, ImportError> {
    let owner = importer.user_id;
    // The account first, as everybody does who gives something a name or starts a session; alone, because two imports of the
    // same file would not see each other's sessions.
    if work.accounts().lock_for_naming(owner).await? != Some(true) {
        return Err(ImportError::OwnerGone);
    }
    let import = work.imports().lock(owner, id, now).await?.ok_or(ImportError::NotFound)?;
    if import.confirmed_at.is_some() {
        return Err(ImportError::Confirmed);
    }
    let parts = work.imports().parts(id).await?;
    if parts.iter().any(|(kind, _)| *kind != PartKind::Sessions) {
        work.training_plans().lock_of(owner).await?;
    }
    let mut targets = known_exercises(work, importer, &import).await?;
    let to_create: Vec<&ImportedName> =
        import.exercises.iter().filter(|name| Meaning::of(name) == Meaning::Create).collect();
    let created = create(work, importer, &to_create, now).await?;
    let distinct: BTreeSet<ExerciseId> = created.iter().map(|(_, id)| *id).collect();
    let mut outcome = ImportOutcome { custom_exercises: distinct.len() as u64, ..ImportOutcome::default() };
    targets.extend(created);
    let all: Vec<_> = targets.iter().map(|(number, id)| (*number, *id)).collect();
    work.imports().resolve(id, &all).await?;
    for part in parts {
        let written = work.imports().write(id, owner, part, now).await?;
        match part.0 {
            PartKind::Units => outcome.units += written.things,
            PartKind::Plans => outcome.plans += written.things,
            PartKind::Sessions => outcome.sessions += written.things,
        }
        outcome.exercises += written.exercises;
        outcome.sets += written.sets;
    }
    outcome.duplicates = import.counts.sessions.saturating_sub(outcome.sessions);
    remember(work, &import, &targets).await?;
    // The version of the history, which everybody locks last.
    work.imports().finish(id, owner, &outcome, now).await?;
    tracing::debug!(import_id = %id, user_id = %owner, ?outcome, "import written");
    work.imports().lock(owner, id, now).await?.ok_or(ImportError::NotFound)
}

/// The exercises that are there for names, kept from being removed. All names must have a meaning by now, and what they
/// mean must still be there.
async fn known_exercises(
    work: &mut dyn UnitOfWork,
    importer: Importer,
    import: &Import,
) -> Result<BTreeMap<u32, ExerciseId>, ImportError> {
    let meant = import.exercises.iter().filter_map(|name| match Meaning::of(name) {
        Meaning::Exercise(id) => Some((name.number, id)),
        _ => None,
    });
    let mut targets: BTreeMap<u32, ExerciseId> = meant.collect();
    let ids: Vec<ExerciseId> = targets.values().copied().collect::<BTreeSet<_>>().into_iter().collect();
    let there: BTreeSet<ExerciseId> = readable(work, importer, &ids).await?.into_iter().collect();
    targets.retain(|_, id| there.contains(id));
    let is_open = |name: &&ImportedName| match Meaning::of(name) {
        Meaning::Unknown => true,
        Meaning::Exercise(_) => !targets.contains_key(&name.number),
        Meaning::Create | Meaning::Skip | Meaning::NameOnly => false,
    };
    let open: Vec<String> = import.exercises.iter().filter(is_open).map(|name| name.name.clone()).collect();
    if open.is_empty() { Ok(targets) } else { Err(ImportError::Unmapped(open)) }
}

/// Remembers what the owner has said about names of other apps.
async fn remember(
    work: &mut dyn UnitOfWork,
    import: &Import,
    targets: &BTreeMap<u32, ExerciseId>,
) -> Result<(), ImportError> {
    if import.format == ImportFormat::IrontrackJson {
        return Ok(());
    }
    let said = import
        .exercises
        .iter()
        .filter(|name| matches!(name.decision, Some(NameDecision::Exercise(_) | NameDecision::Create { .. })));
    let meanings: Vec<(String, ExerciseId)> =
        said.filter_map(|name| targets.get(&name.number).map(|id| (name.folded.clone(), *id))).collect();
    Ok(work.imports().remember(import.owner, &meanings).await?)
}
