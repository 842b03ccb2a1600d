//! The fixed values of sessions and sets.

use crate::attribute::attribute;

attribute! {
    /// How far a training session is.
    SessionStatus {
        /// It was started.
        InProgress = "in_progress",
        /// It was brought to its end.
        Completed = "completed",
        /// It was broken off.
        Aborted = "aborted",
    }
}

attribute! {
    /// What a set is for.
    #[derive(Default)]
    SetType {
        /// Training.
        #[default]
        Working = "working",
        /// Getting warm.
        Warmup = "warmup",
        /// Going on with less weight, without a pause.
        Drop = "drop",
        /// Until no repetition is left.
        Failure = "failure",
    }
}

impl SetType {
    /// Whether such sets make volume and records.
    #[must_use]
    pub fn counts(self) -> bool {
        self != Self::Warmup
    }
}
