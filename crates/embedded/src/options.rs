//! How a cluster is to run.

use std::path::PathBuf;
use std::time::Duration;

/// What a cluster survives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Durability {
    /// Committed data survives a crash of the machine.
    #[default]
    Safe,
    /// Faster, and a crash of the machine may destroy the cluster. For tests only.
    Throwaway,
}

impl Durability {
    /// The server settings that make the difference.
    pub(crate) fn settings(self) -> [(&'static str, &'static str); 3] {
        let value = match self {
            Self::Safe => "on",
            Self::Throwaway => "off",
        };
        [("fsync", value), ("synchronous_commit", value), ("full_page_writes", value)]
    }
}

/// Where a cluster is and how it runs.
#[derive(Debug, Clone)]
pub struct ClusterOptions {
    /// The data folder; made if it is missing.
    pub data_dir: PathBuf,
    /// What the data survives.
    pub durability: Durability,
    /// More server settings, as name and value. The settings that keep the cluster private, and those of
    /// [`Durability`], cannot be changed here.
    pub settings: Vec<(String, String)>,
    /// How long the server may take until it accepts connections; also how long a server that a killed process has
    /// left behind may take to end.
    pub start_timeout: Duration,
}

impl ClusterOptions {
    /// Options for a safe cluster in `data_dir` that has 30 seconds to start.
    #[must_use]
    pub fn new(data_dir: impl Into<PathBuf>) -> Self {
        Self {
            data_dir: data_dir.into(),
            durability: Durability::Safe,
            settings: Vec::new(),
            start_timeout: Duration::from_secs(30),
        }
    }
}
