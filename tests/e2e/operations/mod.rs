//! What operators see of a running server: numbers, and the level of its log.

mod deployed;
mod key_exchange;
mod log_level;
mod metrics;
mod scrape;
