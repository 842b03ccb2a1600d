//! What the names in a file mean.

use serde_json::{Value, json};
use uuid::Uuid;

use super::{at, confirm, hevy, map, preview, sessions, written};
use crate::gym::{Gym, array, expect, fields, mistakes, refused, text, user};

#[test]
fn names_can_be_exercises_become_exercises_or_be_left_out() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let exercise = gym.mint.exercise(None);
    let file = hevy(&[
        ("Push", 4, "Aaa Bbb", "80", 5),
        ("Push", 4, "Zzz Zzz", "20", 9),
        ("Push", 4, "Yyy Yyy", "30", 3),
        ("Push", 4, "Aaa Bbb", "70", 6),
    ]);
    let import = preview(&gym, &owner, "hevy_csv", &file);
    refused(&confirm(&gym, &owner, &import), 409, "No exercise is known for 'Aaa Bbb', 'Zzz Zzz', 'Yyy Yyy'");
    let mapped = expect(
        &map(
            &gym,
            &owner,
            &import,
            &json!([{"name": "AAA  bbb", "exerciseId": exercise}, {"name": "Zzz Zzz", "skip": true}]),
        ),
        200,
    );
    assert_eq!(fields(&mapped["exercises"], "state"), ["mapped", "skip", "unmapped"]);
    assert_eq!(mapped["exercises"][0]["mapping"]["exerciseId"], json!(exercise));
    refused(&confirm(&gym, &owner, &import), 409, "No exercise is known for 'Yyy Yyy'");
    assert!(sessions(&gym, &owner).is_empty());

    // What was said before stays.
    let create = json!([{"name": "Yyy Yyy", "create": true, "primaryMuscles": [7, 4]}]);
    let mapped = expect(&map(&gym, &owner, &import, &create), 200);
    assert_eq!(fields(&mapped["exercises"], "state"), ["mapped", "skip", "create"]);
    assert_eq!(gym.read(&owner, &at(&import)), mapped);
    let result = written(&gym, &owner, &import);
    let expected = json!({"sessions": 1, "duplicates": 0, "exercises": 3, "sets": 3, "customExercises": 1,
        "trainingUnits": 0, "trainingPlans": 0});
    assert_eq!(result, expected);
    let done = sessions(&gym, &owner)[0]["exercises"].clone();
    let name = gym.read(&owner, &format!("/exercises/{exercise}"))["name"].clone();
    assert_eq!(fields(&done, "exerciseName"), [name.clone(), json!("Yyy Yyy"), name]);
    assert_eq!(fields(&done, "orderIndex"), [0, 1, 2]);
    let own = gym.items(&owner, "/exercises?scope=user");
    assert_eq!(own.len(), 1);
    assert_eq!(
        (&own[0]["name"], fields(&own[0]["primaryMuscles"], "id")),
        (&json!("Yyy Yyy"), vec![json!(4), json!(7)])
    );
    assert_eq!(done[1]["exerciseId"], own[0]["id"]);
    gym.close();
}

/// For the person who said it, also in another format.
#[test]
fn what_was_said_is_remembered() {
    let mut gym = Gym::open();
    let [owner, other] = gym.people();
    let exercise = gym.mint.exercise(None);
    let file = |day| hevy(&[("Push", day, "Aaa Bbb", "80", 5), ("Push", day, "Ccc Ccc", "80", 5)]);
    let import = preview(&gym, &owner, "hevy_csv", &file(4));
    let items = json!([{"name": "Aaa Bbb", "exerciseId": exercise}, {"name": "Ccc Ccc", "create": true, "primaryMuscles": [7]}]);
    expect(&map(&gym, &owner, &import, &items), 200);
    written(&gym, &owner, &import);
    let strong = "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,RPE\n\
                  2026-05-09 18:00:00,Push,1h,aaa bbb,1,0,5,0,0,\n2026-05-09 18:00:00,Push,1h,CCC CCC,1,0,5,0,0,\n";
    let again = preview(&gym, &owner, "strong_csv", strong);
    let kinds: Vec<Value> = fields(&again["exercises"], "match").iter().map(|found| found["kind"].clone()).collect();
    assert_eq!(kinds, ["remembered", "remembered"]);
    assert_eq!(written(&gym, &owner, &again)["sessions"], 1);
    let theirs = preview(&gym, &other, "hevy_csv", &file(5));
    assert_eq!(fields(&theirs["exercises"], "state"), ["unmapped", "unmapped"], "nobody else has said it");
    // A deleted exercise is not meant any more.
    let created = text(&gym.items(&owner, "/exercises?scope=user")[0]["id"]);
    gym.delete(&owner, &format!("/exercises/{created}"));
    let later = preview(&gym, &owner, "hevy_csv", &file(6));
    assert_eq!(fields(&later["exercises"], "state"), ["mapped", "unmapped"]);
    gym.close();
}

/// Likeness is a suggestion, which somebody has to take.
#[test]
fn a_name_that_is_only_like_one_has_to_be_mapped() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let exercise = gym.mint.exercise(Some(user(&owner)));
    gym.rename_exercise(exercise, "Overhead Zottman Extension");
    let import = preview(&gym, &owner, "hevy_csv", &hevy(&[("Push", 4, "Overhed Zottman Extension", "80", 5)]));
    let name = &import["exercises"][0];
    assert_eq!((&name["state"], &name["match"]["kind"]), (&json!("unmapped"), &json!("fuzzy")));
    assert_eq!(name["match"]["exerciseId"], json!(exercise));
    assert!(name["match"]["score"].as_u64().is_some_and(|score| score < 100), "{name}");
    refused(&confirm(&gym, &owner, &import), 409, "No exercise is known for 'Overhed Zottman Extension'");
    gym.close();
}

#[test]
fn a_mapping_that_is_wrong_changes_nothing() {
    let mut gym = Gym::open();
    let [owner, other] = gym.people();
    let theirs = gym.mint.exercise(Some(user(&other)));
    let import =
        preview(&gym, &owner, "hevy_csv", &hevy(&[("Push", 4, "Aaa Bbb", "80", 5), ("Push", 4, "Zz", "80", 5)]));
    let contents = gym.app.database.contents();
    for (items, expected) in [
        (json!([{"name": "Aaa", "skip": true}]), "/items/0/name"),
        (json!([{"name": "Zz", "create": true}]), "/items/0/name"),
        (json!([{"name": "Aaa Bbb"}]), "/items/0"),
        (json!([{"name": "Aaa Bbb", "skip": true, "create": true}]), "/items/0"),
        (json!([{"name": "Aaa Bbb", "exerciseId": "x"}]), "/items/0/exerciseId"),
        (json!([{"name": "Aaa Bbb", "skip": true, "x": 1}]), "/items/0/x"),
        (json!({}), "/items"),
    ] {
        assert_eq!(mistakes(&map(&gym, &owner, &import, &items)), expected, "{items}");
    }
    for exercise in [theirs, Uuid::now_v7()] {
        let items = json!([{"name": "Zz", "skip": true}, {"name": "Aaa Bbb", "exerciseId": exercise}]);
        refused(&map(&gym, &owner, &import, &items), 404, "Exercise not found");
    }
    let items = json!([{"name": "Aaa Bbb", "create": true, "primaryMuscles": [7, 999]}]);
    refused(&map(&gym, &owner, &import, &items), 404, "Primary muscles not found: [999]");
    refused(&map(&gym, &other, &import, &json!([])), 404, "Import not found");
    gym.app.database.assert_unchanged(&contents, "mappings that were refused");
    gym.close();
}

/// What was said is looked up again when it is written.
#[test]
fn an_exercise_that_has_gone_meanwhile_is_unmapped_again() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let exercise = gym.mint.exercise(Some(user(&owner)));
    let import = preview(&gym, &owner, "hevy_csv", &hevy(&[("Push", 4, "Aaa Bbb", "80", 5)]));
    expect(&map(&gym, &owner, &import, &json!([{"name": "Aaa Bbb", "exerciseId": exercise}])), 200);
    gym.delete(&owner, &format!("/exercises/{exercise}"));
    refused(&confirm(&gym, &owner, &import), 409, "No exercise is known for 'Aaa Bbb'");
    expect(&map(&gym, &owner, &import, &json!([{"name": "Aaa Bbb", "create": true, "primaryMuscles": [7]}])), 200);
    assert_eq!(written(&gym, &owner, &import)["customExercises"], 1);
    gym.close();
}

#[test]
fn a_new_exercise_needs_a_name_that_nobody_has() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let exercise = gym.mint.exercise(Some(user(&owner)));
    gym.rename_exercise(exercise, "Aaa Bbb");
    let import = preview(&gym, &owner, "hevy_csv", &hevy(&[("Push", 4, "aaa bbb", "80", 5)]));
    expect(&map(&gym, &owner, &import, &json!([{"name": "Aaa Bbb", "create": true, "primaryMuscles": [7]}])), 200);
    let contents = gym.app.database.contents();
    let detail = "An exercise with the name 'aaa bbb' already exists in your account. Please choose a different name";
    refused(&confirm(&gym, &owner, &import), 409, detail);
    gym.app.database.assert_unchanged(&contents, "a name that is taken");
    assert_eq!(array(&gym.read(&owner, &at(&import))["exercises"]).len(), 1);
    gym.close();
}
