//! Cursors: where a list goes on, as a text that means nothing to clients.
//!
//! A cursor holds the position of the last session that was seen, and a digest of it together with everything that the
//! list was asked for. It keeps no secret: whoever computes a digest of their own reaches nothing but their own sessions.
//! What it does is to notice cursors that were cut, changed, or taken over from another list. The position is input like
//! any other: times at which no session can begin are refused.

use std::ops::RangeInclusive;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::{DateTime, Datelike, Utc};
use irontrack_domain::{ExerciseId, TrainingPlanId, TrainingSessionId, TrainingUnitId};
use irontrack_ports::{
    SortOrder,
    query::{SessionFilter, SessionPosition},
};
use ring::digest::{Context, SHA256};
use uuid::Uuid;

/// Microseconds since 1970, then the id.
const POSITION: usize = 8 + 16;

/// The years in which sessions can begin, and what a clock that runs ahead adds to them.
const YEARS: RangeInclusive<i32> = 1900..=9999;

/// How much of the digest is kept.
const DIGEST: usize = 12;

/// The cursor of a position in the list of that filter, whatever the size of its pages.
pub(super) fn write(filter: &SessionFilter, position: SessionPosition) -> String {
    let mut bytes = Vec::with_capacity(POSITION + DIGEST);
    bytes.extend(position.start.timestamp_micros().to_be_bytes());
    bytes.extend(position.id.uuid().as_bytes());
    let digest = digest(filter, &bytes);
    bytes.extend(digest);
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

/// The position of a cursor that was written for that filter.
pub(super) fn read(filter: &SessionFilter, cursor: &str) -> Option<SessionPosition> {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(cursor).ok()?;
    let (position, seen) = bytes.split_at_checked(POSITION)?;
    if seen != digest(filter, position) {
        return None;
    }
    let (micros, id) = position.split_first_chunk()?;
    let start =
        DateTime::from_timestamp_micros(i64::from_be_bytes(*micros)).filter(|start| YEARS.contains(&start.year()))?;
    Some(SessionPosition { start, id: TrainingSessionId::new(Uuid::from_slice(id).ok()?) })
}

fn digest(filter: &SessionFilter, position: &[u8]) -> Vec<u8> {
    let id = |id: Option<Uuid>| id.map(|id| id.to_string()).unwrap_or_default();
    let time = |time: Option<DateTime<Utc>>| time.map(|time| time.timestamp_micros().to_string()).unwrap_or_default();
    let order = match filter.order {
        SortOrder::Ascending => "asc",
        SortOrder::Descending => "desc",
    };
    let asked = [
        "training-sessions".to_owned(),
        id(Some(filter.owner.uuid())),
        filter.status.map(|status| status.as_str().to_owned()).unwrap_or_default(),
        time(filter.from),
        time(filter.to),
        id(filter.plan.map(TrainingPlanId::uuid)),
        id(filter.unit.map(TrainingUnitId::uuid)),
        id(filter.exercise.map(ExerciseId::uuid)),
        order.to_owned(),
    ];
    let mut context = Context::new(&SHA256);
    for text in asked {
        context.update(text.as_bytes());
        // None of the texts contains it.
        context.update(b"|");
    }
    context.update(position);
    context.finish().as_ref().iter().copied().take(DIGEST).collect()
}

#[cfg(test)]
mod tests {
    use irontrack_domain::{UserId, training::session::SessionStatus};
    use irontrack_ports::{PageRequest, query::SessionWindow};
    use proptest::prelude::*;

    use super::*;

    fn filter() -> SessionFilter {
        SessionFilter {
            owner: UserId::new(Uuid::from_u128(1)),
            status: None,
            from: None,
            to: None,
            plan: None,
            unit: None,
            exercise: None,
            order: SortOrder::Descending,
            window: SessionWindow::Page(PageRequest::numbered(1, 20)),
        }
    }

    fn position() -> SessionPosition {
        let start = DateTime::from_timestamp_micros(-1_777_636_800_123_456).unwrap();
        SessionPosition { start, id: TrainingSessionId::new(Uuid::from_u128(77)) }
    }

    /// Texts of all kinds: no cursors, bytes of any length, positions with the right digest, and those with one byte changed.
    fn any_text() -> impl Strategy<Value = String> {
        let encode = |bytes: Vec<u8>| BASE64_URL_SAFE_NO_PAD.encode(bytes);
        let sealed = |mut bytes: Vec<u8>| {
            bytes.extend(digest(&filter(), &bytes));
            bytes
        };
        prop_oneof![
            any::<String>(),
            "[A-Za-z0-9_=-]{0,60}",
            prop::collection::vec(any::<u8>(), 0..50).prop_map(encode),
            prop::collection::vec(any::<u8>(), 0..40).prop_map(sealed).prop_map(encode),
            prop::collection::vec(any::<u8>(), POSITION).prop_map(sealed).prop_map(encode),
            (-10_000_000_000_000_000..300_000_000_000_000_000_i64, any::<u128>()).prop_map(move |(micros, id)| {
                encode(sealed([&micros.to_be_bytes()[..], &id.to_be_bytes()[..]].concat()))
            }),
            (prop::collection::vec(any::<u8>(), POSITION), 0..POSITION + DIGEST, any::<u8>()).prop_map(
                move |(position, place, change)| {
                    let mut bytes = sealed(position);
                    bytes[place] ^= change;
                    encode(bytes)
                }
            ),
        ]
    }

    proptest! {
        #[test]
        fn any_text_is_a_cursor_of_ours_or_none(text in any_text()) {
            if let Some(position) = read(&filter(), &text) {
                prop_assert!(YEARS.contains(&position.start.year()));
                prop_assert_eq!(write(&filter(), position), text);
            }
        }

        #[test]
        fn any_position_comes_back(micros in any::<i64>(), id in any::<u128>()) {
            let Some(start) = DateTime::from_timestamp_micros(micros) else { return Ok(()) };
            let position = SessionPosition { start, id: TrainingSessionId::new(Uuid::from_u128(id)) };
            let expected = Some(position).filter(|_| YEARS.contains(&start.year()));
            prop_assert_eq!(read(&filter(), &write(&filter(), position)), expected);
        }
    }

    #[test]
    fn a_cursor_comes_back_as_its_position_whatever_the_size_of_the_page() {
        let cursor = write(&filter(), position());
        let other_size = SessionFilter { window: SessionWindow::Page(PageRequest::numbered(3, 100)), ..filter() };
        assert_eq!(read(&other_size, &cursor), Some(position()));
    }

    #[test]
    fn a_cursor_belongs_to_everything_that_was_asked() {
        let cursor = write(&filter(), position());
        let time = DateTime::from_timestamp_micros(5);
        let others = [
            SessionFilter { owner: UserId::new(Uuid::from_u128(2)), ..filter() },
            SessionFilter { status: Some(SessionStatus::Aborted), ..filter() },
            SessionFilter { from: time, ..filter() },
            SessionFilter { to: time, ..filter() },
            SessionFilter { plan: Some(TrainingPlanId::new(Uuid::nil())), ..filter() },
            SessionFilter { unit: Some(TrainingUnitId::new(Uuid::nil())), ..filter() },
            SessionFilter { exercise: Some(ExerciseId::new(Uuid::nil())), ..filter() },
            SessionFilter { order: SortOrder::Ascending, ..filter() },
        ];
        for other in others {
            assert_eq!(read(&other, &cursor), None, "{other:?}");
        }
    }

    /// Anybody can compute a digest.
    #[test]
    fn a_time_at_which_no_session_begins_is_refused() {
        let (first, last) = (DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC);
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        for start in [first, last, at("1899-12-31T23:59:59Z"), at("+10000-01-01T00:00:00Z")] {
            let cursor = write(&filter(), SessionPosition { start, ..position() });
            assert_eq!(read(&filter(), &cursor), None, "{start}");
        }
        let start = at("1900-01-01T00:00:00Z");
        let earliest = SessionPosition { start, ..position() };
        assert_eq!(read(&filter(), &write(&filter(), earliest)), Some(earliest));
    }

    #[test]
    fn every_change_is_noticed() {
        let cursor = write(&filter(), position());
        for (index, byte) in cursor.bytes().enumerate() {
            for other in *b"Aa0_-=+/ " {
                let mut changed = cursor.clone().into_bytes();
                changed[index] = other;
                let changed = String::from_utf8(changed).unwrap();
                assert!(other == byte || read(&filter(), &changed).is_none(), "{changed}");
            }
        }
        for changed in [&cursor[1..], &cursor[..cursor.len() - 1], &format!("{cursor}A"), &format!("{cursor}="), ""] {
            assert_eq!(read(&filter(), changed), None, "{changed}");
        }
    }
}
