use super::*;
use crate::entry::{Category, Class};
use nines_base::lang::{Lang, Message};
use proptest::prelude::*;

const HEADER: &str =
    "source,ext_id,person,team,task,title,category,class,start,end,attended_s,evidence,interrupt,link\n";

fn read_text(text: &str) -> Imported {
    read(text.as_bytes(), &ColumnMap::default(), &Defaults::default()).unwrap()
}

fn read_with(text: &str, map: &str) -> Imported {
    read(text.as_bytes(), &ColumnMap::parse(map).unwrap(), &Defaults::default()).unwrap()
}

fn fault(text: &str) -> String {
    read(text.as_bytes(), &ColumnMap::default(), &Defaults::default()).unwrap_err().to_string()
}

/// Lines and facts.
fn refused(imported: &Imported) -> Vec<(usize, String)> {
    imported.refused.iter().map(|refused| (refused.line, refused.fact.to_string())).collect()
}

fn at(text: &str) -> Timestamp {
    check::time("", text).unwrap()
}

#[test]
fn a_row_of_every_column_is_an_entry() {
    let imported = read_text(&format!(
        "{HEADER}jira,OPS-1,ana,pay,cert-renewal,\"Renew, by hand\",release,toil,2026-11-02T10:00:00+09:00,2026-11-02T02:00:00Z,1200,b,true,run:r-1\n"
    ));
    let expected = Record {
        source: "jira".into(),
        ext_id: "OPS-1".into(),
        person: "ana".into(),
        team: "pay".into(),
        task: "cert-renewal".into(),
        title: "Renew, by hand".into(),
        category: Category::Release,
        class: Some(Class::Toil),
        start: at("2026-11-02T01:00:00Z"),
        end: Some(at("2026-11-02T02:00:00Z")),
        attended: Some(DurationUs::from_secs(1200)),
        is_floating: false,
        evidence: Evidence::Derived,
        interrupt: true,
        link: "run:r-1".into(),
    };
    assert_eq!((imported.records, imported.refused), (vec![expected], vec![]));
}

#[test]
fn what_is_not_said_has_a_default() {
    let defaults = Defaults { team: "ops".into(), minutes: None };
    let text = "task,start,attended_s\nquota,2026-11-02T10:00:00Z,60\nquota,2026-11-02T10:00:00Z,61\n";
    let imported = read(text.as_bytes(), &ColumnMap::default(), &defaults).unwrap();
    let [one, other] = imported.records.as_slice() else { panic!("{imported:?}") };
    assert_eq!((one.source.as_str(), one.team.as_str(), one.evidence), ("csv", "ops", Evidence::Imported));
    assert_eq!((one.category, one.class, one.end), (Category::Other, None, None));
    assert_ne!(one.ext_id, other.ext_id);
    let again = read(text.as_bytes(), &ColumnMap::default(), &defaults).unwrap();
    assert_eq!(again, imported, "the same file gives the same ids");
}

#[test]
fn a_bad_row_is_refused_with_its_line_and_the_rest_is_taken() {
    let imported = read_text(concat!(
        "task,title,start,end,attended_s,class,category\r\n",
        "a,\"over\r\nthree\r\nlines\",2026-11-02T10:00:00Z,,60,,\r\n",
        "b,,yesterday,,60,,\r\n",
        "\r\n",
        "c,\"also\r\nover two\",2026-11-02T10:00:00Z,,-5,,\r\n",
        "d,,2026-11-02T10:00:00Z,2026-11-02T09:00:00Z,,,\r\n",
        "e,,2026-11-02T10:00:00Z,,60,overhead,\r\n",
        ",,2026-11-02T10:00:00Z,,60,,\r\n",
        "f,,2026-11-02T10:00:00Z,,60,,sundry\r\n",
        ",,,,,,\r\n",
        "g,,2026-11-02T10:00:00Z,,1e99,,\r\n",
        "h,,2026-11-02T10:00:00Z,,sixty,,\r\n",
        "i\r\n",
        "j,,2026-11-02T10:00:00Z,,60,,,extra\r\n",
        "k,,2026-11-02T10:00:00Z,,60\r\n",
    ));
    let tasks: Vec<&str> = imported.records.iter().map(|record| record.task.as_str()).collect();
    assert_eq!(tasks, ["a", "k"]);
    assert_eq!(imported.records[0].title, "over three lines");
    let lines: Vec<usize> = imported.refused.iter().map(|refused| refused.line).collect();
    assert_eq!(lines, [5, 7, 9, 10, 11, 12, 14, 15, 16, 17]);
    let facts = refused(&imported);
    assert!(facts[0].1.contains("`yesterday` is not a time as RFC 3339"), "{facts:?}");
    assert!(facts[3].1.contains("never toil"), "{facts:?}");
    assert!(facts[8].1.contains("it has 1 fields, but the header 7"), "{facts:?}");
    assert!(imported.refused[3].fact.text(Lang::Ko).contains("토일이 아니므로"));
}

#[test]
fn separators_marks_and_ends_of_lines_are_told() {
    let rows = [
        "\u{feff}task;start;attended_s\r\na;2026-11-02T10:00:00Z;60\r\n".to_owned(),
        "task\tstart\tattended_s\na\t2026-11-02T10:00:00Z\t60".to_owned(),
        "task,start,attended_s\ra,2026-11-02T10:00:00Z,60\r".to_owned(),
        "\"Task\" , START,attended_S\na , 2026-11-02T10:00:00Z,60\n".replace(" ,", ","),
        "task|start|attended_s|\"a;b;c;d;e\"\na|2026-11-02T10:00:00Z|60|\n".to_owned(),
    ];
    for text in rows {
        let imported = read_text(&text);
        assert_eq!((imported.records.len(), imported.refused), (1, vec![]), "{text:?}");
        assert_eq!(imported.records[0].attended, Some(DurationUs::from_secs(60)), "{text:?}");
    }
    let bad = read_text("task,start,attended_s\ra,2026-11-02T10:00:00Z,60\rb,never,1\r");
    assert_eq!(bad.refused[0].line, 3, "ends of lines as old Macs wrote them");
}

#[test]
fn a_file_as_a_whole_can_be_wrong() {
    assert_eq!(fault(""), "there is no header line");
    assert_eq!(fault("\n\n\n"), "there is no header line");
    assert_eq!(fault("\u{feff}"), "there is no header line");
    assert_eq!(fault("task,start,task\n"), "two columns are named `task`");
    assert_eq!(fault("tsk,start\n"), "there is no column `task`; did you mean `tsk`?");
    assert_eq!(fault("a,b\n"), "there is no column `task`; there are a, b");
    let utf_16: Vec<u8> = b"\xFF\xFEt\0a\0s\0k\0".to_vec();
    assert_eq!(read(&utf_16, &ColumnMap::default(), &Defaults::default()), Err(ImportFact::Utf16));
    let latin: &[u8] = b"t\xe4sk,start\n";
    assert_eq!(read(latin, &ColumnMap::default(), &Defaults::default()), Err(ImportFact::NotUtf8));
    let mapped = ColumnMap::parse("[columns]\ntask = \"Issue kay\"\n").unwrap();
    let missing = read(b"Issue key,start\n", &mapped, &Defaults::default()).unwrap_err();
    assert_eq!(missing.to_string(), "there is no column `Issue kay`; did you mean `Issue key`?");
}

#[test]
fn a_quote_that_is_not_closed_swallows_one_row_only() {
    let imported = read_text(
        concat!(
            "task,title,start,attended_s\n",
            "a,\"fine\",2026-11-02T10:00:00Z,60\n",
            "b,\"open,2026-11-02T10:00:00Z,60\n",
            "c,,2026-11-02T10:00:00Z,60\n",
            "d,5\" disk,2026-11-02T10:00:00Z,60\n",
        )
        .replace("d,5\" disk", "d,disk")
        .as_str(),
    );
    let tasks: Vec<&str> = imported.records.iter().map(|record| record.task.as_str()).collect();
    assert_eq!(tasks, ["a", "c", "d"]);
    assert_eq!(refused(&imported), [(3, "a quote is opened and not closed".to_owned())]);
}

#[test]
fn fields_that_are_not_utf_8_and_nul_are_no_end_of_the_file() {
    let bytes = b"task,start,attended_s\na\xff,2026-11-02T10:00:00Z,60\nb\0b,2026-11-02T10:00:00Z,60\nc,2026-11-02T10:00:00Z,60\n";
    let imported = read(bytes, &ColumnMap::default(), &Defaults::default()).unwrap();
    assert_eq!(refused(&imported), [(2, "it is not UTF-8".to_owned())]);
    assert_eq!(imported.records.len(), 2);
}

#[test]
fn a_map_names_columns_constants_words_units_and_times() {
    let map = r#"
[columns]
task = "Type"
ext_id = "Issue key"
attended = { column = "Time Spent", unit = "min" }
start = { column = "Opened", format = "%d/%b/%y %I:%M %p", zone = "Asia/Seoul" }
category = "Type"
[set]
team = "pay"
source = "desk"
person = "nobody"
[values.category]
"Access request" = "business_process"
"*" = "other"
"#;
    let text = "Issue key;Type;Opened;Time Spent;person\nD-1;Access request;02/Nov/26 09:30 AM;1.5;ana\nD-2;Coffee;03/Nov/26 12:00 AM;20;\nD-3;Coffee;2026-11-03;20;\n";
    let imported = read_with(text, map);
    let [access, coffee] = imported.records.as_slice() else { panic!("{imported:?}") };
    assert_eq!(
        (access.task.as_str(), access.category, access.source.as_str()),
        ("Access request", Category::BusinessProcess, "desk")
    );
    assert_eq!((access.start, access.attended), (at("2026-11-02T00:30:00Z"), Some(DurationUs::from_secs(90))));
    assert_eq!((access.person.as_str(), coffee.person.as_str(), coffee.team.as_str()), ("ana", "nobody", "pay"));
    assert_eq!((coffee.category, coffee.start), (Category::Other, at("2026-11-02T15:00:00Z")));
    assert_eq!(refused(&imported), [(4, "`start`: `2026-11-03` is not a time as %d/%b/%y %I:%M %p".to_owned())]);
}

#[test]
fn times_without_an_offset_are_in_the_zone_of_the_map() {
    let map = "[columns]\nstart = { column = \"at\", zone = \"Asia/Seoul\" }\nend = { column = \"to\", format = \"%Y-%m-%d\" }";
    let imported =
        read_with("task,at,to,attended_s\na,2026-11-02 09:00:00,2026-11-02,60\nb,2026-11-02T09:00:00Z,,60\n", map);
    assert_eq!(imported.refused, []);
    assert_eq!(imported.records[0].start, at("2026-11-02T00:00:00Z"));
    assert_eq!(imported.records[0].end, Some(at("2026-11-02T00:00:00Z")));
    assert_eq!(imported.records[1].start, at("2026-11-02T09:00:00Z"));
}

#[test]
fn what_has_no_time_takes_what_its_task_takes_or_an_estimate_or_is_refused() {
    let text = concat!(
        "task,start,end,attended_s,link\n",
        "access,2026-11-02T10:00:00Z,,600,\n",
        "access,2026-11-03T10:00:00Z,,1200,\n",
        "access,2026-11-04T10:00:00Z,2026-11-04T10:30:00Z,,\n",
        "access,2026-11-05T10:00:00Z,,,\n",
        "quota,2026-11-05T10:00:00Z,,,\n",
        "quota,2026-11-05T10:00:00Z,,,pagerduty:P1\n",
    );
    let imported = read_text(text);
    assert_eq!(refused(&imported), [(6, "no effort is known; elapsed time is not effort".to_owned())]);
    let median = imported.records.last().unwrap();
    assert_eq!((median.attended, median.evidence), (Some(DurationUs::from_secs(1200)), Evidence::Declared));
    assert_eq!(median.end, Some(at("2026-11-05T10:00:00Z")));
    let linked = &imported.records[3];
    assert_eq!((linked.link.as_str(), linked.attended), ("pagerduty:P1", None));
    let estimate = Defaults { team: String::new(), minutes: Some(DurationUs::from_secs(900)) };
    let imported = read(text.as_bytes(), &ColumnMap::default(), &estimate).unwrap();
    assert_eq!((imported.refused, imported.records.last().unwrap().attended), (vec![], estimate.minutes));
}

#[test]
fn a_file_of_nothing_but_nonsense_is_given_up() {
    let imported = read_text(&format!("task,start\n{}", "a,b\n".repeat(30_000)));
    assert_eq!(imported.refused.len(), crate::import::REFUSED_MAX + 1);
    assert!(matches!(imported.refused.last().unwrap().fact, ImportFact::TooManyRefused { .. }));
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = read(&bytes, &ColumnMap::default(), &Defaults::default());
        let _ = read(&[b"task,start,attended_s,end,class\n".as_slice(), &bytes].concat(), &ColumnMap::default(), &Defaults::default());
    }

    #[test]
    fn rows_over_several_lines_keep_their_lines(titles in proptest::collection::vec("[a\n\r\",]{0,6}", 1..8)) {
        let mut text = "task,title,start\n".to_owned();
        let mut lines = Vec::new();
        for title in titles {
            lines.push(text.matches('\n').count() + 1);
            text.push_str(&format!("t,\"{}\",never\n", title.replace('\r', "").replace('"', "\"\"")));
        }
        let found: Vec<usize> = read_text(&text).refused.iter().map(|refused| refused.line).collect();
        prop_assert_eq!(found, lines);
    }

    #[test]
    fn no_number_makes_it_panic(seconds in any::<f64>(), start in "[0-9]{1,6}-[0-9]{2}-[0-9]{2}T00:00:00Z") {
        let _ = read_text(&format!("task,start,attended_s\na,{start},{seconds}\na,-009999-01-02T01:59:59Z,{seconds}\na,9999-12-30T22:00:00.9Z,\n"));
    }
}
