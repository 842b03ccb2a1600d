//! The numbers as text, in the form of `OpenMetrics`.

use std::fmt;

use irontrack_ports::tally::{self, Histogram};
use prometheus_client::{
    collector::Collector,
    encoding::{DescriptorEncoder, EncodeMetric, MetricEncoder, NoLabelSet, text::encode},
    metrics::{MetricType, counter::ConstCounter, gauge::ConstGauge},
    registry::Registry,
};

use super::{Board, process};

/// Labels with their values.
type Labels<'a> = Vec<(&'a str, &'a str)>;

/// Everything as it is now.
pub(super) fn text(board: &Board) -> Result<String, fmt::Error> {
    let mut registry = Registry::default();
    registry.register_collector(Box::new(board.clone()));
    let mut text = String::new();
    encode(&mut text, &registry)?;
    Ok(text)
}

impl Collector for Board {
    fn encode(&self, encoder: DescriptorEncoder<'_>) -> fmt::Result {
        let mut page = Page(encoder);
        requests(self, &mut page)?;
        pool(self, &mut page)?;
        hashes(self, &mut page)?;
        for family in tally::COUNTERS {
            let mut metric = page.begin(family.name, family.help, MetricType::Counter)?;
            for (values, counter) in &family.series {
                let labels: Labels<'_> = family.labels.iter().copied().zip(values.iter().copied()).collect();
                ConstCounter::new(counter.get()).encode(metric.encode_family(&labels)?)?;
            }
        }
        for alone in tally::COUNTERS_ALONE {
            page.counter(alone.name, alone.help, alone.number.get())?;
        }
        for family in tally::GAUGES {
            let mut metric = page.begin(family.name, family.help, MetricType::Gauge)?;
            for (values, gauge) in &family.series {
                let labels: Labels<'_> = family.labels.iter().copied().zip(values.iter().copied()).collect();
                ConstGauge::new(gauge.get()).encode(metric.encode_family(&labels)?)?;
            }
        }
        page.counter(
            "irontrack_log_lines_dropped",
            "Lines of the log that found no room in its queue",
            self.log.dropped_lines(),
        )?;
        let mut build =
            page.begin("irontrack_build_info", "Always 1; the version is in the label", MetricType::Gauge)?;
        ConstGauge::new(1_i64).encode(build.encode_family(&vec![("version", self.version)])?)?;
        of_process(&mut page)
    }
}

fn requests(board: &Board, page: &mut Page<'_>) -> fmt::Result {
    let help = "Requests that were answered, by route as the OpenAPI document has it";
    let mut metric = page.begin("irontrack_http_requests", help, MetricType::Counter)?;
    for answered in board.traffic.answers() {
        let labels = vec![("method", answered.method), ("route", answered.route), ("status", &*answered.status)];
        ConstCounter::new(answered.requests).encode(metric.encode_family(&labels)?)?;
    }
    let help = "How long requests took until their answer began";
    let mut metric = page.begin("irontrack_http_request_duration_seconds", help, MetricType::Histogram)?;
    for took in board.traffic.times() {
        let labels = vec![("method", took.method), ("route", took.route)];
        histogram(metric.encode_family(&labels)?, took.times)?;
    }
    page.gauge("irontrack_http_requests_in_flight", "Requests that are being answered", board.traffic.in_flight())
}

fn pool(board: &Board, page: &mut Page<'_>) -> fmt::Result {
    let pool = board.pool.state();
    let waited = std::time::Duration::from_micros(pool.waited_microseconds).as_secs_f64();
    page.gauge("irontrack_database_pool_max", "The most connections to the database", pool.max.into())?;
    page.gauge("irontrack_database_pool_open", "Connections to the database", pool.open.into())?;
    page.gauge("irontrack_database_pool_in_use", "Connections that are in use", pool.in_use.into())?;
    let waiting = i64::try_from(pool.waiting).unwrap_or(i64::MAX);
    page.gauge("irontrack_database_pool_waiting", "Requests that wait for a connection", waiting)?;
    let help = "How connections were taken: without a wait, after one, or not in time";
    let mut metric = page.begin("irontrack_database_pool_checkouts", help, MetricType::Counter)?;
    for (result, count) in [("direct", pool.direct), ("waited", pool.waited), ("timed-out", pool.timed_out)] {
        ConstCounter::new(count).encode(metric.encode_family(&vec![("result", result)])?)?;
    }
    let metric = page.begin(
        "irontrack_database_pool_wait_seconds",
        "For how long requests have waited for connections together",
        MetricType::Counter,
    )?;
    ConstCounter::new(waited).encode(metric)
}

fn hashes(board: &Board, page: &mut Page<'_>) -> fmt::Result {
    let hashes = board.hashes.state();
    for (name, help, value) in [
        ("irontrack_password_hash_permits", "Passwords that may be hashed at the same time", hashes.permits),
        ("irontrack_password_hash_running", "Passwords that are being hashed", hashes.running),
        ("irontrack_password_hash_waiting", "Passwords that wait to be hashed", hashes.waiting),
        ("irontrack_password_hash_queue_limit", "The most passwords that may wait", hashes.limit),
    ] {
        page.gauge(name, help, i64::try_from(value).unwrap_or(i64::MAX))?;
    }
    Ok(())
}

fn of_process(page: &mut Page<'_>) -> fmt::Result {
    let Some(process) = process::own() else { return Ok(()) };
    let cpu = page.begin("process_cpu_seconds", "Time on processors", MetricType::Counter)?;
    ConstCounter::new(process.cpu_seconds).encode(cpu)?;
    let number = |value: u64| i64::try_from(value).unwrap_or(i64::MAX);
    page.gauge("process_resident_memory_bytes", "Memory in use", number(process.resident_bytes))?;
    page.gauge("process_open_fds", "Open files and sockets", number(process.open_files))?;
    if let Some(files) = process.max_files {
        page.gauge("process_max_fds", "The most open files and sockets", number(files))?;
    }
    page.gauge("process_start_time_seconds", "When it started, since 1970", number(process.start_seconds))
}

fn histogram(mut metric: MetricEncoder<'_>, times: &Histogram) -> fmt::Result {
    let buckets: Vec<(f64, u64)> =
        times.buckets().into_iter().map(|(end, count)| (end.unwrap_or(f64::MAX), count)).collect();
    let count = buckets.iter().map(|(_, count)| count).sum();
    metric.encode_histogram::<NoLabelSet>(times.seconds(), count, &buckets, None)
}

/// Where it is written.
struct Page<'a>(DescriptorEncoder<'a>);

impl Page<'_> {
    fn begin<'a>(&'a mut self, name: &'a str, help: &str, kind: MetricType) -> Result<MetricEncoder<'a>, fmt::Error> {
        self.0.encode_descriptor(name, help, None, kind)
    }

    fn counter(&mut self, name: &str, help: &str, value: u64) -> fmt::Result {
        ConstCounter::new(value).encode(self.begin(name, help, MetricType::Counter)?)
    }

    fn gauge(&mut self, name: &str, help: &str, value: i64) -> fmt::Result {
        ConstGauge::new(value).encode(self.begin(name, help, MetricType::Gauge)?)
    }
}
