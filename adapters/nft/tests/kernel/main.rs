//! What is written is what the kernel holds, and what the kernel holds is what packets meet: on this kernel, in
//! network namespaces of the tests' own.
//!
//! Needs root, or user namespaces for everyone; without either, every test is skipped by name.

mod apply;
mod difference;
mod generated;
mod harness;
mod leak;
mod monitor;
mod oracle;
mod packets;
mod round_trip;
mod rules;
mod sets;

use harness::Test;

const TESTS: &[Test] = &[
    Test::new("every_expression_reads_back_as_it_was_written", round_trip::every_expression),
    Test::new("generated_tables_read_back_as_they_were_written", round_trip::generated_tables),
    Test::new("sets_and_maps_read_back_as_they_were_written", round_trip::sets_and_maps),
    Test::new("tables_of_others_are_read_and_what_is_unknown_is_named", round_trip::tables_of_others),
    Test::new("rules_of_iptables_are_read_with_their_matches_and_targets_named", round_trip::iptables),
    Test::new("a_change_by_another_since_the_plan_stops_the_transaction", apply::stale),
    Test::new("a_refused_change_is_named_and_nothing_is_applied", apply::refused),
    Test::new("a_transaction_is_checked_without_being_applied", apply::checked),
    Test::new("a_table_with_an_owner_withstands_others_and_persists", apply::owner),
    Test::new("rules_are_put_replaced_and_removed_by_their_handles", apply::handles),
    Test::new("the_steps_between_two_tables_lead_from_one_to_the_other", difference::generated),
    Test::new("steps_stop_where_another_came_between_and_the_next_plan_goes_on", difference::stale),
    Test::new("a_rule_that_stays_keeps_its_handle_and_its_count", difference::handles),
    Test::new("a_list_of_100000_is_loaded_changed_and_read_back_as_it_was", sets::large),
    Test::new("commits_of_others_are_told_with_their_author", monitor::commits),
    Test::new("a_listener_that_falls_behind_is_told_that_it_lost_something", monitor::lost),
    Test::new("a_traced_packet_tells_its_way_through_the_rules", monitor::traces),
    Test::new("port_80_reaches_8080_from_here_over_ipv4_and_ipv6", packets::redirect),
    Test::new("no_packet_meets_a_half_applied_state", leak::steps),
    Test::new("weights_and_hashes_choose_the_share_they_say", packets::weights),
    Test::new("the_text_of_a_table_is_what_nft_lists", oracle::listed),
    Test::new("the_text_of_sets_and_maps_is_what_nft_lists", oracle::sets_listed),
    Test::new("the_text_of_a_table_loads_to_the_same_rules", oracle::loaded),
];

fn main() -> std::process::ExitCode {
    harness::run(TESTS)
}
