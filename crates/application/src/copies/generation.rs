//! Copies that are outdated together: lists of which any part may have changed.
//!
//! The key of such a copy holds the generation of its group, a number that is itself copied. A change removes that one
//! copy; the next reader makes another number up, and nobody ever asks for the old keys again.

use std::{sync::Arc, time::Duration};

use irontrack_domain::{UserId, catalogue::CatalogueKind};
use irontrack_ports::RepositoryError;
use uuid::Uuid;

use super::{Copies, LONGEST_SHARED_LIFE, Lives, Loaded};

/// Lists live this long unless they are outdated before. It also bounds how long a list can be wrong if a message is lost
/// in spite of everything.
pub(super) const LIVES: Lives = Lives::new(Duration::from_secs(60), LONGEST_SHARED_LIFE);

/// Longer keys are not worth a copy: nobody asks the same again.
pub(super) const LONGEST_KEY: usize = 2000;

/// Makes the bytes that are answered of what was read; fails with the reason, which is a defect.
pub type Render<'a, T> = dyn Fn(T) -> Result<Vec<u8>, String> + 'a;

/// Lists that are outdated together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Group {
    /// Lists of one catalogue.
    Catalogue(CatalogueKind),
    /// Lists of exercises: a system exercise has changed, or a catalogue that exercises name.
    Exercises,
    /// Lists with custom exercises of one account.
    ExercisesOf(UserId),
}

impl Group {
    /// The key of the generation.
    pub(crate) fn key(self) -> String {
        match self {
            Self::Catalogue(CatalogueKind::MuscleGroups) => "generation:muscle-groups".to_owned(),
            Self::Catalogue(CatalogueKind::Equipment) => "generation:equipment".to_owned(),
            Self::Catalogue(CatalogueKind::ExerciseTags) => "generation:exercise-tags".to_owned(),
            Self::Exercises => "generation:exercises".to_owned(),
            Self::ExercisesOf(user) => format!("generation:exercises:{user}"),
        }
    }
}

/// Gives what was read the form in which it is answered and copied.
pub(crate) fn rendered<T>(read: T, render: &Render<'_, T>) -> Result<Arc<[u8]>, RepositoryError> {
    render(read).map(Into::into).map_err(RepositoryError::Unexpected)
}

impl Copies {
    /// The bytes of a list, copied until one of the groups is outdated. `what` tells it from all other lists.
    pub(crate) async fn list<F>(
        &self,
        groups: &[Group],
        what: &str,
        load: impl Fn() -> F,
    ) -> Result<Arc<[u8]>, RepositoryError>
    where
        F: Future<Output = Result<Arc<[u8]>, RepositoryError>>,
    {
        if what.len() > LONGEST_KEY {
            return load().await;
        }
        let mut key = "list".to_owned();
        for group in groups {
            key.push(':');
            key.push_str(&self.generation(*group).await?.simple().to_string());
        }
        key.push(':');
        key.push_str(what);
        let load = || async { load().await.map(|list| Loaded::Copied(list.clone(), list)) };
        self.read(&key, LIVES, |copy| Some(copy.clone()), load).await
    }

    async fn generation(&self, group: Group) -> Result<Uuid, RepositoryError> {
        let decode = |copy: &Arc<[u8]>| Uuid::from_slice(copy).ok();
        let make = || async {
            let generation = Uuid::new_v4();
            Ok(Loaded::Copied(generation, generation.as_bytes().as_slice().into()))
        };
        self.read(&group.key(), LIVES, decode, make).await
    }
}
