//! Rows that queries and repositories read alike.

pub(crate) mod account;
pub(crate) mod audit;
pub(crate) mod catalogue;
pub(crate) mod exercise;
pub(crate) mod session;
