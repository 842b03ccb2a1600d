//! What there is to train with: exercises of the catalogue, and plans if there are any.

use std::collections::HashMap;

use irontrack_domain::{
    ExerciseId, TrainingPlanId,
    exercise::{Exercise, Slug},
    training::{Mode, TemplateName, TrainingUnit},
};

use super::load::Load;

/// What an exercise is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// The first and heaviest of a session.
    Main,
    /// What follows.
    Accessory,
    /// The end.
    Core,
    /// A session of its own.
    Endurance,
}

/// Kinds of sessions without a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Focus {
    Push,
    Pull,
    Legs,
    Any,
}

/// An exercise that people do without a plan as well.
#[derive(Debug, Clone)]
pub(super) struct Lift {
    pub(super) exercise: ExerciseId,
    pub(super) name: String,
    pub(super) mode: Mode,
    pub(super) part: Part,
    pub(super) focus: Focus,
}

/// A plan with its units in the order in which they come.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    pub(super) id: TrainingPlanId,
    pub(super) name: TemplateName,
    pub(super) units: Vec<TrainingUnit>,
}

/// All of it.
#[derive(Debug, Clone)]
pub(super) struct Material {
    pub(super) lifts: Vec<Lift>,
    pub(super) plans: Vec<Plan>,
    loads: HashMap<ExerciseId, Load>,
}

const BAR: u32 = 2_500;
const SMALL: u32 = 1_250;

/// Exercises of the built-in catalogue that are common in all gyms: what they are good for, and the weight in kilograms
/// with which somebody average begins.
#[rustfmt::skip]
const KNOWN: [(&str, Mode, Part, Focus, u32, u32); 27] = [
    ("barbell-back-squat", Mode::Reps, Part::Main, Focus::Legs, 50, BAR),
    ("barbell-front-squat", Mode::Reps, Part::Main, Focus::Legs, 40, BAR),
    ("barbell-deadlift", Mode::Reps, Part::Main, Focus::Legs, 65, BAR),
    ("barbell-bench-press", Mode::Reps, Part::Main, Focus::Push, 42, BAR),
    ("incline-barbell-bench-press", Mode::Reps, Part::Main, Focus::Push, 35, BAR),
    ("barbell-overhead-press", Mode::Reps, Part::Main, Focus::Push, 27, SMALL),
    ("bent-over-barbell-row", Mode::Reps, Part::Main, Focus::Pull, 40, BAR),
    ("pendlay-row", Mode::Reps, Part::Main, Focus::Pull, 42, BAR),
    ("romanian-deadlift", Mode::Reps, Part::Accessory, Focus::Legs, 45, BAR),
    ("leg-press", Mode::Reps, Part::Accessory, Focus::Legs, 90, BAR),
    ("lying-leg-curl", Mode::Reps, Part::Accessory, Focus::Legs, 25, BAR),
    ("barbell-hip-thrust", Mode::Reps, Part::Accessory, Focus::Legs, 50, BAR),
    ("bulgarian-split-squat", Mode::Reps, Part::Accessory, Focus::Legs, 10, SMALL),
    ("dumbbell-bench-press", Mode::Reps, Part::Accessory, Focus::Push, 16, SMALL),
    ("dumbbell-lateral-raise", Mode::Reps, Part::Accessory, Focus::Push, 6, SMALL),
    ("overhead-cable-triceps-extension", Mode::Reps, Part::Accessory, Focus::Push, 15, SMALL),
    ("chest-dip", Mode::Reps, Part::Accessory, Focus::Push, 0, SMALL),
    ("lat-pulldown", Mode::Reps, Part::Accessory, Focus::Pull, 40, BAR),
    ("seated-cable-row", Mode::Reps, Part::Accessory, Focus::Pull, 37, BAR),
    ("pull-up", Mode::Reps, Part::Accessory, Focus::Pull, 0, SMALL),
    ("dumbbell-curl", Mode::Reps, Part::Accessory, Focus::Pull, 9, SMALL),
    ("hammer-curl", Mode::Reps, Part::Accessory, Focus::Pull, 10, SMALL),
    ("plank", Mode::Time, Part::Core, Focus::Any, 0, SMALL),
    ("side-plank", Mode::Time, Part::Core, Focus::Any, 0, SMALL),
    ("crunch", Mode::Reps, Part::Core, Focus::Any, 0, SMALL),
    ("running", Mode::Distance, Part::Endurance, Focus::Any, 0, SMALL),
    ("treadmill-running", Mode::Distance, Part::Endurance, Focus::Any, 0, SMALL),
];

impl Material {
    /// What is in the catalogue, and these plans.
    pub(super) fn new(catalogue: Vec<Exercise>, plans: Vec<Plan>) -> Self {
        let known: HashMap<_, _> = KNOWN.iter().map(|known| (known.0, known)).collect();
        let (mut lifts, mut loads) = (Vec::new(), HashMap::new());
        for exercise in catalogue {
            let known = exercise.slug.as_ref().map(Slug::as_str).and_then(|slug| known.get(slug));
            match known {
                Some(&&(_, mode, part, focus, kilograms, step)) => {
                    loads.extend(Some((exercise.id, Load { grams: kilograms * 1000, step })).filter(|_| kilograms > 0));
                    lifts.push(Lift { exercise: exercise.id, name: exercise.name, mode, part, focus });
                }
                None => loads.extend(usual_load(&exercise).map(|load| (exercise.id, load))),
            }
        }
        Self { lifts, plans, loads }
    }

    /// The weight that an exercise is done with; `None` without any.
    pub(super) fn load(&self, exercise: Option<ExerciseId>) -> Option<Load> {
        exercise.and_then(|exercise| self.loads.get(&exercise)).copied()
    }
}

/// What is usual with that equipment.
fn usual_load(exercise: &Exercise) -> Option<Load> {
    let kilograms = |name: &str| match name {
        "barbell" | "machine" => Some((30, BAR)),
        "cable" | "e-z curl bar" => Some((17, BAR)),
        "kettlebells" => Some((12, 4_000)),
        "dumbbell" => Some((10, SMALL)),
        _ => None,
    };
    let (kilograms, step) = exercise.equipment.iter().find_map(|item| kilograms(&item.name))?;
    Some(Load { grams: kilograms * 1000, step })
}
