//! All that somebody has trained, as it is now.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use irontrack_domain::{UserId, progress::TrainingLog};
use irontrack_ports::{
    RememberedLog, RepositoryError,
    query::{Figures, HistoryVersion, KnownLog, LogNews},
};

use ring::digest::{Context, SHA256};

use super::Progress;

/// What the exercises of a log are now, in a few characters: their names, kinds and muscles move without the version of
/// the history.
pub(super) fn exercises_digest(log: &TrainingLog) -> String {
    let mut context = Context::new(&SHA256);
    for done in log.exercises() {
        context.update(format!("{:?}", done.exercise).as_bytes());
    }
    BASE64_URL_SAFE_NO_PAD.encode(context.finish())
}

impl Progress {
    /// The log of an account, and of which state of the history it is. Of several questions at once one reads for all who
    /// wait.
    pub(super) async fn log(&self, owner: UserId) -> Result<(HistoryVersion, TrainingLog), RepositoryError> {
        self.log_questions.ask(owner, self.read_log(owner)).await
    }

    /// One statement says whether the log that is remembered still holds, and brings another one if it does not.
    async fn read_log(&self, owner: UserId) -> Result<(HistoryVersion, TrainingLog), RepositoryError> {
        let remembered = self.logs.recall(owner);
        let known = remembered.as_ref().map(|remembered| KnownLog {
            version: remembered.version,
            exercises: remembered.log.exercise_ids().collect(),
        });
        match (self.log_queries.training_log(owner, known.as_ref()).await?, remembered) {
            (LogNews::Exercises(exercises), Some(RememberedLog { version, log })) => Ok((version, log.with(exercises))),
            (LogNews::Log(Figures { version, value: log }), _) => {
                self.logs.remember(owner, RememberedLog { version, log: log.clone() });
                Ok((version, log))
            }
            (LogNews::Exercises(_), None) => {
                Err(RepositoryError::Unexpected("a log was known that was never read".into()))
            }
        }
    }
}
