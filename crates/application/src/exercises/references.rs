//! Ids of catalogue items that people name in an exercise.

use std::collections::BTreeSet;

use irontrack_domain::{catalogue::CatalogueKind, exercise::assisting};
use irontrack_ports::UnitOfWork;

use super::ExerciseError;

/// The lists of ids in a request. `None` where a change leaves a list alone.
pub(crate) struct Named<'a> {
    pub(crate) primary_muscles: Option<&'a [i128]>,
    pub(crate) secondary_muscles: Option<&'a [i128]>,
    pub(crate) equipment: Option<&'a [i128]>,
    pub(crate) tags: Option<&'a [i128]>,
}

/// The same lists once all ids are known to exist: ascending and without duplicates.
pub(crate) struct Existing {
    pub(crate) primary_muscles: Option<Vec<i16>>,
    pub(crate) secondary_muscles: Option<Vec<i16>>,
    pub(crate) equipment: Option<Vec<i16>>,
    pub(crate) tags: Option<Vec<i16>>,
}

impl Existing {
    /// Takes the muscles that are primary after the change out of those that are secondary after it.
    pub(crate) fn separate_muscles(&mut self, stored_primary: &[i16], stored_secondary: &[i16]) {
        if self.primary_muscles.is_some() || self.secondary_muscles.is_some() {
            let primary = self.primary_muscles.as_deref().unwrap_or(stored_primary);
            let secondary = self.secondary_muscles.as_deref().unwrap_or(stored_secondary);
            self.secondary_muscles = Some(assisting(primary, secondary));
        }
    }
}

/// Looks all ids up, muscles first, then equipment, then tags, and locks what they refer to.
pub(crate) async fn look_up(unit: &mut dyn UnitOfWork, named: &Named<'_>) -> Result<Existing, ExerciseError> {
    let primary = one_list(unit, CatalogueKind::MuscleGroups, named.primary_muscles).await?;
    let secondary = one_list(unit, CatalogueKind::MuscleGroups, named.secondary_muscles).await?;
    match (primary.missing.is_empty(), secondary.missing.is_empty()) {
        (true, true) => {}
        (false, true) => return Err(ExerciseError::NoSuchItems { what: "Primary muscles", ids: primary.missing }),
        (true, false) => return Err(ExerciseError::NoSuchItems { what: "Secondary muscles", ids: secondary.missing }),
        (false, false) => {
            return Err(ExerciseError::NoSuchMuscles { primary: primary.missing, secondary: secondary.missing });
        }
    }
    let equipment = one_list(unit, CatalogueKind::Equipment, named.equipment).await?;
    if !equipment.missing.is_empty() {
        return Err(ExerciseError::NoSuchItems { what: "Equipment", ids: equipment.missing });
    }
    let tags = one_list(unit, CatalogueKind::ExerciseTags, named.tags).await?;
    if !tags.missing.is_empty() {
        return Err(ExerciseError::NoSuchItems { what: "Tags", ids: tags.missing });
    }
    Ok(Existing {
        primary_muscles: primary.existing,
        secondary_muscles: secondary.existing,
        equipment: equipment.existing,
        tags: tags.existing,
    })
}

struct Found {
    existing: Option<Vec<i16>>,
    /// Ascending, without duplicates.
    missing: Vec<i128>,
}

async fn one_list(
    unit: &mut dyn UnitOfWork,
    kind: CatalogueKind,
    named: Option<&[i128]>,
) -> Result<Found, ExerciseError> {
    let Some(named) = named else { return Ok(Found { existing: None, missing: Vec::new() }) };
    let named: BTreeSet<i128> = named.iter().copied().collect();
    // No row has an id outside the range of the column.
    let possible: Vec<i16> = named.iter().filter_map(|id| i16::try_from(*id).ok()).collect();
    let existing =
        if possible.is_empty() { Vec::new() } else { unit.catalogues().lock_existing(kind, &possible).await? };
    let missing = named.into_iter().filter(|id| !existing.iter().any(|known| i128::from(*known) == *id)).collect();
    Ok(Found { existing: Some(existing), missing })
}
