//! `GET /progress/volume`.

use std::borrow::Cow;

use actix_web::{HttpResponse, get};
use chrono::{DateTime, Utc};
use irontrack_application::progress::VolumeQuestion;
use irontrack_domain::progress::{Bucket, Group, GroupId, Grouping, PointStart, SecondaryFactor, Share, VolumeBucket};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    number::Exact,
    parameters::{self, BucketName},
};
use crate::{
    body::{ready_json, to_json},
    call::{ActiveUser, Call, Input, Query, Read, RequestParts, Violations},
    problem::Problem,
    timestamp,
};

/// Parameters of the volume. Snake-case names work as well.
#[derive(IntoParams)]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
#[expect(dead_code, reason = "describes the parameters for the OpenAPI document; they are read one by one")]
pub(super) struct VolumeQuery {
    /// Only sessions that began then or later; with an offset or `Z`.
    from: Option<DateTime<Utc>>,
    /// Only sessions that began before; with an offset or `Z`.
    to: Option<DateTime<Utc>>,
    /// What is summed up. Days, weeks and months are those of the time zone of each session; weeks are ISO weeks.
    #[param(inline, default = "week")]
    bucket: Option<BucketName>,
    /// What the volume is told for.
    #[param(inline, default = "muscle")]
    group_by: Option<VolumeGroupingName>,
    /// What a set counts for a secondary muscle; up to three decimals. For a primary muscle it counts 1.
    #[param(minimum = 0, maximum = 1, default = 0.5)]
    secondary_factor: Option<f64>,
}

/// What volume is told for.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
#[expect(dead_code, reason = "describes the parameter for the OpenAPI document")]
pub(super) enum VolumeGroupingName {
    Muscle,
    Exercise,
    Category,
}

/// Hard sets and kilograms over time. Warm-ups and aborted sessions do not count.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "from": "2026-11-16T00:00:00Z", "to": null, "bucket": "week", "groupBy": "muscle", "secondaryFactor": 0.5,
    "buckets": [
        {"start": "2026-11-16", "sessionId": null, "sets": 9, "volumeKg": 5475, "groups": [
            {"id": 7, "name": "chest", "sets": 5, "volumeKg": 2500},
            {"id": 1, "name": "quadriceps", "sets": 4, "volumeKg": 2975},
            {"id": 13, "name": "triceps", "sets": 2.5, "volumeKg": 1250}
        ]},
        {"start": "2026-11-23", "sessionId": null, "sets": 3, "volumeKg": 1537.5, "groups": [
            {"id": 7, "name": "chest", "sets": 3, "volumeKg": 1537.5},
            {"id": 13, "name": "triceps", "sets": 1.5, "volumeKg": 768.75}
        ]}
    ]
}))]
pub(super) struct ProgressVolume<'a> {
    /// The parameter; null for all up to `to`.
    #[serde(serialize_with = "timestamp::serialize_optional")]
    #[schema(required)]
    from: Option<DateTime<Utc>>,
    /// The parameter; null for all since `from`.
    #[serde(serialize_with = "timestamp::serialize_optional")]
    #[schema(required)]
    to: Option<DateTime<Utc>>,
    /// What is summed up.
    #[schema(value_type = BucketName, inline)]
    bucket: &'static str,
    /// What the volume is told for.
    #[schema(value_type = VolumeGroupingName, inline)]
    group_by: &'static str,
    /// What a set counts for a secondary muscle.
    #[schema(minimum = 0, maximum = 1)]
    secondary_factor: f64,
    /// Sessions, days, weeks or months with a set that counts, the oldest first.
    buckets: Vec<ProgressVolumeBucket<'a>>,
}

/// What was done in a session, or in all sessions of a day, week or month.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ProgressVolumeBucket<'a> {
    /// When the session began, UTC; else the first day, of a week its Monday.
    #[schema(examples("2026-11-23", "2026-11-24T17:30:00Z"))]
    start: String,
    /// The session; null if `bucket` is not `session`.
    #[schema(required)]
    session_id: Option<Uuid>,
    /// How many sets.
    #[schema(value_type = f64, minimum = 0)]
    sets: Exact,
    /// Weight times repetitions, in kilograms.
    #[schema(value_type = f64, minimum = 0)]
    volume_kg: Exact,
    /// Muscle groups, exercises or categories that have a part in it, by name.
    groups: Vec<ProgressVolumeGroup<'a>>,
}

/// The part that a muscle group, exercise or category has. Muscles share sets, so that their parts can add up to more than
/// all sets of the bucket.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ProgressVolumeGroup<'a> {
    /// Which one; null for exercises that are gone, and for their muscles and categories.
    #[schema(required)]
    id: Option<ProgressVolumeGroupId>,
    /// What it is called. An exercise that is gone is called what it was called in the session.
    #[schema(required)]
    name: Option<Cow<'a, str>>,
    /// How many sets count for it: each 1, or the factor where the muscle is a secondary one.
    #[schema(value_type = f64, minimum = 0)]
    sets: Exact,
    /// Kilograms, shared out in the same way.
    #[schema(value_type = f64, minimum = 0)]
    volume_kg: Exact,
}

/// Number of a muscle group, identifier of an exercise (a UUID), or name of a category.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
pub(super) enum ProgressVolumeGroupId {
    /// Of a muscle group.
    Number(i16),
    /// Of an exercise or a category.
    Text(String),
}

impl ProgressVolumeGroupId {
    fn of(id: GroupId) -> Option<Self> {
        match id {
            GroupId::Muscle(id) => Some(Self::Number(id)),
            GroupId::Exercise(id) => Some(Self::Text(id.to_string())),
            GroupId::Category(category) => Some(Self::Text(category.as_str().to_owned())),
            GroupId::Unknown => None,
        }
    }
}

impl<'a> From<VolumeBucket<'a>> for ProgressVolumeBucket<'a> {
    fn from(VolumeBucket { start, total, groups }: VolumeBucket<'a>) -> Self {
        let (start, session_id) = match start {
            PointStart::Session(start, session) => (timestamp::text(start), Some(session.uuid())),
            PointStart::Date(date) => (date.to_string(), None),
        };
        let group = |(Group { id, name }, share): (Group<'a>, Share)| ProgressVolumeGroup {
            id: ProgressVolumeGroupId::of(id),
            name: name.map(Cow::Borrowed),
            sets: Exact(share.sets()),
            volume_kg: Exact(share.kilograms()),
        };
        Self {
            start,
            session_id,
            sets: Exact(total.sets()),
            volume_kg: Exact(total.kilograms()),
            groups: groups.into_iter().map(group).collect(),
        }
    }
}

/// What is asked.
#[derive(Debug)]
pub(super) struct Asked(VolumeQuestion);

impl Input for Asked {
    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        let mut query = Query::parse(request.query);
        let period = parameters::period(&mut query, violations);
        let bucket = parameters::bucket(&mut query, Bucket::Week, violations);
        let groupings: Vec<_> = Grouping::ALL.iter().map(|&grouping| (grouping.as_str(), grouping)).collect();
        let grouping = query.choice(("groupBy", "group_by"), "enum", &groupings, violations);
        let factor = query.value(("secondaryFactor", "secondary_factor"), SecondaryFactor::parse, violations);
        query.refuse_others(violations);
        Ok(Self(VolumeQuestion {
            period: period?,
            bucket: bucket?,
            grouping: grouping?.unwrap_or_default(),
            factor: factor?.unwrap_or_default(),
        }))
    }
}

/// Shows hard sets and volume over time
///
/// The caller's own: for each session, day, week or month how many sets were done, and how many kilograms were moved, for
/// each muscle group, exercise or category. A set counts 1 for each primary muscle and `secondaryFactor` for each secondary
/// one. Buckets without a set are left out.
#[utoipa::path(
    tag = "Progress",
    operation_id = "GetVolume",
    params(VolumeQuery),
    security(("accessCookie" = [])),
    responses((status = 200, description = "The volume", body = ProgressVolume<'_>))
)]
#[get("/volume")]
pub(crate) async fn get_volume(call: Call<ActiveUser, Asked>) -> Result<HttpResponse, Problem> {
    let Asked(question) = call.input;
    let render = move |buckets: Vec<VolumeBucket<'_>>| {
        to_json(&ProgressVolume {
            from: question.period.from,
            to: question.period.to,
            bucket: question.bucket.as_str(),
            group_by: question.grouping.as_str(),
            secondary_factor: f64::from(question.factor.thousandths()) / 1000.0,
            buckets: buckets.into_iter().map(ProgressVolumeBucket::from).collect(),
        })
    };
    Ok(ready_json(call.state.progress.volume(call.caller.user_id, question, "progress-volume.1", render).await?))
}

#[cfg(test)]
crate::call::any_query::reads_any_query!(Asked);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::read_request;

    fn asked(query: &str) -> Result<VolumeQuestion, Vec<String>> {
        read_request::<Asked>(&[], query, None, DateTime::UNIX_EPOCH).map(|Asked(question)| question)
    }

    #[test]
    fn weeks_and_muscles_are_told_unless_something_else_is_said() {
        let question = asked("").unwrap();
        assert_eq!((question.bucket, question.grouping), (Bucket::Week, Grouping::Muscle));
        assert_eq!((question.factor.thousandths(), question.period.from), (500, None));
        let question = asked("bucket=session&group_by=exercise&secondary_factor=0.25").unwrap();
        assert_eq!((question.bucket, question.grouping), (Bucket::Session, Grouping::Exercise));
        assert_eq!(question.factor.thousandths(), 250);
    }

    #[test]
    fn wrong_parameters_are_named() {
        for (query, expected) in [
            ("bucket=year", &["enum ?bucket"][..]),
            ("groupBy=muscles&secondaryFactor=2", &["enum ?groupBy", "less_than_equal ?secondaryFactor"]),
            ("secondaryFactor=-0.5", &["greater_than_equal ?secondaryFactor"]),
            ("secondary_factor=", &["decimal_type ?secondary_factor"]),
            ("secondaryFactor=0.1234", &["decimal_max_places ?secondaryFactor"]),
            (
                "from=0&to=x&includeWarmups=true",
                &[
                    "datetime_from_date_parsing ?from",
                    "datetime_from_date_parsing ?to",
                    "extra_forbidden ?includeWarmups",
                ],
            ),
        ] {
            let expected = expected.iter().map(ToString::to_string).collect();
            assert_eq!(asked(query).map(|_| ()), Err(expected), "{query}");
        }
    }
}
