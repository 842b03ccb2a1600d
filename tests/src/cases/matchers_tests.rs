//! Every matcher once with a value it accepts and once with one it refuses.

use serde_json::{Value, json};

use super::Expected;
use crate::cases::{Fixtures, Variables, World};

fn expected(value: Value) -> Expected {
    serde_json::from_value(value).unwrap()
}

fn holds(matcher: Value, actual: &Value) -> bool {
    expected(matcher).check("/x", actual).is_empty()
}

/// Asserts that the matcher accepts all of `good` and none of `bad`.
fn table(matcher: &Value, good: Value, bad: Value) {
    for actual in good.as_array().unwrap() {
        assert!(holds(matcher.clone(), actual), "{matcher} refuses {actual}");
    }
    for actual in bad.as_array().unwrap() {
        assert!(!holds(matcher.clone(), actual), "{matcher} accepts {actual}");
    }
}

#[test]
fn scalars_are_equal_in_type_and_value() {
    table(&json!("a"), json!(["a"]), json!(["b", null, ["a"]]));
    table(&json!(1), json!([1]), json!(["1", 1.5, true, 1.0]));
    table(&json!(true), json!([true]), json!([false, 1, "true"]));
    table(&json!(null), json!([null]), json!([0, "", false, []]));
}

#[test]
fn equals_and_not() {
    table(&json!({"equals": [1, {"a": null}]}), json!([[1, {"a": null}]]), json!([[1], [{"a": null}, 1], 1]));
    table(&json!({"equals": {"a": 1, "b": 2}}), json!([{"b": 2, "a": 1}]), json!([{"a": 1}, {"a": 1, "b": 2, "c": 3}]));
    table(&json!({"equals": null}), json!([null]), json!([0]));
    table(&json!({"not": "a"}), json!(["b", null]), json!(["a"]));
}

#[test]
fn matches_is_searched_in_text_only() {
    table(&json!({"matches": "b+"}), json!(["abbc"]), json!(["ac", 1, null, ["b"]]));
    table(&json!({"matches": "^b$"}), json!(["b"]), json!(["ab", "b\n"]));
    table(&json!({"matches": "("}), json!([]), json!(["("]));
}

#[test]
fn lengths() {
    table(&json!({"length": 2}), json!([[1, 2], "жж", {"a": 1, "b": 2}]), json!([[1], "a", 2, null]));
    table(&json!({"minLength": 1}), json!([[1], [1, 2], "a"]), json!([[], "", 1]));
}

#[test]
fn contains_wants_all_elements() {
    table(&json!({"contains": [1, 2]}), json!([[2, 3, 1]]), json!([[1, 3], [], 1, {"1": 2}]));
    table(&json!({"contains": ["GET", "PUT"]}), json!(["PUT,GET", "GET , PUT"]), json!(["GET, PUTS", "GET PUT"]));
}

#[test]
fn keys() {
    let (exact, first) = (json!({"keys": ["b", "a"]}), json!({"firstKeys": ["b", "a"]}));
    table(&exact, json!([{"b": 1, "a": 2}]), json!([{"a": 1, "b": 2}, {"b": 1}, {"b": 1, "a": 2, "c": 3}, ["b", "a"]]));
    table(
        &first,
        json!([{"b": 1, "a": 2}, {"b": 1, "a": 2, "c": 3}]),
        json!([{"a": 1, "b": 2}, {"b": 1}, {"c": 1, "b": 1, "a": 1}]),
    );
    table(&json!({"lastKey": "a"}), json!([{"b": 1, "a": 2}]), json!([{"a": 1, "b": 2}, {}, "a"]));
    table(&json!({"hasKeys": ["a", "b"]}), json!([{"c": 0, "b": 1, "a": 2}]), json!([{"a": 1}, {}, ["a", "b"]]));
}

#[test]
fn json_types() {
    let kinds = [
        ("string", json!("a")),
        ("integer", json!(-3)),
        ("boolean", json!(false)),
        ("null", json!(null)),
        ("array", json!([])),
        ("object", json!({})),
    ];
    for (name, _) in &kinds {
        for (other, value) in &kinds {
            assert_eq!(holds(json!({"type": name}), value), name == other, "{name} {other}");
        }
    }
    table(&json!({"type": "integer"}), json!([u64::MAX]), json!([1.0, 1.5, "1"]));
}

#[test]
fn uuids_are_version_7_in_lower_case() {
    let good = json!(["0192a000-0000-7000-8000-00000000000a"]);
    let bad = json!([
        "0192A000-0000-7000-8000-00000000000A",
        "0192a000-0000-4000-8000-00000000000a",
        "0192a00000007000800000000000000a",
        "",
        1
    ]);
    table(&json!({"type": "uuid"}), good, bad);
}

#[test]
fn timestamps_are_utc_with_six_digits_or_none() {
    let good = json!(["2026-11-23T18:41:46.082726Z", "2026-11-23T18:41:46.080000Z", "2026-11-23T18:41:46Z"]);
    let bad = json!([
        "2026-11-23T18:41:46.000000Z",
        "2026-11-23T18:41:46.082Z",
        "2026-11-23T18:41:46.082726123Z",
        "2026-11-23T18:41:46.082726+00:00",
        "2026-11-23T19:41:46.082726+01:00",
        "2026-11-23 18:41:46.082726Z",
        "2026-13-23T18:41:46.082726Z",
        "2026-11-23T18:41:46.082726z",
        1
    ]);
    table(&json!({"type": "timestamp"}), good, bad);
}

#[test]
fn each_makes_a_list_first() {
    let list = json!([{"a": {"b": 1}}, {"a": {"b": 2}}]);
    assert!(holds(json!({"each": "/a/b", "equals": [1, 2], "length": 2}), &list));
    assert!(!holds(json!({"each": "/a/b", "equals": [2, 1]}), &list));
    assert!(!holds(json!({"each": "/a/c", "length": 2}), &list), "an element without the member");
    assert!(!holds(json!({"each": "/a", "length": 1}), &json!({"a": 1})), "not an array");
    assert!(holds(json!({"each": "/a", "equals": []}), &json!([])));
}

#[test]
fn all_matchers_must_hold() {
    let both = json!({"minLength": 2, "contains": [1]});
    table(&both, json!([[1, 2]]), json!([[1], [2, 3]]));
    assert_eq!(expected(both).check("/x", &json!([])).len(), 2);
}

#[test]
fn headers_join_and_split_at_commas() {
    let check = |value: Value, sent: &[&str]| expected(value).check_header("allow", sent).is_empty();
    assert!(check(json!(null), &[]) && !check(json!(null), &["GET"]) && !check(json!(null), &[""]));
    assert!(check(json!("GET, PUT"), &["GET", "PUT"]) && !check(json!("GET"), &[]) && !check(json!("GET"), &["get"]));
    assert!(check(json!({"contains": ["PUT"]}), &["GET", "PUT"]) && !check(json!({"contains": ["PUT"]}), &["GET"]));
    assert!(!check(json!({"not": "GET"}), &[]), "a header that is not sent has no value");
}

#[test]
fn unknown_matchers_and_bare_arrays_are_refused() {
    for broken in [json!({"eqals": 1}), json!({}), json!([1]), json!({"type": "float"}), json!({"length": -1})] {
        assert!(serde_json::from_value::<Expected>(broken.clone()).is_err(), "{broken}");
    }
}

#[test]
fn variables_are_replaced_everywhere_and_quoted_in_patterns() {
    let world = World::new("http://127.0.0.1:1", &Fixtures::load().unwrap());
    let mut variables = Variables::new(&world);
    variables.bind("n", json!(5)).unwrap();
    variables.bind("dot", json!("a.c")).unwrap();
    let check =
        |matcher: Value, actual: Value| expected(matcher).resolve(&variables).unwrap().check("/x", &actual).is_empty();
    assert!(check(json!("${n}"), json!(5)) && !check(json!("${n}"), json!("5")));
    assert!(check(json!({"equals": ["${n}"]}), json!([5])) && !check(json!({"not": "${dot}"}), json!("a.c")));
    assert!(
        check(json!({"matches": "^${dot}$"}), json!("a.c")) && !check(json!({"matches": "^${dot}$"}), json!("abc"))
    );
    assert!(check(json!({"contains": ["${n}"], "length": 1}), json!([5])) && !check(json!({"length": 2}), json!([5])));
    assert!(check(json!({"keys": ["${dot}"]}), json!({"a.c": 1})));
    assert!(expected(json!({"equals": "${x}"})).resolve(&variables).is_err());
}
