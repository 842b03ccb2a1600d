//! A store that keeps nothing but events and can be away, and a log that keeps its lines.

use std::{
    cell::RefCell,
    fmt::Write,
    sync::{Arc, Mutex, MutexGuard, Once},
};

use async_trait::async_trait;
use irontrack_domain::audit::AuditEvent;
use irontrack_ports::{
    RepositoryError, UnitOfWork, UnitOfWorkFactory,
    repo::{
        AccountRepository, AuditRepository, CatalogueRepository, ExerciseRepository, GrantRepository,
        IdempotencyRepository, ImportRepository, RoleRepository, SessionRepository, TrainingPlanRepository,
        TrainingSessionRepository, TrainingUnitRepository,
    },
};
use tracing::{
    Event, Metadata, Subscriber,
    field::{Field, Visit},
    span::{Attributes, Id, Record},
};

/// How a store behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Mood {
    /// It works.
    #[default]
    Well,
    /// There is no connection.
    Away,
    /// It refuses events.
    Full,
    /// It does not confirm a commit.
    Unsure,
}

#[derive(Debug, Default)]
struct State {
    mood: Mood,
    begun: usize,
    batches: Vec<Vec<AuditEvent>>,
}

/// A store of events.
#[derive(Debug, Clone, Default)]
pub(crate) struct FakeUnits(Arc<Mutex<State>>);

impl FakeUnits {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap()
    }

    pub(crate) fn set(&self, mood: Mood) {
        self.state().mood = mood;
    }

    /// How many units of work were asked for.
    pub(crate) fn begun(&self) -> usize {
        self.state().begun
    }

    /// What was committed, commit by commit.
    pub(crate) fn batches(&self) -> Vec<Vec<AuditEvent>> {
        self.state().batches.clone()
    }
}

#[async_trait]
impl UnitOfWorkFactory for FakeUnits {
    async fn begin(&self) -> Result<Box<dyn UnitOfWork>, RepositoryError> {
        self.state().begun += 1;
        if self.state().mood == Mood::Away {
            return Err(RepositoryError::Unavailable("away".into()));
        }
        Ok(Box::new(FakeUnit { units: self.clone(), events: Vec::new() }))
    }
}

struct FakeUnit {
    units: FakeUnits,
    events: Vec<AuditEvent>,
}

#[async_trait]
impl UnitOfWork for FakeUnit {
    fn accounts(&mut self) -> Box<dyn AccountRepository + '_> {
        panic!("only events are kept here")
    }

    fn roles(&mut self) -> Box<dyn RoleRepository + '_> {
        panic!("only events are kept here")
    }

    fn sessions(&mut self) -> Box<dyn SessionRepository + '_> {
        panic!("only events are kept here")
    }

    fn catalogues(&mut self) -> Box<dyn CatalogueRepository + '_> {
        panic!("only events are kept here")
    }

    fn exercises(&mut self) -> Box<dyn ExerciseRepository + '_> {
        panic!("only events are kept here")
    }

    fn training_units(&mut self) -> Box<dyn TrainingUnitRepository + '_> {
        panic!("only events are kept here")
    }

    fn training_plans(&mut self) -> Box<dyn TrainingPlanRepository + '_> {
        panic!("only events are kept here")
    }

    fn training_sessions(&mut self) -> Box<dyn TrainingSessionRepository + '_> {
        panic!("only events are kept here")
    }

    fn grants(&mut self) -> Box<dyn GrantRepository + '_> {
        panic!("only events are kept here")
    }

    fn idempotency(&mut self) -> Box<dyn IdempotencyRepository + '_> {
        panic!("only events are kept here")
    }

    fn imports(&mut self) -> Box<dyn ImportRepository + '_> {
        panic!("only events are kept here")
    }

    fn audit(&mut self) -> Box<dyn AuditRepository + '_> {
        Box::new(self)
    }

    async fn announce(&mut self, _: &[String]) -> Result<(), RepositoryError> {
        unreachable!("audit events make no copy outdated")
    }

    async fn commit(self: Box<Self>) -> Result<(), RepositoryError> {
        if self.units.state().mood == Mood::Unsure {
            return Err(RepositoryError::Unavailable("not confirmed".into()));
        }
        self.units.state().batches.push(self.events);
        Ok(())
    }

    async fn rollback(self: Box<Self>) -> Result<(), RepositoryError> {
        Ok(())
    }
}

#[async_trait]
impl AuditRepository for &mut FakeUnit {
    async fn record(&mut self, events: &[AuditEvent]) -> Result<(), RepositoryError> {
        if self.units.state().mood == Mood::Full {
            return Err(RepositoryError::Unexpected("no space left".into()));
        }
        self.events.extend_from_slice(events);
        Ok(())
    }
}

thread_local! {
    static KEPT: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// The log lines of this thread, which is that of one test: level, target and fields.
#[derive(Debug)]
pub(crate) struct Lines;

impl Lines {
    /// Forgets the lines so far, and keeps those that come.
    pub(crate) fn keep() -> Self {
        // One for all threads: with one each, a thread without any could switch a line off for all others.
        static SUBSCRIBER: Once = Once::new();
        SUBSCRIBER.call_once(|| tracing::subscriber::set_global_default(Keeper).unwrap());
        KEPT.take();
        Self
    }

    /// The lines with that text in them.
    #[expect(clippy::unused_self, reason = "whoever asks has begun to keep them")]
    pub(crate) fn with(&self, text: &str) -> Vec<String> {
        KEPT.with_borrow(|lines| lines.iter().filter(|line| line.contains(text)).cloned().collect())
    }
}

struct Keeper;

impl Subscriber for Keeper {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut line = Line(format!("{} {}", event.metadata().level(), event.metadata().target()));
        event.record(&mut line);
        KEPT.with_borrow_mut(|lines| lines.push(line.0));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        write!(self.0, " {field}={value:?}").unwrap();
    }
}
