//! How values of the domain are stored, and stored values back into the domain.

use irontrack_domain::{
    TimeZone,
    account::{Email, PersonName, Role},
    catalogue::CatalogueKind,
    training::{Distance, LongText, TemplateName, Weight},
};

use crate::error::CorruptValue;

/// The address of an account.
pub(crate) fn email(text: &str) -> Result<Email, CorruptValue> {
    Email::parse(text).map_err(|problem| account(format!("email {problem}")))
}

/// The name of an account.
pub(crate) fn person_name(text: Option<&str>) -> Result<Option<PersonName>, CorruptValue> {
    let name = text.map(PersonName::parse).transpose();
    Ok(name.map_err(|problem| account(format!("name {problem}")))?.flatten())
}

/// The role of that slug.
pub(crate) fn role(slug: &str) -> Result<Role, CorruptValue> {
    Role::from_slug(slug).ok_or_else(|| CorruptValue { table: "role", problem: format!("there is no role {slug}") })
}

/// The name of a training unit or plan.
pub(crate) fn template_name(table: &'static str, text: &str) -> Result<TemplateName, CorruptValue> {
    TemplateName::parse(text).map_err(|problem| CorruptValue { table, problem: format!("name {problem}") })
}

/// A description or notes.
pub(crate) fn long_text(table: &'static str, text: Option<&str>) -> Result<Option<LongText>, CorruptValue> {
    let text = text.map(LongText::parse).transpose();
    text.map_err(|problem| CorruptValue { table, problem: format!("text {problem}") })
}

/// A weight of so many grams.
pub(crate) fn weight(table: &'static str, grams: Option<i32>) -> Result<Option<Weight>, CorruptValue> {
    amount(table, "weight", grams, Weight::from_grams)
}

/// A distance of so many metres.
pub(crate) fn distance(table: &'static str, metres: Option<i32>) -> Result<Option<Distance>, CorruptValue> {
    amount(table, "distance", metres, Distance::from_metres)
}

/// The time zone of a session.
pub(crate) fn time_zone(name: &str) -> Result<TimeZone, CorruptValue> {
    let corrupt = |_| CorruptValue { table: "training_sessions", problem: "there is no such time zone".to_owned() };
    TimeZone::parse(name).map_err(corrupt)
}

fn amount<T>(
    table: &'static str,
    what: &str,
    thousandths: Option<i32>,
    read: fn(u32) -> Option<T>,
) -> Result<Option<T>, CorruptValue> {
    let read = |number: i32| u32::try_from(number).ok().and_then(read);
    let corrupt = || CorruptValue { table, problem: what.to_owned() };
    thousandths.map(|number| read(number).ok_or_else(corrupt)).transpose()
}

/// The table of a catalogue.
pub(crate) const fn catalogue_table(kind: CatalogueKind) -> &'static str {
    match kind {
        CatalogueKind::MuscleGroups => "muscle_groups",
        CatalogueKind::Equipment => "equipment",
        CatalogueKind::ExerciseTags => "exercise_tags",
    }
}

fn account(problem: String) -> CorruptValue {
    CorruptValue { table: "user_account", problem }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_domain_refuses_is_named_with_its_table() {
        assert_eq!(
            email("nobody").unwrap_err().to_string(),
            "table user_account holds an invalid value: email is not a valid email address: An email address must have an @-sign."
        );
        assert_eq!(role("janitor").unwrap_err().table, "role");
        assert_eq!(person_name(Some(" ")).unwrap(), None);
        assert!(person_name(Some("a\0")).is_err());
    }
}
