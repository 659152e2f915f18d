//! The user interface's files, embedded: what `web/` builds into `web/dist`, found by path, and the page shell
//! with its language, title and first data filled in.
//!
//! Does not know HTTP, and not which paths are pages: the server asks for a file or for the shell. Start reading
//! at [`asset`] and [`page`]; `build.rs` makes the table.

use flate2::read::GzDecoder;
use std::borrow::Cow;
use std::io::Read;

/// One file of the page.
#[derive(Debug)]
pub struct Asset {
    /// From the root of the site, without the first slash: `assets/app.js`.
    pub path: &'static str,
    /// For the `content-type` header.
    pub content_type: &'static str,
    /// A strong entity tag, in its quotation marks: the hash of the content. File names carry no hashes.
    pub etag: &'static str,
    /// The content, gzipped.
    pub gzip: &'static [u8],
}

impl Asset {
    /// The content as it is, for the rare client that takes no gzip.
    pub fn plain(&self) -> Cow<'static, [u8]> {
        let mut plain = Vec::new();
        // The bytes were packed by our own build: they always unpack, and a Vec always takes them.
        let unpacked = GzDecoder::new(self.gzip).read_to_end(&mut plain);
        debug_assert!(unpacked.is_ok(), "{} unpacks", self.path);
        Cow::Owned(plain)
    }
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// The file at `path`, with or without the first slash.
pub fn asset(path: &str) -> Option<&'static Asset> {
    let path = path.strip_prefix('/').unwrap_or(path);
    let at = ASSETS.binary_search_by(|asset| asset.path.cmp(path)).ok()?;
    ASSETS.get(at)
}

/// All files of the page, by path.
pub fn assets() -> &'static [Asset] {
    ASSETS
}

/// What a page says of itself before it is drawn.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Head {
    /// For the tab and for links to the page.
    pub title: String,
    /// One line that tells what the page would show.
    pub description: String,
}

/// The page shell: `lang` for `<html lang>`, `head` for tabs and links, `boot_json` for the data block that the page
/// reads before it asks the server for anything. All three may hold anything; they are escaped here.
pub fn page(lang: &str, head: &Head, boot_json: &str) -> String {
    let [start, before_title, before_boot, tail] = INDEX;
    let mut html = String::with_capacity(INDEX.iter().map(|piece| piece.len()).sum::<usize>() + boot_json.len() + 256);
    html.push_str(start);
    html.push_str("<html lang=\"");
    push_escaped(&mut html, lang);
    html.push_str("\">");
    html.push_str(before_title);
    push_head(&mut html, head);
    html.push_str(before_boot);
    html.push_str("id=\"boot\">");
    push_script_data(&mut html, boot_json);
    html.push_str("</script>");
    html.push_str(tail);
    html
}

/// Title and summary, once for browsers and once for those who show links (the Open Graph protocol's names).
fn push_head(html: &mut String, head: &Head) {
    html.push_str("<title>");
    push_escaped(html, &head.title);
    html.push_str("</title>");
    let metas = [
        ("name", "description", &head.description),
        ("property", "og:title", &head.title),
        ("property", "og:description", &head.description),
    ];
    for (attribute, name, content) in metas {
        html.push_str(&format!("\n<meta {attribute}=\"{name}\" content=\""));
        push_escaped(html, content);
        html.push_str("\">");
    }
}

/// Text and attribute values of HTML.
fn push_escaped(html: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            c => html.push(c),
        }
    }
}

/// JSON inside a script element: there `<` could end the element or open a comment, and outside of JSON's
/// strings it never stands, so its escape means the same.
fn push_script_data(html: &mut String, json: &str) {
    let mut pieces = json.split('<');
    html.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        html.push_str("\\u003c");
        html.push_str(piece);
    }
}

#[cfg(test)]
mod tests;
