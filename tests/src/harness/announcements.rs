//! What instances tell each other over the database.

use std::{
    fmt,
    time::{Duration, Instant},
};

use postgres::{Client, fallible_iterator::FallibleIterator};

use super::TestDatabase;

/// How long a message may take.
const LIMIT: Duration = Duration::from_secs(5);

/// Somebody who listens as instances do.
pub struct Announcements(Client);

impl Announcements {
    /// Listens from now on.
    #[must_use]
    pub fn of(database: &TestDatabase) -> Self {
        let mut client = database.connect();
        client.batch_execute("LISTEN irontrack_invalidation").expect("it can be listened to");
        Self(client)
    }

    /// Waits until somebody says that copies with this id in their keys are outdated, and answers which process of
    /// PostgreSQL said it. Nothing if nobody does.
    pub fn sender_about(&mut self, id: &str) -> Option<i32> {
        let end = Instant::now() + LIMIT;
        let mut heard = self.0.notifications();
        let mut messages = heard.timeout_iter(LIMIT);
        // Heartbeats come all the time, so that there is never a silence of that length.
        while Instant::now() < end
            && let Some(message) = messages.next().expect("the connection lives")
        {
            if message.payload().starts_with("forget ") && message.payload().contains(id) {
                return Some(message.process_id());
            }
        }
        None
    }
}

impl fmt::Debug for Announcements {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Announcements").finish_non_exhaustive()
    }
}
