//! `POST /imports`.

use std::fs::File;

use actix_web::{HttpResponse, post};
use irontrack_application::{
    Once,
    imports::{ImportFile, Importer},
};
use irontrack_domain::{TimeZone, import::ImportFormat};
use irontrack_interchange::{DistanceUnit, WeightUnit};
use utoipa::ToSchema;

use super::{PATH, dto, to_keep};
use crate::{
    answer,
    call::{ActiveUser, Body, BodyKind, Call, Input, Location, Read, RequestParts, Violations},
    problem::Problem,
};

const FORMATS: [(&str, ImportFormat); 3] = [
    ("strong_csv", ImportFormat::StrongCsv),
    ("hevy_csv", ImportFormat::HevyCsv),
    ("irontrack_json", ImportFormat::IrontrackJson),
];
const WEIGHTS: [(&str, WeightUnit); 2] = [("kg", WeightUnit::Kilogram), ("lb", WeightUnit::Pound)];
const DISTANCES: [(&str, DistanceUnit); 2] = [("km", DistanceUnit::Kilometre), ("mi", DistanceUnit::Mile)];

const FORMAT: (&str, &str) = ("format", "format");
const TIME_ZONE: (&str, &str) = ("timeZone", "time_zone");
const WEIGHT_UNIT: (&str, &str) = ("weightUnit", "weight_unit");
const DISTANCE_UNIT: (&str, &str) = ("distanceUnit", "distance_unit");

/// A file with training that was recorded elsewhere.
#[derive(ToSchema)]
#[schema(as = ImportInput, rename_all = "camelCase")]
#[expect(dead_code, reason = "describes the body for the OpenAPI document; the form is read field by field")]
pub(crate) struct ImportSchema {
    /// The file.
    #[schema(value_type = String, format = Binary, content_media_type = "application/octet-stream")]
    file: Vec<u8>,
    /// What the file is.
    #[schema(inline)]
    format: FormatName,
    /// Where the clocks were set: a name of the IANA database. Required for `strong_csv` and `hevy_csv`.
    #[schema(example = "Europe/Berlin")]
    time_zone: Option<String>,
    /// In what weights are. Required where the file does not say it.
    #[schema(inline)]
    weight_unit: Option<WeightUnitName>,
    /// In what distances are. Required where the file does not say it.
    #[schema(inline)]
    distance_unit: Option<DistanceUnitName>,
}

/// What a file is.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[expect(dead_code, reason = "describes the field for the OpenAPI document")]
enum FormatName {
    StrongCsv,
    HevyCsv,
    IrontrackJson,
}

/// In what weights are.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[expect(dead_code, reason = "describes the field for the OpenAPI document")]
enum WeightUnitName {
    Kg,
    Lb,
}

/// In what distances are.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[expect(dead_code, reason = "describes the field for the OpenAPI document")]
enum DistanceUnitName {
    Km,
    Mi,
}

/// A file, and what it does not say itself.
pub(crate) struct Create {
    file: File,
    bytes: u64,
    format: ImportFormat,
    time_zone: Option<TimeZone>,
    weight_unit: Option<WeightUnit>,
    distance_unit: Option<DistanceUnit>,
}

impl Input for Create {
    // Which of the formats it is may be said behind the file.
    const BODY: BodyKind = BodyKind::Upload(ImportFormat::IrontrackJson.max_bytes());
    const IS_REPEATABLE: bool = true;
    const REFUSES_QUERY: bool = true;

    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        let Body::Upload(upload) = &request.body else {
            return violations.record(&Location::body(), "missing", "Field required");
        };
        let file = upload.file(violations);
        let format = upload.choice(FORMAT, &FORMATS, violations);
        let time_zone = upload.text(TIME_ZONE, TimeZone::parse, violations);
        let weight_unit = upload.choice(WEIGHT_UNIT, &WEIGHTS, violations);
        let distance_unit = upload.choice(DISTANCE_UNIT, &DISTANCES, violations);
        let format = match format {
            Ok(None) => violations.record(&Location::field("format"), "missing", "Field required"),
            Ok(Some(format)) => Ok(format),
            Err(recorded) => Err(recorded),
        };
        if format.is_ok_and(ImportFormat::needs_time_zone) && matches!(time_zone, Ok(None)) {
            let _recorded: Read<()> = violations.record(&Location::field("timeZone"), "missing", "Field required");
        }
        upload.refuse_others(&[FORMAT, TIME_ZONE, WEIGHT_UNIT, DISTANCE_UNIT], violations);
        Ok(Self {
            file: file?,
            bytes: upload.bytes(),
            format: format?,
            time_zone: time_zone?,
            weight_unit: weight_unit?,
            distance_unit: distance_unit?,
        })
    }
}

/// Reads a file with training that was recorded elsewhere
///
/// Nothing is written before the import is confirmed: the answer says what was found, what is there already, which rows were
/// not understood, and which exercises the names in the file seem to mean. It is there for 24 hours; of several that were
/// not confirmed the latest three stay. Files have at most 20 MiB, documents of our own (`GET /access/export`) 200 MiB, also
/// decompressed: they may be compressed with gzip. The file should come last in the form.
#[utoipa::path(
    tag = "Imports",
    operation_id = "CreateImport",
    security(("accessCookie" = [])),
    request_body(content = ImportSchema, content_type = "multipart/form-data"),
    responses(
        (status = 201, description = "What was found", body = dto::Import),
        (status = 408, description = "The file did not arrive in time", body = crate::problem::ProblemBody<'_>),
        (status = 409, description = "The same request is still running", body = crate::problem::ProblemBody<'_>),
        (status = 413, description = "The file is larger than it may be", body = crate::problem::ProblemBody<'_>),
        (status = 503, description = "Too many files are arriving or being read, or a dependency cannot answer now; see \
            `Retry-After`", body = crate::problem::ProblemBody<'_>),
    )
)]
#[post("")]
pub(crate) async fn create_import(call: Call<ActiveUser, Create>) -> Result<HttpResponse, Problem> {
    let Call { caller, input, repeatable, state, .. } = call;
    let max = input.format.max_bytes();
    if input.bytes > max {
        return Err(Problem::file_too_large(max));
    }
    let file = ImportFile {
        format: input.format,
        bytes: Box::new(input.file),
        time_zone: input.time_zone,
        weight_unit: input.weight_unit,
        distance_unit: input.distance_unit,
    };
    let render = |import: &irontrack_ports::repo::Import| to_keep(201, Some(format!("{PATH}/{}", import.id)), import);
    let once = Once::new(repeatable.as_ref(), &render);
    Ok(answer::kept(state.imports.preview_once(Importer::from(&caller), file, &once).await?))
}
