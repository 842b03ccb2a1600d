use proptest::prelude::*;

use super::*;
use crate::{
    progress::{
        Appearance,
        history::tests::{reps, session},
    },
    training::session::SetType,
};

fn weight(kilograms: &str) -> RecordValue {
    RecordValue::Weight(Weight::parse(kilograms).unwrap())
}

fn found(sessions: Vec<Appearance>) -> Vec<Record> {
    records(&History::new(sessions, false), Estimator::default())
}

/// Kind, set, value and previous value of the records of one kind.
fn of_kind(records: &[Record], kind: RecordKind) -> Vec<(Option<i64>, RecordValue, RecordValue)> {
    let records = records.iter().filter(|record| record.kind == kind);
    records.map(|record| (record.set.map(|set| set.id.number()), record.value, record.previous)).collect()
}

#[test]
fn the_whole_first_session_is_the_baseline() {
    let first = session(1, "2026-01-01T10:00:00Z", vec![reps(1, Some("60"), 5), reps(2, Some("100"), 5)]);
    assert_eq!(found(vec![first.clone()]), []);
    let second = session(2, "2026-01-03T10:00:00Z", vec![reps(3, Some("100"), 5), reps(4, Some("105"), 5)]);
    let records = found(vec![second, first]);
    assert_eq!(of_kind(&records, RecordKind::MaxWeight), [(Some(4), weight("105"), weight("100"))], "a tie is none");
    assert!(records.iter().all(|record| record.start.to_rfc3339().starts_with("2026-01-03")));
}

#[test]
fn each_record_beats_the_one_before() {
    let sessions = vec![
        session(1, "2026-01-01T10:00:00Z", vec![reps(1, Some("100"), 5)]),
        session(2, "2026-01-02T10:00:00Z", vec![reps(2, Some("102.5"), 5), reps(3, Some("105"), 5)]),
        session(3, "2026-01-03T10:00:00Z", vec![reps(4, Some("104"), 5)]),
    ];
    let records = found(sessions);
    let expected = [(Some(2), weight("102.5"), weight("100")), (Some(3), weight("105"), weight("102.5"))];
    assert_eq!(of_kind(&records, RecordKind::MaxWeight), expected);
    let volume = |grams| RecordValue::Volume(Volume::from_grams(grams));
    assert_eq!(of_kind(&records, RecordKind::MaxSessionVolume), [(None, volume(1_037_500), volume(500_000))]);
    let standing = latest(&records);
    assert_eq!(of_kind(&standing, RecordKind::MaxWeight), expected[1..]);
    assert_eq!(of_kind(&standing, RecordKind::MaxE1rm).len(), 1);
}

#[test]
fn repetitions_are_compared_with_sets_of_at_least_that_weight() {
    let sessions = vec![
        session(1, "2026-01-01T10:00:00Z", vec![reps(1, Some("100"), 5), reps(2, Some("80"), 8)]),
        session(
            2,
            "2026-01-02T10:00:00Z",
            vec![
                reps(3, Some("90"), 5),
                reps(4, Some("90"), 6),
                reps(5, Some("80"), 9),
                reps(6, Some("110"), 4),
                reps(7, Some("60"), 9),
            ],
        ),
    ];
    let number = RecordValue::Reps;
    let expected = [(Some(4), number(6), number(5)), (Some(5), number(9), number(8))];
    assert_eq!(of_kind(&found(sessions), RecordKind::MaxRepsAtWeight), expected, "nothing was as heavy as 110 before");
}

#[test]
fn without_weight_repetitions_make_records() {
    let sessions = vec![
        session(1, "2026-01-01T10:00:00Z", vec![reps(1, None, 20)]),
        session(2, "2026-01-02T10:00:00Z", vec![reps(2, None, 20), reps(3, None, 25), reps(4, Some("10"), 0)]),
        session(3, "2026-01-03T10:00:00Z", vec![reps(5, Some("10"), 5)]),
    ];
    let records = found(sessions);
    assert_eq!(records.len(), 1, "the first weight beats nothing, {records:?}");
    let expected = [(Some(3), RecordValue::Reps(25), RecordValue::Reps(20))];
    assert_eq!(of_kind(&records, RecordKind::MaxRepsAtWeight), expected);
}

#[test]
fn times_and_distances_have_records_of_their_own() {
    let timed = |id, seconds| LoggedSet { metric: Some(Metric::TimeSeconds(seconds)), ..reps(id, None, 0) };
    let run =
        |id, metres| LoggedSet { metric: Distance::from_metres(metres).map(Metric::Distance), ..reps(id, None, 0) };
    let sessions = vec![
        session(1, "2026-01-01T10:00:00Z", vec![timed(1, 60), run(2, 5000)]),
        session(2, "2026-01-02T10:00:00Z", vec![timed(3, 61), run(4, 5000), run(5, 5001)]),
    ];
    let records = found(sessions);
    let expected = [(Some(3), RecordValue::Seconds(61), RecordValue::Seconds(60))];
    assert_eq!(of_kind(&records, RecordKind::LongestTime), expected);
    assert_eq!(of_kind(&records, RecordKind::LongestDistance).len(), 1);
    assert_eq!(records.len(), 2);
}

/// Tens of kilograms, repetitions, and which type of set.
type Drawn = (Option<u32>, i16, usize);

fn history() -> impl Strategy<Value = Vec<Appearance>> {
    let set = (proptest::option::of(0_u32..6), 0_i16..6, 0..SetType::ALL.len());
    let sets = proptest::collection::vec(set, 0..6);
    proptest::collection::vec((0_i64..5, sets), 0..8).prop_map(|sessions| {
        let numbered = (1..).zip(sessions);
        let appearance = |(id, (day, sets)): (u8, (i64, Vec<Drawn>))| {
            let sets = (i64::from(id) * 10..).zip(sets).map(|(set_id, (tens, count, set_type))| LoggedSet {
                weight: tens.and_then(|tens| Weight::from_grams(tens * 10_000)),
                set_type: SetType::ALL[set_type],
                ..reps(set_id, None, count)
            });
            session(id.into(), &format!("2026-01-{:02}T10:00:00Z", day + 1), sets.collect())
        };
        numbered.map(appearance).collect()
    })
}

proptest! {
    /// Against every set compared with all that came before.
    #[test]
    fn records_are_what_nothing_before_has_reached(sessions in history()) {
        let history = History::new(sessions, false);
        let mut before: Vec<(Weight, i16)> = Vec::new();
        let mut expected = Vec::new();
        for (index, appearance) in history.appearances().iter().enumerate() {
            for set in &appearance.sets {
                let weight = set.weight.or(Weight::from_grams(0)).unwrap();
                let count = set.reps().unwrap();
                let best = before.iter().filter(|earlier| earlier.0 >= weight).map(|earlier| earlier.1).max();
                if let Some(best) = best.filter(|best| index > 0 && count > *best) {
                    let value = (RecordValue::Reps(count), RecordValue::Reps(best));
                    expected.push((Some(set.id.number()), value.0, value.1));
                }
                if count > 0 {
                    before.push((weight, count));
                }
            }
        }
        let records = records(&history, Estimator::default());
        prop_assert_eq!(of_kind(&records, RecordKind::MaxRepsAtWeight), expected);
        let first = history.appearances().first().map(|appearance| appearance.session_id);
        for record in &records {
            prop_assert!(record.value > record.previous && Some(record.session_id) != first);
            prop_assert_eq!(std::mem::discriminant(&record.value), std::mem::discriminant(&record.previous));
        }
        for &kind in RecordKind::ALL {
            let of_kind = of_kind(&records, kind);
            if kind != RecordKind::MaxRepsAtWeight {
                prop_assert!(of_kind.windows(2).all(|pair| pair[0].1 == pair[1].2), "an unbroken chain");
            }
        }
    }

    /// Sets that are beaten with the same metric, and sessions with less volume than an earlier one, make no difference.
    #[test]
    fn what_is_beaten_can_be_left_out(sessions in history()) {
        let history = History::new(sessions, false);
        let (mut seen, mut greatest) = (Vec::new(), Volume::ZERO);
        let mut contenders = Vec::new();
        let nothing = Weight::from_grams(0);
        for (index, appearance) in history.appearances().iter().enumerate() {
            let Appearance { session_id, start, zone, .. } = *appearance;
            let mut sets = Vec::new();
            for set in &appearance.sets {
                let is_beaten = |earlier: &LoggedSet| {
                    earlier.metric == set.metric && earlier.weight.or(nothing) >= set.weight.or(nothing)
                };
                if !seen.iter().any(is_beaten) {
                    sets.push(*set);
                }
                seen.push(*set);
            }
            let volume: Volume = appearance.sets.iter().map(LoggedSet::volume).sum();
            let volume = if volume > greatest { volume } else { Volume::ZERO };
            greatest = greatest.max(volume);
            contenders.push(Contender { session_id, start, zone, is_baseline: index == 0, sets, volume });
        }
        prop_assert_eq!(records_among(contenders, Estimator::default()), records(&history, Estimator::default()));
    }
}
