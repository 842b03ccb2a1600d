//! Searching the system catalogue as athletes do.

use std::time::{Duration, Instant};

use irontrack_domain::account::Role;
use irontrack_tests::{
    harness::{App, Session, bodies, body},
    http::Request,
};
use serde_json::Value;

fn search(app: &App, who: &Session, term: &str, parameters: &[(&str, &str)]) -> Value {
    let request = Request::new("GET", "/api/v1/exercises").query("searchString", term);
    let request = parameters.iter().fold(request, |request, (name, value)| request.query(name, value));
    let answer = app.send_as(who, request);
    assert_eq!(answer.status, 200, "{term}: {}", answer.text());
    body(&answer)
}

fn names(page: &Value) -> Vec<&str> {
    let items = page["items"].as_array().expect("items are a list");
    items.iter().map(|item| item["name"].as_str().expect("a name")).collect()
}

/// What people type, and what they want to see first.
#[test]
fn the_expected_exercise_comes_first() {
    let app = App::start();
    let user = app.sign_in_new(Role::ApplicationAccess);
    let mut wrong = Vec::new();
    for (term, expected) in [
        // Abbreviations and short names.
        ("rdl", "Romanian Deadlift"),
        ("ohp", "Barbell Overhead Press"),
        ("bench", "Barbell Bench Press"),
        ("sldl", "Stiff-Leg Deadlift"),
        ("cgbp", "Close-Grip Bench Press"),
        ("tgu", "Turkish Get-Up"),
        ("t2b", "Toes-to-Bar"),
        ("c&j", "Clean and Jerk"),
        ("db bench", "Dumbbell Bench Press"),
        ("db row", "One-Arm Dumbbell Row"),
        ("db shoulder press", "Seated Dumbbell Shoulder Press"),
        ("kb swing", "Kettlebell Swing"),
        ("bb row", "Bent-Over Barbell Row"),
        // Hyphens, blanks and plurals.
        ("pullups", "Pull-Up"),
        ("pull-up", "Pull-Up"),
        ("lat pull down", "Lat Pulldown"),
        ("skullcrusher", "EZ-Bar Skull Crusher"),
        ("chin ups", "Chin-Up"),
        ("push up", "Push-Up"),
        ("pushups", "Push-Up"),
        ("sit ups", "Sit-Up"),
        ("squats", "Barbell Back Squat"),
        ("bicep curls", "Barbell Curl"),
        ("hammer curls", "Hammer Curl"),
        ("leg extensions", "Leg Extension"),
        ("calf raises", "Standing Calf Raise"),
        ("calves raise", "Standing Calf Raise"),
        ("farmers walk", "Farmer's Walk"),
        ("farmer’s walk", "Farmer's Walk"),
        ("t bar row", "T-Bar Row"),
        ("turkish getup", "Turkish Get-Up"),
        ("benchpress", "Barbell Bench Press"),
        ("dips", "Chest Dip"),
        // The name of a variant by which everybody knows it.
        ("romanian deadlift", "Romanian Deadlift"),
        ("overhead press", "Barbell Overhead Press"),
        ("military press", "Barbell Overhead Press"),
        ("bench press", "Barbell Bench Press"),
        ("deadlift", "Barbell Deadlift"),
        ("hip thrust", "Barbell Hip Thrust"),
        ("face pull", "Face Pull"),
        ("clean and jerk", "Clean and Jerk"),
        ("hex bar deadlift", "Trap Bar Deadlift"),
        // Another order.
        ("press overhead", "Barbell Overhead Press"),
        ("deadlift romanian", "Romanian Deadlift"),
        ("squat bulgarian", "Bulgarian Split Squat"),
        // Accents that nobody needs.
        ("DÉADLIFT", "Barbell Deadlift"),
        // Words of no name or alias in this order or completeness.
        ("tricep extension overhead band", "Band Overhead Triceps Extension"),
        ("wide lat pull down", "Lat Pulldown"),
        // Mistakes.
        ("deadlfit", "Barbell Deadlift"),
        ("sqaut", "Barbell Back Squat"),
        ("suqats", "Barbell Back Squat"),
        ("bench rpess", "Barbell Bench Press"),
        ("romanain deadlfit", "Romanian Deadlift"),
        ("psuh ups", "Push-Up"),
        ("shurgs", "Barbell Shrug"),
        ("dumbell row", "One-Arm Dumbbell Row"),
        ("bulgarien split squat", "Bulgarian Split Squat"),
        ("overhed press", "Barbell Overhead Press"),
    ] {
        let page = search(&app, &user, term, &[("pageSize", "3")]);
        let found = names(&page);
        if found.first() != Some(&expected) {
            wrong.push(format!("{term}: {expected} is expected first, found {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The name itself, an alias, the start of a name, its words, a piece of it: in this order, and all of it counts.
#[test]
fn names_come_before_aliases_and_whole_words_before_pieces() {
    let app = App::start();
    let mut mint = app.mint();
    let user = mint.person(Role::ApplicationAccess);
    let sql = "INSERT INTO exercises (id, name, difficulty_level, category, created_by) \
               SELECT gen_random_uuid(), name, 'expert', 'cardio', $1 FROM unnest($2::text[]) AS name";
    let own = ["Quorx", "Quorx Lift", "A Lift of Quorx", "Subquorx"];
    mint.execute(sql, &[&user.user_id, &own.as_slice()]);
    mint.execute("INSERT INTO exercise_aliases SELECT id, 'QUORX' FROM exercises WHERE slug = 'plank'", &[]);
    mint.execute("INSERT INTO exercise_aliases SELECT id, 'Long Quorx' FROM exercises WHERE slug = 'crunch'", &[]);
    let page = search(&app, &user, "quorx", &[]);
    assert_eq!(names(&page), ["Quorx", "Plank", "Quorx Lift", "A Lift of Quorx", "Crunch", "Subquorx"]);
    assert_eq!(page["total"], 6, "aliases, words and pieces count");
}

/// What looks like the term is only found, and only counted, when nothing matches it.
#[test]
fn likeness_counts_only_when_nothing_matches() {
    let app = App::start();
    let user = app.sign_in_new(Role::ApplicationAccess);
    let alike = search(&app, &user, "sqaut", &[("pageSize", "100")]);
    assert!(names(&alike).contains(&"Overhead Squat"), "{:?}", names(&alike));
    let own = Request::new("POST", "/api/v1/exercises/user").json(&bodies::exercise("Sqaut by Mistake"));
    assert_eq!(app.send_as(&user, own).status, 201);
    let matching = search(&app, &user, "sqaut", &[("pageSize", "100")]);
    assert_eq!((names(&matching), matching["total"].as_u64()), (vec!["Sqaut by Mistake"], Some(1)));
}

/// Every piece of every name that the catalogue has, as the plain search of a text would.
#[test]
fn names_that_contain_the_term_always_match() {
    let app = App::start();
    let user = app.sign_in_new(Role::ApplicationAccess);
    for term in ["ull", "-", "p p", "ess (", "ar ro", "E", "'s w", "-up"] {
        let sql = "SELECT name FROM exercises WHERE strpos(lower(name), lower($1)) > 0";
        let rows = app.database.connect().query(sql, &[&term]).expect("names can be read");
        let mut found = Vec::new();
        for number in 1..=20 {
            let number = number.to_string();
            let page = search(&app, &user, term, &[("pageSize", "100"), ("currentPage", &number)]);
            found.extend(names(&page).into_iter().map(str::to_owned));
        }
        for name in rows.iter().map(|row| row.get::<_, String>(0)) {
            assert!(found.contains(&name), "{term}: {name} is expected");
        }
    }
}

#[test]
fn the_total_is_right_on_every_page() {
    let app = App::start();
    let user = app.sign_in_new(Role::ApplicationAccess);
    for term in ["press", "sqaut", "e"] {
        let first = search(&app, &user, term, &[("pageSize", "7")]);
        let total = first["total"].as_u64().expect("a total");
        assert!(total > 20, "{term}: {total}");
        let mut all = Vec::new();
        for number in 1..=total.div_ceil(7) + 1 {
            let page = search(&app, &user, term, &[("pageSize", "7"), ("currentPage", &number.to_string())]);
            assert_eq!(page["total"], total, "{term}, page {number}");
            all.extend(names(&page).into_iter().map(str::to_owned));
        }
        assert_eq!(all.len() as u64, total, "{term}");
        all.sort();
        all.dedup();
        assert_eq!(all.len() as u64, total, "{term}: every exercise stands once");
    }
}

/// The same exercises, and `sortOrder` alone sorts by name.
#[test]
fn an_order_that_is_asked_for_is_kept() {
    let app = App::start();
    let user = app.sign_in_new(Role::ApplicationAccess);
    for term in ["lat pull down", "deadlfit"] {
        let relevant = search(&app, &user, term, &[("pageSize", "100")]);
        let mut by_name = names(&relevant);
        let best = by_name[0];
        by_name.sort_by_key(|name| name.to_lowercase());
        assert_ne!(by_name[0], best, "{term}: relevance is another order than that of names");
        for parameters in [&[("orderBy", "name")][..], &[("sortOrder", "asc")]] {
            let page = search(&app, &user, term, &[parameters, &[("pageSize", "100")]].concat());
            assert_eq!(names(&page), by_name, "{term}, {parameters:?}");
        }
        by_name.reverse();
        for parameters in [&[("orderBy", "name"), ("sortOrder", "desc")][..], &[("sortOrder", "desc")]] {
            let page = search(&app, &user, term, &[parameters, &[("pageSize", "100")]].concat());
            assert_eq!(names(&page), by_name, "{term}, {parameters:?}");
        }
        let page = search(&app, &user, term, &[("orderBy", "difficultyLevel"), ("pageSize", "100")]);
        let levels =
            page["items"].as_array().expect("items").iter().map(|item| match item["difficultyLevel"].as_str() {
                Some("beginner") => 0,
                Some("intermediate") => 1,
                _ => 2,
            });
        assert!(levels.is_sorted(), "{term}: {:?}", names(&page));
        assert_eq!(page["total"], relevant["total"], "{term}");
    }
}

/// A renamed exercise is found by its new name at once, and by the old one no more.
#[test]
fn a_custom_exercise_is_found_as_it_is_called_now() {
    let app = App::start();
    let mut mint = app.mint();
    let [owner, other] = [(); 2].map(|()| mint.person(Role::ApplicationAccess));
    let id = mint.exercise(owner.user_id);
    let renamed = app.send_as(
        &owner,
        Request::new("PATCH", &format!("/api/v1/exercises/user/{id}"))
            .json(&serde_json::json!({"name": "Zottelbär-Stemmen"})),
    );
    assert_eq!(renamed.status, 200, "{}", renamed.text());
    for term in ["zottelbar stemmen", "stemmen ZOTTELBÄR", "Zottelbärstemmen", "zottlebär"] {
        assert_eq!(names(&search(&app, &owner, term, &[])).first(), Some(&"Zottelbär-Stemmen"), "{term}");
        let of_other = search(&app, &other, term, &[("pageSize", "100")]);
        assert!(!names(&of_other).contains(&"Zottelbär-Stemmen"), "{term}, asked by somebody else");
    }
    assert_eq!(search(&app, &owner, &id.simple().to_string(), &[])["total"], 0, "by the old name");
}

/// Of somebody with very many exercises not every one is looked at.
#[test]
fn the_index_is_used_among_many_exercises() {
    let app = App::start();
    let mut mint = app.mint();
    let user = mint.person(Role::ApplicationAccess);
    let sql = "INSERT INTO exercises (id, name, difficulty_level, category, created_by) \
               SELECT gen_random_uuid(), 'My ' || md5(n::text) || ' ' || n, 'expert', 'cardio', $1 \
               FROM generate_series(1, 5000) AS n";
    mint.execute(sql, &[&user.user_id]);
    mint.execute("UPDATE exercises SET name = 'Atlas Cradle Carry' WHERE name LIKE 'My % 777'", &[]);
    mint.execute("ANALYZE exercises", &[]);
    let looked_at = "SELECT seq_tup_read FROM pg_stat_user_tables WHERE relname = 'exercises'";
    let index_scans = "SELECT idx_scan FROM pg_stat_user_indexes WHERE indexrelname = 'idx_ex_search'";
    let mut count = |sql: &str| mint.database.query_one(sql, &[]).expect("statistics").get::<_, i64>(0);
    for term in ["atlas cradle carry", "cradle atl", "las cradle carr", "atlas cradel carry", "atlas cradl cary"] {
        let (before, deadline) = (count(index_scans), Instant::now() + Duration::from_secs(20));
        // The server counts with a delay, and not while its connections have nothing to do. A page of another size is
        // not one that the program remembers.
        for size in (1..=100).cycle() {
            let page = search(&app, &user, term, &[("pageSize", &size.to_string())]);
            assert_eq!(names(&page)[0], "Atlas Cradle Carry", "{term}");
            if count(index_scans) > before {
                break;
            }
            assert!(Instant::now() < deadline, "{term}: the index is not used, {} rows were read", count(looked_at));
        }
    }
}
