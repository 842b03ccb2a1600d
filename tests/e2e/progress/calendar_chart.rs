//! `GET /progress/calendar.svg`.

use irontrack_tests::harness::bodies;
use serde_json::json;

use super::{Athlete, documented_picture};
use crate::gym::mistakes;

const PATH: &str = "/progress/calendar.svg";

impl Athlete {
    #[track_caller]
    fn chart(&self, parameters: &str) -> String {
        let answer = self.ask(&format!("{PATH}?{parameters}"));
        assert_eq!(answer.status, 200, "{parameters}: {}", answer.text());
        assert_eq!(answer.header("content-type"), Some("image/svg+xml"));
        assert_eq!(answer.header("content-security-policy"), Some("default-src 'none'; sandbox"));
        answer.text()
    }
}

#[test]
fn a_year_shows_its_days() {
    let athlete = Athlete::open();
    let squat = athlete.exercise("Squat", &[1], &[]);
    // Already the new year in Berlin, where both sessions took place.
    athlete.finished("2025-12-31T23:30:00Z", "2026-01-01T00:30:00Z", &[(squat, json!([bodies::set(100.0, 5)]))]);
    athlete.done("2026-01-01T10:00:00Z", &[]);
    athlete.done("2026-03-04T10:00:00Z", &[]);
    let chart = athlete.chart("year=2026");
    for expected in [
        "width=\"800\" height=\"200\"",
        "<title id=\"chart-title\">Training in 2026</title>",
        "3 sessions on 2 days, 500 kg in all. Most on 1 January: 2 sessions, 500 kg. Colours from 0 to 4 or more.",
        "<title>1 January: 2 sessions, 500 kg</title>",
        "<title>4 March: 1 session</title>",
        "<title>5 March</title>",
    ] {
        assert!(chart.contains(expected), "{expected} is missing: {chart}");
    }
    for hidden in ["<script", "href", "<!", "url("] {
        assert!(!chart.contains(hidden), "{hidden}: {chart}");
    }
    // The documented example leaves out days without training, and nothing else.
    let example = documented_picture("GetCalendarChart");
    let mut shown = example.lines();
    let mut next = shown.next();
    for line in chart.lines() {
        if Some(line) == next {
            next = shown.next();
        } else {
            let is_empty_day = line.starts_with("<path d=") && !line.contains(" session");
            assert!(is_empty_day, "expected {next:?} in the example: {line}");
        }
    }
    assert_eq!(next, None, "the example has more than the chart: {chart}");
    assert_eq!(athlete.chart("year=2026"), chart, "the same chart is the same document");
    let other = athlete.chart("year=2025&metric=volume&width=320&height=240&theme=dark");
    for expected in ["width=\"320\" height=\"240\"", "No training.", "#0f141a", ">0 kg<"] {
        assert!(other.contains(expected), "{expected} is missing: {other}");
    }
    athlete.done("2025-06-01T10:00:00Z", &[]);
    assert!(athlete.chart("year=2025").contains("<title>1 June: 1 session</title>"), "it shows at once");
    athlete.gym.close();
}

#[test]
fn a_year_shows_nobody_else() {
    let mut athlete = Athlete::open();
    athlete.done("2026-03-04T10:00:00Z", &[]);
    let stranger = athlete.gym.person();
    let chart = athlete.gym.ask(&stranger, "GET", &format!("{PATH}?year=2026")).text();
    assert!(chart.contains("No training."), "{chart}");
    athlete.gym.close();
}

#[test]
fn wrong_parameters_are_refused() {
    let athlete = Athlete::open();
    for (query, wrong) in [
        ("", "?year"),
        ("year=x", "?year"),
        ("year=0", "?year"),
        ("year=10000", "?year"),
        ("year=2026&month=1", "?month"),
        ("year=2026&metric=reps", "?metric"),
        ("year=2026&width=199&height=4001", "?height ?width"),
        ("year=2026&theme=Dark", "?theme"),
        ("metric=x&theme=y&width=z&zz=1", "?metric ?theme ?width ?year ?zz"),
    ] {
        assert_eq!(mistakes(&athlete.ask(&format!("{PATH}?{query}"))), wrong, "{query}");
    }
    athlete.gym.close();
}
