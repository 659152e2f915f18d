use super::*;

#[test]
fn everything_the_shell_refers_to_is_embedded() {
    let html = page("en", &head("nines"), "{}");
    let refers: Vec<&str> = html.split('"').filter(|text| text.starts_with("/assets/")).collect();
    assert!(refers.len() >= 4, "style, script, font and icon: {refers:?}");
    for path in refers {
        assert!(asset(path).is_some(), "{path} is not embedded");
    }
}

#[test]
fn a_file_is_found_with_and_without_its_first_slash_and_nothing_else_is() {
    assert_eq!(asset("/assets/app.js").map(|asset| asset.path), Some("assets/app.js"));
    assert_eq!(asset("assets/app.css").map(|asset| asset.content_type), Some("text/css; charset=utf-8"));
    for absent in ["", "/", "index.html", "assets", "assets/", "assets/app.jsx", "../Cargo.toml", "//assets/app.js"] {
        assert!(asset(absent).is_none(), "{absent:?}");
    }
}

#[test]
fn every_file_unpacks_and_has_a_type_and_a_tag_of_its_own_content() {
    let mut tags = std::collections::BTreeSet::new();
    for asset in assets() {
        assert!(!asset.plain().is_empty(), "{} is empty", asset.path);
        assert!(asset.etag.starts_with('"') && asset.etag.ends_with('"') && asset.etag.len() == 18, "{}", asset.etag);
        assert_ne!(asset.content_type, "application/octet-stream", "{} has no type", asset.path);
        tags.insert(asset.etag);
    }
    assert_eq!(tags.len(), assets().len());
}

#[test]
fn fonts_come_with_their_licences() {
    for asset in assets().iter().filter(|asset| asset.path.ends_with(".woff2")) {
        let family = if asset.path.contains("inter") { "inter" } else { "pretendard" };
        let licence = self::asset(&format!("assets/fonts/LICENSE-{family}.txt"));
        assert!(licence.is_some_and(|text| String::from_utf8_lossy(&text.plain()).contains("SIL OPEN FONT LICENSE")));
    }
}

fn head(title: &str) -> Head {
    Head { title: title.into(), description: "\"<all>\"".into() }
}

#[test]
fn the_shell_takes_language_title_and_data_and_nothing_in_them_becomes_markup() {
    let html = page("ko", &head("<b>\"a\" & b</b> · nines"), r#"{"a":"</script><!--<b>"}"#);
    assert!(html.contains(r#"<html lang="ko">"#));
    assert!(html.contains("<title>&lt;b&gt;&quot;a&quot; &amp; b&lt;/b&gt; · nines</title>"));
    assert!(html.contains("<meta name=\"description\" content=\"&quot;&lt;all&gt;&quot;\">"));
    assert!(html.contains(r#"id="boot">{"a":"\u003c/script>\u003c!--\u003cb>"}</script>"#));
    assert!(html.starts_with("<!doctype html>") && html.trim_end().ends_with("</html>"));
    assert_eq!(page("en", &head("nines"), "{}"), page("en", &head("nines"), "{}"));
}

#[test]
fn the_shell_has_no_inline_script_or_style() {
    let html = page("en", &head("nines"), "{}");
    assert!(!html.contains("<style") && !html.contains(" style=") && !html.contains("onload="));
    for script in html.split("<script").skip(1) {
        assert!(script.contains("src=\"") || script.contains("type=\"application/json\""), "{script}");
    }
}
