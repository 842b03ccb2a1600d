//! Rows that queries and repositories read alike.

pub(crate) mod account;
pub(crate) mod audit;
pub(crate) mod catalogue;
pub(crate) mod exercise;
pub(crate) mod grant;
pub(crate) mod import;
pub(crate) mod session;
pub(crate) mod template;
pub(crate) mod training_log;
pub(crate) mod training_plan;
pub(crate) mod training_session;
pub(crate) mod training_unit;
