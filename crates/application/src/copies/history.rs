//! Copies of what was computed from a training history.
//!
//! Their keys hold the version of the history, which is read before a copy is used: a copy under another version is never
//! asked for again. So nothing has to be announced when somebody trains.

use std::sync::Arc;

use irontrack_domain::UserId;
use irontrack_ports::{
    RepositoryError,
    query::{Figures, HistoryVersion},
};

use super::{
    Copies, Loaded,
    generation::{LIVES, LONGEST_KEY},
};

/// Larger answers are computed anew: they would push too much else out. The course of an exercise that was done in 10 000
/// sessions has half as many bytes.
const LARGEST: usize = 8 * 1024 * 1024;

impl Copies {
    /// The bytes of what was computed from somebody's history, which had that version a moment ago. `what` tells it from
    /// all other figures of that history.
    pub(crate) async fn of_history<F>(
        &self,
        owner: UserId,
        version: HistoryVersion,
        what: &str,
        load: impl Fn() -> F,
    ) -> Result<Arc<[u8]>, RepositoryError>
    where
        F: Future<Output = Result<Figures<Arc<[u8]>>, RepositoryError>>,
    {
        if what.len() > LONGEST_KEY {
            return load().await.map(|figures| figures.value);
        }
        let HistoryVersion { writes, lost_exercises } = version;
        let key = format!("history:{owner}:{writes}.{lost_exercises}:{what}");
        let load = || async {
            let Figures { version: computed_from, value } = load().await?;
            // What was computed from a later version is right for whoever has asked, but not what the key says.
            let is_kept = computed_from == version && value.len() <= LARGEST;
            Ok(if is_kept { Loaded::Copied(value.clone(), value) } else { Loaded::Only(value) })
        };
        self.read(&key, LIVES, |copy| Some(copy.clone()), load).await
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use irontrack_memory_adapter::MemoryCache;
    use uuid::Uuid;

    use super::*;
    use crate::copies::LARGEST_SHARED;

    const OWNER: UserId = UserId::new(Uuid::nil());

    fn version(writes: i64) -> HistoryVersion {
        HistoryVersion { writes, lost_exercises: 0 }
    }

    /// Copies in a shared cache alone, where nobody has to listen for them to be used.
    fn copies() -> Copies {
        Copies::new(Arc::new(MemoryCache::new(0)), Some(Arc::new(MemoryCache::new(8 << 20))), Vec::new())
    }

    /// Asks for figures, which are computed from a history of that version: the number of the version, and some bytes.
    async fn ask(copies: &Copies, asked: i64, stored: i64, size: usize, reads: &AtomicU32) -> i64 {
        let load = || async {
            reads.fetch_add(1, Ordering::SeqCst);
            let mut bytes = stored.to_be_bytes().to_vec();
            bytes.resize(size, 0);
            Ok(Figures { version: version(stored), value: bytes.into() })
        };
        let bytes = copies.of_history(OWNER, version(asked), "figures", load).await.expect("figures can be computed");
        i64::from_be_bytes(bytes[..8].try_into().expect("eight bytes"))
    }

    #[tokio::test]
    async fn figures_are_copied_under_their_version() {
        let (copies, reads) = (copies(), AtomicU32::new(0));
        assert_eq!((ask(&copies, 1, 1, 8, &reads).await, ask(&copies, 1, 1, 8, &reads).await), (1, 1));
        assert_eq!(reads.load(Ordering::SeqCst), 1, "the second time from a copy");
        assert_eq!(ask(&copies, 2, 2, 8, &reads).await, 2);
        assert_eq!(ask(&copies, 1, 2, 8, &reads).await, 1, "the copy says what it always said");
        assert_eq!(reads.load(Ordering::SeqCst), 2);
    }

    #[tokio::test]
    async fn what_was_computed_from_a_later_version_is_answered_and_not_kept() {
        let (copies, reads) = (copies(), AtomicU32::new(0));
        assert_eq!(ask(&copies, 1, 2, 8, &reads).await, 2);
        assert_eq!(ask(&copies, 1, 1, 8, &reads).await, 1);
        assert_eq!(ask(&copies, 2, 2, 8, &reads).await, 2);
        assert_eq!(reads.load(Ordering::SeqCst), 3, "each time anew");
    }

    #[tokio::test]
    async fn what_is_large_is_not_shared() {
        let (copies, reads) = (copies(), AtomicU32::new(0));
        for _ in 0..2 {
            ask(&copies, 1, 1, LARGEST_SHARED + 1, &reads).await;
            ask(&copies, 2, 2, LARGEST_SHARED, &reads).await;
        }
        assert_eq!(reads.load(Ordering::SeqCst), 3);
    }
}
