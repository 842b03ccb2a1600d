//! The schedule of a training plan.

pub(super) mod add;
pub(super) mod delete;
pub(super) mod place;
pub(super) mod replace;
