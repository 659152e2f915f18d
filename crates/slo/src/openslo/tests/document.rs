use super::{load_text, short};
use crate::openslo::{Mode, SourceFile, load};

#[test]
fn bytes_that_are_no_text_are_told_with_their_place() {
    let fact = |bytes: &[u8]| {
        let files = [SourceFile { name: "f".to_owned(), bytes: bytes.to_vec() }];
        load(&files, Mode::Spec).findings.iter().map(short).collect::<Vec<_>>().join(" | ")
    };
    assert_eq!(fact(b"a: 1\nb: \xff\n"), "error 2:4  OfText");
    assert_eq!(fact(b""), "");
}

#[test]
fn faults_of_one_file_do_not_hide_another_file() {
    let file = |name: &str, text: &str| SourceFile { name: name.to_owned(), bytes: text.as_bytes().to_vec() };
    let loaded = load(&[file("a", "x: [\n"), file("b", "y\n")], Mode::Spec);
    let files: Vec<&str> = loaded.findings.iter().map(|finding| finding.place.file.as_str()).collect();
    assert_eq!(files, ["a", "b"]);
}

#[test]
fn a_thousand_faults_of_a_file_are_told_and_the_rest_counted() {
    let text = "apiVersion: openslo/v1\nkind: Service\nmetadata: { name: x }\nspec:\n".to_owned()
        + &(0..1500).map(|n| format!("  f{n}: 1\n")).collect::<String>();
    let findings = load_text(&text, Mode::Spec).findings;
    assert_eq!(findings.len(), 1001);
    assert_eq!(short(&findings[1000]), "error 1004:3  MoreFindings");
    assert_eq!(findings[1000].fact.to_string(), "500 more findings in this file");
}
