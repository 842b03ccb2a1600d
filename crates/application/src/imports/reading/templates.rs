//! Custom exercises, training units and plans of an export of ours.

use irontrack_domain::{
    TrainingPlanId, TrainingUnitId,
    exercise::Exercise,
    training::{TrainingPlan, TrainingUnit},
};
use irontrack_ports::repo::{StagedEntry, StagedPlan, StagedUnit};
use uuid::Uuid;

use super::{Ended, Reader, cut};

impl Reader<'_> {
    pub(super) fn exercise(&mut self, exercise: &Exercise) -> Result<(), Ended> {
        self.counts.custom_exercises += 1;
        self.names.define(exercise, self.known)
    }

    pub(super) fn unit(&mut self, unit: TrainingUnit) -> Result<(), Ended> {
        self.counts.units += 1;
        let mut entries = Vec::with_capacity(unit.entries.len());
        for (place, entry) in (0..).zip(unit.entries) {
            self.entries.insert(entry.id, (unit.id, place));
            let exercise = match entry.exercise_id {
                Some(source) => Some(self.names.of_source(source, &entry.exercise_name, 0)?),
                None => None,
            };
            entries.push(StagedEntry {
                exercise,
                exercise_name: cut(entry.exercise_name),
                mode: entry.mode,
                prescription: entry.prescription,
                notes: entry.notes,
            });
        }
        self.batches.unit(StagedUnit {
            id: TrainingUnitId::new(Uuid::now_v7()),
            source: unit.id,
            name: unit.head.name,
            description: unit.head.description,
            sharing_status: unit.head.sharing_status,
            entries,
        })
    }

    pub(super) fn plan(&mut self, plan: TrainingPlan) -> Result<(), Ended> {
        self.counts.plans += 1;
        self.batches.plan(StagedPlan {
            id: TrainingPlanId::new(Uuid::now_v7()),
            source: plan.id,
            name: plan.head.name,
            description: plan.head.description,
            sharing_status: plan.head.sharing_status,
            difficulty_level: plan.difficulty_level,
            schedule: plan.units.iter().map(|unit| (unit.day, unit.place, unit.unit_id)).collect(),
        })
    }
}
