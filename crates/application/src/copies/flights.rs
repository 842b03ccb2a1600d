//! Reads under way: of several readers who miss the same copy one asks, and the others wait for its answer.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use irontrack_ports::RepositoryError;
use tokio::sync::watch;

use super::Loaded;

/// What a read brought: a copy, nothing that can be shared, or the failure of the database.
type Landing = Result<Option<Arc<[u8]>>, RepositoryError>;

/// The reads under way, by key.
#[derive(Default)]
pub(super) struct Flights(Mutex<HashMap<String, Flight>>);

struct Flight {
    landing: watch::Receiver<Option<Landing>>,
}

/// The part of a reader.
pub(super) enum Joined {
    /// Reads.
    Pilot(Pilot),
    /// Waits for the pilot.
    Passenger(Seat),
}

/// Reads for all who wait. Dropped without having landed, it leaves them to themselves.
pub(super) struct Pilot {
    flights: Arc<Flights>,
    key: String,
    landing: watch::Sender<Option<Landing>>,
}

/// Waits for a pilot.
pub(super) struct Seat(watch::Receiver<Option<Landing>>);

impl Flights {
    /// Takes a seat in the read that is under way, or begins one.
    pub(super) fn join(self: &Arc<Self>, key: &str) -> Joined {
        let mut flights = self.flights();
        if let Some(flight) = flights.get(key) {
            return Joined::Passenger(Seat(flight.landing.clone()));
        }
        let (landing, receiver) = watch::channel(None);
        flights.insert(key.to_owned(), Flight { landing: receiver });
        Joined::Pilot(Pilot { flights: self.clone(), key: key.to_owned(), landing })
    }

    /// Nobody joins these reads any more: what they bring may be outdated. Those who wait already began before.
    pub(super) fn cancel(&self, keys: &[String]) {
        let mut flights = self.flights();
        for key in keys {
            flights.remove(key);
        }
    }

    /// Nobody joins any read that is under way now.
    pub(super) fn cancel_all(&self) {
        self.flights().clear();
    }

    fn flights(&self) -> MutexGuard<'_, HashMap<String, Flight>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Pilot {
    /// Hands the answer to all who wait.
    pub(super) fn land<T>(self, outcome: &Result<Loaded<T>, RepositoryError>) {
        self.landing.send_replace(Some(match outcome {
            Ok(Loaded::Copied(_, copy)) => Ok(Some(copy.clone())),
            Ok(Loaded::Only(_)) => Ok(None),
            Err(error) => Err(error.clone()),
        }));
    }
}

impl Drop for Pilot {
    fn drop(&mut self) {
        let mut flights = self.flights.flights();
        // After a cancellation the key may belong to another flight.
        let is_ours =
            flights.get(&self.key).is_some_and(|flight| flight.landing.same_channel(&self.landing.subscribe()));
        if is_ours {
            flights.remove(&self.key);
        }
    }
}

impl Seat {
    /// The answer; nothing if the pilot has gone away.
    pub(super) async fn landed(&mut self) -> Option<Landing> {
        self.0.wait_for(Option::is_some).await.ok()?.clone()
    }
}
