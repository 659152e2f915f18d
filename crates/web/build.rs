//! Packs `web/dist` into the program: each file gzipped once, here, with the hash of its content as its tag.
//!
//! The directory is committed, so that building needs no Node. Without it the build stops: a server with a
//! blank page would be found out much later, by somebody else.

use flate2::Compression;
use flate2::write::GzEncoder;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// Where the page's files are, from this crate.
const DIST: &str = "../../web/dist";

/// Texts in `index.html` that the server replaces; the file is cut at them.
const MARKS: [&str; 3] = ["<html lang=\"en\">", "<title>nines</title>", "id=\"boot\">{}</script>"];

fn main() {
    println!("cargo:rerun-if-changed={DIST}");
    if let Err(error) = pack() {
        panic!("web/dist cannot be packed: {error}\n  build it: cd web && npm ci && npm run build");
    }
}

fn pack() -> io::Result<()> {
    let dist = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join(DIST);
    let out = PathBuf::from(std::env::var_os("OUT_DIR").unwrap_or_default());
    let mut names = Vec::new();
    list(&dist, "", &mut names)?;
    names.sort();
    if !names.iter().any(|name| name == "index.html") {
        return Err(io::Error::other("it has no index.html"));
    }

    let mut code = String::from("static ASSETS: &[Asset] = &[\n");
    for (number, name) in names.iter().filter(|name| *name != "index.html").enumerate() {
        let plain = fs::read(dist.join(name))?;
        let packed = out.join(format!("{number}.gz"));
        let mut encoder = GzEncoder::new(fs::File::create(&packed)?, Compression::best());
        encoder.write_all(&plain)?;
        encoder.finish()?;
        let (kind, tag) = (content_type(name), format!("\"{:016x}\"", fnv1a(&plain)));
        let line = format!(
            "    Asset {{ path: {name:?}, content_type: {kind:?}, etag: {tag:?}, gzip: include_bytes!({packed:?}) }},\n"
        );
        code.push_str(&line);
    }
    code.push_str("];\n");

    let index = fs::read_to_string(dist.join("index.html"))?;
    let mut rest = index.as_str();
    let mut pieces = Vec::new();
    for mark in MARKS {
        let (before, after) =
            rest.split_once(mark).ok_or_else(|| io::Error::other(format!("index.html has no {mark}")))?;
        pieces.push(before);
        rest = after;
    }
    pieces.push(rest);
    // Writing to a String cannot fail.
    let _ = writeln!(code, "static INDEX: [&str; 4] = {pieces:?};");
    fs::write(out.join("assets.rs"), code)
}

/// Names of all files below `dir`, with slashes.
fn list(dir: &Path, prefix: &str, names: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            list(&entry.path(), &format!("{name}/"), names)?;
        } else {
            names.push(name);
        }
    }
    Ok(())
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("html") => "text/html; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        Some("txt") => "text/plain; charset=utf-8",
        Some("png") => "image/png",
        Some("webmanifest") => "application/manifest+json",
        Some("json") => "application/json",
        _ => "application/octet-stream",
    }
}

/// FNV-1a, 64 bits: enough to tell two versions of one file apart, and the same on every build.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}
