//! That there is something for everybody, and that tags say what a programme is.

use irontrack_application::setup::Programme;
use irontrack_domain::{
    catalogue::CatalogueName,
    exercise::DifficultyLevel,
    training::{Mode, TemplateSlug},
};

use super::{Programmes, has_tag, holds, notices};
use crate::Findings;

const FEWEST: usize = 10;

/// The tags, in groups of which each programme has exactly one.
const KINDS: [&str; 6] = ["full body", "upper lower", "push pull legs", "strength", "running", "mobility"];
const PLACES: [&str; 5] = ["gym", "outdoor", "no equipment", "dumbbells only", "kettlebells only"];
const DAYS: [&str; 4] = ["three days", "four days", "five days", "six days"];

fn something_is_missing(programmes: &Programmes) -> Findings {
    let list = &programmes.list;
    let mut findings = Findings::new();
    if list.len() < FEWEST {
        findings.push(format!("{} programmes, {FEWEST} or more are wanted", list.len()));
    }
    let levels = DifficultyLevel::ALL.iter();
    let lacking = levels.filter(|level| !list.iter().any(|programme| programme.plan.difficulty_level == **level));
    findings.extend(lacking.map(|level| format!("no programme for the level {}", level.as_str())));
    for mode in [Mode::Reps, Mode::Time, Mode::Distance] {
        if !programmes.entries().any(|(_, _, entry, _)| entry.mode == mode) {
            findings.push(format!("no entry of the mode {}", mode.as_str()));
        }
    }
    let tags = KINDS.iter().chain(&PLACES);
    let unused = tags.filter(|tag| !list.iter().any(|programme| has_tag(programme, tag)));
    findings.extend(unused.map(|tag| format!("no programme has the tag {tag}")));
    findings
}

fn tags_are_wrong(programmes: &Programmes) -> Findings {
    let mut findings = Findings::new();
    for programme in &programmes.list {
        for (group, tags) in [("kind", &KINDS[..]), ("place", &PLACES), ("days", &DAYS)] {
            let count = tags.iter().filter(|tag| has_tag(programme, tag)).count();
            if count != 1 {
                findings.push(format!("{}: {count} tags of the group {group}", programme.slug));
            }
        }
        let known = |tag: &CatalogueName| [&KINDS[..], &PLACES, &DAYS].concat().contains(&tag.as_str());
        let unknown = programme.tags.iter().filter(|tag| !known(tag));
        findings.extend(unknown.map(|tag| format!("{}: unknown tag {}", programme.slug, tag.as_str())));
    }
    findings
}

/// How many days of the fullest week have a unit.
fn days_a_week(programme: &Programme) -> usize {
    let mut days: Vec<i16> = programme.plan.schedule.iter().map(|day| day.day_number).collect();
    days.dedup();
    let of_week = |week: i16| days.iter().filter(|day| (*day - 1) / 7 == week).count();
    days.iter().map(|day| of_week((day - 1) / 7)).max().unwrap_or(0)
}

fn days_are_not_as_tagged(programmes: &Programmes) -> Findings {
    let mut findings = Findings::new();
    for programme in &programmes.list {
        let tagged = (3..).zip(DAYS).find(|(_, tag)| has_tag(programme, tag)).map(|(days, _)| days);
        let days = days_a_week(programme);
        if tagged != Some(days) {
            findings.push(format!("{}: {days} days a week", programme.slug));
        }
    }
    findings
}

#[test]
fn there_is_something_for_everybody() {
    holds(something_is_missing);
    let fewer = |p: &mut Programmes| p.list.retain(|programme| !has_tag(programme, "push pull legs"));
    let mut programmes = Programmes::read();
    fewer(&mut programmes);
    assert_eq!(something_is_missing(&programmes).last().unwrap(), "no programme has the tag push pull legs");
    let easier = |p: &mut Programmes| {
        p.programme("nine-week-strength-peak").plan.difficulty_level = DifficultyLevel::Intermediate;
    };
    notices(something_is_missing, easier, "no programme for the level expert");
}

#[test]
fn tags_say_what_a_programme_is() {
    holds(tags_are_wrong);
    holds(days_are_not_as_tagged);
    let tag = |text| CatalogueName::parse(text).unwrap();
    let two = |p: &mut Programmes| p.programme("kettlebell-three-days").tags.push(tag("gym"));
    notices(tags_are_wrong, two, "kettlebell-three-days: 2 tags of the group place");
    let unknown = |p: &mut Programmes| p.programme("kettlebell-three-days").tags.push(tag("fun"));
    notices(tags_are_wrong, unknown, "kettlebell-three-days: unknown tag fun");
    let busier = |p: &mut Programmes| {
        let plan = &mut p.programme("kettlebell-three-days").plan;
        let mut day = plan.schedule[0];
        day.day_number = 2;
        plan.schedule.insert(1, day);
    };
    notices(days_are_not_as_tagged, busier, "kettlebell-three-days: 4 days a week");
}

/// A slug that gets lost makes a second plan in every installation: change names, never these.
#[test]
fn slugs_stay() {
    let programmes = Programmes::read();
    let slugs: Vec<_> = programmes.list.iter().map(|programme| programme.slug.as_str()).collect();
    let expected = [
        "daily-mobility-quarter-hour",
        "dumbbells-only-muscle",
        "first-five-kilometres",
        "full-body-foundations",
        "kettlebell-three-days",
        "linear-progression-five-by-five",
        "nine-week-strength-peak",
        "no-equipment-home-strength",
        "push-pull-legs-six-days",
        "upper-lower-four-days",
    ];
    assert_eq!(slugs, expected);
    for programme in &programmes.list {
        let own = |slug: &TemplateSlug| slug.as_str().starts_with(&format!("{}-", programme.slug));
        assert!(programme.units.iter().all(|unit| own(&unit.slug)), "{}: units begin with its slug", programme.slug);
    }
}
