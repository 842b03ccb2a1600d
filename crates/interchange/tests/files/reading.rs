//! Reading files, and telling what was found in them.

use irontrack_domain::{
    TimeZone,
    training::session::{Metric, PerformedSet, SetNotes, SetType},
};
use irontrack_interchange::{
    CsvSessions, DistanceUnit, FileError, Found, ImportedSession, ReadSettings, RowError, Tally, WeightUnit,
};

/// Which app a file is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum App {
    Strong,
    Hevy,
}

/// Pounds and miles in New York.
pub(crate) fn settings() -> ReadSettings {
    ReadSettings {
        time_zone: TimeZone::parse("America/New_York").unwrap(),
        weight_unit: Some(WeightUnit::Pound),
        distance_unit: Some(DistanceUnit::Mile),
        now: "2026-11-29T12:00:00Z".parse().unwrap(),
    }
}

pub(crate) fn open<'a>(app: App, file: &'a [u8], settings: &ReadSettings) -> Result<CsvSessions<&'a [u8]>, FileError> {
    match app {
        App::Strong => CsvSessions::strong(file, settings),
        App::Hevy => CsvSessions::hevy(file, settings),
    }
}

/// All that is in a file.
#[derive(Debug, Default)]
pub(crate) struct Content {
    pub(crate) sessions: Vec<ImportedSession>,
    pub(crate) refused: Vec<RowError>,
    pub(crate) tally: Tally,
    /// Why there is not more.
    pub(crate) error: Option<FileError>,
}

/// Reads a file to its end, and sees to it that every row is accounted for.
pub(crate) fn read(app: App, file: &[u8], settings: &ReadSettings) -> Content {
    let mut content = Content::default();
    let mut found = match open(app, file, settings) {
        Ok(found) => found,
        Err(error) => return Content { error: Some(error), ..content },
    };
    for item in found.by_ref() {
        match item {
            Ok(Found::Session(session)) => content.sessions.push(*session),
            Ok(Found::Refused(error)) => content.refused.push(error),
            Ok(other) => panic!("{other:?} in a CSV file"),
            Err(error) => content.error = Some(error),
        }
    }
    assert!(found.next().is_none(), "the end is the end");
    content.tally = found.tally();
    let Tally { rows, sets, asides, refused } = content.tally;
    if content.error.is_none() {
        assert_eq!(rows, sets + asides + refused, "each row is one of the three");
        let in_sessions = content.sessions.iter().flat_map(|session| &session.exercises);
        assert_eq!(in_sessions.map(|exercise| exercise.sets.len() as u64).sum::<u64>(), sets);
        assert_eq!(content.refused.len() as u64, refused);
    }
    content
}

/// A file without mistakes.
pub(crate) fn sessions(app: App, file: &str) -> Vec<ImportedSession> {
    let content = read(app, file.as_bytes(), &settings());
    assert!(content.error.is_none() && content.refused.is_empty(), "{content:#?}");
    content.sessions
}

/// What is wrong with a file whose rows are all read.
pub(crate) fn refused(app: App, file: &str) -> Vec<String> {
    let content = read(app, file.as_bytes(), &settings());
    assert!(content.error.is_none(), "{content:#?}");
    content.refused.iter().map(ToString::to_string).collect()
}

/// A session in a few lines.
pub(crate) fn outline(session: &ImportedSession) -> String {
    let time = |time: irontrack_domain::training::session::SessionTime| time.time().format("%FT%TZ").to_string();
    let title = session.unit_name.as_ref().map_or("-", |name| name.as_str());
    let end = session.course.end().map_or("-".to_owned(), time);
    let mut lines = vec![format!("{title} {} {end}", time(session.course.start()))];
    lines.extend(session.notes.iter().map(|notes| format!("# {}", notes.as_str())));
    for exercise in &session.exercises {
        lines.push(format!("{} ({})", exercise.name, exercise.mode.as_str()));
        lines.extend(exercise.notes.iter().map(|notes| format!("# {}", notes.as_str())));
        lines.extend(exercise.sets.iter().map(|set| format!("  {}", set_outline(set))));
    }
    lines.join("\n")
}

pub(crate) fn set_outline(set: &PerformedSet) -> String {
    let mut words = Vec::new();
    words.extend(set.weight.map(|weight| format!("{weight} kg")));
    words.extend(set.metric.map(|metric| match metric {
        Metric::Reps(reps) => format!("x {reps}"),
        Metric::TimeSeconds(seconds) => format!("{seconds} s"),
        Metric::Distance(distance) => format!("{distance} km"),
    }));
    words.extend((set.set_type != SetType::Working).then(|| set.set_type.as_str().to_owned()));
    words.extend(set.rpe.map(|rpe| format!("@{rpe}")));
    words.extend(set.notes.as_ref().map(|notes| format!("# {}", SetNotes::as_str(notes))));
    words.join(" ")
}

pub(crate) fn outlines(app: App, file: &str) -> String {
    sessions(app, file).iter().map(outline).collect::<Vec<_>>().join("\n\n")
}
