//! Muscles of an exercise.

/// The muscles that assist: those named as secondary that are not primary at the same time.
#[must_use]
pub fn assisting(primary: &[i16], secondary: &[i16]) -> Vec<i16> {
    secondary.iter().copied().filter(|muscle| !primary.contains(muscle)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_primary_muscle_is_not_secondary_as_well() {
        assert_eq!(assisting(&[5], &[5, 6, 7]), [6, 7]);
        assert_eq!(assisting(&[], &[1]), [1]);
    }
}
