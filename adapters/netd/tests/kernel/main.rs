//! What netd promises, on this kernel: each test in a network of its own, with a netd that is another process.
//!
//! Needs root, or user namespaces for everyone; without either, every test is skipped by name.

mod explain;
#[path = "../../../nft/tests/kernel/harness.rs"]
mod harness;
mod netd;
mod others;
mod process;
mod window;

use harness::Test;

const TESTS: &[Test] = &[
    Test::new("what_nobody_confirms_is_taken_back_in_its_time", window::taken_back),
    Test::new("only_a_connection_younger_than_the_rules_confirms_them", window::confirmed),
    Test::new("old_connections_stay_old_for_a_netd_started_anew", window::old_connections_outlive_netd),
    Test::new("ntd_1_what_waits_is_taken_back_by_a_netd_that_was_killed_and_started_anew", window::killed),
    Test::new("another_boot_loads_only_what_was_confirmed", window::other_boot),
    Test::new("raw_rules_of_iptables_are_applied_changed_and_taken_back", window::raw_rules),
    Test::new("what_is_damaged_is_never_taken_for_an_open_host", window::damaged),
    Test::new("what_waits_does_not_stay_where_what_was_confirmed_is_damaged", window::damaged_plans),
    Test::new("a_list_of_100000_goes_through_socket_disk_and_kernel", window::large),
    Test::new("a_confirmed_plan_is_undone_by_a_plan_of_its_own", window::rolled_back),
    Test::new("a_plan_that_waits_is_rolled_back_at_once_and_one_that_undoes_may_wait", window::rolled_back_waiting),
    Test::new("a_rollback_that_keeps_out_who_asks_is_refused_unless_they_say_why", window::rolled_back_guarded),
    Test::new("a_change_by_another_since_the_plan_applies_nothing_and_is_named", others::between),
    Test::new("a_change_that_matters_stops_even_a_plan_that_may_go_on", others::affected),
    Test::new("a_change_through_iptables_legacy_since_the_plan_applies_nothing", others::legacy),
    Test::new("a_flush_by_another_takes_nothing_from_an_owner_and_nothing_for_long", others::flushed),
    Test::new("without_an_owner_a_flush_is_made_good_and_its_author_told", others::restored),
    Test::new("rules_that_keep_out_who_applies_them_are_refused_unless_they_say_why", others::guarded),
    Test::new("a_port_that_another_publishes_is_never_told_as_denied", explain::explained),
    Test::new("what_people_write_for_nft_is_walked_as_the_kernel_reads_it", explain::written_by_hand),
    Test::new("rules_of_iptables_legacy_were_not_looked_at_and_that_is_said", explain::beside_legacy),
    Test::new("ntd_2_real_packets_are_traced_while_all_else_goes_on", explain::traced),
    Test::new("ntd_2_a_trace_leaves_nothing_behind_however_it_ends", explain::trace_cut_short),
    Test::new("one_capability_and_no_way_to_another", process::privileges),
    Test::new("no_program_no_process_no_thread_and_no_socket_can_be_had_any_more", process::refused),
    Test::new("a_link_in_its_folder_is_not_followed_with_the_rights_of_root", process::planted),
    Test::new("it_tells_when_it_is_ready_and_that_it_goes_on", process::notified),
    Test::new("told_to_stop_it_leaves_the_rules", process::terminated),
    Test::new("nonsense_at_the_socket_neither_ends_it_nor_changes_the_kernel", process::nonsense),
    Test::new("silent_connections_hold_up_neither_others_nor_the_clock", process::crowded),
];

fn main() -> std::process::ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.split_first() {
        Some((word, rest)) if word == netd::AS_NETD => netd::run_as_netd(rest),
        Some((word, _)) if word == process::AS_REFUSED => process::run_refused(),
        _ => harness::run(TESTS),
    }
}
