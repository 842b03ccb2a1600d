//! Which part of a list is answered.

use irontrack_domain::{TrainingSessionId, UserId, training::session::SessionHead};
use uuid::Uuid;

use super::{
    lists::all_of,
    scene::{details, freestyle},
};
use crate::{
    PageRequest, SortOrder,
    query::{SessionFilter, SessionPage, SessionPosition, SessionWindow},
    repo::NewTrainingSession,
    testing::{Ports, store::commit},
};

/// Sessions that begin at these seconds.
async fn sessions(ports: &Ports<'_>, owner: UserId, starts: &[i64]) -> Vec<SessionPosition> {
    let mut positions = Vec::new();
    for &start in starts {
        let id = TrainingSessionId::new(Uuid::new_v4());
        ports.train(&NewTrainingSession { id, details: details(start), ..freestyle(owner) }, &[]).await;
        positions.push(SessionPosition { start: details(start).course.start().time(), id });
    }
    positions
}

async fn part(ports: &Ports<'_>, filter: &SessionFilter) -> (SessionPage, Vec<SessionPosition>) {
    let page = ports.training_sessions.sessions(filter).await.expect("sessions can be listed");
    let position = |head: &SessionHead| SessionPosition { start: head.course.start().time(), id: head.id() };
    let positions = page.items.iter().map(|summary| position(&summary.head)).collect();
    (page, positions)
}

/// Sessions that begin at once stand in the order of their ids, and none is left out or comes twice, whatever the size of
/// the parts.
pub async fn ties_are_told_apart_in_both_directions(ports: &Ports<'_>) {
    let owner = ports.account().await;
    let mut expected = sessions(ports, owner, &[5, 5, 5, 5, 5, 9, 9, 2, 2]).await;
    expected.sort_unstable();
    for order in [SortOrder::Ascending, SortOrder::Descending] {
        for limit in [1, 2, 4, 9, 10] {
            let filter = SessionFilter { order, ..all_of(owner) };
            let (mut numbered, mut behind) = (Vec::new(), Vec::new());
            for number in 1.. {
                let window = SessionWindow::Page(PageRequest::numbered(number, limit));
                let (page, positions) = part(ports, &SessionFilter { window, ..filter.clone() }).await;
                numbered.extend(positions);
                assert_eq!(page.total, Some(9), "{order:?}, {limit}");
                assert_eq!(page.has_more, numbered.len() < expected.len(), "{order:?}, {limit}, page {number}");
                if !page.has_more {
                    break;
                }
            }
            assert_eq!(numbered, expected, "{order:?} by numbers, {limit}");
            let window = SessionWindow::Page(PageRequest::numbered(1, limit));
            let (mut page, mut positions) = part(ports, &SessionFilter { window, ..filter.clone() }).await;
            loop {
                behind.append(&mut positions);
                if !page.has_more {
                    break;
                }
                let position = *behind.last().expect("there was something");
                let window = SessionWindow::After { position, limit };
                (page, positions) = part(ports, &SessionFilter { window, ..filter.clone() }).await;
                assert_eq!(page.total, None, "nobody counts behind a position");
            }
            assert_eq!(behind, expected, "{order:?} by positions, {limit}");
        }
        let window = SessionWindow::Page(PageRequest::numbered(i64::MAX, 100));
        let (page, positions) = part(ports, &SessionFilter { order, window, ..all_of(owner) }).await;
        assert_eq!((page.total, page.has_more, positions.len()), (Some(9), false, 0), "past the end");
        let position = *expected.last().expect("there was something");
        let window = SessionWindow::After { position, limit: 3 };
        let (page, positions) = part(ports, &SessionFilter { order, window, ..all_of(owner) }).await;
        assert_eq!((page.total, page.has_more, positions.len()), (None, false, 0), "behind the last one");
        expected.reverse();
    }
}

/// New sessions before a position change nothing behind it, and neither does it when the session itself is gone.
pub async fn a_position_is_not_moved_by_what_comes_before_it(ports: &Ports<'_>) {
    let owner = ports.account().await;
    let mut expected = sessions(ports, owner, &[1, 2, 3, 4, 5]).await;
    expected.reverse();
    let filter = SessionFilter { order: SortOrder::Descending, ..all_of(owner) };
    let position = expected[1];
    let behind = SessionFilter { window: SessionWindow::After { position, limit: 2 }, ..filter };
    assert_eq!(part(ports, &behind).await.1, expected[2..4]);
    sessions(ports, owner, &[7, 5, 6]).await;
    assert_eq!(part(ports, &behind).await.1, expected[2..4], "with new sessions before it");
    let mut work = ports.begin().await;
    work.training_sessions().delete(position.id).await.expect("the session is deleted");
    commit(work).await;
    let (page, positions) = part(ports, &behind).await;
    assert_eq!((positions.as_slice(), page.has_more), (&expected[2..4], true), "without the session itself");
}
