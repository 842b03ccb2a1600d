//! The contract of [`ImportRepository`](crate::repo::ImportRepository) and [`ImportQueries`](crate::query::ImportQueries).

mod keeping;
mod scene;
mod writing;

use irontrack_domain::account::Role;

use super::store::Ports;

/// Runs the whole suite.
pub async fn contract(ports: &Ports<'_>) {
    ports.create_roles(&[Role::ApplicationAccess]).await;
    keeping::an_import_is_read_as_it_was_stored(ports).await;
    keeping::an_import_is_its_owners_and_has_an_end(ports).await;
    keeping::what_is_over_is_swept(ports).await;
    keeping::only_the_latest_previews_stay(ports).await;
    keeping::meanings_are_remembered(ports).await;
    keeping::nothing_stays_of_an_account_that_goes(ports).await;
    writing::sessions_are_written_once(ports).await;
    writing::as_many_sessions_are_written_as_are_missing(ports).await;
    writing::times_are_compared_as_exactly_as_they_are_told(ports).await;
    writing::a_session_may_take_several_parts(ports).await;
    writing::what_is_skipped_leaves_no_gap(ports).await;
    writing::units_and_plans_come_with_what_refers_to_them(ports).await;
    writing::templates_that_are_there_stay_as_they_are(ports).await;
}
