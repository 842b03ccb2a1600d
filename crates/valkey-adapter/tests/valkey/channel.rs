//! The invalidation channel.

use std::time::{Duration, Instant};

use irontrack_ports::InvalidationChannel;
use irontrack_valkey_adapter::ValkeyChannel;
use tokio::time::{sleep, timeout};

use crate::server::Server;
use crate::{PATIENCE, Place};

async fn publish_patiently(channel: &ValkeyChannel, message: &str) {
    let start = Instant::now();
    while let Err(error) = channel.publish(message).await {
        assert!(start.elapsed() < PATIENCE, "still {error}");
        sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test]
async fn the_contract_holds() {
    let place = Place::any().await;
    let channel = || ValkeyChannel::new(&place.url, &place.prefix).expect("a good URL");
    let (one, other) = (channel(), channel());
    // The first connections take longer than a message.
    publish_patiently(&one, "warm").await;
    publish_patiently(&other, "warm").await;
    let suite = irontrack_ports::testing::invalidation::contract(&one, &other);
    timeout(Duration::from_secs(30), suite).await.expect("all messages come");
}

#[tokio::test]
async fn prefixes_are_apart() {
    let place = Place::any().await;
    let one = ValkeyChannel::new(&place.url, &place.prefix).expect("a good URL");
    let other = ValkeyChannel::new(&place.url, &format!("{}other:", place.prefix)).expect("a good URL");
    let mut ear = one.listen().await.expect("the server answers");
    publish_patiently(&other, "for others").await;
    publish_patiently(&one, "for us").await;
    assert_eq!(ear.hear().await.expect("a message"), "for us");
}

#[tokio::test]
async fn an_ear_notices_that_the_server_is_gone_and_a_new_one_hears_again() {
    let mut server = Server::start().await;
    let channel = ValkeyChannel::new(&server.url(), "").expect("a good URL");
    let mut ear = channel.listen().await.expect("the server answers");
    server.stop();
    let heard = timeout(PATIENCE, ear.hear()).await.expect("it is noticed");
    assert!(heard.is_err(), "heard {heard:?} from a dead server");
    assert!(channel.listen().await.is_err(), "nobody is there");
    assert!(channel.publish("lost").await.is_err(), "nobody is there");
    server.restart().await;
    let mut ear = channel.listen().await.expect("the server is back");
    publish_patiently(&channel, "after").await;
    assert_eq!(ear.hear().await.expect("a message"), "after");
}

#[tokio::test]
async fn a_frozen_server_holds_nobody_up() {
    let server = Server::start().await;
    let channel = ValkeyChannel::new(&server.url(), "").expect("a good URL");
    publish_patiently(&channel, "warm").await;
    server.freeze(true);
    let start = Instant::now();
    assert!(channel.publish("lost").await.is_err());
    assert!(start.elapsed() < Duration::from_millis(500), "publishing took {:?}", start.elapsed());
    assert!(channel.listen().await.is_err());
    assert!(start.elapsed() < Duration::from_secs(3), "listening took {:?}", start.elapsed());
    server.freeze(false);
}
