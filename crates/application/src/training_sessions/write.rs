//! Changes of sessions themselves: corrections, their end, and deletion.

use irontrack_domain::{
    TrainingSessionId, UserId,
    training::session::{Course, Refusal, SessionHead, SessionTime, TrainingSession},
};
use irontrack_ports::{UnitOfWork, repo::SessionDetails};

use super::{SessionError, SessionPatch, TrainingSessions, lock, read};
use crate::{Answered, Once, Precondition, unit_of_work::within};

impl TrainingSessions {
    /// Corrects a session.
    ///
    /// # Errors
    /// [`SessionError`]: not found, changed meanwhile, an end of a session in progress, then times that do not go together.
    pub async fn update(
        &self,
        owner: UserId,
        id: TrainingSessionId,
        patch: SessionPatch,
        precondition: &Precondition,
    ) -> Result<TrainingSession, SessionError> {
        within(&*self.works, async |work| {
            let head = lock(work, owner, id, precondition).await?;
            let details = SessionDetails {
                course: head.course.correct(patch.start, patch.end).map_err(|refusal| match refusal {
                    Refusal::Times(problem) if patch.end.is_none() => SessionError::times("/startTime", problem),
                    refusal => refusal.into(),
                })?,
                time_zone: patch.time_zone.unwrap_or(head.time_zone),
                notes: patch.notes.unwrap_or_else(|| head.notes.clone()),
            };
            self.write_details(work, owner, &head, &details).await
        })
        .await
    }

    /// Brings a session to its end: when it is said, or now.
    ///
    /// # Errors
    /// [`SessionError`]: not found, changed meanwhile, not in progress, then times that do not go together.
    pub async fn finish(
        &self,
        owner: UserId,
        id: TrainingSessionId,
        end: Option<SessionTime>,
        precondition: &Precondition,
        once: &Once<'_, TrainingSession>,
    ) -> Result<Answered, SessionError> {
        let now = self.clock.now();
        self.end(owner, id, precondition, once, |course| course.finish(end, now)).await
    }

    /// Breaks a session off: when it is said, or now.
    ///
    /// # Errors
    /// [`SessionError`]: not found, changed meanwhile, not in progress, then times that do not go together.
    pub async fn abort(
        &self,
        owner: UserId,
        id: TrainingSessionId,
        end: Option<SessionTime>,
        precondition: &Precondition,
        once: &Once<'_, TrainingSession>,
    ) -> Result<Answered, SessionError> {
        let now = self.clock.now();
        self.end(owner, id, precondition, once, |course| course.abort(end, now)).await
    }

    async fn end(
        &self,
        owner: UserId,
        id: TrainingSessionId,
        precondition: &Precondition,
        once: &Once<'_, TrainingSession>,
        change: impl FnOnce(Course) -> Result<Course, Refusal>,
    ) -> Result<Answered, SessionError> {
        let end = async |work: &mut dyn UnitOfWork| {
            let head = lock(work, owner, id, precondition).await?;
            let course = change(head.course)?;
            let details = SessionDetails { course, time_zone: head.time_zone, notes: head.notes.clone() };
            self.write_details(work, owner, &head, &details).await
        };
        within(&*self.works, async |work| once.run(work, owner, self.clock.now(), end).await).await
    }

    /// Removes a session with everything in it.
    ///
    /// # Errors
    /// [`SessionError`]: not found, changed meanwhile.
    pub async fn delete(
        &self,
        owner: UserId,
        id: TrainingSessionId,
        precondition: &Precondition,
    ) -> Result<(), SessionError> {
        within(&*self.works, async |work| {
            lock(work, owner, id, precondition).await?;
            Ok(work.training_sessions().delete(id).await?)
        })
        .await
    }

    /// Writes what differs from the locked session, and answers the session as it is then.
    async fn write_details(
        &self,
        work: &mut dyn UnitOfWork,
        owner: UserId,
        head: &SessionHead,
        details: &SessionDetails,
    ) -> Result<TrainingSession, SessionError> {
        let is_same =
            head.course == details.course && head.time_zone == details.time_zone && head.notes == details.notes;
        if !is_same {
            work.training_sessions().update(head.id(), details, self.clock.now()).await?;
        }
        read(work, owner, head.id()).await
    }
}
