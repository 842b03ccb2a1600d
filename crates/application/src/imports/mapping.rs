//! What the owner of an import says about the names in it.

use std::collections::BTreeMap;

use irontrack_domain::{
    ExerciseId, ImportId,
    exercise::{ExerciseName, may_read_custom},
};
use irontrack_interchange::folded;
use irontrack_ports::{
    UnitOfWork,
    repo::{Import, NameDecision},
};

use super::{ImportError, Importer, Imports};
use crate::{
    exercises::references::{Named, look_up},
    unit_of_work::within,
};

/// What a name means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappedName {
    /// The name as it stands in the file, ignoring case and blanks.
    pub name: String,
    /// What it means. Ids of muscles are as they came.
    pub decision: NameDecision,
}

impl Imports {
    /// Says what names mean. Those that are not named keep what was said before; of a name that is named twice, the last word
    /// counts.
    ///
    /// # Errors
    /// [`ImportError`]: not found, confirmed already, a name that is not in the file or that no exercise can have, an unknown
    /// exercise or muscle group.
    pub async fn map(&self, importer: Importer, id: ImportId, items: &[MappedName]) -> Result<Import, ImportError> {
        let now = self.clock.now();
        within(&*self.works, async |work| {
            let owner = importer.user_id;
            let import = work.imports().lock(owner, id, now).await?.ok_or(ImportError::NotFound)?;
            let decisions = decisions(&import, items)?;
            look_up_exercises(work, importer, items).await?;
            look_up_muscles(work, items).await?;
            work.imports().decide(id, &decisions).await?;
            work.imports().lock(owner, id, now).await?.ok_or(ImportError::NotFound)
        })
        .await
    }
}

/// What is said about which number.
fn decisions(import: &Import, items: &[MappedName]) -> Result<Vec<(u32, NameDecision)>, ImportError> {
    if import.confirmed_at.is_some() {
        return Err(ImportError::Confirmed);
    }
    let mut decisions = BTreeMap::new();
    for (place, item) in items.iter().enumerate() {
        let folded = folded(&item.name);
        let named: Vec<_> = import.exercises.iter().filter(|name| name.folded == folded).collect();
        let pointer = format!("/items/{place}/name");
        if named.is_empty() {
            return Err(ImportError::invalid(pointer, "value_error", "Value error, the file does not have this name"));
        }
        if matches!(item.decision, NameDecision::Create { .. })
            && let Err(violation) = ExerciseName::parse(&item.name)
        {
            let message = format!("Value error, the name of an exercise {violation}");
            return Err(ImportError::invalid(pointer, "value_error", message));
        }
        decisions.extend(named.iter().map(|name| (name.number, item.decision.clone())));
    }
    Ok(decisions.into_iter().collect())
}

async fn look_up_exercises(
    work: &mut dyn UnitOfWork,
    importer: Importer,
    items: &[MappedName],
) -> Result<(), ImportError> {
    let chosen = items.iter().filter_map(|item| match item.decision {
        NameDecision::Exercise(id) => Some(id),
        _ => None,
    });
    let mut ids: Vec<ExerciseId> = chosen.collect();
    ids.sort_unstable();
    ids.dedup();
    let known = readable(work, importer, &ids).await?;
    if known.len() < ids.len() { Err(ImportError::ExerciseNotFound) } else { Ok(()) }
}

/// Those of these exercises that are there for the importer, kept from being removed.
pub(super) async fn readable(
    work: &mut dyn UnitOfWork,
    Importer { user_id, role }: Importer,
    ids: &[ExerciseId],
) -> Result<Vec<ExerciseId>, ImportError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let kept = work.exercises().keep(ids).await?.into_iter();
    let readable = kept.filter(|kept| kept.owner.is_none() || may_read_custom(user_id, role, kept.owner));
    Ok(readable.map(|kept| kept.id).collect())
}

async fn look_up_muscles(work: &mut dyn UnitOfWork, items: &[MappedName]) -> Result<(), ImportError> {
    let chosen = items.iter().flat_map(|item| match &item.decision {
        NameDecision::Create { primary_muscles } => primary_muscles.as_slice(),
        _ => &[],
    });
    let muscles: Vec<i128> = chosen.map(|id| i128::from(*id)).collect();
    let named = Named { primary_muscles: Some(&muscles), secondary_muscles: None, equipment: None, tags: None };
    look_up(work, &named).await?;
    Ok(())
}
