//! The list of entries of a unit. Every change makes a new list of the old one; the port writes what differs.

use std::collections::HashMap;

use irontrack_domain::{
    ExerciseId, TrainingUnitId, UnitEntryId,
    account::Principal,
    training::{Ordered, TrainingUnit, UnitEntry, limits},
};
use irontrack_ports::{UnitOfWork, repo::EntryToStore};

use super::{
    EntryDraft, EntryOf, EntryPatch, ListedEntry, TrainingUnits, UnitError, admit, lock, read, targets::target_mistakes,
};
use crate::{Answered, Mistake, Once, Precondition, exercises::Names, intent::Intent, unit_of_work::within};

impl TrainingUnits {
    /// Adds an entry at a place, or at the end.
    ///
    /// # Errors
    /// [`UnitError`]: not found, not allowed, changed meanwhile, an unknown exercise, then too many entries.
    pub async fn add_entry(
        &self,
        caller: &Principal,
        id: TrainingUnitId,
        draft: EntryDraft,
        place: Option<usize>,
        precondition: &Precondition,
        once: &Once<'_, EntryOf>,
    ) -> Result<Answered, UnitError> {
        let add = async |work: &mut dyn UnitOfWork| {
            let unit = lock(work, caller, id, Intent::Write, precondition).await?;
            let exercise_name =
                Names::look_up::<UnitError>(work, caller, [draft.exercise_id]).await?.of(draft.exercise_id)?;
            if unit.entries.len() >= limits::ENTRIES_OF_UNIT {
                return Err(UnitError::too_many_entries());
            }
            let added = draft.stored_as(None, exercise_name);
            let mut order = Ordered::new(unit.entries.iter().map(|entry| Some(entry.id)).collect());
            let place = order.insert(None, place);
            let mut list = stored(&unit);
            list.insert(place, added);
            let unit = self.write_entries(work, caller, &unit, &list).await?;
            EntryOf::at(unit, place)
        };
        let now = self.clock.now();
        within(&*self.works, async |work| once.run(work, caller.user_id, now, add).await).await
    }

    /// Changes an entry.
    ///
    /// # Errors
    /// [`UnitError`]: not found, not allowed, changed meanwhile, an unknown exercise, then targets that do not go with the
    /// mode.
    pub async fn update_entry(
        &self,
        caller: &Principal,
        id: TrainingUnitId,
        entry: UnitEntryId,
        patch: EntryPatch,
        precondition: &Precondition,
    ) -> Result<EntryOf, UnitError> {
        within(&*self.works, async |work| {
            let (unit, place) = lock_entry(work, caller, id, entry, precondition).await?;
            let mut list = stored(&unit);
            let Some(changed) = list.get_mut(place) else { return Err(UnitError::EntryNotFound) };
            if let Some(exercise) = patch.exercise_id.filter(|id| changed.exercise_id != Some(*id)) {
                changed.exercise_name = Names::look_up::<UnitError>(work, caller, [exercise]).await?.of(exercise)?;
                changed.exercise_id = Some(exercise);
            }
            patch.apply(changed);
            let mistakes = target_mistakes(&changed.prescription.targets, changed.mode, "");
            if !mistakes.is_empty() {
                return Err(UnitError::Invalid(mistakes));
            }
            EntryOf::at(self.write_entries(work, caller, &unit, &list).await?, place)
        })
        .await
    }

    /// Removes an entry, and answers the unit without it.
    ///
    /// # Errors
    /// [`UnitError`]: not found, not allowed, changed meanwhile.
    pub async fn delete_entry(
        &self,
        caller: &Principal,
        id: TrainingUnitId,
        entry: UnitEntryId,
        precondition: &Precondition,
    ) -> Result<TrainingUnit, UnitError> {
        within(&*self.works, async |work| {
            let (unit, place) = lock_entry(work, caller, id, entry, precondition).await?;
            let mut list = stored(&unit);
            list.remove(place);
            self.write_entries(work, caller, &unit, &list).await
        })
        .await
    }

    /// Puts all entries into another order.
    ///
    /// # Errors
    /// [`UnitError`]: not found, not allowed, changed meanwhile, then ids that are not those of the entries.
    pub async fn order_entries(
        &self,
        caller: &Principal,
        id: TrainingUnitId,
        ids: &[UnitEntryId],
        precondition: &Precondition,
    ) -> Result<TrainingUnit, UnitError> {
        within(&*self.works, async |work| {
            let unit = lock(work, caller, id, Intent::Write, precondition).await?;
            let mut order = Ordered::new(unit.entries.iter().map(|entry| entry.id).collect());
            if let Err(no_permutation) = order.permute(ids) {
                return Err(UnitError::invalid("/ids", "value_error", format!("Value error, {no_permutation}")));
            }
            let mut by_id: HashMap<_, _> = unit.entries.iter().map(|entry| (entry.id, to_store(entry))).collect();
            let list: Vec<_> = order.ids().iter().filter_map(|id| by_id.remove(id)).collect();
            self.write_entries(work, caller, &unit, &list).await
        })
        .await
    }

    /// Replaces the whole list. Entries with an id are kept and replaced, the others are new.
    ///
    /// # Errors
    /// [`UnitError`]: not found, not allowed, changed meanwhile, an unknown exercise, then ids of no entry of the unit.
    pub async fn replace_entries(
        &self,
        caller: &Principal,
        id: TrainingUnitId,
        entries: Vec<ListedEntry>,
        precondition: &Precondition,
    ) -> Result<TrainingUnit, UnitError> {
        within(&*self.works, async |work| {
            let unit = lock(work, caller, id, Intent::Write, precondition).await?;
            let kept = |listed: &ListedEntry| unit.entries.iter().find(|entry| Some(entry.id) == listed.id);
            let is_new = |listed: &&ListedEntry| {
                kept(listed).and_then(|entry| entry.exercise_id) != Some(listed.entry.exercise_id)
            };
            let chosen: Vec<ExerciseId> =
                entries.iter().filter(is_new).map(|listed| listed.entry.exercise_id).collect();
            let names = Names::look_up::<UnitError>(work, caller, chosen).await?;
            let unknown =
                entries.iter().enumerate().filter(|(_, listed)| listed.id.is_some() && kept(listed).is_none());
            let mistakes: Vec<Mistake> = unknown.map(|(index, _)| unknown_id(index)).collect();
            if !mistakes.is_empty() {
                return Err(UnitError::Invalid(mistakes));
            }
            let mut list = Vec::with_capacity(entries.len());
            for listed in &entries {
                let kept = kept(listed);
                let exercise_name = match kept {
                    Some(kept) if kept.exercise_id == Some(listed.entry.exercise_id) => kept.exercise_name.clone(),
                    _ => names.of(listed.entry.exercise_id)?,
                };
                list.push(listed.entry.clone().stored_as(listed.id, exercise_name));
            }
            self.write_entries(work, caller, &unit, &list).await
        })
        .await
    }

    /// Writes the list if it is another one, and answers the unit as it is then.
    async fn write_entries(
        &self,
        work: &mut dyn UnitOfWork,
        caller: &Principal,
        unit: &TrainingUnit,
        list: &[EntryToStore],
    ) -> Result<TrainingUnit, UnitError> {
        if list == stored(unit) {
            return Ok(unit.clone());
        }
        work.training_units().write_entries(unit.id, list, self.clock.now()).await?;
        read(work, caller.user_id, unit.id).await
    }
}

/// Locks a unit to change an entry of it. What is not there is noticed before anything is refused, be it the unit or the
/// entry.
async fn lock_entry(
    work: &mut dyn UnitOfWork,
    caller: &Principal,
    id: TrainingUnitId,
    entry: UnitEntryId,
    precondition: &Precondition,
) -> Result<(TrainingUnit, usize), UnitError> {
    let unit = work.training_units().lock(caller.user_id, id).await?.ok_or(UnitError::NotFound)?;
    let place = unit.entries.iter().position(|stored| stored.id == entry).ok_or(UnitError::EntryNotFound)?;
    admit(&unit, Intent::Write, precondition)?;
    Ok((unit, place))
}

fn unknown_id(index: usize) -> Mistake {
    let message = "Value error, the training unit has no entry of this id".to_owned();
    Mistake { pointer: format!("/exercises/{index}/id"), rule: "value_error", message }
}

fn stored(unit: &TrainingUnit) -> Vec<EntryToStore> {
    unit.entries.iter().map(to_store).collect()
}

fn to_store(entry: &UnitEntry) -> EntryToStore {
    EntryToStore {
        id: Some(entry.id),
        exercise_id: entry.exercise_id,
        exercise_name: entry.exercise_name.clone(),
        mode: entry.mode,
        prescription: entry.prescription,
        notes: entry.notes.clone(),
    }
}
