//! `irontrack catalog seed --with-programmes`.

use std::sync::Arc;

use irontrack_tests::{
    harness::{App, TestDatabase, body},
    http::Request,
};
use serde_json::{Value, json};

use super::{admin::Admin, assert_failed};
use crate::gym::is_waiting;

const ADDRESS: &str = "boss@example.com";

/// What loading answers, where all of them have this fate.
fn counts(fate: &str) -> Value {
    let of = |count: usize| {
        let mut counts = json!({"inserted": 0, "updated": 0, "unchanged": 0});
        counts[fate] = json!(count);
        counts
    };
    json!({"training_plans": of(PLANS), "training_units": of(UNITS)})
}

const PLANS: usize = 10;
const UNITS: usize = 59;

/// The part of the answer that is about programmes.
fn loaded(admin: &Admin<'_>) -> Value {
    let answer = admin.json(&["catalog", "seed", "--with-programmes"]);
    json!({"training_plans": answer["training_plans"], "training_units": answer["training_units"]})
}

fn administered(database: &TestDatabase) -> Admin<'_> {
    administered_by(database, ADDRESS)
}

fn administered_by<'a>(database: &'a TestDatabase, address: &'a str) -> Admin<'a> {
    let admin = Admin::with(&[("DATABASE_URL", &database.url), ("ADMIN_EMAIL", address)]);
    admin.done(&["users", "create-system-admin", "--password", "Passw0rd!"]);
    admin
}

#[test]
fn without_an_administrator_there_is_nobody_to_whom_they_could_belong() {
    let database = TestDatabase::ready();
    let before = database.contents();
    let exit = Admin::of(&database).run(&["catalog", "seed", "--with-programmes"]);
    assert_failed(&exit, 1, &["no system administrator"]);
    database.assert_unchanged(&before, "programmes that were not loaded");
}

#[test]
fn programmes_are_loaded_and_then_left_alone() {
    let database = Arc::new(TestDatabase::ready());
    let admin = administered(&database);
    assert_eq!(loaded(&admin), counts("inserted"));
    let before = database.contents();
    assert_eq!(loaded(&admin), counts("unchanged"));
    database.assert_unchanged(&before, "programmes that were there");
    database.assert_invariants(true);

    // Somebody new finds them, reads them, and makes one their own.
    let app = App::start_on(database.clone(), &[]);
    let somebody = app.mint().person(irontrack_domain::account::Role::ApplicationAccess);
    let boss = "SELECT id FROM user_account WHERE email = $1";
    let boss: uuid::Uuid = database.connect().query_one(boss, &[&ADDRESS]).expect("the administrator").get(0);
    let plans = body(&app.get(&somebody, "/api/v1/training-plans?scope=public&pageSize=100"));
    assert_eq!((&plans["total"], plans["items"].as_array().map(Vec::len)), (&json!(PLANS), Some(PLANS)));
    for plan in plans["items"].as_array().into_iter().flatten() {
        assert!(plan["unitCount"].as_i64() > Some(0) && plan["createdBy"] == boss.to_string(), "{plan}");
        assert_eq!((&plan["sharingStatus"], &plan["myAccess"]), (&json!("public"), &json!("read")));
        let copy = format!("/api/v1/training-plans/{}/copy", plan["id"].as_str().unwrap_or_default());
        let copy = app.send_as(&somebody, Request::new("POST", &copy));
        assert_eq!(copy.status, 201, "{}", copy.text());
        assert_eq!(
            body(&copy)["units"].as_array().map(Vec::len),
            plan["unitCount"].as_u64().and_then(|n| n.try_into().ok())
        );
    }
    database.assert_invariants(true);
}

#[test]
fn what_differs_is_brought_up_to_date() {
    let database = TestDatabase::ready();
    let admin = administered(&database);
    loaded(&admin);
    let rows = |sql: &str| database.connect().query_one(sql, &[]).expect("a row").get::<_, String>(0);
    let all = "SELECT string_agg(t::text, ' ' ORDER BY t::text) FROM (\
               SELECT u.name, u.description, e.order_index, e.exercise_name_snapshot, e.mode, e.sets, e.reps_max \
               FROM training_units u JOIN training_unit_exercises e ON e.training_unit_id = u.id UNION ALL \
               SELECT p.name, p.description, pu.day_number, u.name, 'reps', pu.order_index, 0 FROM training_plans p \
               JOIN training_plan_units pu ON pu.training_plan_id = p.id \
               JOIN training_units u ON u.id = pu.training_unit_id) AS t";
    let right = rows(all);
    let change = "UPDATE training_units SET name = 'x' WHERE id = (SELECT min(id::text)::uuid FROM training_units); \
                  UPDATE training_plans SET difficulty_level = 'expert', sharing_status = 'private' WHERE id = \
                  (SELECT min(id::text)::uuid FROM training_plans WHERE difficulty_level <> 'expert'); \
                  DELETE FROM training_plan_units WHERE id = (SELECT max(id) FROM training_plan_units); \
                  UPDATE training_unit_exercises SET sets = sets + 1 WHERE id = (SELECT max(id) FROM training_unit_exercises)";
    database.connect().batch_execute(change).expect("a change");
    let again = loaded(&admin);
    assert_eq!((&again["training_plans"]["updated"], &again["training_units"]["updated"]), (&json!(2), &json!(2)));
    assert_eq!(rows(all), right);
    assert_eq!(rows("SELECT count(*)::text FROM training_plans WHERE sharing_status = 'private'"), "1");
    assert_eq!(loaded(&admin), counts("unchanged"));
    database.assert_invariants(true);
}

#[test]
fn a_name_that_the_administrator_has_given_is_told() {
    let database = TestDatabase::ready();
    let admin = administered(&database);
    loaded(&admin);
    let taken =
        "UPDATE training_plans SET id = gen_random_uuid() WHERE id = (SELECT min(id::text)::uuid FROM training_plans)";
    database
        .connect()
        .batch_execute(&format!(
            "ALTER TABLE training_plan_units DROP CONSTRAINT \
        fk_training_plan_units_training_plan_id_training_plans; DELETE FROM training_plan_units; {taken}"
        ))
        .expect("a change");
    let exit = admin.run(&["catalog", "seed", "--with-programmes"]);
    assert_failed(&exit, 1, &["another training plan named", "rename it first"]);
}

/// Another account has become the administrator, who cannot see everything that the first one had.
#[test]
fn what_is_hidden_from_the_administrator_is_left_alone() {
    let database = TestDatabase::ready();
    loaded(&administered(&database));
    let hide = "UPDATE training_units SET sharing_status = 'private' WHERE id = \
                (SELECT max(id::text)::uuid FROM training_units); \
                UPDATE training_plans SET sharing_status = 'private' WHERE id = \
                (SELECT min(id::text)::uuid FROM training_plans)";
    database.connect().batch_execute(hide).expect("a change");
    let next = administered_by(&database, "next@example.com");
    let before = database.contents();
    assert_eq!(loaded(&next), counts("unchanged"));
    database.assert_unchanged(&before, "programmes of another administrator");
    // Nor is a plan made of units that are another one's.
    database.connect().batch_execute("DELETE FROM training_plans").expect("a change");
    assert_eq!(loaded(&next), counts("unchanged"));
    database.assert_invariants(true);
}

/// As the deletion of the account leaves them behind for those who were given access.
#[test]
fn what_has_no_owner_any_more_is_left_alone() {
    let database = TestDatabase::ready();
    let admin = administered(&database);
    loaded(&admin);
    let orphan = "UPDATE training_plans SET created_by = NULL, sharing_status = 'shared'; \
                  UPDATE training_units SET created_by = NULL, sharing_status = 'shared'";
    database.connect().batch_execute(orphan).expect("a change");
    let before = database.contents();
    assert_eq!(loaded(&admin), counts("unchanged"));
    database.assert_unchanged(&before, "programmes without an owner");
}

/// Somebody holds a plan and then takes units, as a copy does.
#[test]
fn plans_are_locked_before_units() {
    let database = TestDatabase::ready();
    let admin = administered(&database);
    loaded(&admin);
    let mut somebody = database.connect();
    let mut busy = somebody.transaction().expect("a transaction");
    let lock = |table: &str| format!("SELECT id FROM {table} ORDER BY id FOR UPDATE NOWAIT");
    busy.execute(&lock("training_plans"), &[]).expect("plans can be locked");
    let again = std::thread::scope(|scope| {
        let loading = scope.spawn(|| loaded(&admin));
        let mut other = database.connect();
        while !is_waiting(&mut other) {
            assert!(!loading.is_finished(), "expected to wait for the plans");
        }
        busy.execute(&lock("training_units"), &[]).expect("no unit is locked by whoever waits for a plan");
        busy.rollback().expect("everything is released");
        loading.join().expect("an answer")
    });
    assert_eq!(again, counts("unchanged"));
}
