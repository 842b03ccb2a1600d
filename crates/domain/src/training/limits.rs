//! How much training data may hold.

use std::ops::RangeInclusive;

/// The days of a plan, which count from 1: ten years.
pub const PLAN_DAYS: RangeInclusive<i16> = 1..=3660;

/// The most entries of a training unit.
pub const ENTRIES_OF_UNIT: usize = 200;

/// The most units of a training plan, each counted as often as it stands in it.
pub const UNITS_OF_PLAN: usize = 400;

/// The most exercises of a training session.
pub const EXERCISES_OF_SESSION: usize = 200;

/// The most sets of an exercise of a training session.
pub const SETS_OF_EXERCISE: usize = 200;

/// The most people who are given access to a training unit or plan.
pub const GRANTS: usize = 500;
