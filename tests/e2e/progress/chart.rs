//! The chart of an exercise.

use irontrack_tests::{harness::bodies, http::Response};
use serde_json::json;
use uuid::Uuid;

use super::{Athlete, Diary, NO_EXERCISE, course, documented_picture};
use crate::gym::{mistakes, refused};

fn path(exercise: impl std::fmt::Display) -> String {
    format!("{}/chart.svg", course(exercise))
}

impl Diary {
    #[track_caller]
    fn chart(&self, parameters: &str) -> Response {
        let answer = self.gym.ask(&self.owner, "GET", &format!("{}?{parameters}", path(self.exercise)));
        assert_eq!(answer.status, 200, "{parameters}: {}", answer.text());
        answer
    }

    /// The description of the chart.
    #[track_caller]
    fn told(&self, parameters: &str) -> String {
        between(&self.chart(parameters).text(), "<desc id=\"chart-description\">", "</desc>")
    }
}

#[track_caller]
fn between(text: &str, from: &str, to: &str) -> String {
    let found = text.split_once(from).and_then(|(_, rest)| rest.split_once(to)).map(|(found, _)| found);
    found.unwrap_or_else(|| panic!("expected {from}…{to}: {text}")).to_owned()
}

#[test]
fn a_chart_is_a_document_that_stands_alone() {
    let diary = Diary::open();
    diary.train("2026-01-05T10:00:00Z", json!([{"weight": 100, "repsCompleted": 5}]));
    diary.train("2026-02-05T10:00:00Z", json!([{"weight": 110, "repsCompleted": 5}]));
    let answer = diary.chart("");
    assert_eq!(answer.header("content-type"), Some("image/svg+xml"));
    assert_eq!(answer.header("content-security-policy"), Some("default-src 'none'; sandbox"));
    assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
    let text = answer.text();
    assert!(text.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"800\" height=\"400\""), "{text}");
    for hidden in ["<script", "href", "<!", "url("] {
        assert!(!text.contains(hidden), "{hidden}: {text}");
    }
    assert_eq!(
        diary.told(""),
        "Estimated one-repetition maximum per session. 2 points, from 116.67 kg on 5 January 2026 to 128.33 kg on 5 \
         February 2026; least 116.67 kg on 5 January 2026, greatest 128.33 kg on 5 February 2026. 1 record is marked \
         with a triangle, the last one 128.33 kg on 5 February 2026."
    );
    assert_eq!(diary.chart("").text(), text, "the same chart is the same document");
    diary.gym.close();
}

#[test]
fn the_documented_example_is_a_chart() {
    let athlete = Athlete::open();
    let exercise = athlete.exercise("Bench Press", &[1], &[]);
    for (start, weight) in [("2026-01-05T10:00:00Z", 100.0), ("2026-02-05T10:00:00Z", 110.0)] {
        athlete.done(start, &[(exercise, json!([bodies::set(weight, 5)]))]);
    }
    let chart = athlete.ask(&format!("{}?width=320&height=200", path(exercise))).text();
    assert_eq!(documented_picture("GetExerciseChart"), chart);
    athlete.gym.close();
}

#[test]
fn parameters_decide_what_is_shown() {
    let diary = Diary::open();
    diary.train(
        "2026-01-05T10:00:00Z",
        json!([{"weight": 150, "repsCompleted": 1, "setType": "warmup"}, {"weight": 100, "repsCompleted": 5, "rpe": 8}]),
    );
    diary.train(
        "2026-01-06T10:00:00Z",
        json!([{"weight": 90, "repsCompleted": 10}, {"weight": 90, "repsCompleted": 10}]),
    );
    let run = bodies::session_exercise(diary.exercise, "distance", &json!([{"distanceKm": 5.25}]));
    diary.train_with("2026-02-05T10:00:00Z", json!({"exercises": [run]}));
    let hold = bodies::session_exercise(diary.exercise, "time", &json!([{"timeSeconds": 90}]));
    diary.train_with("2026-02-06T10:00:00Z", json!({"exercises": [hold]}));
    for (parameters, expected) in [
        ("metric=topWeight", "2 points, from 100 kg on 5 January 2026 to 90 kg on 6 January 2026"),
        ("metric=volume", "4 points, from 500 kg on 5 January 2026 to 0 kg on 6 February 2026"),
        ("metric=volume", "1 record is marked with a triangle, the last one 1,800 kg on 6 January 2026."),
        ("metric=time", "One point: 1:30 on 6 February 2026."),
        ("metric=distance", "One point: 5.25 km on 5 February 2026."),
        ("bucket=week", "per week. One point: 120 kg on 5 January 2026. 1 record is marked"),
        ("bucket=month&metric=volume", "2 points, from 2,300 kg on 1 January 2026 to 0 kg on 1 February 2026"),
        (
            "from=2026-01-06T00:00:00Z&to=2026-02-01T00:00:00Z",
            "One point: 120 kg on 6 January 2026. 1 record is marked",
        ),
        ("metric=e1rm&bucket=session", "per session. 2 points, from 116.67 kg on 5 January 2026"),
        ("bucket=day", "per day. 2 points, from 116.67 kg on 5 January 2026 to 120 kg on 6 January 2026"),
        ("formula=epley", "from 116.67 kg on 5 January 2026"),
        ("formula=brzycki", "from 112.5 kg on 5 January 2026"),
        ("formula=lombardi", "from 117.46 kg on 5 January 2026"),
        ("formula=oconner", "from 112.5 kg on 5 January 2026"),
        ("formula=mayhew", "from 119.01 kg on 5 January 2026"),
        ("formula=wathan", "from 116.58 kg on 5 January 2026"),
        ("formula=lander", "from 113.71 kg on 5 January 2026"),
        ("useRpe=true", "from 123.33 kg on 5 January 2026 to 120 kg on 6 January 2026"),
        ("include_warmups=true", "from 150 kg on 5 January 2026"),
    ] {
        let told = diary.told(parameters);
        assert!(told.contains(expected), "{parameters}: expected {expected:?}, got {told:?}");
    }
    assert!(!diary.told("useRpe=true").contains("record"), "what was left counts for records as well");
    let sized = diary.chart("width=320&height=200&theme=dark").text();
    assert!(sized.contains("width=\"320\" height=\"200\"") && sized.contains("#0F141A"), "{sized}");
    assert!(!diary.chart("theme=light").text().contains("#0F141A"));
    diary.gym.close();
}

#[test]
fn a_chart_shows_what_has_changed_at_once() {
    let mut diary = Diary::open();
    assert!(diary.told("").contains("No points."));
    // Already the next day in Berlin, where it was.
    diary.train("2026-01-05T23:00:00Z", json!([{"weight": 100, "repsCompleted": 1}]));
    assert!(diary.told("").contains("One point: 100 kg on 6 January 2026."), "{}", diary.told(""));
    diary.gym.rename_exercise(diary.exercise, "Front <Squat> & \"more\"");
    let text = diary.chart("").text();
    let title = between(&text, "<title id=\"chart-title\">", "</title>");
    assert_eq!(title, "Front &lt;Squat&gt; &amp; &quot;more&quot;: Estimated one-repetition maximum");
    diary.gym.close();
}

#[test]
fn charts_are_for_whoever_may_see_the_course() {
    let mut diary = Diary::open();
    let stranger = diary.gym.person();
    let own = diary.gym.mint.exercise(diary.owner.user_id);
    assert_eq!(diary.gym.ask(&diary.owner, "GET", &path(own)).status, 200);
    refused(&diary.gym.ask(&stranger, "GET", &path(own)), 404, NO_EXERCISE);
    refused(&diary.gym.ask(&diary.owner, "GET", &path(Uuid::nil())), 404, NO_EXERCISE);
    diary.train("2026-01-05T10:00:00Z", json!([{"weight": 100, "repsCompleted": 1}]));
    let answer = diary.gym.ask(&stranger, "GET", &path(diary.exercise)).text();
    assert!(answer.contains("No points."), "what others have done is theirs: {answer}");
    diary.gym.close();
}

#[test]
fn wrong_parameters_are_named() {
    let diary = Diary::open();
    let wrong = |path: &str| mistakes(&diary.gym.ask(&diary.owner, "GET", path));
    let path = path(diary.exercise);
    let all = "metric=E1RM&width=199&height=4001&theme=blue&from=x&bucket=year&size=1";
    assert_eq!(wrong(&format!("{path}?{all}")), "?bucket ?from ?height ?metric ?size ?theme ?width");
    for (parameters, expected) in [
        ("width=200&height=4000", "200"),
        ("width=4000&height=200", "200"),
        ("width=4001", "?width"),
        ("height=199", "?height"),
        ("height=x", "?height"),
        ("metric=top_weight", "?metric"),
    ] {
        assert_eq!(wrong(&format!("{path}?{parameters}")), expected, "{parameters}");
    }
    diary.gym.close();
}
