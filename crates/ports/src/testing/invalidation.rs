//! The contract of [`InvalidationChannel`].

use std::{
    pin::pin,
    task::{Context, Poll, Waker},
};

use uuid::Uuid;

use crate::{Ear, InvalidationChannel, MAX_MESSAGE_BYTES};

/// Runs the whole suite against two ends of one channel. A message that does not come is waited for without end, so give
/// it a time limit.
pub async fn contract(one: &dyn InvalidationChannel, other: &dyn InvalidationChannel) {
    everybody_hears_what_is_sent(one, other).await;
    the_order_is_kept(one, other).await;
    texts_arrive_as_they_are(one, other).await;
    nothing_from_before_is_heard(one, other).await;
    waiting_for_a_moment_loses_nothing(one, other).await;
}

fn message() -> String {
    format!("contract {}", Uuid::new_v4())
}

async fn ear(channel: &dyn InvalidationChannel) -> Box<dyn Ear> {
    channel.listen().await.expect("the channel can be listened to")
}

async fn heard(ear: &mut dyn Ear) -> String {
    ear.hear().await.expect("the channel works")
}

async fn send(channel: &dyn InvalidationChannel, message: &str) {
    channel.publish(message).await.expect("the message is taken");
}

/// Whoever sends hears it as well.
pub async fn everybody_hears_what_is_sent(one: &dyn InvalidationChannel, other: &dyn InvalidationChannel) {
    let (mut first, mut second) = (ear(one).await, ear(other).await);
    for sender in [one, other] {
        let message = message();
        send(sender, &message).await;
        assert_eq!(heard(&mut *first).await, message);
        assert_eq!(heard(&mut *second).await, message);
    }
}

/// The messages of one sender come in their order, none twice and none left out.
pub async fn the_order_is_kept(one: &dyn InvalidationChannel, other: &dyn InvalidationChannel) {
    let mut ear = ear(other).await;
    let run = message();
    for number in 0..200 {
        send(one, &format!("{run} {number}")).await;
    }
    for number in 0..200 {
        assert_eq!(heard(&mut *ear).await, format!("{run} {number}"));
    }
}

/// Any text up to the longest one.
pub async fn texts_arrive_as_they_are(one: &dyn InvalidationChannel, other: &dyn InvalidationChannel) {
    let mut ear = ear(other).await;
    for text in ["x".repeat(MAX_MESSAGE_BYTES), "'; -- $1 \"ü\" \\".to_owned(), "two\nlines".to_owned()] {
        send(one, &text).await;
        assert_eq!(heard(&mut *ear).await, text);
    }
}

/// Who begins to listen late has missed something, and hears what comes from then on.
pub async fn nothing_from_before_is_heard(one: &dyn InvalidationChannel, other: &dyn InvalidationChannel) {
    send(one, &message()).await;
    let mut ear = ear(other).await;
    let message = message();
    send(one, &message).await;
    assert_eq!(heard(&mut *ear).await, message);
}

/// A wait that is given up takes no message with it.
pub async fn waiting_for_a_moment_loses_nothing(one: &dyn InvalidationChannel, other: &dyn InvalidationChannel) {
    let mut ear = ear(other).await;
    let run = message();
    let mut expected = 0;
    for number in 0..50 {
        send(one, &format!("{run} {number}")).await;
        if let Some(heard) = glance(&mut *ear) {
            assert_eq!(heard, format!("{run} {expected}"));
            expected += 1;
        }
    }
    while expected < 50 {
        assert_eq!(heard(&mut *ear).await, format!("{run} {expected}"));
        expected += 1;
    }
}

/// Waits for no longer than it takes to look.
fn glance(ear: &mut dyn Ear) -> Option<String> {
    match pin!(ear.hear()).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(heard) => Some(heard.expect("the channel works")),
        Poll::Pending => None,
    }
}
