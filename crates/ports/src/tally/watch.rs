//! Parts that know at any time how full they are.

/// How a pool of database connections is doing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PoolState {
    /// The most connections.
    pub max: u32,
    /// Connections that are open.
    pub open: u32,
    /// Those of them that are on loan.
    pub in_use: u32,
    /// Who waits for one now.
    pub waiting: u64,
    /// Who has got one without a wait, since the start.
    pub direct: u64,
    /// Who has got one after a wait, since the start.
    pub waited: u64,
    /// Who has waited in vain, since the start.
    pub timed_out: u64,
    /// For how long all of them have waited together, in microseconds.
    pub waited_microseconds: u64,
}

/// A pool that can be looked at. Looking costs no connection.
pub trait PoolWatch: Send + Sync {
    /// How it is doing now.
    fn state(&self) -> PoolState;
}

/// How the queue before password hashing is doing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct HashQueueState {
    /// Hashes that may be computed at the same time.
    pub permits: usize,
    /// Those that are computed now.
    pub running: usize,
    /// Who waits for a permit now.
    pub waiting: usize,
    /// The most who may wait.
    pub limit: usize,
}

/// A queue that can be looked at.
pub trait HashQueueWatch: Send + Sync {
    /// How it is doing now.
    fn state(&self) -> HashQueueState;
}
