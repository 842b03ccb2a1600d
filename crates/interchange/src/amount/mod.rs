//! Numbers with a unit, read exactly.
//!
//! A pound is 0.45359237 kg and a mile 1.609344 km by definition. What was read is kept to the gram and to the metre, half of
//! one rounded up.

mod decimal;
mod unit;

pub(crate) use decimal::Decimal;
pub use unit::{DistanceUnit, WeightUnit};
