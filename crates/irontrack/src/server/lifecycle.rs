//! From bound to stopped.

use std::time::Duration;

use irontrack_application::audit::AuditWriter;
use irontrack_http::{BoundServer, StopHandle};
use tokio::{
    signal::unix::{Signal, SignalKind, signal},
    task::JoinHandle,
};

use super::{
    operations::Operations,
    sweep::{Sweepers, sweep},
    table::StartupTable,
};
use crate::{Failure, logging::Logging};

/// How long running requests may take to finish when the server stops.
pub(super) const SHUTDOWN_SECONDS: u64 = 15;

/// Says that all is ready, and serves until the process is told to stop: then no new requests are accepted, running ones
/// finish, and what they noted for the audit trail is stored. A second signal ends the process at once.
pub(super) async fn serve(
    server: BoundServer,
    table: &StartupTable,
    audit: AuditWriter,
    sweepers: Sweepers,
    operations: Option<Operations>,
    logging: &Logging,
) -> Result<(), Failure> {
    allow_connections();
    // Before anybody reads that the server is ready, and may want it to stop.
    let mut signals = Signals::new().map_err(|error| Failure::failed(format!("no signal handler: {error}")))?;
    table.print();
    let tasks = [tokio::spawn(Logging::report_drops(logging.dropped())), tokio::spawn(sweep(sweepers))];
    let operations = operations.map(Operations::start);
    let stop = server.stop_handle();
    tokio::spawn(async move {
        signals.next().await;
        tracing::info!("stopping");
        tokio::spawn(async move {
            signals.next().await;
            std::process::exit(130);
        });
        stop_within(&stop).await;
    });
    let outcome = server.serve().await;
    audit.stop().await;
    if let Some(operations) = operations {
        operations.stop().await;
    }
    tasks.iter().for_each(JoinHandle::abort);
    tracing::info!(dropped_log_lines = logging.dropped().dropped_lines(), "stopped");
    outcome.map_err(|error| Failure::failed(format!("the server failed: {error}")))
}

/// Connections are files, of which many systems let a process open a thousand unless it asks for more.
fn allow_connections() {
    if let Err(error) = rlimit::increase_nofile_limit(u64::MAX) {
        tracing::warn!(%error, "the process may not open more files");
    }
}

async fn stop_within(stop: &StopHandle) {
    let limit = Duration::from_secs(SHUTDOWN_SECONDS + 3);
    if tokio::time::timeout(limit, stop.stop()).await.is_err() {
        tracing::warn!("some requests did not finish in time");
    }
}

struct Signals {
    interrupt: Signal,
    terminate: Signal,
}

impl Signals {
    fn new() -> std::io::Result<Self> {
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}
