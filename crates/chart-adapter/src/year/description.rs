//! What a year says, in words.

use chrono::NaiveDate;
use irontrack_ports::{DayActivity, DayMeasure, YearChart};

use super::{Activities, levels::Levels};
use crate::{
    document::Description,
    words::{Unit, counted, day_of_year},
};

/// The words for a year.
pub fn of(chart: &YearChart, days: &Activities, levels: &Levels) -> Description {
    let title = format!("Training in {}", chart.year);
    let text = "Each cell is a day, each column an ISO week from Monday to Sunday.";
    Description { title, text: format!("{text} {}", summary(chart, days, levels)) }
}

fn summary(chart: &YearChart, days: &Activities, levels: &Levels) -> String {
    let value = |day: &DayActivity| match chart.measure {
        DayMeasure::Sessions => f64::from(day.sessions),
        DayMeasure::Volume => day.volume,
    };
    // The first one of several.
    let Some(most) = days.values().rev().max_by(|one, other| value(one).total_cmp(&value(other))) else {
        return "No training.".to_owned();
    };
    let sessions: u64 = days.values().map(|day| u64::from(day.sessions)).sum();
    let volume: f64 = days.values().map(|day| day.volume).filter(|volume| volume.is_finite()).sum();
    let (none, strongest) = levels.ends();
    format!(
        "{} on {}, {} in all. Most on {}. Colours from {none} to {strongest}.",
        counted(sessions, "session", "sessions"),
        counted(days.len() as u64, "day", "days"),
        Unit::Kilograms.value(volume),
        of_day(most.date, Some(most))
    )
}

/// The words for a day.
pub fn of_day(date: NaiveDate, activity: Option<&DayActivity>) -> String {
    let day = day_of_year(date);
    let Some(activity) = activity else { return day };
    let sessions = counted(u64::from(activity.sessions), "session", "sessions");
    if activity.volume > 0.0 && activity.volume.is_finite() {
        format!("{day}: {sessions}, {}", Unit::Kilograms.value(activity.volume))
    } else {
        format!("{day}: {sessions}")
    }
}
