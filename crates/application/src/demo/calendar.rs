//! When people train.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use irontrack_domain::TimeZone;

use super::{dice::Dice, person::Person};

/// On which days of a week, Monday first, whoever trains so often does so: never for long in a row.
const THREE: [bool; 7] = [true, false, true, false, true, false, false];
const FOUR: [bool; 7] = [true, true, false, true, false, true, false];
const FIVE: [bool; 7] = [true, true, false, true, true, true, false];

/// The last session is on `until` or not long before, and begins before `latest`.
#[derive(Debug, Clone, Copy)]
pub(super) struct End {
    pub(super) until: NaiveDate,
    pub(super) latest: DateTime<Utc>,
}

/// The starts of so many sessions, from the first to the last.
pub(super) fn starts(count: usize, end: End, person: &Person, dice: &mut Dice) -> Vec<DateTime<Utc>> {
    let week = match person.days_a_week {
        ..=3 => THREE,
        4 => FOUR,
        5.. => FIVE,
    };
    let mut starts = Vec::with_capacity(count);
    let mut date = end.until;
    while starts.len() < count {
        let is_training_day = week.get(weekday(date)).copied().unwrap_or_default();
        // Now and then something comes in between.
        if is_training_day && dice.happens(94) {
            let start = moment(local_start(date, person, dice), person.time_zone);
            starts.extend(Some(start).filter(|start| *start <= end.latest));
        }
        let Some(before) = date.pred_opt() else { break };
        date = before;
    }
    starts.reverse();
    starts
}

fn weekday(date: NaiveDate) -> usize {
    usize::try_from(date.weekday().num_days_from_monday()).unwrap_or_default()
}

/// About when they like it, at weekends in the morning; to the second, as an app would note it.
fn local_start(date: NaiveDate, person: &Person, dice: &mut Dice) -> NaiveDateTime {
    let hour = if weekday(date) >= 5 { 10 } else { person.hour };
    let minutes = hour * 60 + dice.between(-25..=45);
    date.and_time(NaiveTime::MIN) + TimeDelta::seconds(i64::from(minutes) * 60 + i64::from(dice.between(0..=59)))
}

/// The moment at which the clocks there show that. One that they leave out comes an hour later or earlier.
fn moment(local: NaiveDateTime, zone: TimeZone) -> DateTime<Utc> {
    let guess = local.and_utc();
    let offset = |moment: DateTime<Utc>| zone.local(moment) - moment.naive_utc();
    // The offset is that of the moment itself, which the first guess may miss by a change of the clocks.
    let near = guess - offset(guess);
    guess - offset(near)
}

#[cfg(test)]
mod tests {
    use chrono::Timelike;

    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn clocks_on_the_wall_are_met() {
        for (zone, local, expected) in [
            ("Europe/Berlin", "2026-07-01T18:00:00", "2026-07-01T16:00:00Z"),
            ("Europe/Berlin", "2026-12-01T18:00:00", "2026-12-01T17:00:00Z"),
            ("Australia/Sydney", "2026-01-01T06:00:00", "2025-12-31T19:00:00Z"),
            ("America/Los_Angeles", "2026-11-01T06:00:00", "2026-11-01T14:00:00Z"),
        ] {
            let moment = moment(local.parse().unwrap(), TimeZone::parse(zone).unwrap());
            assert_eq!(moment, expected.parse::<DateTime<Utc>>().unwrap(), "{zone} {local}");
        }
    }

    #[test]
    fn people_train_three_to_five_times_a_week_at_their_hours() {
        let until = date("2026-11-20");
        for number in 1..=60 {
            let mut dice = Dice::of(3, number);
            let person = Person::new(&mut dice);
            let starts = starts(200, End { until, latest: DateTime::<Utc>::MAX_UTC }, &person, &mut dice);
            assert_eq!(starts.len(), 200);
            assert!(starts.is_sorted());
            let locals: Vec<_> = starts.iter().map(|start| person.time_zone.local(*start)).collect();
            assert!(locals.iter().all(|local| (5..=20).contains(&local.hour())), "{person:?}");
            let days = (locals[199].date() - locals[0].date()).num_days();
            let a_week = 199.0 * 7.0 / f64::from(i32::try_from(days).unwrap());
            assert!((2.5..=5.0).contains(&a_week), "{a_week} for {}", person.days_a_week);
            let last = locals[199].date();
            assert!(last <= until && last > until - TimeDelta::days(14), "{last}");
            let latest = starts[198];
            let mut dice = Dice::of(3, number);
            let person = Person::new(&mut dice);
            assert!(super::starts(200, End { until, latest }, &person, &mut dice).iter().all(|start| *start <= latest));
            assert!(locals.windows(2).all(|pair| pair[0].date() < pair[1].date()), "one session a day");
        }
    }
}
