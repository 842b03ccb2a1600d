//! Connecting: to a server, to none, and with passwords.

use std::fmt::Write;
use std::time::{Duration, Instant};

use irontrack_valkey_adapter::{ConnectError, ValkeyCache};

use crate::outages::{all_calls_fail, recovers};
use crate::server::Server;
use crate::{fill, ready, seal};

#[tokio::test]
async fn connecting_to_nothing_is_one_clear_error() {
    let server = Server::absent();
    let start = Instant::now();
    let error = ready(&server.url(), "").await.expect_err("nothing is there");
    assert!(start.elapsed() < Duration::from_secs(3));
    let shown = error.to_string();
    assert!(shown.starts_with(&format!("the cache at {} cannot be used: ", server.address())), "{shown}");
    assert!(shown.contains("refused"), "{shown}");
    let error = ready(&server.socket_url(), "").await.expect_err("nothing is there");
    assert!(error.to_string().contains("No such file"), "{error}");
}

#[tokio::test]
async fn a_frozen_server_does_not_hold_up_the_start_for_long() {
    let server = Server::start().await;
    server.freeze(true);
    let start = Instant::now();
    let error = ready(&server.url(), "").await.expect_err("nothing answers");
    assert!(start.elapsed() < Duration::from_secs(4), "{:?}", start.elapsed());
    assert!(error.to_string().ends_with("no answer in time"), "{error}");
}

#[tokio::test]
async fn a_cache_may_be_made_before_its_server() {
    let mut server = Server::absent();
    let cache = ValkeyCache::lazy(&server.url(), "", seal()).expect("a good URL");
    all_calls_fail(&cache).await;
    server.restart().await;
    recovers(&cache, Duration::from_secs(2)).await;
    fill(&cache, "key", b"value").await;
}

#[tokio::test]
async fn passwords_work_and_are_never_shown() {
    const PASSWORD: &str = "s3cret-of-the-cache";
    const WRONG: &str = "wr0ng-secret";
    let server = Server::start_with_password(PASSWORD).await;
    let with = |password| format!("redis://:{password}@{}/0", server.address());
    let cache = ready(&with(PASSWORD), "").await.expect("the right password");
    fill(&cache, "key", b"value").await;
    let mut shown = format!("{cache:?}");
    for url in [with(WRONG), server.url()] {
        let error = ready(&url, "").await.expect_err("the wrong password");
        assert!(matches!(error, ConnectError::Unusable { .. }), "{error:?}");
        writeln!(shown, "{error} {error:?}").expect("memory");
    }
    for url in [
        format!("rediss://:{PASSWORD}@localhost"),
        format!("http://:{PASSWORD}@localhost"),
        format!("redis://:{PASSWORD}@localhost:port"),
        format!("redis://:{PASSWORD}@localhost/database"),
        format!(":{PASSWORD}@localhost"),
        PASSWORD.to_owned(),
        String::new(),
    ] {
        let error = ready(&url, "").await.expect_err("not a URL");
        assert!(matches!(error, ConnectError::Url(_)), "{url}: {error:?}");
        writeln!(shown, "{error} {error:?}").expect("memory");
    }
    assert!(!shown.contains(PASSWORD) && !shown.contains(WRONG), "{shown}");
    println!("{shown}");
}

#[tokio::test]
async fn a_password_that_is_wrong_for_a_while_is_survived() {
    let mut server = Server::start_with_password("one").await;
    let url = format!("redis://:one@{}", server.address());
    let cache = ready(&url, "").await.expect("the right password");
    fill(&cache, "key", b"value").await;
    server.change_password("other").await;
    for _ in 0..20 {
        all_calls_fail(&cache).await;
    }
    server.change_password("one").await;
    recovers(&cache, Duration::from_secs(2)).await;
}
