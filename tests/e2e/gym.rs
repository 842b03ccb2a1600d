//! What the tests of training units and plans share: a server, and short ways to ask it.

use irontrack_domain::account::Role;
use irontrack_tests::{
    harness::{App, Mint, Session, body},
    http::{Request, Response},
};
use postgres::Client;
use serde_json::Value;
use uuid::Uuid;

/// A server and who makes people for it. Paths are told without the base path.
pub(crate) struct Gym {
    pub(crate) app: App,
    pub(crate) mint: Mint,
}

impl Gym {
    pub(crate) fn open() -> Self {
        Self::of(App::start())
    }

    pub(crate) fn of(app: App) -> Self {
        let mint = app.mint();
        Self { app, mint }
    }

    /// New people without any special right.
    pub(crate) fn people<const N: usize>(&mut self) -> [Session; N] {
        [(); N].map(|()| self.mint.person(Role::ApplicationAccess))
    }

    /// Somebody new without any special right.
    pub(crate) fn person(&mut self) -> Session {
        self.mint.person(Role::ApplicationAccess)
    }

    /// Sends a body.
    pub(crate) fn send(&self, who: &Session, method: &str, path: &str, sent: &Value) -> Response {
        self.app.send_as(who, request(method, path).json(sent))
    }

    /// Asks without a body.
    pub(crate) fn ask(&self, who: &Session, method: &str, path: &str) -> Response {
        self.app.send_as(who, request(method, path))
    }

    /// Asks without a body but with a header.
    pub(crate) fn ask_with(&self, who: &Session, method: &str, path: &str, header: (&str, &str)) -> Response {
        self.app.send_as(who, request(method, path).header(header.0, header.1))
    }

    /// Sends a body and a header.
    pub(crate) fn send_with(
        &self,
        who: &Session,
        method: &str,
        path: &str,
        header: (&str, &str),
        sent: &Value,
    ) -> Response {
        self.app.send_as(who, request(method, path).header(header.0, header.1).json(sent))
    }

    /// What somebody may read.
    #[track_caller]
    pub(crate) fn read(&self, who: &Session, path: &str) -> Value {
        expect(&self.ask(who, "GET", path), 200)
    }

    /// What was created.
    #[track_caller]
    pub(crate) fn create(&self, who: &Session, path: &str, sent: &Value) -> Value {
        expect(&self.send(who, "POST", path, sent), 201)
    }

    /// What became of a change.
    #[track_caller]
    pub(crate) fn change(&self, who: &Session, method: &str, path: &str, sent: &Value) -> Value {
        expect(&self.send(who, method, path, sent), 200)
    }

    /// Deletes what can be deleted.
    #[track_caller]
    pub(crate) fn delete(&self, who: &Session, path: &str) {
        let answer = self.ask(who, "DELETE", path);
        assert_eq!(answer.status, 204, "DELETE {path}: {}", answer.text());
    }

    /// The items of a list.
    #[track_caller]
    pub(crate) fn items(&self, who: &Session, path: &str) -> Vec<Value> {
        array(&self.read(who, path)["items"])
    }

    /// The names in a list, in order.
    #[track_caller]
    pub(crate) fn names(&self, who: &Session, path: &str) -> Vec<String> {
        texts(&self.items(who, path), "name")
    }

    /// How many rows a query counts.
    pub(crate) fn count(&mut self, sql: &str) -> i64 {
        self.mint.database.query_one(sql, &[]).unwrap_or_else(|error| panic!("{sql}: {error:?}")).get(0)
    }

    /// Calls an exercise otherwise.
    pub(crate) fn rename_exercise(&mut self, exercise: Uuid, name: &str) {
        let sql = "UPDATE exercises SET name = $1::text, slug = CASE WHEN is_system_default THEN \
                   trim('-' FROM regexp_replace(lower($1::text), '[^a-z0-9]+', '-', 'g')) END WHERE id = $2";
        assert_eq!(self.mint.execute(sql, &[&name, &exercise]), 1);
    }

    /// The last word of every test: nothing impossible was stored, nobody has waited in a circle, and nothing has panicked.
    pub(crate) fn close(self) {
        self.app.database.assert_invariants(true);
        self.app.database.assert_no_deadlock();
        assert!(!self.app.process.log().contains("panicked"), "expected no panic:\n{}", self.app.process.log());
    }
}

/// A request of the API.
pub(crate) fn request(method: &str, path: &str) -> Request {
    Request::new(method, &format!("/api/v1{path}"))
}

/// The path of a unit.
pub(crate) fn unit(id: impl std::fmt::Display) -> String {
    format!("/training-units/{id}")
}

/// The path of a plan.
pub(crate) fn plan(id: impl std::fmt::Display) -> String {
    format!("/training-plans/{id}")
}

/// The path of a training session.
pub(crate) fn session(id: impl std::fmt::Display) -> String {
    format!("/training-sessions/{id}")
}

/// The path of something that was created under that path.
pub(crate) fn under(path: &str, created: &Value) -> String {
    format!("{path}/{}", text(&created["id"]))
}

/// The body of an answer with this status.
#[track_caller]
pub(crate) fn expect(answer: &Response, status: u16) -> Value {
    assert_eq!(answer.status, status, "{}", answer.text());
    body(answer)
}

/// Fails unless the request was refused in this way.
#[track_caller]
pub(crate) fn refused(answer: &Response, status: u16, detail: &str) {
    let seen = (answer.status, body(answer)["detail"].as_str().unwrap_or_default().to_owned());
    assert_eq!(seen, (status, detail.to_owned()), "{}", answer.text());
}

/// Where the mistakes of a 422 are, sorted and with blanks between; for any other status its number.
pub(crate) fn mistakes(answer: &Response) -> String {
    if answer.status != 422 {
        return answer.status.to_string();
    }
    let mut paths = texts(&array(&body(answer)["details"]), "path");
    paths.sort_unstable();
    paths.join(" ")
}

/// The entity tag of an answer.
#[track_caller]
pub(crate) fn tag(answer: &Response) -> String {
    let tag = answer.header("etag").unwrap_or_else(|| panic!("expected a tag: {} {}", answer.status, answer.text()));
    let is_strong = tag.len() > 2 && tag.starts_with('"') && tag.ends_with('"');
    assert!(is_strong, "expected a strong tag, got {tag}");
    tag.to_owned()
}

/// The elements of a list.
pub(crate) fn array(value: &Value) -> Vec<Value> {
    value.as_array().unwrap_or_else(|| panic!("expected a list: {value}")).clone()
}

/// One text of every element.
pub(crate) fn texts(elements: &[Value], name: &str) -> Vec<String> {
    elements.iter().map(|element| text(&element[name])).collect()
}

/// One field of every element.
pub(crate) fn fields(elements: &Value, name: &str) -> Vec<Value> {
    array(elements).iter().map(|element| element[name].clone()).collect()
}

/// A text or a number as text.
pub(crate) fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The names of the fields of an object.
pub(crate) fn keys(value: &Value) -> Vec<&str> {
    let mut keys: Vec<_> = value.as_object().into_iter().flatten().map(|(key, _)| key.as_str()).collect();
    keys.sort_unstable();
    keys
}

/// Who somebody is.
pub(crate) fn user(who: &Session) -> Uuid {
    who.user_id.expect("a person has an id")
}

/// Whether some statement waits for a row that another transaction holds.
pub(crate) fn is_waiting(database: &mut Client) -> bool {
    let sql = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()";
    database.query_one(sql, &[]).expect("activity can be counted").get::<_, i64>(0) > 0
}
