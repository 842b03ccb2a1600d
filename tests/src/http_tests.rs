//! The client against a socket that answers with a fixed text and hands back the bytes it received.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;

use super::{Client, Request, Response, SetCookie};

/// Serves one connection: reads until the request is complete, answers, returns what was received.
fn exchange(request: &Request, answer: &'static str) -> (Response, String) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base_url = format!("http://{}", listener.local_addr().unwrap());
    let server = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut received = Vec::new();
        let mut buffer = [0; 4096];
        while !complete(&received) {
            let read = stream.read(&mut buffer).unwrap();
            assert_ne!(read, 0, "the request ended early");
            received.extend_from_slice(&buffer[..read]);
        }
        stream.write_all(answer.as_bytes()).unwrap();
        String::from_utf8_lossy(&received).into_owned()
    });
    let response = Client::new().send(&base_url, request).unwrap();
    (response, server.join().unwrap())
}

fn complete(received: &[u8]) -> bool {
    let text = String::from_utf8_lossy(received).to_ascii_lowercase();
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap_or("0");
    body.len() >= length.parse::<usize>().unwrap()
}

const EMPTY: &str = "HTTP/1.1 204 No Content\r\n\r\n";

#[test]
fn path_and_query_are_sent_as_given() {
    let request = Request::new("GET", "/a/../%7Bx%7D//%00/?z=1").query("na me", "a&b=ü\0").query("", "");
    let (_, sent) = exchange(&request, EMPTY);
    assert!(sent.starts_with("GET /a/../%7Bx%7D//%00/?z=1&na%20me=a%26b%3D%C3%BC%00&= HTTP/1.1\r\n"), "{sent}");
    assert!(!sent.to_ascii_lowercase().contains("content-"), "{sent}");
}

#[test]
fn any_method_may_carry_a_body_and_no_content_type_is_added() {
    for method in ["GET", "DELETE", "PUT", "OPTIONS", "PATCH", "PURGE"] {
        let (_, sent) = exchange(&Request::new(method, "/").body(None, *b"{}"), EMPTY);
        assert!(sent.starts_with(&format!("{method} / ")) && sent.ends_with("\r\n\r\n{}"), "{sent}");
        assert!(!sent.to_ascii_lowercase().contains("content-type"), "{sent}");
    }
    let (_, sent) = exchange(&Request::new("POST", "/"), EMPTY);
    assert!(sent.to_ascii_lowercase().contains("content-length: 0\r\n"), "{sent}");
}

#[test]
fn headers_cookies_and_content_type_are_sent() {
    let request = Request::new("POST", "/")
        .header("User-Agent", "owner/1.0")
        .header("X-Name", "ü")
        .cookie("a", "old")
        .cookie("b", "")
        .cookie("a", "new")
        .body(Some("Application/JSON"), *b"1");
    let (_, sent) = exchange(&request, EMPTY);
    for line in ["user-agent: owner/1.0", "x-name: ü", "cookie: b=; a=new", "content-type: Application/JSON"] {
        assert!(sent.contains(&format!("{line}\r\n")), "{line} is missing in {sent}");
    }
    assert_eq!(sent.matches("user-agent").count(), 1, "{sent}");
}

#[test]
fn head_and_redirects_come_back_as_they_are() {
    let (head, _) = exchange(&Request::new("HEAD", "/"), "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n");
    assert_eq!((head.status, head.body.len(), head.header("Content-Length")), (200, 0, Some("5")));
    let answer = "HTTP/1.1 307 Temporary Redirect\r\nlocation: http://x/\r\ncontent-length: 2\r\n\r\nhi";
    let (redirect, _) = exchange(&Request::new("POST", "/").body(None, *b"x"), answer);
    assert_eq!((redirect.status, redirect.header("location")), (307, Some("http://x/")));
}

#[test]
fn errors_are_answers_and_cookies_keep_their_order() {
    let answer = "HTTP/1.1 500 No\r\nSet-Cookie: b=\"\"; Max-Age=0; HttpOnly\r\nset-cookie: a=x=y; Path=/\r\n\
                  content-length: 7\r\n\r\n{\"a\":1}";
    let (response, _) = exchange(&Request::new("GET", "/"), answer);
    assert_eq!((response.status, response.text().as_str()), (500, "{\"a\":1}"));
    assert_eq!(response.json().unwrap()["a"], 1);
    let cookies = response.set_cookies();
    assert_eq!(cookies.iter().map(|cookie| cookie.name.as_str()).collect::<Vec<_>>(), ["b", "a"]);
    assert_eq!((cookies[0].value.as_str(), cookies[0].attribute("max-age")), ("\"\"", Some("0")));
    assert_eq!((cookies[0].attribute("HTTPONLY"), cookies[1].attribute("httponly")), (Some(""), None));
    assert_eq!(cookies[1], SetCookie::parse("a=x=y;Path=/"));
}

#[test]
fn an_unreachable_server_is_an_error_that_names_the_request() {
    let error = Client::new().send("http://127.0.0.1:1", &Request::new("GET", "/ping")).unwrap_err();
    assert!(error.to_string().starts_with("GET http://127.0.0.1:1/ping: "), "{error}");
}

#[test]
fn one_client_serves_many_threads() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let (base_url, client) = (format!("http://{}", listener.local_addr().unwrap()), Client::new());
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut buffer = [0; 4096];
            let read = stream.read(&mut buffer).unwrap();
            let target = String::from_utf8_lossy(&buffer[..read]).split(' ').nth(1).unwrap().to_owned();
            let head = format!("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {}", target.len());
            stream.write_all(format!("{head}\r\n\r\n{target}").as_bytes()).unwrap();
        }
    });
    thread::scope(|scope| {
        for number in 0..16 {
            let (client, path) = (&client, format!("/{number}"));
            let base_url = &base_url;
            scope.spawn(move || assert_eq!(client.send(base_url, &Request::new("GET", &path)).unwrap().text(), path));
        }
    });
}
