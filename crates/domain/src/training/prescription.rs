//! What an entry of a training unit prescribes.

use std::ops::RangeInclusive;

use super::Targets;

/// How often an exercise is done, what each set aims at, and how long the pauses between the sets are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Prescription {
    /// How many sets.
    pub sets: i16,
    /// What a set aims at.
    pub targets: Targets,
    /// The pause between sets, in seconds.
    pub rest_seconds: Option<i32>,
}

impl Prescription {
    /// How many sets there may be.
    pub const SETS: RangeInclusive<i16> = 1..=100;

    /// How long a pause may be, in seconds.
    pub const REST_SECONDS: RangeInclusive<i32> = 0..=86_400;
}
