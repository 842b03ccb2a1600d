//! How an exercise is measured.

use crate::attribute::attribute;

attribute! {
    /// What is counted in an exercise, beside the sets.
    Mode {
        /// Repetitions.
        Reps = "reps",
        /// Seconds.
        Time = "time",
        /// Kilometres.
        Distance = "distance",
        /// Nothing but the sets.
        SetsOnly = "sets_only",
    }
}
