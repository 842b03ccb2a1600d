//! Another signing key for two instances, while people use them.

use std::{
    fs,
    path::Path,
    sync::{
        Arc, RwLock,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};

use irontrack_domain::account::Role;
use irontrack_tests::{
    harness::{App, Session, TestDatabase, password, sign_in, until},
    http::Request,
};

use crate::cli::run;

/// The instances that a proxy would send requests to.
type Served = RwLock<Vec<Arc<App>>>;

fn instance(database: &Arc<TestDatabase>, file: &Path) -> Arc<App> {
    let file = file.display().to_string();
    // Tests have a key by themselves, which the file replaces.
    Arc::new(App::start_on(database.clone(), &[("JWT_PRIVATE_KEY", ""), ("JWT_PRIVATE_KEY_FILE", &file)]))
}

/// Starts a new instance and takes an old one out, as a restart behind a proxy does.
fn replace(served: &Served, number: usize, database: &Arc<TestDatabase>, file: &Path) {
    let new = instance(database, file);
    let old = std::mem::replace(&mut served.write().expect("the instances")[number], new);
    until(Duration::from_secs(30), "requests to the old instance to end", || Arc::strong_count(&old) == 1);
}

fn pick(served: &Served, number: usize) -> Arc<App> {
    served.read().expect("the instances")[number % 2].clone()
}

#[test]
fn nobody_is_refused_while_the_key_is_exchanged() {
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let file = folder.path().join("keys.json");
    let keys = |arguments: &[&str]| {
        let exit = run(&[&["keys"], arguments].concat(), folder.path(), &[]);
        assert!(exit.status.success(), "{exit:?}");
    };
    keys(&["generate", "--set", "--out", "keys.json"]);
    let before = fs::read_to_string(&file).expect("the keys");
    let database = Arc::new(TestDatabase::ready());
    let served: Served = RwLock::new(vec![instance(&database, &file), instance(&database, &file)]);
    let email = irontrack_tests::harness::unique_email();
    pick(&served, 0).insert_account(&email, Role::ApplicationAccess, true);

    let (stop, rounds) = (AtomicBool::new(false), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        for first in 0..2 {
            let (served, stop, rounds, email) = (&served, &stop, &rounds, &email);
            scope.spawn(move || {
                let mut session = Session::of(&pick(served, first).send(&sign_in(email, password())));
                let mut number = first;
                while !stop.load(Ordering::SeqCst) {
                    // Tokens of one instance are presented to the other one.
                    for _ in 0..2 {
                        number += 1;
                        let answer = pick(served, number).get(&session, "/api/v1/access/me");
                        assert_eq!(answer.status, 200, "round {number}: {}", answer.text());
                    }
                    number += 1;
                    let refresh = Request::new("POST", "/api/v1/access/refresh-jwt");
                    let answer = pick(served, number).send_as(&session, refresh);
                    assert_eq!(answer.status, 204, "round {number}: {}", answer.text());
                    session = Session::of(&answer);
                    rounds.fetch_add(1, Ordering::SeqCst);
                }
            });
        }
        let go_on = |what: &str| {
            let so_far = rounds.load(Ordering::SeqCst);
            until(Duration::from_secs(60), what, || rounds.load(Ordering::SeqCst) > so_far + 4);
        };
        let exchange = || {
            for step in ["--announce", "--promote"] {
                keys(&["rotate", "keys.json", step]);
                for number in 0..2 {
                    replace(&served, number, &database, &file);
                    go_on("people to be served by an old and a new instance");
                }
            }
        };
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(exchange));
        stop.store(true, Ordering::SeqCst);
        if let Err(panic) = outcome {
            std::panic::resume_unwind(panic);
        }
    });
    let after = fs::read_to_string(&file).expect("the keys");
    let first =
        |text: &str| irontrack_auth::KeyRing::from_jwk_text(text).expect("keys").key_ids().next().map(str::to_owned);
    assert_ne!(first(&before), first(&after), "another key signs");
    println!("{} rounds of two reads and a refresh each, none of them refused", rounds.load(Ordering::SeqCst));
}
