//! Forged tokens, sent as cookies: each is refused, and costs the owner of the genuine ones nothing.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use irontrack::SystemClock;
use irontrack_auth::{KeyRing, generate_jwk, testing::Forger};
use irontrack_domain::account::Role;
use irontrack_ports::Clock;
use irontrack_tests::{
    harness::{App, Process, Session, body, signing_key},
    http::{Client, Request, Response},
};

const ME: (&str, &str, &str) = ("GET", "/api/v1/access/me", "access_token");
const REFRESH: (&str, &str, &str) = ("POST", "/api/v1/access/refresh-jwt", "refresh_token");

fn send(app: &App, (method, path, cookie): (&str, &str, &str), token: &str) -> Response {
    app.send(&Request::new(method, path).cookie(cookie, token))
}

fn tokens(session: &Session) -> [&str; 2] {
    [&session.access, &session.refresh].map(|token| token.as_deref().unwrap_or_default())
}

fn forger(session: &Session) -> Forger {
    let [access, refresh] = tokens(session);
    Forger::new(&signing_key(), access, refresh)
}

/// Whether it can be the value of a cookie. Blanks at its edges would be taken away, and a genuine token would be left.
fn is_cookie_value(token: &str) -> bool {
    token.bytes().all(|byte| (0x21..=0x7e).contains(&byte) && byte != b';')
}

fn outcome(answer: &Response) -> (u16, String, usize) {
    let detail = if answer.body.is_empty() { String::new() } else { body(answer)["detail"].to_string() };
    (answer.status, detail, answer.set_cookies().len())
}

fn refused(detail: &str) -> (u16, String, usize) {
    (401, format!("\"{detail}\""), 0)
}

#[test]
fn every_forgery_is_refused_and_the_genuine_tokens_stay_good() {
    let app = App::start_with(&[("LOG_LEVEL", "warning")]);
    let session = app.mint().person(Role::Superuser);
    let [access, refresh] = tokens(&session);
    let forgeries = forger(&session).forgeries();
    let (sendable, others): (Vec<_>, Vec<_>) = forgeries.iter().partition(|forgery| is_cookie_value(&forgery.token));
    assert!(sendable.len() > 2000 && others.len() < 50, "{} and {}", sendable.len(), others.len());
    // From here on the genuine token is remembered, with its claims.
    assert_eq!(send(&app, ME, access).status, 200);
    let accepted: Vec<String> = std::thread::scope(|scope| {
        let senders: Vec<_> = sendable
            .chunks(sendable.len().div_ceil(4))
            .map(|part| {
                let app = &app;
                scope.spawn(move || {
                    let sent = part.iter().flat_map(|forgery| [ME, REFRESH].map(|target| (forgery, target)));
                    let answered =
                        sent.map(|(forgery, target)| (forgery, target, outcome(&send(app, target, &forgery.token))));
                    let wrong = answered.filter(|(_, _, outcome)| *outcome != refused("Invalid token"));
                    wrong
                        .map(|(forgery, target, outcome)| format!("{target:?} {outcome:?} {forgery:?}"))
                        .collect::<Vec<_>>()
                })
            })
            .collect();
        senders.into_iter().flat_map(|sender| sender.join().expect("the requests were sent")).collect()
    });
    assert!(accepted.is_empty(), "{} of {}:\n{}", accepted.len(), sendable.len(), accepted.join("\n"));
    // Nobody's session ends because somebody forges: also not as if a token had been used twice.
    assert_eq!(send(&app, ME, access).status, 200);
    assert_eq!(send(&app, REFRESH, refresh).status, 204);
    assert_eq!(app.process.log(), "", "forgeries are no news, and nothing has panicked");
}

#[test]
fn tokens_whose_time_is_wrong_are_told_apart() {
    let app = App::start();
    let session = app.mint().person(Role::ApplicationAccess);
    let forger = forger(&session);
    let now = SystemClock.now().timestamp();
    for forgery in forger.premature(now) {
        for target in [ME, REFRESH] {
            assert_eq!(outcome(&send(&app, target, &forgery.token)), refused("Invalid token"), "{forgery:?}");
        }
    }
    for seconds in [1, 1_000_000] {
        let [access, refresh] = forger.expired(now, seconds);
        assert_eq!(outcome(&send(&app, ME, &access)), refused("Token has expired"));
        assert_eq!(outcome(&send(&app, REFRESH, &refresh)), refused("Token has expired"));
        assert_eq!(outcome(&send(&app, ME, &refresh)), refused("Invalid token"));
        assert_eq!(outcome(&send(&app, REFRESH, &access)), refused("Invalid token"));
    }
    let [access, refresh] = tokens(&session);
    assert_eq!(send(&app, ME, access).status, 200);
    assert_eq!(send(&app, REFRESH, refresh).status, 204);
}

/// Even with the key, a token opens nothing but a session that there is, of an account that it belongs to.
#[test]
fn claims_that_name_other_accounts_and_sessions_are_refused() {
    let app = App::start();
    let mut mint = app.mint();
    let [mine, theirs] = [Role::ApplicationAccess, Role::Superuser].map(|role| mint.person(role));
    let [mine_forger, their_forger] = [&mine, &theirs].map(forger);
    let unknown = uuid::Uuid::now_v7().to_string();
    let (access, refresh) = (mine_forger.access_claims(), mine_forger.refresh_claims());
    for (name, value, detail) in [
        ("sub", their_forger.access_claims()["sub"].clone(), "Invalid credentials"),
        ("sid", their_forger.access_claims()["sid"].clone(), "Invalid credentials"),
        ("sub", unknown.as_str().into(), "Invalid authentication credentials"),
        ("sid", unknown.as_str().into(), "Invalid credentials"),
    ] {
        for (target, claims) in [(ME, &access), (REFRESH, &refresh)] {
            let mut other = claims.clone();
            other.insert(name.to_owned(), value.clone());
            assert_eq!(outcome(&send(&app, target, &mine_forger.sign(&other))), refused(detail), "{name} {target:?}");
        }
    }
    for session in [&mine, &theirs] {
        let [access, refresh] = tokens(session);
        assert_eq!(send(&app, ME, access).status, 200);
        assert_eq!(send(&app, REFRESH, refresh).status, 204);
    }
}

/// The `kid` of a token.
fn key_id(token: &str) -> String {
    let header = URL_SAFE_NO_PAD.decode(token.split('.').next().unwrap_or_default()).expect("base64url");
    let header: serde_json::Value = serde_json::from_slice(&header).expect("JSON");
    header["kid"].as_str().expect("a text").to_owned()
}

#[test]
fn keys_are_exchanged_without_signing_anybody_out() {
    let (old, new) = (signing_key(), generate_jwk().expect("a key can be made"));
    let new_id = KeyRing::from_jwk_text(&new).expect("a key").key_ids().next().expect("an id").to_owned();
    let both = format!(r#"{{"keys":[{new},{old}]}}"#);
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let file = folder.path().join("keys.json");
    std::fs::write(&file, &both).expect("a file");
    // The old key signed; now the new one does, and both verify, whether they come as text or from a file.
    for settings in [
        [("JWT_PRIVATE_KEY", both.as_str()), ("JWT_PRIVATE_KEY_FILE", "")],
        [("JWT_PRIVATE_KEY", ""), ("JWT_PRIVATE_KEY_FILE", file.to_str().expect("a path"))],
    ] {
        let app = App::start_with(&settings);
        let session = app.mint().person(Role::ApplicationAccess);
        let [access, refresh] = tokens(&session);
        assert_ne!(key_id(access), new_id);
        assert_eq!(send(&app, ME, access).status, 200);
        let exchanged = Session::of(&send(&app, REFRESH, refresh));
        for token in tokens(&exchanged) {
            assert_eq!(key_id(token), new_id);
        }
        assert_eq!(send(&app, ME, tokens(&exchanged)[0]).status, 200);

        // When the old key is taken away, its tokens are no tokens any more, and the new ones stay good.
        let mut environment = App::environment(&app.database);
        environment.insert("JWT_PRIVATE_KEY".into(), new.clone());
        let arguments = ["server", "run", "--address", "127.0.0.1", "--port", "0", "--workers", "1"];
        let mut process = Process::start(&arguments, folder.path(), &environment);
        let address = process.wait_until_ready();
        let client = Client::new();
        let me = |token: &str| {
            let request = Request::new("GET", "/api/v1/access/me").cookie("access_token", token);
            outcome(&client.send(&address, &request).expect("the server answers"))
        };
        assert_eq!(me(access), refused("Invalid token"));
        assert_eq!(me(tokens(&exchanged)[0]).0, 200);
    }
}
