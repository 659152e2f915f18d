//! What Zipkin's clients, page and scripts rely on, asked of the real server over HTTP.
//!
//! Each file is one area and mostly a table ([`ask`]): what is posted, what is asked, what must come back.
//! The answers are those of Zipkin 3.6.1, but for cases that are marked as ours; `docs/guide/zipkin.md`
//! gives the reason of each of these.

mod ask;
mod autocomplete;
mod headers;
mod ids;
mod lens;
mod links;
mod names;
mod normalised;
mod operations;
mod reader;
mod search;
mod switches;
mod traces;
mod validation;
pub mod wire;

#[test]
fn the_number_of_cases_is_told() {
    let areas = [
        ("autocomplete", autocomplete::CASES.len()),
        ("headers and methods", headers::CASES.len()),
        ("ids", ids::STRICT.len() + ids::LENIENT.len()),
        ("links to the page", lens::CASES.len()),
        ("dependencies", links::CASES.len()),
        ("names", names::CASES.len()),
        ("normalisation", normalised::CASES.len()),
        ("operations", operations::CASES.len()),
        ("reader", reader::TAKEN.len() + reader::REFUSED.len()),
        ("search", search::CASES.len()),
        ("switches", switches::SEARCH_OFF.len() + switches::QUERY_OFF.len() + switches::UI_OFF.len()),
        ("traces", traces::CASES.len()),
        ("validation", validation::CASES.len()),
    ];
    for (area, n_cases) in areas {
        println!("{n_cases:4} {area}");
    }
    let all: usize = areas.iter().map(|(_, n_cases)| n_cases).sum();
    println!("{all:4} cases of Zipkin's behaviour");
    assert!(all >= 250, "only {all} cases: some area lost its table");
}
