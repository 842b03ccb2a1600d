use proptest::prelude::*;

use super::*;

const NOON: i64 = 1_777_636_800_000_000;

/// So many microseconds after noon.
fn at(micros: i64) -> SessionTime {
    SessionTime::from_clock(DateTime::from_timestamp_micros(NOON + micros).unwrap())
}

const DAY: i64 = 86_400_000_000;

#[test]
fn a_session_ends_once() {
    let now = at(90_000_000).time();
    let started = Course::started(at(0));
    assert_eq!((started.status(), started.end(), started.duration_seconds()), (SessionStatus::InProgress, None, None));
    let finished = started.finish(None, now).unwrap();
    assert_eq!((finished.status(), finished.end()), (SessionStatus::Completed, Some(at(90_000_000))));
    assert_eq!(finished.duration_seconds(), Some(90));
    let aborted = started.abort(Some(at(5)), now).unwrap();
    assert_eq!((aborted.status(), aborted.end()), (SessionStatus::Aborted, Some(at(5))));
    assert_eq!(aborted.duration_seconds(), None, "nobody knows how long it would have taken");
    for ended in [finished, aborted] {
        assert_eq!(ended.finish(None, now), Err(Refusal::NotInProgress));
        assert_eq!(ended.abort(Some(at(-1)), now), Err(Refusal::NotInProgress));
    }
}

#[test]
fn an_end_belongs_to_its_start() {
    let now = at(0).time();
    let started = Course::started(at(0));
    assert_eq!(started.finish(Some(at(-1)), now), Err(CourseProblem::EndBeforeStart.into()));
    assert_eq!(started.finish(Some(at(0)), now).unwrap().duration_seconds(), Some(0));
    assert_eq!(started.abort(Some(at(31 * DAY + 1)), now), Err(CourseProblem::TooLong.into()));
    assert_eq!(started.finish(Some(at(31 * DAY)), now).unwrap().duration_seconds(), Some(2_678_400));
    assert_eq!(Course::completed(at(0), at(-1)), Err(CourseProblem::EndBeforeStart));
    let ahead = Course::started(at(200_000_000)).finish(None, now).unwrap();
    assert_eq!((ahead.end(), ahead.duration_seconds()), (Some(at(200_000_000)), Some(0)));
    assert_eq!(Course::completed(at(1), at(1_999_999)).unwrap().duration_seconds(), Some(1), "no fractions");
}

#[test]
fn corrections_keep_how_it_ended() {
    let started = Course::started(at(0));
    let earlier = started.correct(Some(at(-5_000_000)), None).unwrap();
    assert_eq!((earlier.status(), earlier.start()), (SessionStatus::InProgress, at(-5_000_000)));
    assert_eq!(started.correct(None, Some(at(1))), Err(Refusal::InProgress));
    let completed = Course::completed(at(0), at(60_000_000)).unwrap();
    assert_eq!(completed.correct(Some(at(30_000_000)), None).unwrap().duration_seconds(), Some(30));
    assert_eq!(completed.correct(None, Some(at(90_000_000))).unwrap().duration_seconds(), Some(90));
    let both = completed.correct(Some(at(70_000_000)), Some(at(80_000_000))).unwrap();
    assert_eq!(both.duration_seconds(), Some(10), "the two are looked at together");
    assert_eq!(completed.correct(Some(at(60_000_001)), None), Err(CourseProblem::EndBeforeStart.into()));
    assert_eq!(completed.correct(Some(at(-31 * DAY)), None), Err(CourseProblem::TooLong.into()));
    let aborted = started.abort(Some(at(1)), at(0).time()).unwrap().correct(None, Some(at(2))).unwrap();
    assert_eq!((aborted.status(), aborted.end()), (SessionStatus::Aborted, Some(at(2))));
    assert_eq!(completed.correct(None, None), Ok(completed));
}

#[test]
fn what_was_stored_against_the_rules_is_noticed() {
    use SessionStatus::{Aborted, Completed, InProgress};
    let stored = |status, end: Option<i64>| Course::from_stored(status, at(0), end.map(at)).map(Course::status);
    for (status, end, expected) in [
        (InProgress, None, Some(InProgress)),
        (InProgress, Some(1), None),
        (Completed, Some(1), Some(Completed)),
        (Completed, None, None),
        (Completed, Some(-1), None),
        (Aborted, Some(0), Some(Aborted)),
        (Aborted, None, None),
        (Aborted, Some(32 * DAY), None),
    ] {
        assert_eq!(stored(status, end), expected, "{status:?} {end:?}");
    }
}

#[derive(Debug, Clone)]
enum Step {
    Finish(Option<i64>),
    Abort(Option<i64>),
    Correct(Option<i64>, Option<i64>),
}

fn step() -> impl Strategy<Value = Step> {
    let time = || proptest::option::of(-40 * DAY..40 * DAY);
    prop_oneof![
        time().prop_map(Step::Finish),
        time().prop_map(Step::Abort),
        (time(), time()).prop_map(|(start, end)| Step::Correct(start, end)),
    ]
}

proptest! {
    #[test]
    fn whatever_is_tried_the_rules_hold(steps in proptest::collection::vec(step(), 0..20), now in -DAY..DAY) {
        let now = at(now).time();
        let mut course = Course::started(at(0));
        for step in steps {
            let changed = match step {
                Step::Finish(end) => course.finish(end.map(at), now),
                Step::Abort(end) => course.abort(end.map(at), now),
                Step::Correct(start, end) => course.correct(start.map(at), end.map(at)),
            };
            let was_in_progress = course.status() == SessionStatus::InProgress;
            if let Ok(changed) = changed {
                prop_assert!(was_in_progress || changed.status() == course.status());
                course = changed;
            }
            prop_assert_eq!(course.end().is_none(), course.status() == SessionStatus::InProgress);
            prop_assert_eq!(course.duration_seconds().is_some(), course.status() == SessionStatus::Completed);
            if let Some(end) = course.end() {
                let length = end.time() - course.start().time();
                prop_assert!(length >= TimeDelta::zero() && length <= TimeDelta::days(31));
            }
            let stored = Course::from_stored(course.status(), course.start(), course.end());
            prop_assert_eq!(stored, Some(course));
        }
    }
}
