//! A host's rules through the real program, held by real connections: each test in a network of its own, with neighbours
//! that are other networks.
//!
//! Needs root, or user namespaces for everyone; without either, every test is skipped by name.

#[path = "../../../../adapters/nft/tests/kernel/harness.rs"]
mod harness;
mod lockout;
mod netd;
mod others;
mod packets;
mod privilege;
mod world;

use harness::Test;

const TESTS: &[Test] = &[
    Test::new("t1_port_80_reaches_8080_from_near_and_far_over_both_families_and_8080_stays_closed", packets::redirect),
    Test::new("t1_one_source_is_let_in_and_the_rest_is_not", packets::one_source),
    Test::new("t1_a_forward_reaches_another_host_which_answers_through_this_one", packets::forward),
    Test::new("t1_connections_survive_new_rules_that_keep_others_out", packets::established),
    Test::new(
        "t6_rules_that_keep_the_operator_out_are_refused_unless_said_why_and_then_go_by_themselves",
        lockout::guard,
    ),
    Test::new("t6_a_confirmation_over_the_old_connection_is_refused_and_over_a_new_one_taken", lockout::confirm),
    Test::new("t6_a_netd_that_was_killed_takes_back_what_nobody_confirmed_once_it_is_there_again", lockout::killed),
    Test::new("t7_a_change_by_another_between_plan_and_apply_stops_it_and_is_named", others::between),
    Test::new("t7_a_flush_by_another_leaves_our_rules_or_they_are_back_within_a_second_with_its_name", others::flush),
    Test::new("t8_netd_has_one_capability_and_is_nobody_and_the_server_has_none", privilege::held),
    Test::new("every_change_of_rules_is_on_the_timeline_once_with_who_and_why", others::timeline),
];

fn main() -> std::process::ExitCode {
    harness::run(TESTS)
}
