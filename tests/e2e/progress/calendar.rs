//! `GET /progress/calendar`.

use irontrack_tests::harness::bodies;
use serde_json::json;

use super::Athlete;
use crate::gym::mistakes;

const PATH: &str = "/progress/calendar";

#[test]
fn an_answer_names_its_parameters_and_is_complete() {
    let mut athlete = Athlete::open();
    let squat = athlete.exercise("Squat", &[1], &[]);
    let unit = athlete.gym.mint.training_unit(athlete.owner.user_id, "private");
    let name = athlete.gym.read(&athlete.owner, &format!("/training-units/{unit}"))["name"].clone();
    athlete.finished("2025-12-31T23:30:00Z", "2026-01-01T00:30:00Z", &[(squat, json!([bodies::set(100.0, 5)]))]);
    athlete.done("2026-01-01T10:00:00Z", &[]);
    athlete.gym.create(
        &athlete.owner,
        "/training-sessions",
        &bodies::training_session(
            json!({"trainingUnitId": unit, "startTime": "2026-01-20T10:00:00Z", "userTimezone": "Asia/Tokyo"}),
        ),
    );
    let answer = athlete.read(&format!("{PATH}?year=2026&month=1&weeklyGoal=2"));
    let today = answer["today"].clone();
    assert_eq!(
        answer,
        json!({
            "year": 2026, "month": 1, "weeklyGoal": 2, "timeZone": "Asia/Tokyo", "today": today,
            "days": [
                {"date": "2026-01-01", "count": 2, "durationSeconds": 3600, "volumeKg": 500, "unitNames": []},
                {"date": "2026-01-20", "count": 1, "durationSeconds": null, "volumeKg": 0, "unitNames": [name]},
            ],
            "weeklyStreak": 0, "longestStreak": 1
        })
    );
    let answer = athlete.read(&format!("{PATH}?year=2025&time_zone=America/New_York"));
    assert_eq!(
        (&answer["month"], &answer["timeZone"], &answer["days"]),
        (&json!(null), &json!("America/New_York"), &json!([]))
    );
    assert_eq!((&answer["weeklyGoal"], &answer["longestStreak"]), (&json!(1), &json!(1)));
    athlete.gym.close();
}

#[test]
fn without_a_session_it_is_empty() {
    let athlete = Athlete::open();
    let answer = athlete.read(&format!("{PATH}?year=2026"));
    assert_eq!((&answer["days"], &answer["timeZone"]), (&json!([]), &json!("UTC")));
    assert_eq!((&answer["weeklyStreak"], &answer["longestStreak"]), (&json!(0), &json!(0)));
    athlete.gym.close();
}

/// Also in those that PostgreSQL does not know, or knows otherwise.
#[test]
fn sessions_belong_to_their_own_day_in_every_time_zone() {
    let mut athlete = Athlete::open();
    let owner = crate::gym::user(&athlete.owner);
    let moments = ["2024-03-31T00:59:59Z", "2024-03-31T01:00:00Z", "2024-11-03T05:30:00Z", "2024-12-31T11:00:00Z"];
    let moments = moments.map(|moment| moment.parse::<chrono::DateTime<chrono::Utc>>().expect("a time"));
    let mut expected = std::collections::BTreeMap::new();
    for zone in chrono_tz::TZ_VARIANTS {
        for moment in moments {
            let sql = "INSERT INTO training_sessions (id, user_id, user_timezone, start_time) VALUES ($1, $2, $3, $4)";
            athlete.gym.mint.execute(sql, &[&uuid::Uuid::now_v7(), &owner, &zone.name(), &moment]);
            *expected.entry(moment.with_timezone(&zone).date_naive().to_string()).or_insert(0) += 1;
        }
    }
    let sql = "INSERT INTO training_histories (user_id, history_version) VALUES ($1, 1)";
    athlete.gym.mint.execute(sql, &[&owner]);
    let mut told = std::collections::BTreeMap::new();
    for year in [2024, 2025] {
        for day in crate::gym::array(&athlete.read(&format!("{PATH}?year={year}"))["days"]) {
            told.insert(crate::gym::text(&day["date"]), day["count"].as_i64().unwrap_or_default());
        }
    }
    assert_eq!(told, expected);
    athlete.gym.close();
}

#[test]
fn wrong_parameters_are_refused() {
    let athlete = Athlete::open();
    for (query, wrong) in [
        ("", "?year"),
        ("month=1", "?year"),
        ("year=x", "?year"),
        ("year=0", "?year"),
        ("year=99999", "?year"),
        ("year=2026&month=0", "?month"),
        ("year=2026&month=13", "?month"),
        ("year=2026&weeklyGoal=0", "?weeklyGoal"),
        ("year=2026&weekly_goal=1.5", "?weekly_goal"),
        ("year=2026&timeZone=Berlin", "?timeZone"),
        ("year=2026&timeZone=europe/berlin", "?timeZone"),
        ("year=2026&from=2026-01-01T00:00:00Z&zz=1", "?from ?zz"),
        ("month=x&weeklyGoal=y&timeZone=z", "?month ?timeZone ?weeklyGoal ?year"),
    ] {
        assert_eq!(mistakes(&athlete.ask(&format!("{PATH}?{query}"))), wrong, "{query}");
    }
    athlete.gym.close();
}
