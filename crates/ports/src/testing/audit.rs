//! The contract of [`AuditRepository`](crate::repo::AuditRepository) and
//! [`AuditQueries`](crate::query::AuditQueries).

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use irontrack_domain::{
    SessionId, UserId,
    account::{Client, Role},
    audit::{AttemptLimit, AuditAction, AuditEvent, AuditKind, Origin, SignInRefusal},
};
use uuid::Uuid;

use super::store::{Ports, at, commit, rollback};
use crate::query::{AuditFilter, RecordedEvent};

/// Runs the whole suite.
pub async fn contract(ports: &Ports<'_>) {
    events_are_stored_as_they_are(ports).await;
    numbers_ascend_in_the_order_of_recording(ports).await;
    what_is_rolled_back_never_happened(ports).await;
    the_newest_come_first(ports).await;
    filters_choose_and_combine(ports).await;
    pages_are_the_whole_trail(ports).await;
}

/// An action of every kind, each value of a detail among them.
fn actions() -> Vec<AuditAction> {
    let [plain, superuser, trainer] = Role::ALL;
    let refusals = [
        SignInRefusal::UnknownAccount,
        SignInRefusal::WrongPassword,
        SignInRefusal::Inactive,
        SignInRefusal::ChangedMeanwhile,
    ];
    let limits = [
        AttemptLimit::SignInAddress,
        AttemptLimit::SignInAccount,
        AttemptLimit::SignUp,
        AttemptLimit::Refresh,
        AttemptLimit::PasswordChange,
    ];
    let mut actions = vec![
        AuditAction::SignedIn,
        AuditAction::RefreshTokenReused,
        AuditAction::SignedOut,
        AuditAction::SessionEnded { ended: session() },
        AuditAction::OtherSessionsEnded { sessions: 1 },
        AuditAction::SurplusSessionsEnded { sessions: 3 },
        AuditAction::SessionsRevoked { sessions: 4 },
        AuditAction::PasswordRefused,
        AuditAction::PasswordChanged { sessions: 1_000_000 },
        AuditAction::PasswordReset { sessions: 0 },
        AuditAction::AccountCreated { role: plain, active: true },
        AuditAction::AccountCreated { role: trainer, active: false },
        AuditAction::AccountActivated,
        AuditAction::AccountDeactivated { sessions: 2 },
        AuditAction::AccountDeleted { role: superuser, sessions: 3 },
        AuditAction::RoleChanged { from: superuser, to: trainer },
    ];
    actions.extend(refusals.map(|reason| AuditAction::SignInFailed { reason }));
    actions.extend(limits.map(|limit| AuditAction::RateLimitReached { limit }));
    let covered: HashSet<AuditKind> = actions.iter().map(AuditAction::kind).collect();
    let missing: Vec<_> = AuditKind::ALL.iter().filter(|kind| !covered.contains(kind)).collect();
    assert!(missing.is_empty(), "the suite has no event of {missing:?}");
    actions
}

fn user() -> UserId {
    UserId::new(Uuid::new_v4())
}

fn session() -> SessionId {
    SessionId::new(Uuid::new_v4())
}

fn signed_in(at: DateTime<Utc>, user: UserId) -> AuditEvent {
    AuditEvent::new(at, Origin { actor: Some(user), ..Origin::default() }, user, AuditAction::SignedIn)
}

async fn record(ports: &Ports<'_>, events: &[AuditEvent]) {
    let mut unit = ports.begin().await;
    unit.audit().record(events).await.expect("events are recorded");
    commit(unit).await;
}

/// The whole trail, by ascending number.
async fn trail(ports: &Ports<'_>) -> Vec<RecordedEvent> {
    ports.audit.after(0, 100_000).await.expect("the trail can be read")
}

/// The events of that account, by ascending number.
async fn of(ports: &Ports<'_>, subject: UserId) -> Vec<RecordedEvent> {
    trail(ports).await.into_iter().filter(|recorded| recorded.event.subject == Some(subject)).collect()
}

fn events(recorded: Vec<RecordedEvent>) -> Vec<AuditEvent> {
    recorded.into_iter().map(|recorded| recorded.event).collect()
}

/// Every kind from everywhere, every field of it, about accounts and sessions that never were.
pub async fn events_are_stored_as_they_are(ports: &Ports<'_>) {
    let longest =
        Client::new(Some("2001:db8:ffff:ffff:ffff:ffff:255.255.255.255".into()), Some(&"\u{fc}\"".repeat(256)));
    let all = Origin { actor: Some(user()), session: Some(session()), client: longest.clone(), ..Origin::default() };
    let origins =
        [Origin::command_line(), Origin::stranger(&Client::default()), Origin::token_holder(session(), &longest), all];
    for origin in origins {
        let subject = user();
        let recorded: Vec<_> =
            actions().into_iter().map(|action| AuditEvent::new(at(7), origin.clone(), subject, action)).collect();
        record(ports, &recorded).await;
        assert_eq!(events(of(ports, subject).await), recorded, "events are read as they were recorded");
    }
    let unknown = AuditEvent { subject: None, ..signed_in(at(8), user()) };
    record(ports, std::slice::from_ref(&unknown)).await;
    let filter = AuditFilter { actor: unknown.origin.actor, ..AuditFilter::default() };
    let found = ports.audit.newest(&filter, 10).await.expect("the trail can be read");
    assert_eq!(events(found), [unknown], "an event about no known account");
}

/// Within one call, from call to call, and from unit to unit; no event at all is none.
pub async fn numbers_ascend_in_the_order_of_recording(ports: &Ports<'_>) {
    let subject = user();
    // Backwards in time, so that nothing else can put them in order.
    let expected: Vec<_> = (0..250).map(|second| signed_in(at(-second), subject)).collect();
    let mut unit = ports.begin().await;
    unit.audit().record(&expected[..200]).await.expect("events are recorded");
    unit.audit().record(&[]).await.expect("nothing is recorded");
    unit.audit().record(&expected[200..240]).await.expect("events are recorded");
    commit(unit).await;
    record(ports, &expected[240..]).await;
    let found = of(ports, subject).await;
    assert!(found.windows(2).all(|pair| pair[0].id < pair[1].id), "numbers ascend");
    assert_eq!(events(found), expected);
}

/// An event of a change that was undone is not there.
pub async fn what_is_rolled_back_never_happened(ports: &Ports<'_>) {
    let subject = user();
    let mut unit = ports.begin().await;
    unit.audit().record(&[signed_in(at(1), subject)]).await.expect("an event is recorded");
    assert_eq!(of(ports, subject).await, [], "an event is there before the commit");
    rollback(unit).await;
    assert_eq!(of(ports, subject).await, [], "an event of what was undone is there");
}

/// By the time at which they happened, and not by their number; no more than asked for.
pub async fn the_newest_come_first(ports: &Ports<'_>) {
    let subject = user();
    let filter = AuditFilter { subject: Some(subject), ..AuditFilter::default() };
    let [one, two, three, early] = [20, 20, 30, 10].map(|second| signed_in(at(second), subject));
    record(ports, &[one.clone(), two.clone(), three.clone(), early.clone()]).await;
    let numbers: Vec<_> = of(ports, subject).await.iter().map(|recorded| recorded.id).collect();
    let expected = [(numbers[2], three), (numbers[1], two), (numbers[0], one), (numbers[3], early)];
    for limit in 0..=5 {
        let found = ports.audit.newest(&filter, limit).await.expect("the trail can be read");
        let found: Vec<_> = found.into_iter().map(|recorded| (recorded.id, recorded.event)).collect();
        let most = expected.len().min(usize::try_from(limit).unwrap_or_default());
        assert_eq!(found, expected[..most], "the newest {limit}");
    }
}

/// Each condition alone, and with the others.
pub async fn filters_choose_and_combine(ports: &Ports<'_>) {
    let (jo, al) = (user(), user());
    let by = |actor, second, subject, action| {
        AuditEvent::new(at(second), Origin { actor: Some(actor), ..Origin::default() }, subject, action)
    };
    let created = || AuditAction::AccountCreated { role: Role::ApplicationAccess, active: true };
    let trail = [
        by(jo, 100, jo, AuditAction::SignedIn),
        by(jo, 101, al, created()),
        by(al, 102, al, AuditAction::SignedIn),
        by(jo, 103, al, AuditAction::AccountActivated),
        by(al, 104, al, AuditAction::SignedOut),
    ];
    record(ports, &trail).await;
    let about = |actor, subject| AuditFilter { actor, subject, ..AuditFilter::default() };
    let kind = |kind, filter| AuditFilter { kind: Some(kind), ..filter };
    let since = |second, filter| AuditFilter { since: Some(at(second)), ..filter };
    let al_is = about(None, Some(al));
    for (filter, expected) in [
        (about(Some(jo), None), &[3, 1, 0][..]),
        (about(Some(al), None), &[4, 2]),
        (al_is, &[4, 3, 2, 1]),
        (about(Some(jo), Some(al)), &[3, 1]),
        (about(Some(al), Some(jo)), &[]),
        (kind(AuditKind::SignedIn, al_is), &[2]),
        (kind(AuditKind::SignedIn, about(Some(jo), None)), &[0]),
        (kind(AuditKind::RoleChanged, al_is), &[]),
        (since(103, al_is), &[4, 3]),
        (since(105, al_is), &[]),
        (since(102, kind(AuditKind::SignedIn, about(None, Some(jo)))), &[]),
        (since(101, kind(AuditKind::AccountCreated, about(Some(jo), Some(al)))), &[1]),
    ] {
        let expected: Vec<_> = expected.iter().map(|&n: &usize| trail[n].clone()).collect();
        let found = ports.audit.newest(&filter, 10).await.expect("the trail can be read");
        assert_eq!(events(found), expected, "{filter:?}");
    }
    for &kind in AuditKind::ALL {
        let filter = AuditFilter { kind: Some(kind), ..AuditFilter::default() };
        let found = ports.audit.newest(&filter, 100_000).await.expect("the trail can be read");
        let all = self::trail(ports).await.iter().filter(|recorded| recorded.event.kind() == kind).count();
        assert!(found.iter().all(|recorded| recorded.event.kind() == kind), "asked for {kind:?}");
        assert_eq!(found.len(), all, "all of {kind:?}");
    }
}

/// Page after page, whatever their size, every event comes once.
pub async fn pages_are_the_whole_trail(ports: &Ports<'_>) {
    let all = trail(ports).await;
    assert!(all.len() > 300, "the other tests have left a trail");
    for size in [1, 7, 100, 1000] {
        let (mut last, mut pages) = (0, Vec::new());
        loop {
            let page = ports.audit.after(last, size).await.expect("the trail can be read");
            assert!(page.len() <= usize::try_from(size).unwrap_or_default(), "a page of {size} has {}", page.len());
            let Some(end) = page.last() else { break };
            last = end.id;
            pages.extend(page);
        }
        assert!(pages == all, "pages of {size} are not the trail: {} events instead of {}", pages.len(), all.len());
    }
}
