//! Parameters that questions about progress have in common: of which sessions, by what bucket, and which sets count.

use irontrack_domain::{
    ExerciseId,
    progress::{Bucket, Estimator, Formula, Period},
};
use utoipa::ToSchema;

use crate::call::{Query, Read, Spellings, Violations};

pub(super) const EXERCISE_ID: Spellings = ("exerciseId", "exercise_id");

/// What is put together.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[expect(dead_code, reason = "describes the parameter for the OpenAPI document")]
pub(super) enum BucketName {
    Session,
    Day,
    Week,
    Month,
}

/// How a one-repetition maximum is estimated.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
#[expect(dead_code, reason = "describes the parameter for the OpenAPI document")]
pub(super) enum FormulaName {
    Epley,
    Brzycki,
    Lombardi,
    OConner,
    Mayhew,
    Wathan,
    Lander,
}

/// `from` and `to`.
pub(super) fn period(query: &mut Query, violations: &mut Violations) -> Read<Period> {
    let from = query.moment(("from", "from"), violations);
    let to = query.moment(("to", "to"), violations);
    Ok(Period { from: from?, to: to? })
}

/// `bucket`.
pub(super) fn bucket(query: &mut Query, default: Bucket, violations: &mut Violations) -> Read<Bucket> {
    let buckets: Vec<_> = Bucket::ALL.iter().map(|&bucket| (bucket.as_str(), bucket)).collect();
    Ok(query.choice(("bucket", "bucket"), "enum", &buckets, violations)?.unwrap_or(default))
}

/// `formula` and `useRpe`.
pub(super) fn estimator(query: &mut Query, violations: &mut Violations) -> Read<Estimator> {
    let formulas: Vec<_> = Formula::ALL.iter().map(|&formula| (formula.as_str(), formula)).collect();
    let formula = query.choice(("formula", "formula"), "enum", &formulas, violations);
    let use_rpe = query.boolean(("useRpe", "use_rpe"), violations);
    Ok(Estimator { formula: formula?.unwrap_or_default(), use_rpe: use_rpe?.unwrap_or(false) })
}

/// `includeWarmups`.
pub(super) fn include_warmups(query: &mut Query, violations: &mut Violations) -> Read<bool> {
    Ok(query.boolean(("includeWarmups", "include_warmups"), violations)?.unwrap_or(false))
}

/// `exerciseId`, which need not be there.
pub(super) fn exercise_id(query: &mut Query, violations: &mut Violations) -> Read<Option<ExerciseId>> {
    Ok(query.uuid(EXERCISE_ID, violations)?.map(ExerciseId::new))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads all of them, and says what is wrong.
    fn read(query: &str) -> Result<(Period, Bucket, Estimator, bool), Vec<String>> {
        let (mut query, mut violations) = (Query::parse(query), Violations::default());
        let period = period(&mut query, &mut violations);
        let bucket = bucket(&mut query, Bucket::Week, &mut violations);
        let estimator = estimator(&mut query, &mut violations);
        let include_warmups = include_warmups(&mut query, &mut violations);
        query.refuse_others(&mut violations);
        match (period, bucket, estimator, include_warmups) {
            (Ok(period), Ok(bucket), Ok(estimator), Ok(warmups)) if violations.is_empty() => {
                Ok((period, bucket, estimator, warmups))
            }
            _ => Err(violations.into_details().iter().map(|entry| format!("{} {}", entry.kind, entry.path)).collect()),
        }
    }

    #[test]
    fn without_parameters_there_are_defaults() {
        assert_eq!(read(""), Ok((Period::default(), Bucket::Week, Estimator::default(), false)));
        let query = "from=2026-01-01T00:00:00Z&bucket=month&formula=oconner&use_rpe=true&includeWarmups=1";
        let (period, bucket, estimator, include_warmups) = read(query).unwrap();
        assert_eq!(period, Period { from: "2026-01-01T00:00:00Z".parse().ok(), to: None });
        let expected = (Bucket::Month, Estimator { formula: Formula::OConner, use_rpe: true }, true);
        assert_eq!((bucket, estimator, include_warmups), expected);
    }

    #[test]
    fn all_that_is_wrong_is_named() {
        let query = "from=2026-01-01&to=x&bucket=year&formula=Epley&useRpe=maybe&include_warmups=&x=1";
        let expected = [
            "timezone_aware ?from",
            "datetime_from_date_parsing ?to",
            "enum ?bucket",
            "enum ?formula",
            "bool_parsing ?useRpe",
            "bool_parsing ?include_warmups",
            "extra_forbidden ?x",
        ];
        assert_eq!(read(query).unwrap_err(), expected);
    }
}
