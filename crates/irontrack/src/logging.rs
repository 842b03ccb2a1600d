//! Logs: written by a thread of their own through a bounded queue, so that a request never waits for a slow terminal or
//! pipe. When the queue is full lines are dropped and counted.

use std::{
    io::{IsTerminal, Write},
    time::Duration,
};

use tracing_appender::non_blocking::{ErrorCounter, NonBlocking, NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::EnvFilter;

use crate::settings::{Environment, LogLevel};

/// Lines that wait to be written.
const QUEUE: usize = 32_768;

/// A bounded queue in front of a sink, with a thread of its own behind it.
fn queue(lines: usize, sink: impl Write + Send + 'static) -> (NonBlocking, WorkerGuard) {
    NonBlockingBuilder::default().lossy(true).buffered_lines_limit(lines).finish(sink)
}

/// Writes what is left in the queue when it is dropped.
#[derive(Debug)]
pub(crate) struct Logging {
    _guard: WorkerGuard,
    dropped: ErrorCounter,
}

impl Logging {
    /// Starts logging to standard error: JSON in production, readable in development.
    pub(crate) fn start(environment: Environment, level: LogLevel) -> Self {
        let (writer, guard) = queue(QUEUE, std::io::stderr());
        let dropped = writer.error_counter();
        // Libraries below us are told apart from our own lines.
        let filter = EnvFilter::new(format!("{level},actix_server=warn,actix_http=warn,tokio_postgres=warn,mio=warn"));
        let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(writer);
        // A second start, as in a test, keeps the first subscriber.
        let _already_set = match environment {
            Environment::Production => builder.json().flatten_event(true).with_span_list(false).try_init(),
            Environment::Development => {
                builder.with_ansi(std::io::stderr().is_terminal()).with_target(false).try_init()
            }
        };
        Self { _guard: guard, dropped }
    }

    /// Reports once a minute how many lines were dropped, if any were.
    pub(crate) async fn report_drops(dropped: ErrorCounter) {
        let mut reported = 0;
        let mut minutes = tokio::time::interval(Duration::from_secs(60));
        loop {
            minutes.tick().await;
            let now = dropped.dropped_lines();
            if now > reported {
                tracing::warn!(lines = now - reported, total = now, "log lines were dropped: the queue was full");
                reported = now;
            }
        }
    }

    /// Counts dropped lines.
    pub(crate) fn dropped(&self) -> ErrorCounter {
        self.dropped.clone()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Receiver, channel};

    use super::*;

    /// A sink that writes nothing until it is told to.
    struct Stuck(Receiver<()>);

    impl Write for Stuck {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            let _released = self.0.recv();
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_stuck_sink_blocks_nobody_and_drops_are_counted() {
        let (release, stuck) = channel();
        let (mut writer, guard) = queue(10, Stuck(stuck));
        let dropped = writer.error_counter();
        for _ in 0..100 {
            writer.write_all(b"line\n").unwrap();
        }
        // Ten wait in the queue, one is being written, and perhaps it was taken out of the queue late.
        assert!((89..=90).contains(&dropped.dropped_lines()), "{} of 100 lines were dropped", dropped.dropped_lines());
        drop(release);
        drop(guard);
    }
}
