//! Attributes by which exercises are classified. The order of the variants is the order in which lists are sorted.

use crate::attribute::attribute;

attribute! {
    /// Direction of the force that the muscles produce.
    Force {
        /// Towards the body.
        Pull = "pull",
        /// Away from the body.
        Push = "push",
        /// Without movement.
        Static = "static",
    }
}

attribute! {
    /// How much experience an exercise asks for.
    DifficultyLevel {
        /// Safe to start with.
        Beginner = "beginner",
        /// Asks for some practice.
        Intermediate = "intermediate",
        /// Asks for years of practice.
        Expert = "expert",
    }
}

attribute! {
    /// How many joints an exercise moves.
    Mechanic {
        /// Several joints.
        Compound = "compound",
        /// One joint.
        Isolation = "isolation",
    }
}

attribute! {
    /// Kind of training.
    Category {
        /// Resistance training.
        Strength = "strength",
        /// Flexibility.
        Stretching = "stretching",
        /// Jumps and throws.
        Plyometrics = "plyometrics",
        /// Odd objects and carries.
        Strongman = "strongman",
        /// Squat, bench press, deadlift and their variations.
        Powerlifting = "powerlifting",
        /// Endurance.
        Cardio = "cardio",
        /// Snatch, clean and jerk and their variations.
        OlympicWeightlifting = "olympic weightlifting",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back_to_their_value() {
        assert!(Category::ALL.iter().all(|&c| Category::from_name(c.as_str()) == Some(c)));
        assert!(Force::ALL.iter().all(|&f| Force::from_name(f.as_str()) == Some(f)));
        assert_eq!(Mechanic::from_name("Compound"), None);
        assert_eq!(DifficultyLevel::ALL.len(), 3);
    }
}
