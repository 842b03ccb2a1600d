//! Hard sets and kilograms over time.

use std::sync::Arc;

use irontrack_domain::{
    UserId,
    progress::{Bucket, Grouping, Period, SecondaryFactor, VolumeBucket, volume},
};
use irontrack_ports::{RepositoryError, query::Figures};

use super::{Progress, ProgressError, training_log::exercises_digest};

/// What is asked about volume.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VolumeQuestion {
    /// Of which sessions.
    pub period: Period,
    /// What is summed up.
    pub bucket: Bucket,
    /// What it is told for.
    pub grouping: Grouping,
    /// What a set counts for a muscle that assists.
    pub factor: SecondaryFactor,
}

impl Progress {
    /// The volume of an account in a form that is copied; `name` tells it from other forms.
    ///
    /// # Errors
    /// Only those that every statement can have.
    pub async fn volume(
        &self,
        owner: UserId,
        question: VolumeQuestion,
        name: &str,
        render: impl Fn(Vec<VolumeBucket<'_>>) -> Result<Vec<u8>, String> + Clone + Send + 'static,
    ) -> Result<Arc<[u8]>, ProgressError> {
        let VolumeQuestion { period, bucket, grouping, factor } = question;
        let (version, log) = self.log(owner).await?;
        let what = format!("{name}:{question:?}:{}", exercises_digest(&log));
        let load = || async {
            let (log, render) = (log.clone(), render.clone());
            let made = self.workshop.make(move || render(volume(&log, period, bucket, grouping, factor))).await?;
            Ok(Figures { version, value: made.map_err(RepositoryError::Unexpected)?.into() })
        };
        Ok(self.copies.of_history(owner, version, &what, load).await?)
    }
}
