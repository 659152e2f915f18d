//! Files that a server takes back as they are: each is one body of `POST /v1/traces` or
//! `POST /api/v2/spans`.

use super::{BlockFiles, Format, Plan};
use flate2::Compression;
use flate2::write::GzEncoder;
use nines_base::vfs::Vfs;
use nines_engine::directory::store_file;
use nines_span::{Span, otlp, zipkin};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Bytes of a body before it is packed. Servers take ten megabytes, ours and Zipkin's; a single span
/// beyond it stands alone.
pub const BODY_BYTES_MAX: usize = 8 << 20;

/// The files of one block.
pub struct BodyFiles {
    vfs: Arc<dyn Vfs>,
    out: PathBuf,
    block: String,
    format: Format,
    gzip: bool,
    body: Vec<u8>,
    written: Vec<(String, u64)>,
}

impl BodyFiles {
    /// No file yet.
    pub fn new(plan: &Plan, vfs: Arc<dyn Vfs>, out: &Path, block: &str) -> BodyFiles {
        BodyFiles {
            vfs,
            out: out.to_owned(),
            block: block.to_owned(),
            format: plan.format,
            gzip: plan.gzip,
            body: Vec::new(),
            written: Vec::new(),
        }
    }

    /// Adds spans to the body, or ends it before or between them where they do not fit.
    fn add(&mut self, spans: &[Span]) -> io::Result<()> {
        let mut piece = Vec::new();
        match self.format {
            Format::Zipkin => zipkin::json_v2::write_list(spans, &mut piece),
            // Requests side by side are one request: its only field is a list.
            _ => piece = otlp::encode(spans),
        }
        if piece.len() > BODY_BYTES_MAX && spans.len() > 1 {
            let (first, second) = spans.split_at(spans.len() / 2);
            self.add(first)?;
            return self.add(second);
        }
        if !self.body.is_empty() && self.body.len() + piece.len() > BODY_BYTES_MAX {
            self.end_file()?;
        }
        match (self.format, self.body.last_mut()) {
            // Two lists become one: the bracket between them is a comma.
            (Format::Zipkin, Some(bracket)) => {
                *bracket = b',';
                self.body.extend_from_slice(&piece[1..]);
            }
            _ => self.body.append(&mut piece),
        }
        Ok(())
    }

    fn end_file(&mut self) -> io::Result<()> {
        let kind = if self.format == Format::Zipkin { "json" } else { "pb" };
        let packed = if self.gzip { ".gz" } else { "" };
        let name = format!("{}-{:04}.{kind}{packed}", self.block, self.written.len());
        let bytes = if self.gzip { pack(&self.body)? } else { std::mem::take(&mut self.body) };
        store_file(&*self.vfs, &self.out.join(&name), &bytes)?;
        self.written.push((name, bytes.len() as u64));
        self.body.clear();
        Ok(())
    }
}

impl BlockFiles for BodyFiles {
    fn take(&mut self, mut spans: Vec<Span>) -> io::Result<()> {
        if self.format == Format::Otlp {
            // Neighbours with one resource and scope share their bytes.
            let origin = |span: &Span| span.otlp.as_ref().map(|parts| (parts.resource.clone(), parts.scope.clone()));
            spans.sort_by_cached_key(|span| (origin(span), span.local.service.clone()));
        }
        self.add(&spans)
    }

    fn finish(mut self: Box<Self>) -> io::Result<Vec<(String, u64)>> {
        if !self.body.is_empty() {
            self.end_file()?;
        }
        Ok(self.written)
    }
}

/// The same with gzip, always the same bytes for the same body.
fn pack(body: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(body)?;
    encoder.finish()
}
