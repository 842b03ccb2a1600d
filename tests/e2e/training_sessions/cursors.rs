//! Lists of sessions from cursor to cursor.

use serde_json::{Value, json};
use uuid::Uuid;

use super::Track;
use crate::gym::{array, expect, keys, mistakes, text, texts};

const LIST: &str = "/training-sessions";

/// So many sessions, four of each start, some with the exercise and some finished.
fn many(track: &Track, count: usize) {
    for n in 0..count {
        let day = n * 7 % count / 4 + 1;
        let start = format!("2025-01-{day:02}T10:00:00Z");
        let exercises: Vec<_> = (0..n % 3).map(|_| track.done("reps", &json!([{}]))).collect();
        let more = if n % 2 == 0 { ("completed", json!(start)) } else { ("in_progress", Value::Null) };
        track.store(json!({"startTime": start, "status": more.0, "endTime": more.1, "exercises": exercises}));
    }
}

/// The page behind a cursor, or the first one.
fn page(track: &Track, query: &str, cursor: Option<&str>) -> Value {
    let cursor = cursor.map(|cursor| format!("&cursor={cursor}")).unwrap_or_default();
    let page = track.read(&format!("{LIST}?{query}{cursor}"));
    assert_eq!(keys(&page), ["items", "limit", "nextCursor", "offset", "total"]);
    page
}

/// All sessions from cursor to cursor; in between something happens.
fn walk(track: &Track, query: &str, mut meanwhile: impl FnMut(&Value)) -> Vec<Value> {
    let mut current = page(track, query, None);
    assert!(current["total"].is_number() && current["offset"] == 0, "the first page is numbered");
    let mut items = array(&current["items"]);
    while let Some(cursor) = current["nextCursor"].as_str().map(str::to_owned) {
        let is_plain = cursor.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte));
        assert!(is_plain, "it needs no encoding: {cursor}");
        meanwhile(&current);
        current = page(track, query, Some(&cursor));
        assert_eq!((&current["offset"], &current["total"]), (&Value::Null, &Value::Null));
        let more = array(&current["items"]);
        assert!(!more.is_empty(), "there was a cursor: {query}");
        items.extend(more);
    }
    items
}

#[test]
fn a_walk_sees_what_the_numbered_pages_show() {
    let track = Track::open();
    many(&track, 24);
    let exercise = track.exercise;
    for filter in [
        String::new(),
        "status=completed".into(),
        format!("exerciseId={exercise}"),
        "from=2025-01-02T10:00:00Z&to=2025-01-05T10:00:00Z".into(),
        format!("exerciseId={exercise}&status=in_progress&from=2025-01-02T00:00:00%2B01:00"),
        format!("trainingUnitId={}", Uuid::now_v7()),
    ] {
        for order in ["", "&sortOrder=asc", "&orderBy=startTime&sortOrder=desc"] {
            let whole = track.gym.items(&track.owner, &format!("{LIST}?{filter}{order}&pageSize=100"));
            for size in [1, 3, 4, 12, 24, 100] {
                let query = format!("{filter}{order}&pageSize={size}");
                assert_eq!(walk(&track, &query, |_| ()), whole, "{query}");
            }
        }
    }
    track.gym.close();
}

/// From a numbered page in the middle as well.
#[test]
fn every_page_has_the_cursor_of_the_next() {
    let track = Track::open();
    many(&track, 13);
    for number in 1..=5 {
        let numbered = |number: i32| page(&track, &format!("pageSize=3&currentPage={number}"), None);
        let here = numbered(number);
        let Some(cursor) = here["nextCursor"].as_str() else {
            assert_eq!(number, 5, "only the last one has none");
            continue;
        };
        let (behind, next) = (page(&track, "pageSize=3", Some(cursor)), numbered(number + 1));
        assert_eq!((&behind["items"], &behind["nextCursor"]), (&next["items"], &next["nextCursor"]));
        // How much is asked for is not what it belongs to.
        assert_eq!(page(&track, "pageSize=1", Some(cursor))["items"][0], next["items"][0]);
    }
    track.gym.close();
}

#[test]
fn what_comes_and_goes_meanwhile_moves_nothing() {
    let track = Track::open();
    many(&track, 20);
    for order in ["asc", "desc"] {
        let query = format!("sortOrder={order}&pageSize=3");
        let there = track.gym.items(&track.owner, &format!("{LIST}?pageSize=100&sortOrder={order}"));
        let ids = |items: &[Value]| texts(items, "id");
        let mut added = Vec::new();
        let seen = walk(&track, &query, |current| {
            // One before, one behind, and one that starts when the last one seen does.
            let last = array(&current["items"]).last().map(|item| item["startTime"].clone());
            for start in [json!("2024-12-01T10:00:00Z"), json!("2025-03-01T10:00:00Z"), last.unwrap_or_default()] {
                added.push(text(&track.store(json!({"startTime": start})).1["id"]));
            }
        });
        let seen = ids(&seen);
        let old: Vec<_> = seen.iter().filter(|id| !added.contains(id)).cloned().collect();
        assert_eq!(old, ids(&there), "{order}: everything once and in order");
        let mut once = seen.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), seen.len(), "{order}: nothing twice");
        for id in added {
            track.gym.delete(&track.owner, &format!("{LIST}/{id}"));
        }
    }
    // The session that a cursor stands at may go.
    let first = page(&track, "pageSize=3", None);
    let rest = walk(&track, "pageSize=3", |_| ())[3..].to_vec();
    for item in array(&first["items"]) {
        track.gym.delete(&track.owner, &format!("{LIST}/{}", text(&item["id"])));
    }
    let second = page(&track, "pageSize=3", first["nextCursor"].as_str());
    assert_eq!(array(&second["items"]), rest[..3]);
    track.gym.close();
}

#[test]
fn a_cursor_belongs_to_its_list() {
    let mut track = Track::open();
    let other = track.gym.person();
    many(&track, 12);
    let exercise = track.exercise;
    let filters = [
        "sortOrder=desc".to_owned(),
        "sortOrder=asc".into(),
        "status=completed".into(),
        "status=in_progress".into(),
        format!("exerciseId={exercise}"),
        format!("exerciseId={exercise}&status=completed"),
        "from=2025-01-01T00:00:00Z".into(),
        "from=2025-01-01T00:00:01Z".into(),
        "to=2025-02-01T00:00:00Z".into(),
    ];
    let cursors = filters.each_ref().map(|filter| {
        let first = page(&track, &format!("{filter}&pageSize=1"), None);
        text(&first["nextCursor"])
    });
    for (n, filter) in filters.iter().enumerate() {
        for (m, cursor) in cursors.iter().enumerate() {
            let answer = track.ask("GET", &format!("{LIST}?{filter}&cursor={cursor}"));
            if n == m {
                expect(&answer, 200);
            } else {
                assert_eq!(mistakes(&answer), "?cursor", "the cursor of {} with {filter}", filters[m]);
            }
        }
    }
    let cursor = &cursors[0];
    for unit in ["trainingUnitId", "trainingPlanId"] {
        let query = format!("{unit}={}&cursor={cursor}", Uuid::now_v7());
        assert_eq!(mistakes(&track.ask("GET", &format!("{LIST}?{query}"))), "?cursor", "{unit}");
    }
    let foreign = track.gym.ask(&other, "GET", &format!("{LIST}?cursor={cursor}"));
    assert_eq!(mistakes(&foreign), "?cursor", "of somebody else");
    let numbered = mistakes(&track.ask("GET", &format!("{LIST}?cursor={cursor}&currentPage=1")));
    assert!(["?cursor", "?currentPage"].contains(&numbered.as_str()), "with a number: {numbered}");
    track.gym.close();
}

#[test]
fn an_altered_cursor_is_refused() {
    let track = Track::open();
    many(&track, 6);
    let cursor = text(&page(&track, "pageSize=2", None)["nextCursor"]);
    let mut altered: Vec<String> = (0..cursor.len())
        .flat_map(|n| {
            let other = if cursor.as_bytes()[n] == b'A' { 'B' } else { 'A' };
            [format!("{}{other}{}", &cursor[..n], &cursor[n + 1..]), format!("{}{}", &cursor[..n], &cursor[n + 1..])]
        })
        .collect();
    altered.extend([
        format!("{cursor}A"),
        format!("{cursor}="),
        format!("{cursor}{cursor}"),
        cursor.chars().rev().collect(),
        cursor.to_lowercase(),
        "A".repeat(10_000),
        "%00".into(),
        "null".into(),
        Uuid::now_v7().to_string(),
    ]);
    for other in altered.iter().filter(|other| **other != cursor) {
        let answer = track.ask("GET", &format!("{LIST}?pageSize=2&cursor={other}"));
        assert_eq!(mistakes(&answer), "?cursor", "{other} instead of {cursor}");
    }
    expect(&track.ask("GET", &format!("{LIST}?pageSize=2&cursor={cursor}")), 200);
    track.gym.close();
}
