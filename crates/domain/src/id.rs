//! Identifiers. Each kind of thing has a type of its own, so that ids cannot be mixed up.

use std::fmt;

use uuid::Uuid;

macro_rules! uuid_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(transparent))]
        pub struct $name(Uuid);

        impl $name {
            /// Wraps a UUID that is known to identify this kind of thing.
            #[must_use]
            pub const fn new(id: Uuid) -> Self {
                Self(id)
            }

            /// The bare UUID, for storage and the wire.
            #[must_use]
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

uuid_id! {
    /// A user account. UUID version 7.
    UserId
}
uuid_id! {
    /// A signed-in session of an account (not a training session). UUID version 7.
    SessionId
}
uuid_id! {
    /// One refresh token of a session: the token's `jti`. UUID version 4.
    RefreshId
}
uuid_id! {
    /// An exercise, of the system catalogue or custom. UUID version 7.
    ExerciseId
}
uuid_id! {
    /// A training unit: the template of one workout. UUID version 7.
    TrainingUnitId
}
uuid_id! {
    /// A training plan. UUID version 7.
    TrainingPlanId
}
uuid_id! {
    /// A file that was read, to be imported. UUID version 7.
    ImportId
}
uuid_id! {
    /// A training session: a workout that was started (not a signed-in session). UUID version 7.
    TrainingSessionId
}

macro_rules! numeric_id {
    ($(#[$doc:meta])* $name:ident($number:ty)) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(transparent))]
        pub struct $name($number);

        impl $name {
            /// Wraps a number that is known to identify this kind of thing.
            #[must_use]
            pub const fn new(id: $number) -> Self {
                Self(id)
            }

            /// The bare number, for storage and the wire.
            #[must_use]
            pub const fn number(self) -> $number {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

numeric_id! {
    /// An entry of a training unit: a prescribed exercise.
    UnitEntryId(i32)
}
numeric_id! {
    /// A training unit on a day of a plan.
    PlanUnitId(i32)
}
numeric_id! {
    /// An exercise of a training session.
    SessionExerciseId(i64)
}
numeric_id! {
    /// A set of an exercise of a training session.
    SessionSetId(i64)
}
