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

/// Larger answers are computed anew: they would push too much else out.
const LARGEST: usize = 1024 * 1024;

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
