//! Load: threads that send requests one after the other and write down every answer.

use std::{
    collections::BTreeMap,
    fmt,
    sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    thread::JoinHandle,
    time::{Duration, Instant},
};

use crate::http::{Client, Request, Response};

/// Load that is going on.
#[derive(Debug)]
pub struct Load {
    started: Instant,
    /// Dropped to tell the threads that it is over.
    stop: Vec<Sender<()>>,
    threads: Vec<JoinHandle<Vec<Sample>>>,
}

/// What one thread does again and again.
pub struct Job {
    /// The server: `http://host:port`.
    address: String,
    /// How long the thread rests each time.
    pause: Duration,
    act: Box<dyn FnMut(&mut Caller) + Send>,
}

/// Sends the requests of one job.
#[derive(Debug)]
pub struct Caller {
    client: Client,
    address: String,
    started: Instant,
    samples: Vec<Sample>,
}

/// One request and its answer.
#[derive(Debug, Clone)]
pub struct Sample {
    /// What was asked for.
    pub what: &'static str,
    /// When it was sent, counted from the start of the load.
    pub began: Duration,
    /// How long the whole answer took.
    pub took: Duration,
    /// The answer.
    pub outcome: Outcome,
}

/// How a request ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// With an answer.
    Answer {
        /// Its status.
        status: u16,
        /// When it says to come back.
        retry_after: Option<String>,
    },
    /// Without one.
    Lost(String),
    /// With an answer that is wrong.
    Wrong(String),
}

impl Job {
    /// A job on the server at that address.
    pub fn new(address: &str, pause: Duration, act: impl FnMut(&mut Caller) + Send + 'static) -> Self {
        Self { address: address.to_owned(), pause, act: Box::new(act) }
    }
}

impl fmt::Debug for Job {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Job").field("address", &self.address).finish_non_exhaustive()
    }
}

impl Caller {
    /// Sends a request and writes the answer down.
    pub fn send(&mut self, what: &'static str, request: &Request) -> Option<Response> {
        let begin = Instant::now();
        let answer = self.client.send(&self.address, request);
        let took = begin.elapsed();
        let outcome = match &answer {
            Ok(answer) => {
                Outcome::Answer { status: answer.status, retry_after: answer.header("retry-after").map(str::to_owned) }
            }
            Err(error) => Outcome::Lost(error.to_string()),
        };
        self.samples.push(Sample { what, began: begin.duration_since(self.started), took, outcome });
        answer.ok()
    }

    /// The latest answer was wrong.
    pub fn complain(&mut self, how: String) {
        if let Some(latest) = self.samples.last_mut() {
            latest.outcome = Outcome::Wrong(how);
        }
    }
}

impl Load {
    /// Starts a thread for each job.
    #[must_use]
    pub fn start(jobs: Vec<Job>) -> Self {
        let started = Instant::now();
        let (stop, threads) = jobs
            .into_iter()
            .map(|job| {
                let (stop, stopped) = channel();
                (stop, std::thread::spawn(move || run(job, started, &stopped)))
            })
            .unzip();
        Self { started, stop, threads }
    }

    /// How long it has been going on.
    #[must_use]
    pub fn now(&self) -> Duration {
        self.started.elapsed()
    }

    /// Lets all threads finish, and answers what they have written down.
    #[must_use]
    pub fn stop(self) -> Samples {
        drop(self.stop);
        let threads = self.threads.into_iter();
        Samples(threads.flat_map(|thread| thread.join().expect("a job does not panic")).collect())
    }
}

fn run(job: Job, started: Instant, stopped: &Receiver<()>) -> Vec<Sample> {
    let Job { address, pause, mut act } = job;
    let mut caller = Caller { client: Client::new(), address, started, samples: Vec::new() };
    while stopped.recv_timeout(pause) == Err(RecvTimeoutError::Timeout) {
        act(&mut caller);
    }
    caller.samples
}

/// What was written down.
#[derive(Debug, Clone)]
pub struct Samples(pub Vec<Sample>);

impl Samples {
    /// Those that were sent in that time.
    #[must_use]
    pub fn between(&self, from: Duration, to: Duration) -> Self {
        self.filter(|sample| from <= sample.began && sample.began < to)
    }

    /// Those that asked for that.
    #[must_use]
    pub fn of(&self, what: &str) -> Self {
        self.filter(|sample| sample.what == what)
    }

    /// Those for which it holds.
    #[must_use]
    pub fn filter(&self, holds: impl Fn(&Sample) -> bool) -> Self {
        Self(self.0.iter().filter(|sample| holds(sample)).cloned().collect())
    }

    /// The time below which so many of a thousand answers took; nothing without answers.
    #[must_use]
    pub fn per_mille(&self, mille: usize) -> Duration {
        let mut times: Vec<_> = self.0.iter().map(|sample| sample.took).collect();
        times.sort_unstable();
        let place = (times.len() * mille).div_ceil(1000).saturating_sub(1);
        times.get(place).copied().unwrap_or_default()
    }

    /// The longest time.
    #[must_use]
    pub fn slowest(&self) -> Duration {
        self.0.iter().map(|sample| sample.took).max().unwrap_or_default()
    }

    /// Panics with the first samples for which it does not hold.
    pub fn assert_all(&self, what: &str, holds: impl Fn(&Sample) -> bool) {
        let broken: Vec<_> = self.0.iter().filter(|sample| !holds(sample)).collect();
        let shown: Vec<_> = broken.iter().take(10).map(|sample| format!("{sample:?}")).collect();
        let shown = shown.join("\n");
        assert!(broken.is_empty(), "{what}: {} of {} are not:\n{shown}", broken.len(), self.0.len());
    }
}

impl Sample {
    /// The status, if there was a right answer.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match &self.outcome {
            Outcome::Answer { status, .. } => Some(*status),
            Outcome::Lost(_) | Outcome::Wrong(_) => None,
        }
    }

    /// Whether it was refused for the moment, and told when to come back.
    #[must_use]
    pub fn is_refused_for_now(&self) -> bool {
        matches!(&self.outcome, Outcome::Answer { status: 429 | 503, retry_after: Some(_) })
    }
}

/// How many there are of each status, and how long they took.
impl fmt::Display for Samples {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
        for sample in &self.0 {
            let kind = match &sample.outcome {
                Outcome::Answer { status, .. } => status.to_string(),
                Outcome::Lost(_) => "lost".to_owned(),
                Outcome::Wrong(_) => "wrong".to_owned(),
            };
            *kinds.entry(kind).or_default() += 1;
        }
        let kinds: Vec<_> = kinds.iter().map(|(kind, count)| format!("{count}x{kind}")).collect();
        let [half, most] = [500, 990].map(|mille| self.per_mille(mille).as_secs_f64() * 1000.0);
        let slowest = self.slowest().as_secs_f64() * 1000.0;
        write!(formatter, "{}; p50 {half:.1} ms, p99 {most:.1} ms, max {slowest:.0} ms", kinds.join(" "))
    }
}
