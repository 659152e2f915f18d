//! Definitions on a live server: what is in force is told with its places, and a broken set with its faults.

use crate::process::{Server, eventually};
use crate::shop::availability;
use serde_json::{Value, json};
use std::time::Duration;

/// Longest wait for a file to be noticed: a debug build on a busy machine.
const SOON: Duration = Duration::from_secs(30);

#[test]
fn a_broken_set_is_told_with_its_places_and_the_last_good_one_stays() {
    let folder = tempfile::tempdir().unwrap();
    let definitions = folder.path().join("definitions");
    std::fs::create_dir(&definitions).unwrap();
    let file = definitions.join("shop.yaml");
    let write = |target: &str| std::fs::write(&file, availability("shop", target)).unwrap();
    write("0.95");
    let (data, flags) = (folder.path().join("data"), ["--definitions", &definitions.display().to_string()]);
    let server = Server::start(&data, &flags);
    let told = || server.get("/api/nines/v1/definitions?objects=true").json();

    let good = told();
    assert_eq!((&good["generation"], &good["refused"], &good["refusedAt"]), (&json!(1), &json!(false), &Value::Null));
    assert_eq!(
        good["files"],
        json!([{ "file": file.display().to_string(), "objects": good["objects"].as_array().unwrap().len() }])
    );
    let slo = good["objects"].as_array().unwrap().iter().find(|object| object["kind"] == "SLO").unwrap();
    assert!(slo["line"].as_u64() > Some(0) && slo["file"] == json!(file.display().to_string()), "{slo}");
    assert!(server.get("/api/nines/v1/definitions").json().get("objects").is_none(), "only when asked for");

    write("1.95");
    let bad = eventually(SOON, told, |told| told["refused"] == true);
    let findings = bad["findings"].as_array().unwrap();
    // A warning stands before it: no file declares the service.
    let fault = findings.iter().find(|finding| finding["severity"] == "error").unwrap();
    assert_eq!((&fault["set"], &fault["file"]), (&json!("refused"), &slo["file"]));
    assert!(fault["path"].as_str().unwrap().ends_with("target") && fault["line"].as_u64() > Some(1), "{fault}");
    assert!(!fault["fact"].as_str().unwrap().is_empty() && !fault["hint"].as_str().unwrap().is_empty());
    assert_eq!((&bad["generation"], &bad["objects"]), (&json!(1), &good["objects"]), "the last good set is in force");
    assert!(bad["refusedAt"].is_string());

    write("0.9");
    let mended = eventually(SOON, told, |told| told["generation"] == 2);
    assert_eq!(mended["refused"], false);
    let mended = mended["findings"].as_array().unwrap();
    assert!(mended.iter().all(|finding| finding["set"] == "inForce" && finding["severity"] == "warning"), "{mended:?}");
    server.terminate();

    let server = Server::start(&data, &flags);
    let again = server.get("/api/nines/v1/definitions").json();
    assert_eq!(again["generation"], 2, "the same set is no new generation");
}

#[test]
fn a_folder_that_cannot_be_read_any_more_is_told_like_a_broken_file() {
    let folder = tempfile::tempdir().unwrap();
    let definitions = folder.path().join("definitions");
    std::fs::create_dir(&definitions).unwrap();
    std::fs::write(definitions.join("shop.yaml"), availability("shop", "0.95")).unwrap();
    let flags = ["--definitions", &definitions.display().to_string()];
    let server = Server::start(&folder.path().join("data"), &flags);
    let told = || server.get("/api/nines/v1/definitions").json();
    std::fs::rename(&definitions, folder.path().join("elsewhere")).unwrap();
    let bad = eventually(SOON, told, |told| told["refused"] == true);
    assert_eq!(bad["findings"][0]["file"], json!(definitions.display().to_string()));
    assert_eq!(bad["slos"], 1);
    std::fs::rename(folder.path().join("elsewhere"), &definitions).unwrap();
    eventually(SOON, told, |told| told["refused"] == false);
}

#[test]
fn the_server_tells_of_itself_and_of_who_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &[]);
    let about = server.get("/api/nines/v1/about").json();
    assert_eq!(about["memory"]["limitBytes"], json!(400_u64 << 20));
    assert!(about["memory"]["residentBytes"].as_f64() > Some(1e6));
    let limit = |name: &str| about["limits"].as_array().unwrap().iter().find(|limit| limit["limit"] == name).cloned();
    assert_eq!(limit("body_bytes_max"), Some(json!({ "limit": "body_bytes_max", "unit": "bytes", "max": 10 << 20 })));
    assert_eq!(server.get("/api/nines/v1/notify").json(), json!({ "targets": [], "findings": [] }));
}
