//! Questions of somebody that are asked at the same time, put together.
//!
//! A page that shows several figures asks for the same log several times at once. After a write each of these questions
//! would read the whole history. Nobody may be told less than they have just written, so a question never takes an answer
//! that was on its way before: whoever waits meanwhile is answered by the read that begins next.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError, Weak,
        atomic::{AtomicU64, Ordering},
    },
};

use irontrack_domain::UserId;
use irontrack_ports::RepositoryError;

/// The questions that are being answered, by whom they are about.
pub(super) struct Coalesced<T>(Mutex<HashMap<UserId, Weak<Questions<T>>>>);

/// Those about somebody.
struct Questions<T> {
    /// How many have been asked.
    asked: AtomicU64,
    /// The latest answer. Whoever holds it reads, the others wait.
    answer: tokio::sync::Mutex<Option<Answer<T>>>,
}

struct Answer<T> {
    /// How many had been asked when the read began.
    asked: u64,
    outcome: Result<T, RepositoryError>,
}

impl<T> Default for Coalesced<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T: Clone> Coalesced<T> {
    /// What `read` says, or what it says to somebody else who began to read after this was called.
    ///
    /// # Errors
    /// Those of the read.
    pub(super) async fn ask(
        &self,
        about: UserId,
        read: impl Future<Output = Result<T, RepositoryError>>,
    ) -> Result<T, RepositoryError> {
        let questions = self.questions(about);
        let number = questions.asked.fetch_add(1, Ordering::SeqCst) + 1;
        let mut answer = questions.answer.lock().await;
        if let Some(Answer { outcome, .. }) = answer.as_ref().filter(|answer| answer.asked >= number) {
            return outcome.clone();
        }
        let asked = questions.asked.load(Ordering::SeqCst);
        let outcome = read.await;
        *answer = Some(Answer { asked, outcome: outcome.clone() });
        outcome
    }

    /// The questions about somebody. Those that nobody asks any more are forgotten, with their answers.
    fn questions(&self, about: UserId) -> Arc<Questions<T>> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(questions) = all.get(&about).and_then(Weak::upgrade) {
            return questions;
        }
        all.retain(|_, questions| questions.strong_count() > 0);
        let questions = Arc::new(Questions { asked: AtomicU64::new(0), answer: tokio::sync::Mutex::new(None) });
        all.insert(about, Arc::downgrade(&questions));
        questions
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::{Notify, Semaphore};
    use uuid::Uuid;

    use super::*;

    /// Answers with the number of the read, once it may.
    struct Source {
        reads: AtomicU64,
        begun: Notify,
        permits: Semaphore,
    }

    impl Source {
        fn new() -> Self {
            Self { reads: AtomicU64::new(0), begun: Notify::new(), permits: Semaphore::new(0) }
        }

        async fn read(&self) -> Result<u64, RepositoryError> {
            let number = self.reads.fetch_add(1, Ordering::SeqCst) + 1;
            self.begun.notify_one();
            self.permits.acquire().await.unwrap().forget();
            if number == 3 { Err(RepositoryError::Unexpected("the third fails".into())) } else { Ok(number) }
        }
    }

    fn person(number: u128) -> UserId {
        UserId::new(Uuid::from_u128(number))
    }

    /// Asks without waiting for the answer.
    fn ask(
        all: &Arc<Coalesced<u64>>,
        source: &Arc<Source>,
        about: u128,
    ) -> tokio::task::JoinHandle<Result<u64, RepositoryError>> {
        let (all, source) = (all.clone(), source.clone());
        tokio::spawn(async move { all.ask(person(about), source.read()).await })
    }

    /// Lets everything go on that can.
    async fn settle() {
        for _ in 0..50 {
            tokio::task::yield_now().await;
        }
    }

    #[tokio::test]
    async fn whoever_waits_shares_the_read_that_begins_next() {
        let (all, source) = (Arc::default(), Arc::new(Source::new()));
        let first = ask(&all, &source, 1);
        source.begun.notified().await;
        let waiting: Vec<_> = (0..5).map(|_| ask(&all, &source, 1)).collect();
        settle().await;
        assert_eq!(source.reads.load(Ordering::SeqCst), 1, "the others wait");
        source.permits.add_permits(1);
        assert_eq!(first.await.unwrap().ok(), Some(1));
        source.begun.notified().await;
        let late = ask(&all, &source, 1);
        settle().await;
        source.permits.add_permits(1);
        for waiting in waiting {
            assert_eq!(waiting.await.unwrap().ok(), Some(2), "a read that began after the question");
        }
        source.begun.notified().await;
        let later = ask(&all, &source, 1);
        settle().await;
        source.permits.add_permits(2);
        assert!(late.await.unwrap().is_err(), "asked after the second read had begun, and answered by the third");
        assert_eq!(later.await.unwrap().ok(), Some(4), "a failure is nobody else's");
    }

    #[tokio::test]
    async fn a_failure_is_that_of_all_who_wait_for_the_read() {
        let (all, source) = (Arc::default(), Arc::new(Source::new()));
        source.reads.store(1, Ordering::SeqCst);
        let first = ask(&all, &source, 1);
        source.begun.notified().await;
        let waiting: Vec<_> = (0..5).map(|_| ask(&all, &source, 1)).collect();
        settle().await;
        source.permits.add_permits(2);
        assert_eq!(first.await.unwrap().ok(), Some(2));
        for waiting in waiting {
            assert!(waiting.await.unwrap().is_err());
        }
        assert_eq!(source.reads.load(Ordering::SeqCst), 3);
    }

    #[tokio::test]
    async fn whoever_goes_away_keeps_nobody_waiting() {
        let (all, source) = (Arc::default(), Arc::new(Source::new()));
        let first = ask(&all, &source, 1);
        source.begun.notified().await;
        let second = ask(&all, &source, 1);
        settle().await;
        first.abort();
        source.permits.add_permits(1);
        assert_eq!(second.await.unwrap().ok(), Some(2));
    }

    #[tokio::test]
    async fn people_do_not_wait_for_each_other_and_are_forgotten() {
        let (all, source) = (Arc::default(), Arc::new(Source::new()));
        let questions: Vec<_> = (1..3).map(|about| ask(&all, &source, about)).collect();
        settle().await;
        assert_eq!(source.reads.load(Ordering::SeqCst), 2);
        assert_eq!(all.0.lock().unwrap().len(), 2);
        source.permits.add_permits(2);
        for question in questions {
            assert!(question.await.unwrap().is_ok());
        }
        let _new = all.questions(person(3));
        assert_eq!(all.0.lock().unwrap().len(), 1);
    }
}
