//! How the rows of each app are read.

mod hevy;
mod numbers;
mod strong;
mod units;

pub(crate) use hevy::Hevy;
pub(crate) use strong::Strong;
