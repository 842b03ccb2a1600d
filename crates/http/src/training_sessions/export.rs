//! `GET /training-sessions/export.csv`.

use actix_web::{
    HttpResponse, get,
    http::header::{CONTENT_DISPOSITION, HeaderValue},
    web::Bytes,
};
use futures_util::{StreamExt, stream};
use irontrack_application::{ExportPart, ExportPlace};
use irontrack_interchange::{CsvShape, SessionWriter};
use utoipa::{IntoParams, ToSchema};

use crate::{
    call::{ActiveUser, Call, Input, Query, Read, RequestParts, Violations},
    export::next_part,
    problem::Problem,
};

const SHAPES: [(&str, CsvShape); 2] = [("hevy", CsvShape::Hevy), ("strong", CsvShape::Strong)];

/// Parameters of the export of training sessions.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the parameters for the OpenAPI document; they are read one by one")]
pub(crate) struct TrainingSessionExportQuery {
    /// Which app the file is to look like.
    #[param(inline, default = "hevy")]
    format: Option<CsvShapeName>,
}

/// Whose files ours look like.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
#[expect(dead_code, reason = "describes the parameter for the OpenAPI document")]
pub(crate) enum CsvShapeName {
    Hevy,
    Strong,
}

/// What the file is to look like.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct CsvExport {
    shape: CsvShape,
}

impl Input for CsvExport {
    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        let mut query = Query::parse(request.query);
        let shape = query.choice(("format", "format"), "enum", &SHAPES, violations);
        query.refuse_others(violations);
        Ok(Self { shape: shape?.unwrap_or(CsvShape::Hevy) })
    }
}

/// Exports one's own training sessions as CSV
///
/// A row for each set, by start, in the form of another app, so that its readers can be used. Weights are kilograms, distances
/// kilometres (`hevy`) or metres (`strong`), times those of the clocks of the session. In the form of Hevy, times are exact
/// to the minute and notes of sets stand with those of their exercise; in that of Strong 0 means that nothing was given.
/// Sessions that were aborted or are in progress, exercises without sets, plans and targets are left out: `GET
/// /access/export` has everything. A cell that a spreadsheet would take for a formula begins with an apostrophe. The file is
/// written while it is read: if something fails in the middle, the connection is cut. As many exports are sent at once as by
/// `GET /access/export`; more are refused with 503.
#[utoipa::path(
    tag = "Training Sessions",
    operation_id = "ExportTrainingSessions",
    params(TrainingSessionExportQuery),
    security(("accessCookie" = [])),
    responses((
        status = 200,
        description = "The sessions that are completed",
        content_type = "text/csv",
        body = String,
        example = "title,start_time,end_time,description,exercise_title,superset_id,exercise_notes,set_index,set_type,\
            weight_kg,reps,distance_km,duration_seconds,rpe\n\
            Full Body A,\"28 Nov 2026, 18:30\",\"28 Nov 2026, 19:41\",,Barbell Back Squat,,,0,normal,82.5,8,,,8.5\n"
    ))
)]
#[get("/export.csv")]
pub(crate) async fn export_training_sessions(call: Call<ActiveUser, CsvExport>) -> Result<HttpResponse, Problem> {
    let Call { caller, state, input, .. } = call;
    let owner = caller.user_id;
    let turn = state.export.begin(owner)?;
    let mut start = Vec::new();
    let mut writer = SessionWriter::begin(input.shape, &mut start).map_err(|error| unwritten(&error))?;
    // The first part is read before anything is answered: a database that is away is a 503 and no broken file.
    let mut place = ExportPlace::Sessions(None);
    if let Some((part, next)) = state.export.part(owner, place).await? {
        start.extend(rows(&mut writer, &part)?);
        place = next;
    }
    let rest = stream::try_unfold((writer, place, turn), move |(mut writer, place, turn)| {
        let state = state.clone();
        async move {
            let Some((part, next)) = next_part(&state.export, owner, place, &turn).await? else { return Ok(None) };
            let rows = rows(&mut writer, &part)?;
            Ok::<_, Problem>(Some((Bytes::from(rows), (writer, next, turn))))
        }
    });
    let start = stream::once(async { Ok(Bytes::from(start)) });
    let file = HeaderValue::from_static("attachment; filename=\"training-sessions.csv\"");
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((CONTENT_DISPOSITION, file))
        .streaming(start.chain(rest)))
}

/// The rows of a part of the export.
fn rows(writer: &mut SessionWriter, part: &ExportPart) -> Result<Vec<u8>, Problem> {
    let mut out = Vec::new();
    if let ExportPart::Sessions(sessions) = part {
        for session in sessions {
            writer.write(session, &mut out).map_err(|error| unwritten(&error))?;
        }
    }
    Ok(out)
}

/// Nothing can be wrong with writing into memory.
fn unwritten(error: &std::io::Error) -> Problem {
    Problem::internal(format!("rows were not written: {error}"))
}

#[cfg(test)]
crate::call::any_query::reads_any_query!(CsvExport);

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::call::read_request;

    fn shape(query: &str) -> Result<CsvExport, Vec<String>> {
        read_request(&[], query, None, DateTime::UNIX_EPOCH)
    }

    #[test]
    fn files_look_like_those_of_hevy_unless_something_else_is_said() {
        assert_eq!(shape(""), Ok(CsvExport { shape: CsvShape::Hevy }));
        assert_eq!(shape("format=strong"), Ok(CsvExport { shape: CsvShape::Strong }));
        assert_eq!(shape("format=xlsx"), Err(vec!["enum ?format".to_owned()]));
        assert_eq!(shape("format=hevy&from=1"), Err(vec!["extra_forbidden ?from".to_owned()]));
    }
}
