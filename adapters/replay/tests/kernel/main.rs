//! What a replay promises, on this kernel. It says what is missing where it cannot run.

#[path = "../../../nft/tests/kernel/harness.rs"]
#[allow(dead_code)] // its tools are for tests of tables
mod harness;
mod imports;
mod replay;

use harness::Test;
use std::process::ExitCode;

const TESTS: &[Test] = &[
    Test::new("rpl_1_a_packet_sent_twice_meets_the_rules_as_if_it_were_the_first", replay::twice),
    Test::new("rpl_2_a_packet_that_the_host_sends_elsewhere_is_told_apart", replay::elsewhere),
    Test::new("both_iptables_and_a_table_of_ours_tell_the_deciding_rule", replay::deciding),
    Test::new("what_iptables_does_not_take_is_told_in_its_words", replay::refused),
    Test::new("a_claim_of_the_simulator_is_proven_with_its_translations", imports::simulated),
    Test::new("every_golden_import_is_proven", imports::golden),
    Test::new("each_known_miscompile_of_stock_tools_is_found_where_it_is_planted", imports::planted),
];

fn main() -> ExitCode {
    harness::run(TESTS)
}
