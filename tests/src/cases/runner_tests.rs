//! Whole cases against a server of a few lines: it answers every request with a JSON echo of it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

use serde_json::{Value, json};

use super::{Failure, Stage, run};
use crate::cases::{Case, Fixtures, World};
use crate::http::Client;

/// Answers 201 (404 below `/nothing`) with method, target, cookies and body of the request, and sets a cookie.
fn answer(stream: TcpStream) -> Option<()> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        match line.trim_end() {
            "" => break,
            line => lines.push(line.to_owned()),
        }
    }
    let header = |name: &str| lines.iter().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
    let mut body = vec![0; header("content-length: ").parse().unwrap_or(0)];
    reader.read_exact(&mut body).ok()?;
    let mut parts = lines.first()?.split(' ');
    let (method, target) = (parts.next()?, parts.next()?);
    let echo = json!({"id": 7, "method": method, "target": target, "cookies": header("cookie: "),
        "type": header("content-type: "), "body": String::from_utf8_lossy(&body)})
    .to_string();
    let status = if target.starts_with("/nothing") { "404 Not Found" } else { "201 Created" };
    let head = format!(
        "HTTP/1.1 {status}\r\nset-cookie: seen=yes; Path=/\r\nx-tag: t1\r\nconnection: close\r\ncontent-length: {}",
        echo.len()
    );
    (&stream).write_all(format!("{head}\r\n\r\n{echo}").as_bytes()).ok()
}

fn world() -> World {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut world = World::new(format!("http://{}", listener.local_addr().unwrap()), &Fixtures::load().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            answer(stream);
        }
    });
    let user = world.accounts.get_mut("user").unwrap();
    (user.access_token, user.refresh_token) = (Some("at".to_owned()), Some("rt".to_owned()));
    world
}

fn attempt(extra: Value) -> Result<(), Failure> {
    let mut case = json!({"id": "the-case", "as": "anonymous", "request": {"method": "GET", "path": "/a"},
        "expect": {"status": 201}, "source": "the source", "reference": true});
    case.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
    run(&serde_json::from_value::<Case>(case).unwrap(), &world(), &Client::new())
}

#[test]
fn a_step_binds_what_the_request_uses() {
    let given = json!([{"as": "anonymous", "request": {"method": "POST", "path": "/x"},
        "bind": {"n": "/id", "c": "cookie:seen", "h": "header:X-Tag"}}]);
    attempt(json!({
        "given": given,
        "request": {"method": "POST", "path": "/${n}", "query": [["a", "${c} ${h}"]], "json": {"z": "${n}", "a": null}},
        "expect": {"status": 201, "json": {"/target": "/7?a=yes%20t1", "/body": "{\"z\":7,\"a\":null}",
            "/type": "application/json", "/id": "${n}"}},
    }))
    .unwrap();
}

#[test]
fn cookies_of_the_account_are_sent_or_replaced() {
    for (actor, cookies, sent) in [
        ("anonymous", json!({}), ""),
        ("user", json!({}), "access_token=at; refresh_token=rt"),
        ("user", json!({"access_token": "x"}), "refresh_token=rt; access_token=x"),
        ("anonymous", json!({"refresh_token": ""}), "refresh_token="),
    ] {
        let request = json!({"method": "GET", "path": "/", "cookies": cookies});
        attempt(json!({"as": actor, "request": request, "expect": {"status": 201, "json": {"/cookies": sent}}}))
            .unwrap();
    }
}

#[test]
fn every_kind_of_body_is_sent() {
    for (body, sent, kind) in [
        (json!({"form": [["a", "ü&"], ["a", ""]]}), "a=%C3%BC%26&a=", "application/x-www-form-urlencoded"),
        (json!({"raw": "${repeat:x:3}", "contentType": "text/plain"}), "xxx", "text/plain"),
        (json!({"raw": "x"}), "x", ""),
        (json!({"rawBase64": "aGk=", "contentType": null}), "hi", ""),
    ] {
        let mut request = json!({"method": "DELETE", "path": "/"});
        request.as_object_mut().unwrap().extend(body.as_object().unwrap().clone());
        attempt(json!({"request": request, "expect": {"status": 201, "json": {"/body": sent, "/type": kind}}}))
            .unwrap();
    }
}

#[test]
fn a_failure_tells_the_whole_story() {
    let request = json!({"method": "PUT", "path": "/p", "raw": "the body", "headers": {"X-A": "b"}});
    let failure =
        attempt(json!({"as": "user", "request": request, "expect": {"status": 200, "json": {"/id": 8}}})).unwrap_err();
    assert_eq!((failure.stage, failure.problems.len()), (Stage::Request, 2));
    let text = failure.to_string();
    for part in [
        "the-case (the source), request:",
        "expected One(200), came 201",
        "/id: expected 8, came 7",
        "sent: PUT /p",
        "X-A: b",
        "cookie access_token=at",
        "the body",
        "came: 201",
        "set-cookie: seen=yes",
        "\"method\":\"PUT\"",
    ] {
        assert!(text.contains(part), "{part} is missing in\n{text}");
    }
}

#[test]
fn steps_fail_by_status_and_by_what_they_cannot_bind() {
    let step = |path: &str, extra: Value| {
        let mut step = json!({"as": "anonymous", "request": {"method": "GET", "path": path}});
        step.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        attempt(json!({"given": [step]})).map_err(|failure| failure.stage)
    };
    assert_eq!(step("/nothing", json!({"status": 404})), Ok(()));
    assert_eq!(step("/nothing", json!({"status": "any"})), Ok(()));
    for (path, extra) in [
        ("/nothing", json!({})),
        ("/a", json!({"status": 200})),
        ("/a", json!({"bind": {"x": "/none"}})),
        ("/a", json!({"bind": {"x": "cookie:none"}})),
        ("/a", json!({"bind": {"x": "header:none"}})),
        ("/a", json!({"bind": {"unique": "/id"}})),
    ] {
        assert_eq!(step(path, extra.clone()), Err(Stage::Given(0)), "{path} {extra}");
    }
}

#[test]
fn what_cannot_be_sent_fails() {
    for broken in [
        json!({"as": "nobody"}),
        json!({"as": "inactive"}),
        json!({"expect": {"status": 201, "text": "${x}"}}),
        json!({"request": {"method": "GET", "path": "/${x}"}}),
        json!({"request": {"method": "GET", "path": "/", "rawBase64": "?"}}),
    ] {
        let failure = attempt(broken.clone()).unwrap_err();
        assert!(failure.exchange.is_none() && failure.to_string().contains("nothing was sent"), "{broken}");
    }
    let gone = World { base_url: "http://127.0.0.1:1".to_owned(), ..world() };
    let case = json!({"id": "x", "as": "anonymous", "request": {"method": "GET", "path": "/"}, "expect": {"status": 200},
        "source": "s", "reference": true});
    let failure = run(&serde_json::from_value(case).unwrap(), &gone, &Client::new()).unwrap_err();
    assert!(failure.to_string().contains("came: nothing"), "{failure}");
}
