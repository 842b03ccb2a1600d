//! The full topology of `deploy`, as plain processes: proxy, two instances on unix sockets, PgBouncer in transaction mode,
//! PostgreSQL, and Valkey or Redis.

mod backup;
mod by_hand;
mod contract;
mod docs;
mod everything;
mod instances;
mod pooler;
mod proxy;
mod repositories;
