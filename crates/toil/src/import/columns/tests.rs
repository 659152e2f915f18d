use super::*;
use proptest::prelude::*;

fn faults(text: &str) -> Vec<(usize, usize, String)> {
    let faults = ColumnMap::parse(text).expect_err(text);
    faults.into_iter().map(|fault| (fault.line, fault.column, fault.fact.to_string())).collect()
}

#[test]
fn every_fault_has_its_place() {
    let found = faults(concat!(
        "separator = \";;\"\n",
        "[colums]\n",
        "[columns]\n",
        "tsk = \"Type\"\n",
        "start = { column = \"At\", zone = \"Mars/Olympus\" }\n",
        "attended = { column = \"T\", unit = \"d\", units = \"h\" }\n",
        "end = { format = \"%Y\" }\n",
        "title = 7\n",
        "[values]\n",
        "category = \"x\"\n",
        "[set]\n",
        "qqq = \"x\"\n",
    ));
    let has = |line: usize, text: &str| found.iter().any(|(at, _, fact)| *at == line && fact.contains(text));
    assert!(has(1, "is not one character"), "{found:?}");
    assert!(has(2, "did you mean `columns`?"), "{found:?}");
    assert!(has(4, "did you mean `task`?"), "{found:?}");
    assert!(has(5, "`Mars/Olympus` is no time zone"), "{found:?}");
    assert!(has(6, "`d` is none of s, min, h"), "{found:?}");
    assert!(has(6, "did you mean `unit`?"), "{found:?}");
    assert!(has(7, "`end` does not name a `column`"), "{found:?}");
    assert!(has(8, "`title` is not a text"), "{found:?}");
    assert!(has(10, "`category` is not a table"), "{found:?}");
    assert!(has(12, "is none of source, ext_id"), "{found:?}");
    assert_eq!(found.len(), 10);
    let column = found.iter().find(|(line, _, _)| *line == 5).map(|(_, column, _)| *column);
    assert_eq!(column, Some(33));
}

#[test]
fn what_is_not_toml_has_a_place() {
    let found = faults("[columns]\ntask = \n");
    assert_eq!((found.len(), found[0].0), (1, 2));
}

#[test]
fn words_are_translated_and_constants_fill_what_is_empty() {
    let map = ColumnMap::parse("[set]\nteam = \"pay\"\n[values.team]\npay = \"payments\"\n\"*\" = \"rest\"\n").unwrap();
    assert_eq!(map.value(Field::Team, ""), "payments");
    assert_eq!(map.value(Field::Team, "x"), "rest");
    assert_eq!(map.value(Field::Task, "x"), "x");
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,80}|(\\[(columns|set|values)\\]\n)?(start|task) = [\\PC\n]{0,30}") {
        let _ = ColumnMap::parse(&text);
    }
}
