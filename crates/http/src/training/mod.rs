//! What training units, plans and sessions have in common on the wire.

mod input;
mod names;
mod output;

pub(crate) use input::{distance, mode, notes, place, weight, whole};
pub(crate) use names::ModeName;
pub(crate) use output::{Kilograms, Kilometres, thousandths};
