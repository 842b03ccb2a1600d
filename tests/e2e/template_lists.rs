//! Pages of public training units and plans come out of an index, in every order and direction: that is what is asserted,
//! for the first page and without a search. The total counts all rows, and takes longer the more there are.
//! `cargo test -p irontrack-tests --test e2e -- template_lists --nocapture` prints how long each part takes by name.

use std::time::Instant;

use irontrack_tests::harness::App;
use serde_json::Value;
use uuid::Uuid;

use crate::gym::{Gym, expect};

/// As many public units and plans, of a hundred owners, with names and times in no order.
fn fill(gym: &mut Gym, count: i32) {
    let sql = "INSERT INTO user_account (id, email, password, role_id) SELECT gen_random_uuid(), n || '@example.org', 'x', \
               (SELECT id FROM role WHERE slug = 'application-access') FROM generate_series(1, 100) n";
    gym.mint.execute(sql, &[]);
    for (table, further, values) in [("units", "", ""), ("plans", ", difficulty_level", ", 'beginner'")] {
        let sql = format!(
            "INSERT INTO training_{table} (id, name, sharing_status, created_by, created_at, updated_at{further}) \
             SELECT gen_random_uuid(), md5(n::text), 'public', owners.ids[1 + n % 100], \
             now() - (n * 37 % $1 + 1) * interval '1 minute', now() - (n * 61 % $1) * interval '1 second'{values} \
             FROM generate_series(1, $1) n, \
             (SELECT array_agg(id) AS ids FROM user_account WHERE email LIKE '%@example.org') AS owners"
        );
        gym.mint.execute(&sql, &[&count]);
    }
    // What is not on disk yet is not seen to be visible to all, and then even an index has to ask the table.
    for statement in ["CHECKPOINT", "VACUUM ANALYZE training_units", "VACUUM ANALYZE training_plans"] {
        gym.mint.database.batch_execute(statement).expect("the table can be vacuumed");
    }
}

/// The text of the last statement that the server prepared for a list.
fn text_of_statement(gym: &mut Gym) -> String {
    let sql = "SELECT query FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'WITH page%' \
               ORDER BY query_start DESC LIMIT 1";
    gym.mint.database.query_one(sql, &[]).expect("a connection that has listed").get(0)
}

fn nodes<'a>(plan: &'a Value, found: &mut Vec<&'a Value>) {
    found.push(plan);
    for child in plan["Plans"].as_array().into_iter().flatten() {
        nodes(child, found);
    }
}

/// The part of a plan that cuts out the page: its time in milliseconds, and the index that it reads.
fn page_of(plan: &Value) -> (f64, String) {
    let mut all = Vec::new();
    nodes(plan, &mut all);
    let page = all.iter().find(|node| node["Subplan Name"] == "CTE page").expect("the statement has a page");
    let mut below = Vec::new();
    nodes(page, &mut below);
    let index = below.iter().find_map(|node| node["Index Name"].as_str()).unwrap_or("none").to_owned();
    (page["Actual Total Time"].as_f64().unwrap_or_default(), index)
}

/// What `EXPLAIN` says as JSON, which comes as text.
fn explained(database: &mut postgres::Client, explain: &str) -> Value {
    let answer = database.simple_query(explain).unwrap_or_else(|error| panic!("{explain}: {error:?}"));
    let rows = answer.iter().filter_map(|message| match message {
        postgres::SimpleQueryMessage::Row(row) => row.get(0),
        _ => None,
    });
    serde_json::from_str(&rows.collect::<String>()).expect("a plan in JSON")
}

fn median<T: PartialOrd>(mut values: Vec<T>) -> T {
    values.sort_by(|one, other| one.partial_cmp(other).expect("times can be compared"));
    values.swap_remove(values.len() / 2)
}

/// Time and index of the page, and the time of the whole statement with the total: medians, in milliseconds.
fn measure(count: i32) -> ((f64, String), f64) {
    let app = App::start();
    let mint = app.mint();
    let mut gym = Gym { app, mint };
    fill(&mut gym, count);
    let reader = gym.person();
    let page = expect(&gym.ask(&reader, "GET", "/training-units?scope=public&pageSize=20"), 200);
    assert_eq!(page["total"].as_i64(), Some(i64::from(count)));
    let text = text_of_statement(&mut gym);
    let database = &mut gym.mint.database;
    database.batch_execute(&format!("PREPARE listing AS {text}")).expect("the text is whole");
    let id: Uuid = reader.user_id.unwrap_or_default();
    let execute = format!("EXECUTE listing ('{id}', 20, 20, 0, '{id}', '{id}')");
    let explain = format!("EXPLAIN (ANALYZE, FORMAT JSON) {execute}");
    let pages = (0..15).map(|_| page_of(&explained(database, &explain)[0]["Plan"])).collect();
    let whole = (0..15).map(|_| {
        let start = Instant::now();
        database.simple_query(&execute).expect("a page");
        start.elapsed().as_secs_f64() * 1000.0
    });
    (median(pages), median(whole.collect()))
}

#[test]
fn the_page_comes_out_of_an_index_however_many_there_are() {
    for count in [1_000, 100_000] {
        let ((page, index), whole) = measure(count);
        println!("{count} public units: page {page:.3} ms out of {index}, with the total {whole:.3} ms");
        assert_eq!(index, "idx_training_units_public_name", "{count}");
    }
}

#[test]
fn the_page_comes_out_of_an_index_in_every_order_and_direction() {
    let mut gym = Gym::open();
    fill(&mut gym, 20_000);
    let reader = gym.person();
    let id: Uuid = reader.user_id.unwrap_or_default();
    for kind in ["units", "plans"] {
        for (sort, column) in [("name", "name"), ("createdAt", "created_at"), ("updatedAt", "updated_at")] {
            for direction in ["asc", "desc"] {
                let list = format!("/training-{kind}?scope=public&orderBy={sort}&sortOrder={direction}");
                expect(&gym.ask(&reader, "GET", &list), 200);
                let text = text_of_statement(&mut gym);
                let database = &mut gym.mint.database;
                database.batch_execute(&format!("PREPARE listing AS {text}")).expect("the text is whole");
                let explain =
                    format!("EXPLAIN (ANALYZE, FORMAT JSON) EXECUTE listing ('{id}', 20, 20, 0, '{id}', '{id}')");
                let (_, index) = page_of(&explained(database, &explain)[0]["Plan"]);
                database.batch_execute("DEALLOCATE listing").expect("it was prepared");
                assert_eq!(index, format!("idx_training_{kind}_public_{column}"), "{list}");
            }
        }
    }
}
