//! `irontrack progress`.

mod show;

pub use show::show;
