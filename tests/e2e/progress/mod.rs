//! Progress, as the contract has it in section 3 of its page about it.

mod calendar;
mod course;
mod made_up;
mod summary;
mod volume;
mod whole_history;

use course::Course;
