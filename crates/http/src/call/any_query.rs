//! Random query strings for every input that reads one.

use std::{fmt::Debug, sync::LazyLock};

use chrono::{DateTime, Utc};
use proptest::{prelude::*, sample::Index};
use serde_json::Value;

use super::{Input, read_request};

/// Makes a test of an input that reads the query string: whatever is asked for, it is read or refused without a panic, and
/// the same parameters in another notation are read or refused in the same way.
macro_rules! reads_any_query {
    ($input:ty) => {
        #[cfg(test)]
        mod any_query {
            use super::*;

            #[test]
            fn any_text_is_read_or_refused() {
                $crate::call::any_query::check::<$input>();
            }
        }
    };
}
pub(crate) use reads_any_query;

/// Things that paths name; each input takes its own.
const PATH: [(&str, &str); 3] = [
    ("user_id", "0192a000-0000-7000-8000-000000000001"),
    ("exercise_id", "0192a000-0000-7000-8000-000000000002"),
    ("session_id", "0192a000-0000-7000-8000-000000000003"),
];

/// Values at which readers of numbers, times and names might stumble.
const VALUES: [&str; 40] = [
    "",
    " ",
    "0",
    "1",
    "-1",
    "+1",
    "20",
    "100",
    "101",
    "1.5",
    "1e3",
    "1_000",
    "9223372036854775807",
    "-9223372036854775809",
    "99999999999999999999999999999999999999999",
    "true",
    "no",
    "null",
    "2026",
    "2026-01",
    "2026-W48",
    "2026-11-30",
    "2026-02-30",
    "0000-00-00",
    "9999-12-31",
    "+10000-01-01",
    "2026-11-30T10:00:00Z",
    "2026-11-30T10:00:00+02:00",
    "2026-11-30T24:00:60.999999999+23:59",
    "+262142-12-31T23:59:59Z",
    "-262143-01-01T00:00:00Z",
    "Europe/Berlin",
    "utc",
    "Nowhere/Else",
    "0192a000-0000-7000-8000-000000000001",
    "{0192a000-0000-7000-8000-000000000001}",
    "bench  PRESS",
    "\u{e4}\u{301}\u{200d}",
    "\0",
    "a,b",
];

/// All names of parameters, in both spellings, and all names that values have.
static WORDS: LazyLock<(Vec<String>, Vec<String>)> = LazyLock::new(|| {
    let document = serde_json::to_value(crate::openapi()).unwrap();
    let (mut names, mut values) = (Vec::new(), VALUES.map(str::to_owned).to_vec());
    collect(&document, &mut names, &mut values);
    let snake = |name: &String| {
        name.chars().flat_map(|c| c.is_uppercase().then_some('_').into_iter().chain(c.to_lowercase())).collect()
    };
    names.extend(names.iter().map(snake).collect::<Vec<String>>());
    for list in [&mut names, &mut values] {
        list.sort();
        list.dedup();
    }
    assert!(names.len() > 20 && values.len() > VALUES.len(), "{names:?} {values:?}");
    (names, values)
});

fn collect(value: &Value, names: &mut Vec<String>, values: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            if fields.get("in").is_some_and(|place| place == "query") {
                names.extend(fields["name"].as_str().map(str::to_owned));
            }
            if let Some(Value::Array(choices)) = fields.get("enum") {
                values.extend(choices.iter().filter_map(Value::as_str).map(str::to_owned));
            }
            fields.values().for_each(|value| collect(value, names, values));
        }
        Value::Array(elements) => elements.iter().for_each(|value| collect(value, names, values)),
        _ => {}
    }
}

/// A text, mostly one of those that mean something.
fn word(known: &'static [String]) -> impl Strategy<Value = String> {
    prop_oneof![8 => any::<Index>().prop_map(|index| index.get(known).clone()), 1 => any::<String>(), 1 => "[0-9TZ:+.-]{0,30}"]
}

/// A query string: parameters as clients write them, some of them badly, or anything at all.
fn any_query() -> impl Strategy<Value = String> {
    let pair = (word(&WORDS.0), word(&WORDS.1), 0..4_u8).prop_map(|(name, value, notation)| match notation {
        0 => format!("{name}={value}"),
        _ => form_urlencoded::Serializer::new(String::new()).append_pair(&name, &value).finish(),
    });
    let bytes = prop::collection::vec(any::<u8>(), 0..40);
    prop_oneof![
        6 => prop::collection::vec(pair, 0..6).prop_map(|pairs| pairs.join("&")),
        1 => (word(&WORDS.0), bytes).prop_map(|(name, bytes)| {
            name + "=" + &form_urlencoded::byte_serialize(&bytes).collect::<String>()
        }),
        1 => "[a-z_&=%+;0-9]{0,80}",
        1 => any::<String>(),
    ]
}

/// Reads random query strings.
pub(crate) fn check<I: Input + Debug>() {
    let now: DateTime<Utc> = "2026-11-30T12:00:00Z".parse().unwrap();
    let read = |query: &str| format!("{:?}", read_request::<I>(&PATH, query, None, now));
    proptest!(|(query in any_query())| {
        let pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let again = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        prop_assert_eq!(read(&query), read(&again));
    });
}
