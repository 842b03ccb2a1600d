//! Ticks of values.

use super::{Axis, Tick, rounded};
use crate::words::Unit;

/// Steps of time between ticks, in seconds; beyond the last one, whole multiples of ten hours.
const TIME_STEPS: [f64; 17] = [
    1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 900.0, 1800.0, 3600.0, 7200.0, 10_800.0, 21_600.0,
    36_000.0,
];

/// An axis for values from `least` to `greatest` with about `wanted` ticks at round numbers, the first and last of them at
/// the ends.
pub fn values(least: f64, greatest: f64, unit: Unit, wanted: u32) -> Axis {
    let spread = greatest - least;
    // A single value stands in the middle.
    let (least, greatest) = if spread > greatest.abs() * 1e-9 {
        (least, greatest)
    } else {
        let space = (greatest.abs() * 0.05).max(1.0);
        (if least >= 0.0 { (least - space).max(0.0) } else { least - space }, greatest + space)
    };
    let step = step((greatest - least) / f64::from(wanted.max(1)), unit);
    let (start, end) = ((least / step).floor(), (greatest / step).ceil());
    let decimals = decimals(step);
    let ticks = (0..=rounded(end - start)).map(|index| {
        let at = (start + f64::from(index)) * step;
        Tick { at, label: unit.label(at, decimals) }
    });
    Axis { from: start * step, to: end * step, ticks: ticks.collect() }
}

/// The least round step that is not below `wanted`.
fn step(wanted: f64, unit: Unit) -> f64 {
    if unit == Unit::Seconds
        && let Some(step) = TIME_STEPS.iter().find(|step| **step >= wanted)
    {
        return *step;
    }
    let base = if unit == Unit::Seconds { 36_000.0 } else { 1.0 };
    let power = 10_f64.powf((wanted / base).log10().floor()) * base;
    let steps = [1.0, 2.0, 2.5, 5.0, 10.0].map(|step| step * power);
    // The wanted step is less than ten times the power, but for the errors of floating-point numbers.
    steps.into_iter().find(|step| *step >= wanted * (1.0 - 1e-9)).unwrap_or(steps[4])
}

/// How many decimals the multiples of a step need, three at most: values have no more.
fn decimals(step: f64) -> usize {
    let is_enough = |decimals: &i32| {
        let multiple = step * 10_f64.powi(*decimals);
        (multiple - multiple.round()).abs() < 1e-6
    };
    (0..3).find(is_enough).and_then(|decimals| usize::try_from(decimals).ok()).unwrap_or(3)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(least: f64, greatest: f64, unit: Unit) -> Vec<String> {
        values(least, greatest, unit, 4).ticks.into_iter().map(|tick| tick.label).collect()
    }

    #[test]
    fn ticks_are_round_and_enclose_the_values() {
        assert_eq!(labels(81.0, 118.5, Unit::Kilograms), ["80", "90", "100", "110", "120"]);
        assert_eq!(labels(0.0, 9300.0, Unit::Kilograms), ["0", "2,500", "5,000", "7,500", "10,000"]);
        assert_eq!(labels(5.0, 5.4, Unit::Kilometres), ["5", "5.1", "5.2", "5.3", "5.4"]);
        assert_eq!(labels(20.0, 95.0, Unit::Seconds), ["0:00", "0:30", "1:00", "1:30", "2:00"]);
        assert_eq!(labels(0.0, 400_000.0, Unit::Seconds), ["0:00", "50:00:00", "100:00:00", "150:00:00"]);
    }

    #[test]
    fn a_single_value_stands_in_the_middle() {
        let axis = values(100.0, 100.0, Unit::Kilograms, 4);
        assert!(axis.from < 100.0 && axis.to > 100.0, "{axis:?}");
        assert_eq!(labels(0.0, 0.0, Unit::Kilograms).first().map(String::as_str), Some("0"), "nothing is negative");
    }

    #[test]
    fn ends_are_never_the_same() {
        for (least, greatest) in [(0.0, 0.0), (1e15, 1e15), (1e15, 1e15 + 1.0), (0.0, 1e-9), (-5.0, -5.0), (3.0, 1e12)]
        {
            let axis = values(least, greatest, Unit::Kilograms, 5);
            assert!(axis.from <= least && axis.to >= greatest && axis.from < axis.to, "{least} {greatest}: {axis:?}");
            assert!(axis.ticks.len() <= 8, "{axis:?}");
        }
    }
}
