//! Logs: written by a thread of their own through a bounded queue, so that a request never waits for a slow terminal or
//! pipe. When the queue is full lines are dropped and counted.

use std::{
    io::{IsTerminal, Write},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use irontrack_http::{LogControl, TRACES};
use tracing_appender::non_blocking::{ErrorCounter, NonBlocking, NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::EnvFilter;
#[cfg(feature = "otlp")]
use tracing_subscriber::{Layer, layer::SubscriberExt, reload, util::SubscriberInitExt};

use crate::settings::{Environment, LogLevel, Settings};
#[cfg(feature = "otlp")]
use crate::traces::Traces;

/// Lines that wait to be written.
const QUEUE: usize = 32_768;

/// A bounded queue in front of a sink, with a thread of its own behind it.
fn queue(lines: usize, sink: impl Write + Send + 'static) -> (NonBlocking, WorkerGuard) {
    NonBlockingBuilder::default().lossy(true).buffered_lines_limit(lines).finish(sink)
}

/// Puts another filter in the place of the one that is there.
type Reload = Box<dyn Fn(EnvFilter) -> Result<(), tracing_subscriber::reload::Error> + Send + Sync>;

/// Writes what is left in the queue when it is dropped.
#[derive(Debug)]
pub(crate) struct Logging {
    /// Before the queue of lines, which takes the last words about them.
    #[cfg(feature = "otlp")]
    _traces: Option<Traces>,
    _guard: WorkerGuard,
    control: Arc<Control>,
}

/// Changes the level while the program runs.
pub(crate) struct Control {
    level: Mutex<LogLevel>,
    reload: Reload,
    dropped: ErrorCounter,
}

impl std::fmt::Debug for Control {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Control").field("level", &self.level).finish_non_exhaustive()
    }
}

impl LogControl for Control {
    fn level(&self) -> String {
        self.level.lock().unwrap_or_else(PoisonError::into_inner).to_string()
    }

    fn set_level(&self, level: &str) -> Result<String, String> {
        let level = LogLevel::parse(level)?;
        // Held while the filter changes, so that the level is always the one of the filter.
        let mut current = self.level.lock().unwrap_or_else(PoisonError::into_inner);
        (self.reload)(filter(level)).map_err(|error| format!("a log that can be changed, but {error}"))?;
        *current = level;
        Ok(level.to_string())
    }

    fn dropped_lines(&self) -> u64 {
        u64::try_from(self.dropped.dropped_lines()).unwrap_or(u64::MAX)
    }
}

/// Lines of this level and above. Libraries below us are told apart from our own lines.
fn filter(level: LogLevel) -> EnvFilter {
    EnvFilter::new(format!(
        "{level},actix_server=warn,actix_http=warn,tokio_postgres=warn,mio=warn,opentelemetry=warn,{TRACES}=off"
    ))
}

/// Lines alone. A second start, as in a test, keeps the first subscriber.
fn lines(environment: Environment, level: LogLevel, writer: NonBlocking) -> Reload {
    let builder = tracing_subscriber::fmt().with_writer(writer);
    match environment {
        Environment::Production => {
            let builder = builder.json().flatten_event(true).with_span_list(false);
            let builder = builder.with_env_filter(filter(level)).with_filter_reloading();
            let handle = builder.reload_handle();
            let _already_set = builder.try_init();
            Box::new(move |filter| handle.reload(filter))
        }
        Environment::Development => {
            let builder = builder.with_ansi(std::io::stderr().is_terminal()).with_target(false);
            let builder = builder.with_env_filter(filter(level)).with_filter_reloading();
            let handle = builder.reload_handle();
            let _already_set = builder.try_init();
            Box::new(move |filter| handle.reload(filter))
        }
    }
}

/// The same lines, and traces beside them, which have a filter of their own.
#[cfg(feature = "otlp")]
fn lines_and_traces(environment: Environment, level: LogLevel, writer: NonBlocking, traces: &Traces) -> Reload {
    let layer = tracing_subscriber::fmt::layer().with_writer(writer);
    let layer = match environment {
        Environment::Production => layer.json().flatten_event(true).with_span_list(false).boxed(),
        Environment::Development => layer.with_ansi(std::io::stderr().is_terminal()).with_target(false).boxed(),
    };
    let (filter, handle) = reload::Layer::new(filter(level));
    let _already_set = tracing_subscriber::registry().with(layer.with_filter(filter)).with(traces.layer()).try_init();
    Box::new(move |filter| handle.reload(filter))
}

impl Logging {
    /// Starts logging to standard error: JSON in production, readable in development. Starts to send traces as well, if a
    /// collector is set.
    pub(crate) fn start(settings: &Settings) -> Self {
        let (environment, level) = (settings.environment, settings.log_level);
        let (writer, guard) = queue(QUEUE, std::io::stderr());
        let dropped = writer.error_counter();
        #[cfg(feature = "otlp")]
        let traces = settings.otlp_endpoint.as_deref().map(Traces::to);
        #[cfg(feature = "otlp")]
        let reload = match &traces {
            Some(Ok(traces)) => lines_and_traces(environment, level, writer, traces),
            _ => lines(environment, level, writer),
        };
        #[cfg(not(feature = "otlp"))]
        let reload = lines(environment, level, writer);
        #[cfg(feature = "otlp")]
        if let Some(Err(error)) = &traces {
            tracing::error!(%error, "no traces are sent: the collector of OTLP_ENDPOINT cannot be used");
        }
        Self {
            #[cfg(feature = "otlp")]
            _traces: traces.and_then(Result::ok),
            _guard: guard,
            control: Arc::new(Control { level: Mutex::new(level), reload, dropped }),
        }
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
        self.control.dropped.clone()
    }

    /// Changes the level.
    pub(crate) fn control(&self) -> Arc<Control> {
        self.control.clone()
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
