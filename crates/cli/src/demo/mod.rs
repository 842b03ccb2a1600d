//! `irontrack demo`.

mod seed;

pub use seed::seed;
