//! The course of one exercise.

use irontrack_domain::{
    ExerciseId, UserId,
    progress::{Estimator, Period},
};

/// An exercise as somebody who trains knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownExercise {
    /// What it is called now.
    pub name: String,
    /// Whether it is there for everybody who may read it; else it was hidden.
    pub is_visible: bool,
    /// Whether it belongs to the system catalogue.
    pub is_system_default: bool,
    /// Who owns it, if it is a custom one.
    pub created_by: Option<UserId>,
    /// Whether there are sets of it in the history, of whatever kind and in whatever session.
    pub has_sets: bool,
}

/// What an exercise is called now.
pub type CurrentName = (ExerciseId, String);

/// What is asked of the course of an exercise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PointFilter {
    /// In whose history.
    pub owner: UserId,
    /// Which exercise.
    pub exercise: ExerciseId,
    /// Of which sessions.
    pub period: Period,
    /// How maxima are estimated.
    pub estimator: Estimator,
    /// Whether warm-ups count.
    pub include_warmups: bool,
}
