//! The training programmes inside the binary.

use irontrack_application::setup::{Programme, SystemCatalogue};
use irontrack_cli::programme_file::ProgrammeFiles;

use crate::Failure;

macro_rules! programmes {
    ($($file:literal),+ $(,)?) => {
        ProgrammeFiles(&[$(($file, include_str!(concat!("../../../catalogue/programmes/", $file)))),+])
    };
}

const FILES: ProgrammeFiles<'static> = programmes![
    "daily-mobility-quarter-hour.json",
    "dumbbells-only-muscle.json",
    "first-five-kilometres.json",
    "full-body-foundations.json",
    "kettlebell-three-days.json",
    "linear-progression-five-by-five.json",
    "nine-week-strength-peak.json",
    "no-equipment-home-strength.json",
    "push-pull-legs-six-days.json",
    "upper-lower-four-days.json",
];

/// Reads the programmes, whose exercises are those of the catalogue.
///
/// # Errors
/// A mistake in the files, which the tests would have found.
pub(crate) fn programmes(catalogue: &SystemCatalogue) -> Result<Vec<Programme>, Failure> {
    FILES.read(catalogue).map_err(|error| Failure::failed(error.to_string()))
}
