//! Hard sets and kilograms over time.

use irontrack_domain::{
    UserId,
    progress::{Bucket, Grouping, Period, SecondaryFactor, VolumeBucket, volume},
};

use super::{Progress, ProgressError};

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
    /// The volume of an account in the form that `show` gives it.
    ///
    /// # Errors
    /// Only those that every statement can have.
    pub async fn volume<T: Send + 'static>(
        &self,
        owner: UserId,
        question: VolumeQuestion,
        show: impl FnOnce(Vec<VolumeBucket<'_>>) -> T + Send + 'static,
    ) -> Result<T, ProgressError> {
        let VolumeQuestion { period, bucket, grouping, factor } = question;
        let (_, log) = self.log(owner).await?;
        Ok(self.workshop.make(move || show(volume(&log, period, bucket, grouping, factor))).await?)
    }
}
