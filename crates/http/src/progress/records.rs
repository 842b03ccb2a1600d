//! `GET /progress/records`.

use actix_web::{HttpResponse, get};
use irontrack_domain::ExerciseId;
use utoipa::IntoParams;
use uuid::Uuid;

use super::{Record, RecordList, parameters};
use crate::{
    body::{ready_json, to_json},
    call::{ActiveUser, Call, Input, Query, Read, RequestParts, Violations},
    problem::Problem,
};

/// Parameters of the list of records. Snake-case names work as well.
#[derive(IntoParams)]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
#[expect(dead_code, reason = "describes the parameters for the OpenAPI document; they are read one by one")]
pub(crate) struct RecordListQuery {
    /// Only those of this exercise.
    exercise_id: Option<Uuid>,
}

/// Of which exercise, if not of all.
#[derive(Debug)]
pub(crate) struct Asked(Option<ExerciseId>);

impl Input for Asked {
    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        let mut query = Query::parse(request.query);
        let exercise = parameters::exercise_id(&mut query, violations);
        query.refuse_others(violations);
        exercise.map(Self)
    }
}

/// Lists the records that stand
///
/// Of each exercise and kind the latest one. Exercises that are gone are listed by their name. Sets for warming up and
/// aborted sessions make no records. An edit or deletion anywhere in the history shows at once.
#[utoipa::path(
    tag = "Progress",
    operation_id = "ListRecords",
    params(RecordListQuery),
    security(("accessCookie" = [])),
    responses(
        (status = 200, description = "The records", body = RecordList),
        (
            status = 404,
            description = "There is no such exercise that the caller may read or has trained",
            body = crate::problem::ProblemBody<'_>,
        ),
    )
)]
#[get("/records")]
pub(crate) async fn list_records(call: Call<ActiveUser, Asked>) -> Result<HttpResponse, Problem> {
    let exercise = call.input.0;
    let render = |records: Vec<_>| {
        let records = records.into_iter().map(Record::from).collect();
        to_json(&RecordList { exercise_id: exercise.map(ExerciseId::uuid), records })
    };
    let records = call.state.progress.records(&call.caller, exercise, "progress-records.1", &render);
    Ok(ready_json(records.await?))
}

#[cfg(test)]
crate::call::any_query::reads_any_query!(Asked);
