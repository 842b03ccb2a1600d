//! Figures about a whole history: everybody's are their own, and nobody names another one.

use irontrack_tests::http::Request;

use super::{
    row::{Answer, Answers, Guard, Row},
    scene::{Scene, Target},
};

const OWN: &[(Target, Answers)] = &[(Target::Nothing, Answers::All(Answer { status: 200, detail: None }))];

const fn row(operation: &'static str, fill: fn(&Scene, Request) -> Request) -> Row {
    Row { operation, guard: Guard::Active, fill, answers: OWN }
}

pub(super) const WHOLE_HISTORY: &[Row] =
    &[row("GetVolume", plain), row("GetCalendar", year), row("GetCalendarChart", year), row("GetSummary", plain)];

fn plain(_: &Scene, request: Request) -> Request {
    request
}

fn year(_: &Scene, request: Request) -> Request {
    request.query("year", "2026")
}
