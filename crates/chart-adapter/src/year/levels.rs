//! Which colour a day has.

use irontrack_ports::{DayActivity, DayMeasure};

use super::Activities;
use crate::words::{Unit, counted};

/// The four colours of days with training.
const LEVELS: [f64; 4] = [1.0, 2.0, 3.0, 4.0];

/// What the colours stand for.
#[derive(Debug, Clone, Copy)]
pub struct Levels {
    measure: DayMeasure,
    /// By how much a colour is more than the one before.
    step: f64,
}

impl Levels {
    /// Colours for these days: so many sessions each, or parts of the greatest volume.
    pub fn of(measure: DayMeasure, days: &Activities) -> Self {
        let volumes = days.values().map(|day| day.volume).filter(|volume| volume.is_finite());
        let greatest = volumes.fold(0.0, f64::max);
        let step = match measure {
            DayMeasure::Volume if greatest > 0.0 => round_step(greatest / 4.0),
            DayMeasure::Volume | DayMeasure::Sessions => 1.0,
        };
        Self { measure, step }
    }

    /// The colour of a day: 0 is that of no training.
    pub fn level(&self, day: &DayActivity) -> usize {
        let value = match self.measure {
            DayMeasure::Sessions => f64::from(day.sessions),
            DayMeasure::Volume => day.volume,
        };
        if value.is_nan() || value <= 0.0 {
            return 0;
        }
        LEVELS
            .iter()
            .position(|level| value <= level * self.step * (1.0 + 1e-9))
            .map_or(LEVELS.len(), |index| index + 1)
    }

    /// What the first and the last colour stand for.
    pub fn ends(&self) -> (String, String) {
        match self.measure {
            DayMeasure::Sessions => ("0".to_owned(), "4 or more".to_owned()),
            DayMeasure::Volume => (Unit::Kilograms.value(0.0), Unit::Kilograms.value(self.step * 4.0)),
        }
    }

    /// What a colour stands for.
    pub fn name(&self, level: usize) -> String {
        let factor = level.checked_sub(1).and_then(|index| LEVELS.get(index));
        match (self.measure, factor) {
            (DayMeasure::Sessions, _) if level == LEVELS.len() => format!("{level} or more sessions"),
            (DayMeasure::Sessions, _) => counted(level as u64, "session", "sessions"),
            (DayMeasure::Volume, None) => Unit::Kilograms.value(0.0),
            (DayMeasure::Volume, Some(factor)) => format!("up to {}", Unit::Kilograms.value(self.step * factor)),
        }
    }
}

/// The least round number that is not below `wanted`: less round than those of ticks, so that the strongest colour is used.
fn round_step(wanted: f64) -> f64 {
    let power = 10_f64.powf(wanted.log10().floor());
    let steps = [1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0].map(|step| step * power);
    steps.into_iter().find(|step| *step >= wanted).unwrap_or(10.0 * power)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    fn day(sessions: u32, volume: f64) -> DayActivity {
        DayActivity { date: NaiveDate::from_ymd_opt(2026, 3, 4).unwrap(), sessions, volume }
    }

    #[test]
    fn sessions_are_counted() {
        let levels = Levels::of(DayMeasure::Sessions, &Activities::new());
        assert_eq!([1, 2, 3, 4, 9].map(|sessions| levels.level(&day(sessions, 0.0))), [1, 2, 3, 4, 4]);
        assert_eq!([0, 1, 4].map(|level| levels.name(level)), ["0 sessions", "1 session", "4 or more sessions"]);
    }

    #[test]
    fn volumes_are_parts_of_the_greatest() {
        let most = day(1, 9300.0);
        let levels = Levels::of(DayMeasure::Volume, &Activities::from([(most.date, most)]));
        let volumes = [0.0, 0.1, 2500.0, 2501.0, 7499.0, 9300.0];
        assert_eq!(volumes.map(|volume| levels.level(&day(1, volume))), [0, 1, 1, 2, 3, 4]);
        assert_eq!(levels.ends(), ("0 kg".to_owned(), "10,000 kg".to_owned()));
        assert_eq!(levels.name(2), "up to 5,000 kg");
        let nothing = Levels::of(DayMeasure::Volume, &Activities::new());
        assert_eq!(nothing.level(&day(1, f64::NAN)), 0);
    }
}
