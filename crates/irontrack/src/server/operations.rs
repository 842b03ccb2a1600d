//! The listener of operations beside the server.

use std::{io, sync::Arc};

use irontrack_http::{Board, BoundServer, Listen, StopHandle, Traffic};
use tokio::task::JoinHandle;

use super::parts::Watched;
use crate::{Failure, logging::Logging};

/// A listener that is bound, where one is set.
pub(super) struct Operations {
    server: BoundServer,
    /// For the start-up table.
    pub(super) place: String,
}

/// A listener that serves.
pub(super) struct Serving {
    stop: StopHandle,
    task: JoinHandle<io::Result<()>>,
}

impl Operations {
    /// Binds it.
    pub(super) fn bind(
        listen: Option<&Listen>,
        traffic: Arc<Traffic>,
        watched: Watched,
        logging: &Logging,
    ) -> Result<Option<Self>, Failure> {
        let Some(listen) = listen else { return Ok(None) };
        let board = Board {
            traffic,
            pool: watched.pool,
            hashes: watched.hashes,
            log: logging.control(),
            version: env!("IRONTRACK_VERSION"),
        };
        let at = place(listen);
        let server = BoundServer::bind_operations(board, listen)
            .map_err(|error| Failure::failed(format!("OPERATIONS_LISTEN: {at} cannot be listened on: {error}")))?;
        let place = server.address().map_or(at, |address| format!("{address}"));
        Ok(Some(Self { server, place }))
    }

    /// Serves in the background. It goes on while the server finishes its last requests.
    pub(super) fn start(self) -> Serving {
        Serving { stop: self.server.stop_handle(), task: tokio::spawn(self.server.serve()) }
    }
}

impl Serving {
    /// Ends it.
    pub(super) async fn stop(self) {
        self.stop.stop().await;
        match self.task.await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%error, "the listener of operations failed"),
            Err(error) => tracing::warn!(%error, "the listener of operations broke off"),
        }
    }
}

/// A listener as people write it.
pub(super) fn place(listen: &Listen) -> String {
    match listen {
        Listen::Tcp(address) => address.to_string(),
        Listen::Unix { path, .. } => path.display().to_string(),
    }
}
