//! The log and the records among questions and writes at the same time.

use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU32, Ordering};

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use irontrack_domain::{
    SessionSetId, TimeZone, TrainingSessionId, UserId,
    progress::{Contender, Effort, LoggedSession, LoggedSet, Period, Point, RecordKind, TrainedExercise, Work},
    training::{
        Volume, Weight,
        session::{Metric, SetType},
    },
};
use irontrack_memory_adapter::{MemoryCache, MemoryTrainingLogs};
use irontrack_ports::{
    ChartError, LineChart, YearChart,
    query::{
        CurrentName, ExerciseContenders, KnownLog, LogNews, PointFilter, PointsAndContenders, PreviousSession,
        RecordFilter,
    },
};
use uuid::Uuid;

use super::*;

mod written_once;

const OWNER: UserId = UserId::new(Uuid::nil());
const EXERCISE: ExerciseId = ExerciseId::new(Uuid::nil());

/// A history with as many sessions as its version says, each heavier than all before.
#[derive(Default)]
struct Stored {
    version: AtomicI64,
    /// Before how many more statements somebody stores a session; the first read of a log comes after all that.
    writes: AtomicI64,
    /// Whether the exercise has got another name, which moves no version.
    is_renamed: AtomicBool,
    reads: Reads,
}

/// What was asked.
#[derive(Debug, Default)]
struct Reads {
    whole_logs: AtomicU32,
    known_logs: AtomicU32,
    contenders: AtomicU32,
}

impl Reads {
    fn counts(&self) -> [u32; 3] {
        [&self.whole_logs, &self.known_logs, &self.contenders].map(|count| count.load(Ordering::SeqCst))
    }
}

impl Stored {
    /// The version that a statement finds.
    fn version(&self) -> HistoryVersion {
        let is_first = self.reads.counts() == [0; 3];
        if !is_first && self.writes.load(Ordering::SeqCst) > 0 {
            self.writes.fetch_sub(1, Ordering::SeqCst);
            self.version.fetch_add(1, Ordering::SeqCst);
        }
        HistoryVersion { writes: self.version.load(Ordering::SeqCst), lost_exercises: 0 }
    }
}

fn start(session: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(session)
}

fn id(session: i64) -> TrainingSessionId {
    TrainingSessionId::new(Uuid::from_u128(session.unsigned_abs().into()))
}

/// What the exercise is now.
fn trained(name: &str) -> TrainedExercise {
    TrainedExercise {
        id: Some(EXERCISE),
        name: name.to_owned(),
        category: None,
        primary_muscles: Vec::new(),
        secondary_muscles: Vec::new(),
    }
}

fn log(sessions: i64) -> TrainingLog {
    let session = |number| LoggedSession {
        id: id(number),
        start: start(number),
        date: start(number).date_naive(),
        duration_seconds: None,
        unit_name: None,
    };
    let work = (0..).take(usize::try_from(sessions).unwrap());
    let work = work.map(|session| Work { session, effort: Effort { sets: 1, ..Effort::default() } }).collect();
    TrainingLog::new((0..sessions).map(session).collect(), [(trained("New name"), work)], None)
}

fn contenders(sessions: i64) -> ExerciseContenders {
    let set = |number: i64| LoggedSet {
        id: SessionSetId::new(number),
        weight: Weight::from_grams(1000 * (1 + u32::try_from(number).unwrap())),
        metric: Some(Metric::Reps(5)),
        set_type: SetType::Working,
        rpe: None,
    };
    let session = |number| Contender {
        session_id: id(number),
        start: start(number),
        zone: TimeZone::parse("UTC").unwrap(),
        is_baseline: number == 0,
        sets: vec![set(number)],
        volume: Volume::ZERO,
    };
    let sessions = (0..sessions).map(session).collect();
    ExerciseContenders { exercise: Some(EXERCISE), name: "Old name".to_owned(), sessions }
}

fn nobody_asks<T>() -> Result<T, RepositoryError> {
    Err(RepositoryError::Unexpected("this is not asked".into()))
}

#[async_trait]
impl TrainingLogQueries for Stored {
    async fn training_log(&self, _: UserId, known: Option<&KnownLog>) -> Result<LogNews, RepositoryError> {
        let version = Self::version(self);
        let is_known = known.is_some_and(|known| known.version == version);
        let reads = if is_known { &self.reads.known_logs } else { &self.reads.whole_logs };
        reads.fetch_add(1, Ordering::SeqCst);
        // Whoever asks at the same time comes here meanwhile.
        for _ in 0..20 {
            tokio::task::yield_now().await;
        }
        Ok(if is_known {
            let is_renamed = self.is_renamed.load(Ordering::SeqCst);
            LogNews::Exercises(is_renamed.then(|| trained("Newest name")).into_iter().collect())
        } else {
            LogNews::Log(Figures { version, value: log(version.writes) })
        })
    }
}

#[async_trait]
impl ProgressQueries for Stored {
    async fn version_and_names(
        &self,
        _: UserId,
        exercises: &[ExerciseId],
    ) -> Result<Figures<Vec<CurrentName>>, RepositoryError> {
        let names = exercises.iter().map(|exercise| (*exercise, "New name".to_owned()));
        Ok(Figures { version: Self::version(self), value: names.collect() })
    }

    async fn version_and_exercise(
        &self,
        _: UserId,
        _: ExerciseId,
    ) -> Result<Figures<Option<KnownExercise>>, RepositoryError> {
        nobody_asks()
    }

    async fn trained(&self, _: UserId, _: &str, _: Option<&str>) -> Result<Option<ExerciseId>, RepositoryError> {
        nobody_asks()
    }

    async fn version_and_session(
        &self,
        _: UserId,
        _: TrainingSessionId,
    ) -> Result<Figures<Option<Vec<CurrentName>>>, RepositoryError> {
        nobody_asks()
    }

    async fn points(&self, _: &PointFilter) -> Result<Figures<Vec<(TimeZone, Point)>>, RepositoryError> {
        nobody_asks()
    }

    async fn contenders(&self, _: &RecordFilter) -> Result<Figures<Vec<ExerciseContenders>>, RepositoryError> {
        let version = Self::version(self);
        self.reads.contenders.fetch_add(1, Ordering::SeqCst);
        Ok(Figures { version, value: vec![contenders(version.writes)] })
    }

    async fn points_and_contenders(
        &self,
        _: &PointFilter,
        _: &RecordFilter,
    ) -> Result<Figures<PointsAndContenders>, RepositoryError> {
        nobody_asks()
    }

    async fn previous(
        &self,
        _: UserId,
        _: ExerciseId,
    ) -> Result<(Option<KnownExercise>, Option<PreviousSession>), RepositoryError> {
        nobody_asks()
    }
}

/// Draws years as the number of their days with sessions, and counts them.
#[derive(Default)]
struct Pencil {
    years: AtomicU32,
}

impl Charts for Pencil {
    fn line(&self, _: &LineChart) -> Result<String, ChartError> {
        Err(ChartError("this is not asked".to_owned()))
    }

    fn year(&self, chart: &YearChart) -> Result<String, ChartError> {
        self.years.fetch_add(1, Ordering::SeqCst);
        Ok(chart.days.len().to_string())
    }
}

/// A clock that stands still.
struct Stopped;

impl Clock for Stopped {
    fn now(&self) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH
    }
}

/// Somebody has stored so many sessions, and will store more between the statements that follow.
fn scene(sessions: i64, writes: i64) -> (Arc<Stored>, Progress) {
    scene_with(sessions, writes, Arc::default())
}

fn scene_with(sessions: i64, writes: i64, pencil: Arc<Pencil>) -> (Arc<Stored>, Progress) {
    let stored = Arc::new(Stored { version: sessions.into(), writes: writes.into(), ..Stored::default() });
    let copies = Copies::new(Arc::new(MemoryCache::new(0)), Some(Arc::new(MemoryCache::new(1 << 20))), Vec::new());
    let logs = Arc::new(MemoryTrainingLogs::new(1 << 20));
    let progress = Progress::new(stored.clone(), Arc::new(copies), logs, pencil, Arc::new(Stopped));
    (stored, progress)
}

/// The sessions in a summary, and the greatest weights in it.
async fn summary(progress: &Progress) -> (u64, usize) {
    let show = |SummaryFigures { summary, records }: SummaryFigures<'_>| {
        let weights = records.iter().filter(|record| record.record.kind == RecordKind::MaxWeight);
        (summary.sessions, weights.count())
    };
    progress.summary(OWNER, Period::default(), show).await.unwrap()
}

#[tokio::test]
async fn a_log_and_its_records_are_read_once() {
    let (stored, progress) = scene(10, 0);
    for _ in 0..3 {
        assert_eq!(summary(&progress).await, (10, 9), "all but the first session set a record");
    }
    assert_eq!(stored.reads.counts(), [1, 2, 1]);
}

#[tokio::test]
async fn a_summary_is_about_one_state_of_the_history() {
    let (stored, progress) = scene(10, 1);
    assert_eq!(summary(&progress).await, (11, 10), "a session was stored between log and records");
    assert_eq!(stored.reads.counts(), [2, 0, 1], "the log is read again");
    assert_eq!(summary(&progress).await, (11, 10));
    assert_eq!(stored.reads.counts(), [2, 1, 1], "the records were kept with it");
    let (stored, progress) = scene(10, 2);
    let (sessions, records) = summary(&progress).await;
    assert_eq!((sessions, records), (12, 11), "and another one before the log was read again");
    assert_eq!(stored.reads.counts(), [2, 0, 2]);
}

#[tokio::test]
async fn whoever_writes_on_and_on_is_answered() {
    let (stored, progress) = scene(10, 1000);
    summary(&progress).await;
    assert_eq!(stored.reads.counts(), [2, 0, 2]);
}

#[tokio::test]
async fn questions_at_once_read_a_whole_history_once() {
    let (stored, progress) = scene(10, 0);
    let ask = || async { progress.log(OWNER).await.unwrap().1.sessions().len() };
    let (first, second, third, fourth) = tokio::join!(ask(), ask(), ask(), ask());
    assert_eq!([first, second, third, fourth], [10; 4]);
    let [whole, known, _] = stored.reads.counts();
    assert_eq!((whole, known), (1, 1), "one reads, and one asks for the others whether that still holds");
}

#[tokio::test]
async fn a_summary_has_the_names_of_now() {
    let (_, progress) = scene(10, 0);
    let names = |SummaryFigures { summary, records }: SummaryFigures<'_>| {
        let of_most = summary.most_trained_exercises.iter().map(|most| most.exercise.name.clone());
        of_most.chain(records.into_iter().map(|record| record.name)).collect::<Vec<_>>()
    };
    let names = progress.summary(OWNER, Period::default(), names).await.unwrap();
    assert!(names.len() > 10 && names.iter().all(|name| name == "New name"), "{names:?}");
}
