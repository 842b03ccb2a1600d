//! Training units, as the contract has them in its section 3.

mod amounts;
mod copying;
mod creating;
mod entries;
mod limits;
mod listing;
mod ordering;
mod races;
mod reading;
mod replacing;
mod rules;
mod updating;
