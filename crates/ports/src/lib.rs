//! Traits between IronTrack's use cases and the outside world.
//!
//! * [`UnitOfWork`] and the repositories in [`repo`] change things, inside one transaction.
//! * The traits in [`query`] read, one statement a method, outside any transaction.
//! * [`Charts`] draws what was read.
//! * [`DemoStore`] writes made-up training data, much at once.
//! * [`TrainingLogMemory`] remembers what was computed from much.
//! * [`Cache`], [`InvalidationChannel`], [`Clock`], [`PasswordHasher`], [`PasswordStrength`], [`RateLimiter`] and [`TokenIssuer`] are what
//!   else a use case needs.
//!
//! All traits are object safe. Adapters are wired as `Arc<dyn …>` by the binary. With the feature `testing` this crate
//! also holds the contract suites ([`testing`]) that every adapter of a port must pass.

mod cache;
mod chart;
mod clock;
mod demo;
mod error;
mod hasher;
mod invalidation;
mod page;
pub mod query;
mod rate_limit;
pub mod repo;
mod strength;
pub mod tally;
#[cfg(feature = "testing")]
pub mod testing;
mod tokens;
mod training_log_memory;
mod unit_of_work;

pub use cache::{Cache, CacheError, FillTicket, Lookup};
pub use chart::{ChartError, ChartPoint, ChartSize, ChartTheme, Charts, DayActivity, DayMeasure, LineChart, YearChart};
pub use clock::Clock;
pub use demo::{DemoAccount, DemoCounts, DemoStore};
pub use error::{Constraint, RepositoryError};
pub use hasher::{HashError, PasswordHash, PasswordHasher};
pub use invalidation::{ChannelError, Ear, InvalidationChannel, MAX_MESSAGE_BYTES};
pub use page::{Page, PageRequest, SortOrder};
pub use rate_limit::{RateLimit, RateLimitError, RateLimiter, Receipt, Taken};
pub use strength::{PasswordStrength, StrengthError};
pub use tokens::{AccessClaims, IssuedTokens, RefreshClaims, TokenError, TokenIssuer};
pub use training_log_memory::{RememberedLog, RememberedRecords, TrainingLogMemory};
pub use unit_of_work::{UnitOfWork, UnitOfWorkFactory};
