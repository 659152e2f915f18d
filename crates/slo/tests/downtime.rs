//! The table of permitted downtime in `docs/guide/slo.md` and its Korean sibling is computed, not typed:
//! `NINES_BLESS=1` writes it.

use nines_base::DurationUs;
use nines_slo::budget::permitted_outage_us;
use nines_slo::fraction::Fraction;
use nines_slo::model::Ppb;
use std::path::Path;

const DAY_S: i64 = 86_400;

/// Targets as people write them, with their parts per billion.
const TARGETS: [(&str, u32); 10] = [
    ("90 %", 900_000_000),
    ("95 %", 950_000_000),
    ("99 %", 990_000_000),
    ("99.5 %", 995_000_000),
    ("99.8 %", 998_000_000),
    ("99.9 %", 999_000_000),
    ("99.95 %", 999_500_000),
    ("99.99 %", 999_900_000),
    ("99.995 %", 999_950_000),
    ("99.999 %", 999_990_000),
];

/// Windows in seconds: a mean month has 30.4375 days.
const WINDOWS_S: [i64; 7] = [DAY_S, 7 * DAY_S, 28 * DAY_S, 30 * DAY_S, 2_629_800, 90 * DAY_S, 365 * DAY_S];

/// What a full outage may last, exactly: `8h45m36s`, `1m26.4s`.
fn downtime(parts: u32, window_s: i64) -> String {
    let outage =
        permitted_outage_us(Ppb::new(parts).unwrap(), DurationUs::from_secs(window_s), Fraction::whole(1)).unwrap();
    assert_eq!(outage.denominator(), 1, "whole microseconds");
    let mut us = outage.numerator();
    let mut text = String::new();
    for (unit, unit_us) in [("d", 86_400_000_000), ("h", 3_600_000_000), ("m", 60_000_000)] {
        if us >= unit_us {
            text.push_str(&format!("{}{unit}", us / unit_us));
            us %= unit_us;
        }
    }
    if us > 0 {
        let seconds = format!("{}.{:06}", us / 1_000_000, us % 1_000_000);
        text.push_str(&format!("{}s", seconds.trim_end_matches('0').trim_end_matches('.')));
    }
    text
}

fn table(head: &str) -> String {
    let mut table = format!("{head}\n|---|---|---|---|---|---|---|---|\n");
    for (name, parts) in TARGETS {
        let cells: Vec<String> = WINDOWS_S.iter().map(|window_s| downtime(parts, *window_s)).collect();
        table.push_str(&format!("| {name} | {} |\n", cells.join(" | ")));
    }
    table
}

#[test]
fn the_guides_have_the_table_that_is_computed() {
    let heads = [
        ("slo.md", "| target | a day | a week | 28 days | 30 days | a mean month | 90 days | 365 days |"),
        ("slo.ko.md", "| 목표 | 하루 | 한 주 | 28일 | 30일 | 평균 한 달 | 90일 | 365일 |"),
    ];
    for (file, head) in heads {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/guide").join(file);
        let text = std::fs::read_to_string(&path).unwrap();
        let begin = text.find("<!-- downtime").and_then(|at| Some(at + text[at..].find("-->\n")? + 4)).unwrap();
        let end = text.find("<!-- end of downtime -->").unwrap();
        let expected = format!("\n{}\n", table(head));
        if std::env::var_os("NINES_BLESS").is_some() {
            std::fs::write(&path, format!("{}{expected}{}", &text[..begin], &text[end..])).unwrap();
        } else {
            assert_eq!(&text[begin..end], expected, "{file}: NINES_BLESS=1 writes it");
        }
    }
}

#[test]
fn known_cells_are_what_they_are_known_to_be() {
    assert_eq!(downtime(999_000_000, 30 * DAY_S), "43m12s");
    assert_eq!(downtime(999_500_000, 28 * DAY_S), "20m9.6s");
    assert_eq!(downtime(999_900_000, 365 * DAY_S), "52m33.6s");
    assert_eq!(downtime(900_000_000, 2_629_800), "3d1h3m");
}
