//! How many exports are sent at the same time.
//!
//! A part of an export is held until its client has taken it, so that everybody who is slow takes some memory, and everybody
//! who is fast keeps a connection busy. Nobody waits for a turn: whoever comes too often may try again a little later. A
//! client that has taken nothing for a while keeps its turn only as long as nobody else wants it; otherwise a few clients
//! that stand still would keep all others from their exports.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use irontrack_domain::UserId;
use thiserror::Error;
use tokio::time::Instant;

use crate::{ErrorKind, UseCaseError};

/// The most exports in this process.
const AT_ONCE: usize = 8;

/// The most of them for one account.
const AT_ONCE_FOR_ONE: usize = 2;

/// How long a client may take for one part when others want its turn.
const PATIENCE: Duration = Duration::from_secs(60);

/// Why an export is not sent, or not any further.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ExportTurnError {
    /// The account has as many exports as one may have.
    #[error("the account is exported {AT_ONCE_FOR_ONE} times already")]
    AccountBusy,
    /// There are as many exports as the process sends.
    #[error("{AT_ONCE} exports are sent already")]
    Busy,
    /// The client took nothing for so long that somebody else has its turn.
    #[error("the client took nothing for more than {} s, and another one waited", PATIENCE.as_secs())]
    Lost,
}

impl UseCaseError for ExportTurnError {
    fn kind(&self) -> ErrorKind {
        ErrorKind::Unavailable
    }

    fn code(&self) -> &'static str {
        "exports-busy"
    }
}

/// Who exports.
#[derive(Debug, Clone, Default)]
pub(super) struct Turns(Arc<Mutex<Book>>);

#[derive(Debug, Default)]
struct Book {
    next: u64,
    turns: HashMap<u64, Entry>,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    owner: UserId,
    /// When the last part was wanted.
    wanted: Instant,
}

/// The turn of one export, until it is dropped.
#[derive(Debug)]
pub struct ExportTurn {
    number: u64,
    turns: Turns,
}

impl Turns {
    pub(super) fn begin(&self, owner: UserId) -> Result<ExportTurn, ExportTurnError> {
        let mut book = self.lock();
        book.make_room(AT_ONCE_FOR_ONE, |entry| entry.owner == owner).ok_or(ExportTurnError::AccountBusy)?;
        book.make_room(AT_ONCE, |_| true).ok_or(ExportTurnError::Busy)?;
        let number = book.next;
        book.next += 1;
        book.turns.insert(number, Entry { owner, wanted: Instant::now() });
        Ok(ExportTurn { number, turns: self.clone() })
    }

    fn lock(&self) -> MutexGuard<'_, Book> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Book {
    /// Sees to it that of these there are less than so many, if that can be done.
    fn make_room(&mut self, most: usize, is_one: impl Fn(&Entry) -> bool) -> Option<()> {
        let of_these = || self.turns.iter().filter(|(_, entry)| is_one(entry));
        if of_these().count() < most {
            return Some(());
        }
        let idle =
            of_these().min_by_key(|(_, entry)| entry.wanted).filter(|(_, entry)| entry.wanted.elapsed() > PATIENCE);
        let number = *idle?.0;
        self.turns.remove(&number).map(|_| ())
    }
}

impl ExportTurn {
    /// Another part is wanted.
    ///
    /// # Errors
    /// [`ExportTurnError::Lost`].
    pub fn go_on(&self) -> Result<(), ExportTurnError> {
        let mut book = self.turns.lock();
        let entry = book.turns.get_mut(&self.number).ok_or(ExportTurnError::Lost)?;
        entry.wanted = Instant::now();
        Ok(())
    }
}

impl Drop for ExportTurn {
    fn drop(&mut self) {
        self.turns.lock().turns.remove(&self.number);
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn owner(number: usize) -> UserId {
        UserId::new(Uuid::from_u128(number as u128))
    }

    #[tokio::test(start_paused = true)]
    async fn turns_are_few_and_come_back() {
        let turns = Turns::default();
        let mut held: Vec<_> = (0..AT_ONCE).map(|number| turns.begin(owner(number / 2)).unwrap()).collect();
        assert_eq!(turns.begin(owner(0)).unwrap_err(), ExportTurnError::AccountBusy);
        assert_eq!(turns.begin(owner(99)).unwrap_err(), ExportTurnError::Busy);
        held.remove(0);
        let again = turns.begin(owner(0)).unwrap();
        assert_eq!(turns.begin(owner(99)).unwrap_err(), ExportTurnError::Busy);
        drop((held, again));
        assert!(turns.lock().turns.is_empty());
    }

    #[tokio::test(start_paused = true)]
    async fn who_takes_nothing_makes_room_for_others_only() {
        let turns = Turns::default();
        let held: Vec<_> = (0..AT_ONCE).map(|number| turns.begin(owner(number)).unwrap()).collect();
        tokio::time::advance(PATIENCE).await;
        assert_eq!(turns.begin(owner(99)).unwrap_err(), ExportTurnError::Busy, "nobody took longer than is fair");
        held[0].go_on().unwrap();
        tokio::time::advance(PATIENCE).await;
        assert_eq!(held[1].go_on(), Ok(()), "nobody else wanted it");
        let taken: Vec<_> = (0..AT_ONCE - 2).map(|number| turns.begin(owner(100 + number)).unwrap()).collect();
        assert_eq!(turns.begin(owner(99)).unwrap_err(), ExportTurnError::Busy);
        let lost = held.iter().filter(|turn| turn.go_on() == Err(ExportTurnError::Lost)).count();
        assert_eq!((lost, taken.len()), (AT_ONCE - 2, AT_ONCE - 2));
        drop(held);
        assert_eq!(turns.lock().turns.len(), AT_ONCE - 2, "who lost a turn takes none away");
    }

    #[tokio::test(start_paused = true)]
    async fn an_account_can_take_its_own_turns_back() {
        let turns = Turns::default();
        let _held = [turns.begin(owner(1)).unwrap(), turns.begin(owner(1)).unwrap()];
        assert_eq!(turns.begin(owner(1)).unwrap_err(), ExportTurnError::AccountBusy);
        tokio::time::advance(PATIENCE + Duration::from_secs(1)).await;
        assert!(turns.begin(owner(1)).is_ok());
    }
}
