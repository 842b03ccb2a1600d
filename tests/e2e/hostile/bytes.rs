//! Bytes that are no text, and requests that are no HTTP.

use irontrack_tests::{harness::documented_operations, http::Request};

use super::Attack;

#[test]
fn bytes_that_are_not_utf_8_are_refused() {
    let mut attack = Attack::start();
    for operation in documented_operations() {
        let valid = attack.mint.valid_request(&operation, &attack.superuser.clone());
        if operation.json_body().is_some() {
            let text = valid.body.clone().unwrap_or_default();
            for bytes in [&b"\xff"[..], b"\xc3\x28", b"\xed\xa0\x80", b"\xf5\x80\x80\x80", b"\xc0\xaf"] {
                let inside = [&text[..text.len() - 1], b",\"name\":\"", bytes, b"\"}"].concat();
                for body in [bytes.to_vec(), inside] {
                    let request = valid.clone().body(Some("application/json"), body);
                    attack.expect(&format!("{} {bytes:?}", operation.id), request, &[400]);
                }
            }
            // A mark in front is no JSON; other encodings are neither.
            let marked = [b"\xef\xbb\xbf", &text[..]].concat();
            attack.expect(&operation.id, valid.clone().body(Some("application/json"), marked), &[422]);
            let wide: Vec<u8> = String::from_utf8_lossy(&text).encode_utf16().flat_map(u16::to_le_bytes).collect();
            attack.expect(
                &operation.id,
                valid.clone().body(Some("application/json; charset=utf-16"), wide),
                &[400, 422],
            );
        }
        if operation.path.contains('{') {
            let path = operation.path_with("%ff%fe%c3%28");
            attack.expect(&operation.id, Request { path, ..valid.clone() }, &[404, 422]);
        }
        for (name, _) in operation.parameters("query") {
            let path = format!("{}?{name}=%ff%c3%28", operation.path);
            attack.expect(&operation.id, Request { path, query: Vec::new(), ..valid.clone() }, &[200, 404, 422]);
        }
    }
    attack.check(true);
}

#[test]
fn requests_that_are_no_http_are_refused() {
    let mut attack = Attack::start();
    let ending = "Host: x\r\nConnection: close\r\n\r\n";
    let mut lines: Vec<(String, Vec<u8>)> = [
        "GET /ping HTTP/9.9",
        "GET  /ping HTTP/1.1",
        "GET /ping",
        "\0\0\0\0",
        "GET /p\0ing HTTP/1.1",
        "GET http://[ HTTP/1.1",
        "GET /%zz HTTP/1.1",
        "GET /api/v1/exercises?searchString=%zz%q HTTP/1.1",
        "get /ping HTTP/1.1",
        "GET /../../etc/passwd HTTP/1.1",
        "GET /docs/../../etc/passwd HTTP/1.1",
        "GET /docs/%2e%2e%2fCargo.toml HTTP/1.1",
        "POST /api/v1/access/signup HTTP/1.1\r\nContent-Length: -1",
        "POST /api/v1/access/signup HTTP/1.1\r\nContent-Length: 1e3",
        "POST /api/v1/access/signup HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6",
        "POST /api/v1/access/signup HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 5",
        "GET /ping HTTP/1.1\r\nX-Request-ID: \u{1f3cb}",
        "GET /ping HTTP/1.1\r\nNo colon here",
        "GET /api/v1/access/me HTTP/1.1\r\nCookie: access_token=\u{1}\u{ff}; =; ;;;",
        "GET /api/v1/access/me HTTP/1.1\r\nCookie:",
    ]
    .iter()
    .map(|line| ((*line).to_owned(), format!("{line}\r\n{ending}").into_bytes()))
    .collect();
    let header = |name: &str, value: &[u8]| {
        [b"GET /api/v1/access/me HTTP/1.1\r\n", name.as_bytes(), b": ", value, b"\r\n", ending.as_bytes()].concat()
    };
    for name in [
        "Cookie",
        "X-Request-ID",
        "User-Agent",
        "Origin",
        "Sec-Fetch-Site",
        "X-Forwarded-For",
        "Content-Type",
        "Accept-Encoding",
    ] {
        lines.push((format!("{name} is no text"), header(name, b"access_token=\xff\xfe\x80")));
        lines.push((format!("{name} is long"), header(name, &vec![b'a'; 60_000])));
    }
    let many: String = (0..5_000).map(|n| format!("X-{n}: 1\r\n")).collect();
    lines.push(("5 000 headers".into(), format!("GET /ping HTTP/1.1\r\n{many}{ending}").into_bytes()));
    let cookies: String = (0..5_000).map(|n| format!("c{n}=1; ")).collect();
    lines.push(("5 000 cookies".into(), header("Cookie", cookies.as_bytes())));
    lines.push(("a long path".into(), format!("GET /{} HTTP/1.1\r\n{ending}", "a".repeat(200_000)).into_bytes()));
    for (what, bytes) in lines {
        // To hang up is an answer as well.
        if let Some((status, body)) = attack.raw(&bytes).filter(|(status, _)| *status >= 500) {
            attack.failures.push(format!("{what}: {status} {body}"));
        }
    }
    attack.check(true);
}
