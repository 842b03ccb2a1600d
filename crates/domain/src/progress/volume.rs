//! Hard sets and kilograms over time: by muscle, exercise or category.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{Bucket, Effort, LoggedSession, Period, PointStart, SecondaryFactor, Share, TrainedExercise, TrainingLog};
use crate::{ExerciseId, attribute::attribute, catalogue::CatalogueItem, exercise::Category};

attribute! {
    /// What volume is told for.
    #[derive(Default)]
    Grouping {
        /// Each muscle group.
        #[default]
        Muscle = "muscle",
        /// Each exercise.
        Exercise = "exercise",
        /// Each kind of training.
        Category = "category",
    }
}

/// Which muscle group, exercise or category; `Unknown` for the muscles and categories of exercises that are gone, and
/// for the muscles of those that name none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GroupId {
    /// A muscle group.
    Muscle(i16),
    /// An exercise.
    Exercise(ExerciseId),
    /// A kind of training.
    Category(Category),
    /// None that is known.
    Unknown,
}

/// A muscle group, exercise or category.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Group<'a> {
    /// Which one.
    pub id: GroupId,
    /// What it is called. An exercise that is gone has nothing but its name.
    pub name: Option<&'a str>,
}

impl<'a> Group<'a> {
    const UNKNOWN: Self = Self { id: GroupId::Unknown, name: None };

    const fn of_exercise(exercise: &'a TrainedExercise) -> Self {
        let id = match exercise.id {
            Some(id) => GroupId::Exercise(id),
            None => GroupId::Unknown,
        };
        Self { id, name: Some(exercise.name.as_str()) }
    }

    fn of_category(exercise: &TrainedExercise) -> Self {
        exercise
            .category
            .map_or(Self::UNKNOWN, |category| Self { id: GroupId::Category(category), name: Some(category.as_str()) })
    }

    /// By name, ignoring case; what is unknown comes last.
    fn order(&self) -> (bool, String, Option<&'a str>, Option<u128>) {
        let number = match self.id {
            GroupId::Muscle(id) => u128::try_from(id).ok(),
            GroupId::Exercise(id) => Some(id.uuid().as_u128()),
            GroupId::Category(_) | GroupId::Unknown => None,
        };
        (self.name.is_none(), self.name.unwrap_or_default().to_lowercase(), self.name, number)
    }
}

/// What was done in a session, or in all sessions of a day, week or month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VolumeBucket<'a> {
    /// Where it stands in time.
    pub start: PointStart,
    /// All sets together, each counted once.
    pub total: Share,
    /// The groups that have a part in it, by name.
    pub groups: Vec<(Group<'a>, Share)>,
}

/// The volume of a period, the oldest first. Sessions, days, weeks and months without a set that counts are left out.
///
/// An exercise counts in full for itself, its category and each of its primary muscles, and with the factor for each
/// secondary one.
#[must_use]
pub fn volume(
    log: &TrainingLog,
    period: Period,
    bucket: Bucket,
    grouping: Grouping,
    factor: SecondaryFactor,
) -> Vec<VolumeBucket<'_>> {
    let start = |session: &LoggedSession| match bucket.calendar() {
        None => PointStart::Session(session.start, session.id),
        Some(calendar) => PointStart::Date(calendar.first_day(session.date)),
    };
    let asked = log.sessions().iter().map(|session| period.contains(session.start).then(|| start(session)));
    let asked: Vec<Option<PointStart>> = asked.collect();
    let mut starts: Vec<PointStart> = asked.iter().copied().flatten().collect();
    starts.sort_unstable();
    starts.dedup();
    let place_of = |start: Option<PointStart>| start.and_then(|start| starts.binary_search(&start).ok());
    let place_of: Vec<Option<usize>> = asked.into_iter().map(place_of).collect();
    let groups = groups(log, grouping);
    let ranks: HashMap<Group<'_>, usize> = groups.iter().copied().zip(0..).collect();
    // By place in time, and then by place among the groups.
    let mut totals = vec![Share::default(); starts.len()];
    let mut parts: Vec<BTreeMap<usize, Share>> = vec![BTreeMap::new(); starts.len()];
    for done in log.exercises() {
        let shares = shares_of(&done.exercise, grouping);
        let shares: Vec<_> = shares.map(|(group, counts)| (ranks[&group], counts)).collect();
        for work in done.work.iter() {
            let Some(place) = place_of.get(work.session).copied().flatten() else { continue };
            let Effort { sets, volume, .. } = work.effort;
            totals[place].add(sets, volume);
            for (rank, counts) in &shares {
                let share = parts[place].entry(*rank).or_default();
                match counts {
                    Counts::InFull => share.add(sets, volume),
                    Counts::InPart => share.add_part(factor, sets, volume),
                }
            }
        }
    }
    let told = starts.into_iter().zip(totals).zip(parts).filter(|((_, total), _)| !total.is_empty());
    let bucket = |((start, total), parts): ((PointStart, Share), BTreeMap<usize, Share>)| {
        let parts = parts.into_iter().filter(|(_, share)| !share.is_empty());
        VolumeBucket { start, total, groups: parts.map(|(rank, share)| (groups[rank], share)).collect() }
    };
    told.map(bucket).collect()
}

/// How a set counts for a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Counts {
    /// As one.
    InFull,
    /// With the factor.
    InPart,
}

/// The groups that an exercise has a part in.
fn shares_of(exercise: &TrainedExercise, grouping: Grouping) -> impl Iterator<Item = (Group<'_>, Counts)> {
    let (primary, secondary) = match grouping {
        Grouping::Muscle => (exercise.primary_muscles.as_slice(), exercise.secondary_muscles.as_slice()),
        Grouping::Exercise | Grouping::Category => (&[][..], &[][..]),
    };
    let alone = match grouping {
        Grouping::Exercise => Some(Group::of_exercise(exercise)),
        Grouping::Category => Some(Group::of_category(exercise)),
        Grouping::Muscle if primary.is_empty() && secondary.is_empty() => Some(Group::UNKNOWN),
        Grouping::Muscle => None,
    };
    let in_full = primary.iter().map(muscle_group).chain(alone).map(|group| (group, Counts::InFull));
    in_full.chain(secondary.iter().map(muscle_group).map(|group| (group, Counts::InPart)))
}

fn muscle_group(muscle: &CatalogueItem) -> Group<'_> {
    Group { id: GroupId::Muscle(muscle.id), name: Some(muscle.name.as_str()) }
}

/// All groups that exercises of a log have a part in, by name.
fn groups(log: &TrainingLog, grouping: Grouping) -> Vec<Group<'_>> {
    let all = log.exercises().iter().flat_map(|done| shares_of(&done.exercise, grouping)).map(|(group, _)| group);
    let mut groups: Vec<_> = all.collect::<HashSet<_>>().into_iter().collect();
    groups.sort_by_cached_key(Group::order);
    groups
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::progress::training_log::testing::{any_log, exercise, gone, log, session, sets};

    /// What a bucket says, as text.
    fn told(buckets: &[VolumeBucket<'_>]) -> Vec<String> {
        let start = |bucket: &VolumeBucket<'_>| match bucket.start {
            PointStart::Session(start, _) => start.to_rfc3339(),
            PointStart::Date(date) => date.to_string(),
        };
        let group = |(group, share): &(Group<'_>, Share)| {
            format!("{} {} {}", group.name.unwrap_or("?"), share.sets(), share.kilograms())
        };
        let groups = |bucket: &VolumeBucket<'_>| bucket.groups.iter().map(group).collect::<Vec<_>>().join(", ");
        buckets.iter().map(|bucket| format!("{}: {}", start(bucket), groups(bucket))).collect()
    }

    fn two_weeks() -> TrainingLog {
        let sessions = vec![
            session(1, "2026-01-04T10:00:00Z"),
            session(2, "2026-01-05T10:00:00Z"),
            session(3, "2026-01-06T10:00:00Z"),
        ];
        log(
            sessions,
            vec![
                (exercise(1, &[1], &[2, 3]), vec![sets(0, 3, 100), sets(1, 1, 10)]),
                (exercise(2, &[2], &[]), vec![sets(1, 2, 50)]),
                (gone("Old curl"), vec![sets(2, 1, 5)]),
            ],
        )
    }

    fn of(bucket: Bucket, grouping: Grouping) -> Vec<String> {
        told(&volume(&two_weeks(), Period::default(), bucket, grouping, SecondaryFactor::default()))
    }

    #[test]
    fn muscles_that_assist_get_their_part() {
        assert_eq!(
            of(Bucket::Week, Grouping::Muscle),
            [
                "2025-12-29: muscle 1 3 3000, muscle 2 1.5 1500, muscle 3 1.5 1500",
                "2026-01-05: muscle 1 1 100, muscle 2 2.5 1050, muscle 3 0.5 50, ? 1 50",
            ]
        );
        let none = SecondaryFactor::parse("0").unwrap();
        assert_eq!(
            told(&volume(&two_weeks(), Period::default(), Bucket::Week, Grouping::Muscle, none)),
            ["2025-12-29: muscle 1 3 3000", "2026-01-05: muscle 1 1 100, muscle 2 2 1000, ? 1 50"],
            "what has no part in it is not told"
        );
    }

    #[test]
    fn exercises_and_categories_count_in_full() {
        assert_eq!(
            of(Bucket::Month, Grouping::Exercise),
            ["2026-01-01: Exercise 1 4 3100, Exercise 2 2 1000, Old curl 1 50"]
        );
        assert_eq!(of(Bucket::Month, Grouping::Category), ["2026-01-01: strength 6 4100, ? 1 50"]);
        assert_eq!(of(Bucket::Session, Grouping::Category).len(), 3);
    }

    #[test]
    fn a_period_leaves_its_end_out() {
        let moment = |text: &str| text.parse().ok();
        let period = Period { from: moment("2026-01-04T10:00:00Z"), to: moment("2026-01-05T10:00:00Z") };
        let buckets =
            |period| volume(&two_weeks(), period, Bucket::Day, Grouping::Category, SecondaryFactor::default()).len();
        assert_eq!(buckets(period), 1);
        assert_eq!(buckets(Period { from: None, ..period }), 1);
        assert_eq!(buckets(Period { to: None, ..period }), 3);
    }

    proptest! {
        #[test]
        fn nothing_gets_lost(log in any_log()) {
            let (none, all) = (SecondaryFactor::parse("0").unwrap(), SecondaryFactor::parse("1").unwrap());
            let done: u64 = log.within(Period::default()).map(|(_, _, effort)| effort.sets).sum();
            for &bucket in Bucket::ALL {
                for grouping in [Grouping::Exercise, Grouping::Category] {
                    let buckets = volume(&log, Period::default(), bucket, grouping, none);
                    prop_assert!(buckets.windows(2).all(|two| two[0].start < two[1].start));
                    prop_assert_eq!(&buckets, &volume(&log, Period::default(), bucket, grouping, all));
                    for bucket in &buckets {
                        let sum = bucket.groups.iter().map(|(_, share)| share.sets().units()).sum::<u64>();
                        prop_assert_eq!(sum, bucket.total.sets().units());
                    }
                    prop_assert_eq!(buckets.iter().map(|bucket| bucket.total.sets().units()).sum::<u64>(), done * 1000);
                }
            }
        }

        /// A muscle gets what it is first in, and with the factor what it assists in.
        #[test]
        fn parts_are_as_great_as_the_factor(log in any_log(), thousandths in 0_u32..=1000) {
            let factor = SecondaryFactor::parse(&format!("0.{thousandths:03}").replace("0.1000", "1")).unwrap();
            let of = |factor| volume(&log, Period::default(), Bucket::Month, Grouping::Muscle, factor);
            let text = |number: &str| SecondaryFactor::parse(number).unwrap();
            let sum = |buckets: &[VolumeBucket<'_>], muscle| -> u64 {
                let groups = buckets.iter().flat_map(|bucket| &bucket.groups);
                groups.filter(|(group, _)| group.id == GroupId::Muscle(muscle)).map(|(_, share)| share.kilograms().units()).sum()
            };
            let (least, most, part) = (of(text("0")), of(text("1")), of(factor));
            for muscle in 0..9 {
                let (least, most, part) = (sum(&least, muscle), sum(&most, muscle), sum(&part, muscle));
                prop_assert_eq!((part - least) * 1000, (most - least) * u64::from(thousandths));
            }
        }
    }
}
