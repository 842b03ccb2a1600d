//! Traces: a span for each request, sent to a collector by OTLP over HTTP. Only with the feature `otlp`.
//!
//! A request leaves its span in a bounded queue; a thread of its own sends what is there every few seconds. What finds no
//! room, and what the collector does not take, is lost, and the log says how much.

use std::{
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use async_trait::async_trait;
use irontrack_http::TRACES;
use opentelemetry::{KeyValue, trace::TracerProvider};
use opentelemetry_http::{Bytes, HttpClient, HttpError, Request, Response};
use opentelemetry_otlp::{ExporterBuildError, Protocol, SpanExporter, WithExportConfig, WithHttpConfig};
use opentelemetry_sdk::{
    Resource,
    error::OTelSdkResult,
    trace::{BatchConfigBuilder, BatchSpanProcessor, Sampler, SdkTracerProvider, SpanData, SpanExporter as Exports},
};
use tracing::level_filters::LevelFilter;
use tracing_subscriber::{Layer, filter::Targets, registry::LookupSpan};

/// Spans that wait to be sent.
const QUEUE: usize = 8192;

/// How many are sent at once.
const BATCH: usize = 512;

/// How long they wait for each other.
const DELAY: Duration = Duration::from_secs(2);

/// How long the collector may take, also when the server stops.
const PATIENCE: Duration = Duration::from_secs(3);

/// How often the log says what was lost.
const TOLD_EVERY: Duration = Duration::from_secs(60);

/// Sends what is left when it is dropped.
#[derive(Debug)]
pub(crate) struct Traces(SdkTracerProvider);

impl Traces {
    /// Starts to send to the collector at that address, such as `http://127.0.0.1:4318`.
    ///
    /// # Errors
    /// The address cannot be one of a collector.
    pub(crate) fn to(endpoint: &str) -> Result<Self, ExporterBuildError> {
        let agent = ureq::Agent::config_builder().timeout_global(Some(PATIENCE)).http_status_as_error(false).build();
        let exporter = SpanExporter::builder()
            .with_http()
            .with_http_client(Client(agent.into()))
            .with_protocol(Protocol::HttpBinary)
            .with_endpoint(format!("{endpoint}/v1/traces"))
            .with_timeout(PATIENCE)
            .build()?;
        let config = BatchConfigBuilder::default()
            .with_max_queue_size(QUEUE)
            .with_max_export_batch_size(BATCH)
            .with_scheduled_delay(DELAY)
            .build();
        let processor = BatchSpanProcessor::builder(Counted::new(exporter)).with_batch_config(config).build();
        // Nothing of the environment: neither its variables nor the names of machine and user.
        let resource = Resource::builder_empty()
            .with_service_name("irontrack")
            .with_attribute(KeyValue::new("service.version", env!("CARGO_PKG_VERSION")))
            .build();
        let provider = SdkTracerProvider::builder()
            .with_span_processor(processor)
            .with_sampler(Sampler::AlwaysOn)
            .with_resource(resource)
            .build();
        Ok(Self(provider))
    }

    /// Takes the spans that are meant for a collector, and neither other ones nor lines of the log, which may name people.
    pub(crate) fn layer<S>(&self) -> impl Layer<S> + Send + Sync + use<S>
    where
        S: tracing::Subscriber + for<'a> LookupSpan<'a> + Send + Sync,
    {
        tracing_opentelemetry::layer()
            .with_tracer(self.0.tracer("irontrack"))
            .with_location(false)
            .with_threads(false)
            .with_tracked_inactivity(false)
            .with_level(false)
            .with_target(false)
            .with_filter(Targets::new().with_target(TRACES, LevelFilter::INFO))
    }
}

impl Drop for Traces {
    fn drop(&mut self) {
        if let Err(error) = self.0.shutdown_with_timeout(PATIENCE) {
            tracing::warn!(%error, "the last traces were not sent");
        }
    }
}

/// Counts what the collector does not take, and says so once in a while instead of every time.
#[derive(Debug)]
struct Counted<E> {
    exporter: E,
    lost: AtomicUsize,
    told: Mutex<Option<Instant>>,
}

impl<E> Counted<E> {
    fn new(exporter: E) -> Self {
        Self { exporter, lost: AtomicUsize::new(0), told: Mutex::new(None) }
    }

    fn is_worth_a_line(&self) -> bool {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let is_due = told.is_none_or(|told| told.elapsed() >= TOLD_EVERY);
        if is_due {
            *told = Some(Instant::now());
        }
        is_due
    }
}

impl<E: Exports> Exports for Counted<E> {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        let spans = batch.len();
        if let Err(error) = self.exporter.export(batch).await {
            let total = self.lost.fetch_add(spans, Ordering::Relaxed) + spans;
            if self.is_worth_a_line() {
                tracing::warn!(spans, total, %error, "spans were lost: the collector did not take them");
            }
        }
        Ok(())
    }

    fn shutdown_with_timeout(&self, timeout: Duration) -> OTelSdkResult {
        let total = self.lost.load(Ordering::Relaxed);
        if total > 0 {
            tracing::warn!(total, "spans were lost since the start: the collector did not take them");
        }
        self.exporter.shutdown_with_timeout(timeout)
    }

    fn force_flush(&self) -> OTelSdkResult {
        self.exporter.force_flush()
    }

    fn set_resource(&mut self, resource: &Resource) {
        self.exporter.set_resource(resource);
    }
}

/// Sends over HTTP without TLS, and waits: only the thread that sends does.
#[derive(Debug)]
struct Client(ureq::Agent);

#[async_trait]
impl HttpClient for Client {
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let (parts, mut body) = self.0.run(request.map(|body| body.to_vec()))?.into_parts();
        // What it says about spans that it did not like is short.
        let said = body.with_config().limit(64 * 1024).read_to_vec()?;
        Ok(Response::from_parts(parts, said.into()))
    }
}
