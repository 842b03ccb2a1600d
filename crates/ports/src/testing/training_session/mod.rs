//! The contract of [`TrainingSessionRepository`](crate::repo::TrainingSessionRepository) and
//! [`TrainingSessionQueries`](crate::query::TrainingSessionQueries).

pub mod exercises;
pub mod history;
pub mod lists;
pub mod locking;
pub mod pages;
pub mod references;
pub(super) mod scene;
pub mod sets;
pub mod storing;

use irontrack_domain::account::Role;

use super::Ports;

/// Runs the whole suite.
pub async fn contract(ports: &Ports<'_>) {
    ports.create_roles(&[Role::ApplicationAccess]).await;
    storing::a_session_is_stored_as_it_is(ports).await;
    storing::a_session_of_a_unit_is_stored_as_it_was_planned(ports).await;
    storing::what_has_gone_since_it_was_planned_is_left_out(ports).await;
    storing::what_is_chosen_must_be_there(ports).await;
    storing::only_a_real_change_moves_a_session(ports).await;
    exercises::exercises_come_and_go_without_gaps(ports).await;
    exercises::exercises_are_put_into_any_order(ports).await;
    exercises::what_was_planned_outlives_changes(ports).await;
    exercises::exercises_of_other_sessions_are_left_alone(ports).await;
    sets::sets_come_and_go_without_gaps(ports).await;
    sets::sets_are_put_into_any_order(ports).await;
    sets::sets_are_replaced_as_a_whole(ports).await;
    sets::a_set_is_changed_as_a_whole(ports).await;
    sets::sets_of_other_exercises_are_left_alone(ports).await;
    references::a_session_outlives_what_it_refers_to(ports).await;
    references::an_exercise_in_history_is_hidden(ports).await;
    locking::only_the_own_session_is_there(ports).await;
    locking::whoever_locks_sees_what_was_waited_for(ports).await;
    locking::sets_that_are_appended_at_once_all_land(ports).await;
    history::an_account_with_a_history_stays(ports).await;
    history::a_history_is_removed_as_a_whole(ports).await;
    history::a_long_history_is_removed_as_well(ports).await;
    lists::filters_hold_alone_and_together(ports).await;
    lists::a_summary_counts_what_is_in_the_session(ports).await;
    pages::ties_are_told_apart_in_both_directions(ports).await;
    pages::a_position_is_not_moved_by_what_comes_before_it(ports).await;
}
