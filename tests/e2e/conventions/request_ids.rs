//! 1.10: identifiers of requests.

use irontrack_domain::account::Role;
use irontrack_tests::{
    harness::{App, body},
    http::{Request, Response},
};

use super::Table;

#[test]
fn an_identifier_that_is_a_uuid_is_echoed_and_any_other_replaced() {
    let app = App::start();
    let mut table = Table::default();
    for (sent, echoed) in [
        ("0192a000-0000-4000-8000-00000000abcd", true),
        ("0192A000-0000-4000-8000-00000000ABCD", true),
        ("0192a00000004000800000000000abcd", true),
        ("{0192a000-0000-4000-8000-00000000abcd}", true),
        ("urn:uuid:0192a000-0000-4000-8000-00000000abcd", true),
        ("", false),
        ("7", false),
        ("not-a-uuid", false),
        ("0192a000-0000-4000-8000-00000000abcg", false),
        ("0192a000-0000-4000-8000-00000000abcd,0192a000-0000-4000-8000-00000000abce", false),
    ] {
        let answer = app.send(&Request::new("GET", "/ping").header("X-Request-ID", sent));
        let id = answer.header("x-request-id").unwrap_or_default();
        table.line(sent, (id == sent, is_new(id)), (echoed, !echoed || sent.len() == 32));
    }
    table.check();
}

/// A UUID of version 4 as 32 hexadecimal digits.
fn is_new(id: &str) -> bool {
    id.len() == 32
        && id.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
        && id.as_bytes()[12] == b'4'
}

#[test]
fn every_answer_has_one_and_errors_repeat_it() {
    let app = App::start();
    let user = app.mint().person(Role::ApplicationAccess);
    let answers: [(&str, Response); 8] = [
        ("200", app.get(&user, "/api/v1/access/me")),
        ("204", app.send_as(&user, Request::new("POST", "/api/v1/access/logout"))),
        ("307", app.send(&Request::new("GET", "/ping/"))),
        ("400", app.send(&Request::new("POST", "/api/v1/access/signin").body(Some("multipart/form-data"), "x"))),
        ("401", app.send(&Request::new("GET", "/api/v1/access/me"))),
        ("404", app.send(&Request::new("GET", "/nothing"))),
        ("405", app.send(&Request::new("PUT", "/ping"))),
        ("422", app.send(&Request::new("POST", "/api/v1/access/signin"))),
    ];
    let mut table = Table::default();
    for (status, answer) in &answers {
        table.line(status, answer.status.to_string(), (*status).to_owned());
        let ids: Vec<_> = answer.headers_named("x-request-id").collect();
        table.line(status, ids.len(), 1);
        if answer.status >= 400 {
            table.line(status, body(answer)["requestId"].as_str().map(str::to_owned), Some(ids[0].to_owned()));
        }
    }
    let different: std::collections::BTreeSet<_> =
        answers.iter().filter_map(|(_, answer)| answer.header("x-request-id")).collect();
    table.line("different identifiers", different.len(), answers.len());
    table.check();
}
