//! What many callers do at the same moment: one wins, nothing breaks, and the database is consistent afterwards.

use std::{sync::Barrier, time::Duration};

use irontrack_domain::account::Role;
use irontrack_tests::{
    harness::{App, Session, bodies, last, unique_email},
    http::{Request, Response},
};
use serde_json::json;

/// How often a request is refused for now at most, until it is carried out.
const MOST_REFUSALS: usize = 20;

/// Sends a request until it is not refused for now. Whoever finds the queue for hashing full, or no connection, comes back
/// after the time that was told, but not for ever: a server that goes on refusing is broken.
pub(crate) fn insist(app: &App, who: &Session, request: &Request) -> Response {
    for _ in 0..=MOST_REFUSALS {
        let answer = app.send_as(who, request.clone());
        if answer.status != 503 {
            return answer;
        }
        assert_eq!(answer.header("retry-after"), Some("1"), "{}", answer.text());
        last(Duration::from_secs(1));
    }
    panic!("expected at most {MOST_REFUSALS} refusals: {} {}\n{}", request.method, request.path, app.process.log());
}

/// Sends all requests as nearly at once as threads can, each until it is not refused for now.
pub(crate) fn at_once(app: &App, requests: &[(Session, Request)]) -> Vec<Response> {
    let start = Barrier::new(requests.len());
    std::thread::scope(|scope| {
        let senders: Vec<_> = requests
            .iter()
            .map(|(who, request)| {
                let start = &start;
                scope.spawn(move || {
                    start.wait();
                    insist(app, who, request)
                })
            })
            .collect();
        senders.into_iter().map(|sender| sender.join().expect("the request was sent")).collect()
    })
}

pub(crate) fn statuses(answers: &[Response]) -> Vec<u16> {
    let mut statuses: Vec<_> = answers.iter().map(|answer| answer.status).collect();
    statuses.sort_unstable();
    statuses
}

/// One wins with this status, everybody else gets 409.
pub(crate) fn assert_one_wins(answers: &[Response], status: u16) {
    let mut expected = vec![409; answers.len()];
    expected[0] = status;
    assert_eq!(statuses(answers), expected);
}

#[test]
fn of_fifty_sign_ups_of_one_address_one_wins() {
    let app = App::start_with(&[("CRYPTO_MAX_WORKERS", "4")]);
    let email = format!("jürgen.{}", unique_email());
    let requests: Vec<_> = (0..50_usize)
        .map(|n| {
            // Another letter in upper case each time.
            let spelled =
                email.char_indices().map(|(i, c)| if i % 7 == n % 7 { upper(c) } else { c }).collect::<String>();
            (Session::anonymous(), Request::new("POST", "/api/v1/access/signup").json(&bodies::sign_up(&spelled)))
        })
        .collect();
    assert_one_wins(&at_once(&app, &requests), 201);
    app.database.assert_invariants(true);
}

fn upper(c: char) -> char {
    c.to_uppercase().next().unwrap_or(c)
}

#[test]
fn of_fifty_exercises_of_one_name_one_wins() {
    let app = App::start();
    let mut mint = app.mint();
    let [owner, other] = [(); 2].map(|()| mint.person(Role::ApplicationAccess));
    let superuser = mint.person(Role::Superuser);
    let name = |n: usize| if n.is_multiple_of(2) { "Übung der  Race" } else { " übung Der RACE" };
    let custom = |n| Request::new("POST", "/api/v1/exercises/user").json(&bodies::exercise(name(n)));
    let system = |n| Request::new("POST", "/api/v1/exercises/system").json(&bodies::system_exercise(name(n)));
    let item = |n| Request::new("POST", "/api/v1/catalogs/exercise-tags").json(&json!({"name": name(n)}));
    let fifty = |who: &Session, request: &dyn Fn(usize) -> Request| {
        at_once(&app, &(0..50).map(|n| (who.clone(), request(n))).collect::<Vec<_>>())
    };
    assert_one_wins(&fifty(&owner, &custom), 201);
    assert_one_wins(&fifty(&other, &custom), 201);
    assert_one_wins(&fifty(&superuser, &system), 201);
    assert_one_wins(&fifty(&superuser, &item), 201);
    app.database.assert_invariants(true);
}

#[test]
fn of_ten_exercises_renamed_alike_one_wins() {
    let app = App::start();
    let mut mint = app.mint();
    let superuser = mint.person(Role::Superuser);
    let mut requests = |kind: &str, owner| {
        let mut rename = |n: u32| {
            let path = format!("/api/v1/exercises/{kind}/{}", mint.exercise(owner));
            let name = if n.is_multiple_of(2) { "The Same" } else { "the same" };
            (superuser.clone(), Request::new("PATCH", &path).json(&json!({"name": name})))
        };
        (0..10).map(&mut rename).collect::<Vec<_>>()
    };
    let (custom, system) = (requests("user", superuser.user_id), requests("system", None));
    assert_one_wins(&at_once(&app, &custom), 200);
    assert_one_wins(&at_once(&app, &system), 200);
    app.database.assert_invariants(true);
}

/// Two superusers, the last ones, each take the other's rights away in one of the four ways.
#[test]
fn the_last_two_superusers_cannot_both_be_removed() {
    let app = App::start();
    let mut mint = app.mint();
    let removals: [fn(&Session) -> Request; 4] = [
        |target| patch_user(target).json(&json!({"isSuperuser": false})),
        |target| patch_user(target).json(&json!({"isActive": false})),
        |target| Request::new("DELETE", &patch_user(target).path),
        |target| {
            let path = format!("/api/v1/roles/{}/revoke", target.email);
            Request::new("PATCH", &path).json(&json!({"roleSlug": "superuser"}))
        },
    ];
    for round in 0..12 {
        mint.execute("UPDATE user_account SET is_active = false WHERE is_superuser", &[]);
        mint.execute("DELETE FROM user_session", &[]);
        let [one, other] = [(); 2].map(|()| mint.person(Role::Superuser));
        let (by_one, by_other) = (removals[round % 4](&other), removals[(round / 4 + round) % 4](&one));
        let answers = at_once(&app, &[(one, by_one), (other, by_other)]);
        let statuses = statuses(&answers);
        let sql = "SELECT count(*) FROM user_account WHERE is_superuser AND is_active";
        let left: i64 = mint.database.query_one(sql, &[]).expect("superusers can be counted").get(0);
        assert_eq!(left, 1, "round {round}: {statuses:?}");
        // One is first; the other is the last one then, or not let in any more.
        let is_expected = |status: &u16| [200, 204].contains(&statuses[0]) && [401, 403, 404, 409].contains(status);
        assert!(statuses[1..].iter().all(is_expected), "round {round}: {statuses:?}");
        app.database.assert_invariants(true);
    }
}

fn patch_user(target: &Session) -> Request {
    Request::new("PATCH", &format!("/api/v1/users/{}", target.user_id.unwrap_or_default()))
}

#[test]
fn deleting_meets_updating() {
    let app = App::start();
    let mut mint = app.mint();
    let superuser = mint.person(Role::Superuser);
    for round in 0..8 {
        let owner = mint.person(Role::ApplicationAccess);
        let custom = mint.exercise(owner.user_id);
        let system = mint.exercise(None);
        let user = patch_user(&owner).path;
        let request = |method: &str, path: &str| Request::new(method, path);
        let muscles = json!({"name": format!("Renamed {round}"), "primaryMuscles": [1, 2], "secondaryMuscles": [3]});
        let custom_path = format!("/api/v1/exercises/{custom}");
        let system_path = format!("/api/v1/exercises/{system}");
        let mut requests = vec![
            (superuser.clone(), request("DELETE", &system_path)),
            (superuser.clone(), request("DELETE", &user)),
            (owner.clone(), request("DELETE", &custom_path)),
        ];
        for n in 0..3 {
            let body = bodies::exercise(&format!("Late {n}"));
            requests.extend([
                (superuser.clone(), request("PATCH", &user).json(&json!({"name": "Jo", "isSuperuser": n == 1}))),
                (owner.clone(), request("PATCH", &format!("/api/v1/exercises/user/{custom}")).json(&muscles)),
                (superuser.clone(), request("PATCH", &format!("/api/v1/exercises/system/{system}")).json(&muscles)),
                (owner.clone(), request("POST", "/api/v1/exercises/user").json(&body)),
                (owner.clone(), request("PATCH", "/api/v1/access/me").json(&json!({"name": "Me"}))),
            ]);
        }
        let answers = at_once(&app, &requests);
        let expected = [200, 201, 204, 401, 403, 404, 409];
        for ((_, request), answer) in requests.iter().zip(&answers) {
            let place = format!("round {round}: {} {}: {}", request.method, request.path, answer.text());
            assert!(expected.contains(&answer.status), "{} {place}", answer.status);
        }
        assert_eq!((answers[0].status, answers[1].status), (204, 204), "round {round}");
        for path in [&custom_path, &system_path, &user] {
            assert_eq!(app.get(&superuser, path).status, 404, "round {round}: {path}");
        }
        app.database.assert_invariants(true);
    }
}

#[test]
fn removing_an_item_meets_its_use() {
    let app = App::start();
    let mut mint = app.mint();
    let superuser = mint.person(Role::Superuser);
    for round in 0..6 {
        let sql = "INSERT INTO muscle_groups (name) VALUES ($1) RETURNING id";
        let row = mint.database.query_one(sql, &[&format!("muscle {round}")]).expect("an item can be added");
        let item: i16 = row.get(0);
        let mut requests =
            vec![(superuser.clone(), Request::new("DELETE", &format!("/api/v1/catalogs/muscle-groups/{item}")))];
        for n in 0..8 {
            let body =
                bodies::with(bodies::exercise(&format!("Round {round}.{n}")), "primaryMuscles", json!([item, 1]));
            requests.push((superuser.clone(), Request::new("POST", "/api/v1/exercises/user").json(&body)));
        }
        let answers = at_once(&app, &requests);
        assert_eq!(answers[0].status, 204, "{}", answers[0].text());
        assert!(answers[1..].iter().all(|answer| [201, 404].contains(&answer.status)), "{:?}", statuses(&answers));
        app.database.assert_invariants(true);
    }
}

#[test]
fn signing_in_meets_being_deactivated() {
    let app = App::start_with(&[("CRYPTO_MAX_WORKERS", "4")]);
    let mut mint = app.mint();
    let superuser = mint.person(Role::Superuser);
    for round in 0..5 {
        let user = mint.person(Role::ApplicationAccess);
        let sign_in = irontrack_tests::harness::sign_in(&user.email, irontrack_tests::harness::password());
        let refresh = Request::new("POST", "/api/v1/access/refresh-jwt");
        let deactivate = patch_user(&user).json(&json!({"isActive": false}));
        let mut requests = vec![(superuser.clone(), deactivate), (user.clone(), refresh)];
        requests.extend((0..4).map(|_| (Session::anonymous(), sign_in.clone())));
        let answers = at_once(&app, &requests);
        assert_eq!(answers[0].status, 200, "{}", answers[0].text());
        assert!(answers[1..].iter().all(|a| [204, 401].contains(&a.status)), "{:?}", statuses(&answers));
        // Nobody is left signed in: not even who was let in at the last moment.
        app.database.assert_invariants(true);
        for answer in &answers[1..] {
            let session = Session::of(answer);
            assert!(session.access.is_none() || app.get(&session, "/api/v1/access/me").status == 401, "round {round}");
        }
    }
}
