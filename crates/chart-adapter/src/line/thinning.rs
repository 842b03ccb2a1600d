//! Which of many points are drawn.

use irontrack_ports::ChartPoint;

/// The points that a line needs on so many columns of pixels: in each column the first, the last, the least and the
/// greatest, and all records. A line through them covers the same pixels as one through all points (M4: U. Jugel and
/// others, M4: A Visualization-Oriented Time Series Data Aggregation, PVLDB 7 (10), 2014). As many points as columns, or
/// fewer, stay as they are. `column` tells in which column a point is; points are in the order of time.
pub fn thinned(points: &[ChartPoint], columns: usize, column: impl Fn(&ChartPoint) -> i32) -> Vec<ChartPoint> {
    if points.len() <= columns {
        return points.to_vec();
    }
    points.chunk_by(|one, next| column(one) == column(next)).flat_map(of_column).collect()
}

/// What is kept of the points of a column, in their order.
fn of_column(points: &[ChartPoint]) -> impl Iterator<Item = ChartPoint> {
    let by_value = |one: &(usize, &ChartPoint), other: &(usize, &ChartPoint)| one.1.value.total_cmp(&other.1.value);
    let place = |found: Option<(usize, &ChartPoint)>| found.map(|(index, _)| index);
    let least = place(points.iter().enumerate().min_by(by_value));
    let greatest = place(points.iter().enumerate().max_by(by_value));
    let end = points.len().checked_sub(1);
    let kept = points
        .iter()
        .enumerate()
        .filter(move |(index, point)| point.is_record || *index == 0 || [least, greatest, end].contains(&Some(*index)));
    kept.map(|(_, point)| *point)
}

/// The records to mark: of those in one column the last one, whose mark would cover the others.
pub fn marked(points: &[ChartPoint], column: impl Fn(&ChartPoint) -> i32) -> Vec<ChartPoint> {
    let records: Vec<ChartPoint> = points.iter().filter(|point| point.is_record).copied().collect();
    records.chunk_by(|one, next| column(one) == column(next)).filter_map(|column| column.last()).copied().collect()
}

#[cfg(test)]
mod tests {
    use chrono::{NaiveDate, TimeDelta};
    use proptest::prelude::*;

    use super::*;

    /// Points a minute apart.
    fn points(values: &[f64], is_record: impl Fn(usize) -> bool) -> Vec<ChartPoint> {
        let start = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap().and_hms_opt(0, 0, 0).unwrap();
        let point = |(index, value): (usize, &f64)| ChartPoint {
            start: start + TimeDelta::minutes(i64::try_from(index).unwrap()),
            value: *value,
            is_record: is_record(index),
        };
        values.iter().enumerate().map(point).collect()
    }

    /// The column of a point where a column is so many minutes wide.
    fn column(minutes: i64) -> impl Fn(&ChartPoint) -> i32 + Copy {
        move |point| i32::try_from(point.start.and_utc().timestamp() / 60 / minutes).unwrap()
    }

    fn values(points: &[ChartPoint]) -> Vec<f64> {
        points.iter().map(|point| point.value).collect()
    }

    #[test]
    fn ends_extremes_and_records_of_a_column_stay() {
        let all = points(&[5.0, 1.0, 4.0, 9.0, 4.0, 6.0, 2.0, 2.0, 2.0], |index| index == 2);
        assert_eq!(values(&thinned(&all, 2, column(6))), [5.0, 1.0, 4.0, 9.0, 6.0, 2.0, 2.0]);
        assert_eq!(thinned(&all, 9, column(6)), all);
        assert_eq!(thinned(&[], 0, column(6)), []);
    }

    #[test]
    fn a_column_has_one_mark() {
        let all = points(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0], |index| index != 3);
        assert_eq!(values(&marked(&all, column(3))), [3.0, 6.0, 7.0]);
    }

    proptest! {
        #[test]
        fn nothing_that_can_be_seen_is_lost(
            series in proptest::collection::vec((0_u32..1000, any::<bool>()), 0..300), minutes in 1_i64..60,
        ) {
            let numbers: Vec<f64> = series.iter().map(|(value, _)| f64::from(*value)).collect();
            let all = points(&numbers, |index| series[index].1);
            let columns = column(minutes);
            let kept = thinned(&all, 0, columns);
            prop_assert!(kept.iter().all(|point| all.contains(point)), "nothing is made up");
            prop_assert!(kept.windows(2).all(|pair| pair[0].start < pair[1].start), "each once and in order");
            let plain = kept.iter().filter(|point| !point.is_record).count();
            prop_assert!(plain <= 4 * all.chunk_by(|a, b| columns(a) == columns(b)).count());
            prop_assert_eq!(kept.iter().filter(|p| p.is_record).count(), all.iter().filter(|p| p.is_record).count());
            for points in all.chunk_by(|a, b| columns(a) == columns(b)) {
                let kept: Vec<_> = kept.iter().filter(|point| columns(point) == columns(&points[0])).collect();
                let range = |values: &mut dyn Iterator<Item = f64>| {
                    values.fold((f64::MAX, f64::MIN), |(least, most), value| (value.min(least), value.max(most)))
                };
                let (of_kept, of_all) =
                    (range(&mut kept.iter().map(|p| p.value)), range(&mut points.iter().map(|p| p.value)));
                prop_assert_eq!(of_kept, of_all);
                prop_assert_eq!((kept[0], *kept.last().unwrap()), (&points[0], points.last().unwrap()));
            }
        }
    }
}
