//! Lists of public training units stay fast however many there are: the page comes out of an index, and so does the
//! total. `cargo test -p irontrack-tests --test e2e -- template_lists --nocapture` prints how long each part takes.

use irontrack_tests::harness::App;
use serde_json::Value;
use uuid::Uuid;

use crate::gym::{Gym, expect};

/// As many public units, of a hundred owners, with names in no order.
fn fill(gym: &mut Gym, count: i32) {
    let sql = "INSERT INTO user_account (id, email, password, role_id) SELECT gen_random_uuid(), n || '@example.org', 'x', \
               (SELECT id FROM role WHERE slug = 'application-access') FROM generate_series(1, 100) n";
    gym.mint.execute(sql, &[]);
    let sql = "INSERT INTO training_units (id, name, sharing_status, created_by) \
               SELECT gen_random_uuid(), md5(n::text), 'public', owners.ids[1 + n % 100] FROM generate_series(1, $1) n, \
               (SELECT array_agg(id) AS ids FROM user_account WHERE email LIKE '%@example.org') AS owners";
    gym.mint.execute(sql, &[&count]);
    gym.mint.database.batch_execute("VACUUM ANALYZE training_units").expect("the table can be vacuumed");
}

/// The text of the last statement that the server prepared for a list.
fn text_of_statement(gym: &mut Gym) -> String {
    let sql =
        "SELECT query FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'WITH page%' LIMIT 1";
    gym.mint.database.query_one(sql, &[]).expect("a connection that has listed").get(0)
}

/// What a plan says about one of its parts.
struct Part {
    index: String,
    milliseconds: f64,
}

fn nodes<'a>(plan: &'a Value, found: &mut Vec<&'a Value>) {
    found.push(plan);
    for child in plan["Plans"].as_array().into_iter().flatten() {
        nodes(child, found);
    }
}

/// The part of the plan that is named so, and the index that it reads.
fn part(plan: &Value, is_part: impl Fn(&Value) -> bool) -> Part {
    let mut all = Vec::new();
    nodes(plan, &mut all);
    let node = all.iter().find(|node| is_part(node)).unwrap_or_else(|| panic!("no such part in {plan:#}"));
    let mut below = Vec::new();
    nodes(node, &mut below);
    let index = below.iter().find_map(|node| node["Index Name"].as_str()).unwrap_or("none").to_owned();
    Part { index, milliseconds: node["Actual Total Time"].as_f64().unwrap_or_default() }
}

/// The parts of the statement of one page: the page itself, and the total. Medians of several runs.
fn measure(count: i32) -> [Part; 2] {
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
    let explain = format!("EXPLAIN (ANALYZE, FORMAT JSON) EXECUTE listing ('{id}', 20, 20, 0, '{id}', '{id}')");
    let mut runs: Vec<[Part; 2]> = (0..15)
        .map(|_| {
            let plan: Value = database.query_one(&explain, &[]).expect("a plan").get(0);
            let plan = &plan[0]["Plan"];
            let named = |name: &'static str| move |node: &Value| node["Subplan Name"] == name;
            [
                part(plan, named("CTE page")),
                part(plan, |node| node["Node Type"] == "Aggregate" && node["Parent Relationship"] == "InitPlan"),
            ]
        })
        .collect();
    runs.sort_by(|one, other| one[0].milliseconds.total_cmp(&other[0].milliseconds));
    runs.swap_remove(runs.len() / 2)
}

#[test]
fn the_page_and_the_total_come_out_of_indexes() {
    for count in [1_000, 100_000] {
        let [page, total] = measure(count);
        println!(
            "{count} public units: page {:.3} ms ({}), total {:.3} ms ({})",
            page.milliseconds, page.index, total.milliseconds, total.index
        );
        if count == 100_000 {
            assert_eq!(page.index, "idx_training_units_public_name");
            assert_eq!(total.index, "idx_training_units_public_created_by");
        }
    }
}
