//! What is noted, when it is stored, and what happens when it cannot be. Time stands still and jumps to whatever is waited
//! for next.

use std::time::Duration;

use chrono::{DateTime, TimeDelta};
use irontrack_domain::{
    account::Client,
    audit::{AttemptLimit, AuditAction, Origin},
};
use tokio::time::{Instant, sleep};

use super::*;
use crate::audit::fake::{FakeUnits, Lines, Mood};

fn event(second: usize) -> AuditEvent {
    let at = DateTime::UNIX_EPOCH + TimeDelta::seconds(second.try_into().unwrap());
    AuditEvent::new(at, Origin::stranger(&Client::default()), None, AuditAction::PasswordRefused)
}

fn open() -> (FakeUnits, Arc<AuditTrail>, AuditWriter) {
    let units = FakeUnits::default();
    let (trail, writer) = AuditTrail::open(Arc::new(units.clone()));
    (units, trail, writer)
}

fn note(trail: &AuditTrail, seconds: std::ops::Range<usize>) {
    for second in seconds {
        trail.note(event(second));
    }
}

fn stored(units: &FakeUnits) -> Vec<AuditEvent> {
    units.batches().concat()
}

fn counts(trail: &AuditTrail) -> (usize, usize) {
    (trail.counts.waiting.load(Relaxed), trail.counts.dropped.load(Relaxed))
}

async fn milliseconds(n: u64) {
    sleep(Duration::from_millis(n)).await;
}

#[tokio::test(start_paused = true)]
async fn events_are_stored_in_their_order_in_batches() {
    let (units, trail, _writer) = open();
    note(&trail, 0..450);
    assert_eq!((units.begun(), counts(&trail)), (0, (450, 0)), "whoever notes does not ask the database");
    milliseconds(1100).await;
    assert_eq!(units.batches().iter().map(Vec::len).collect::<Vec<_>>(), [200, 200, 50]);
    assert_eq!(stored(&units), (0..450).map(event).collect::<Vec<_>>());
    assert_eq!(counts(&trail), (0, 0));
}

#[tokio::test(start_paused = true)]
async fn an_event_waits_a_second_for_others() {
    let (units, trail, _writer) = open();
    milliseconds(5000).await;
    note(&trail, 0..1);
    milliseconds(600).await;
    note(&trail, 1..2);
    milliseconds(300).await;
    assert_eq!(stored(&units), []);
    milliseconds(200).await;
    assert_eq!(units.batches(), [[event(0), event(1)]]);
}

#[tokio::test(start_paused = true)]
async fn a_full_queue_drops_counts_and_warns() {
    let lines = Lines::keep();
    let (units, trail, _writer) = open();
    units.set(Mood::Away);
    note(&trail, 0..QUEUE + 1000);
    assert_eq!(counts(&trail), (QUEUE, 1000));
    milliseconds(2000).await;
    assert_eq!(lines.with("audit events were dropped").len(), 1, "{:?}", lines.with(""));
    assert_eq!(lines.with("events=1000 total=1000").len(), 1, "{:?}", lines.with("dropped"));
    assert_eq!(lines.with("current password refused").len(), QUEUE + 1000, "the log has all of them");
    units.set(Mood::Well);
    milliseconds(30_000).await;
    assert_eq!(stored(&units), (0..QUEUE).map(event).collect::<Vec<_>>());
    assert_eq!(counts(&trail), (0, 1000));
}

#[tokio::test(start_paused = true)]
async fn while_the_database_is_away_events_wait() {
    let (units, trail, _writer) = open();
    for mood in [Mood::Away, Mood::Unsure] {
        let before = stored(&units).len();
        units.set(mood);
        for n in 0..600 {
            note(&trail, before + n..before + n + 1);
            milliseconds(1000).await;
        }
        assert_eq!((stored(&units).len(), counts(&trail)), (before, (600, 0)), "{mood:?}");
        units.set(Mood::Well);
        milliseconds(10_000).await;
        assert_eq!(stored(&units), (0..before + 600).map(event).collect::<Vec<_>>(), "{mood:?}");
    }
    // Seldom enough not to be a burden.
    assert!(units.begun() < 300, "{} attempts in twenty minutes", units.begun());
}

#[tokio::test(start_paused = true)]
async fn what_is_refused_for_good_does_not_hold_up_the_rest() {
    let lines = Lines::keep();
    let (units, trail, _writer) = open();
    units.set(Mood::Full);
    note(&trail, 0..3);
    milliseconds(60_000).await;
    assert_eq!((stored(&units), counts(&trail)), (Vec::new(), (0, 3)));
    assert_eq!(lines.with("cannot be stored: dropped").len(), 1);
    assert_eq!(lines.with("the queue was full").len(), 0);
    units.set(Mood::Well);
    note(&trail, 3..5);
    milliseconds(1100).await;
    assert_eq!(stored(&units), [event(3), event(4)]);
}

#[tokio::test(start_paused = true)]
async fn a_stop_stores_what_is_left_at_once() {
    for wait in [0, 500] {
        let (units, trail, writer) = open();
        note(&trail, 0..450);
        milliseconds(wait).await;
        let started = Instant::now();
        writer.stop().await;
        assert_eq!(stored(&units), (0..450).map(event).collect::<Vec<_>>());
        assert!(started.elapsed() < Duration::from_millis(100), "{:?}", started.elapsed());
        note(&trail, 450..451);
        assert_eq!(counts(&trail), (0, 1), "what comes too late is counted");
    }
}

#[tokio::test(start_paused = true)]
async fn a_stop_waits_for_the_database_but_not_for_ever() {
    for comes_back in [true, false] {
        let lines = Lines::keep();
        let (units, trail, writer) = open();
        units.set(Mood::Away);
        note(&trail, 0..300);
        // In the middle of a long pause.
        milliseconds(20_000).await;
        let back = units.clone();
        tokio::spawn(async move {
            milliseconds(1000).await;
            back.set(if comes_back { Mood::Well } else { Mood::Away });
        });
        let started = Instant::now();
        writer.stop().await;
        assert!(started.elapsed() <= Duration::from_secs(2), "{:?}", started.elapsed());
        assert_eq!(stored(&units).len(), if comes_back { 300 } else { 0 });
        let lost = lines.with("waiting=300 dropped=0");
        let told = lost.iter().filter(|line| line.contains("in the log only")).count();
        assert_eq!(told, usize::from(!comes_back), "{lost:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_limit_that_is_reached_again_and_again_is_one_event() {
    let (units, trail, writer) = open();
    let action = AuditAction::RateLimitReached { limit: AttemptLimit::SignUp };
    for _ in 0..10_000 {
        trail.note(AuditEvent { action: action.clone(), ..event(0) });
    }
    writer.stop().await;
    assert_eq!(stored(&units).len(), 1);
}
