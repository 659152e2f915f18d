//! The block's frame: header, sections one after the other, footer with the table of sections, trailer.

use crate::encode::{Input, Malformed, put_signed, put_varint};
use nines_base::Timestamp;
use nines_storage::StoreError;
use std::cell::RefCell;
use std::fmt;

/// First bytes of a block.
pub const MAGIC: [u8; 8] = *b"NINESBLK";

/// Version of the block format this program writes and reads.
pub const VERSION: u16 = 1;

/// Bytes of the header: magic, version, two reserved, checksum.
pub const HEADER_BYTES: usize = 16;

/// Bytes of the trailer: length and checksum of the footer, checksum of the trailer, magic.
pub const TRAILER_BYTES: usize = 20;

/// A section is at most this long when unpacked; a segment is bounded far below it.
const SECTION_BYTES_MAX: usize = 1 << 30;

/// Smaller sections are not worth a frame of zstd.
const COMPRESSED_BYTES_MIN: usize = 48;

/// The fastest level: higher ones save less than a hundredth of a byte in ten on ids and times.
const ZSTD_LEVEL: i32 = 1;

/// What a section holds. The number is what the footer stores.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[repr(u8)]
#[allow(missing_docs)]
pub enum SectionKind {
    // Of the whole block.
    Names = 1,
    Operations = 2,
    Shapes = 3,
    Origins = 4,
    Columns = 5,
    Groups = 6,
    Fingerprints = 7,
    Ordinals = 8,
    Splits = 9,
    Filters = 10,
    Unfiltered = 11,
    // Of each row group, in this order.
    TraceIds = 20,
    Traces = 21,
    SpanIds = 22,
    Links = 23,
    Parents = 24,
    Starts = 25,
    Durations = 26,
    RowOperations = 27,
    RowShapes = 28,
    RowOrigins = 29,
    Fine = 30,
    Arrivals = 31,
    Codes = 32,
    Lengths = 33,
    Text = 34,
    Hex = 35,
    Events = 36,
    Rest = 37,
}

impl SectionKind {
    /// Sections of the whole block, in the order written.
    pub const OF_BLOCK: [SectionKind; 11] = {
        use SectionKind::*;
        [Names, Operations, Shapes, Origins, Columns, Groups, Fingerprints, Ordinals, Splits, Filters, Unfiltered]
    };

    /// Sections of a row group, in the order written.
    pub const OF_GROUP: [SectionKind; 18] = {
        use SectionKind::*;
        [
            TraceIds,
            Traces,
            SpanIds,
            Links,
            Parents,
            Starts,
            Durations,
            RowOperations,
            RowShapes,
            RowOrigins,
            Fine,
            Arrivals,
            Codes,
            Lengths,
            Text,
            Hex,
            Events,
            Rest,
        ]
    };

    /// What it holds, in words.
    pub fn name(self) -> &'static str {
        use SectionKind::*;
        match self {
            Names => "names",
            Operations => "operations",
            Shapes => "shapes",
            Origins => "origins",
            Columns => "columns",
            Groups => "groups",
            Fingerprints => "fingerprints",
            Ordinals => "ordinals",
            Splits => "splits",
            TraceIds => "trace ids",
            Traces => "traces",
            SpanIds => "span ids",
            Links => "links",
            Parents => "parents",
            Starts => "starts",
            Durations => "durations",
            RowOperations => "row operations",
            RowShapes => "row shapes",
            RowOrigins => "row origins",
            Arrivals => "arrivals",
            Codes => "codes",
            Lengths => "lengths",
            Text => "text",
            Hex => "hex",
            Fine => "fine times",
            Events => "events",
            Rest => "rest",
            Filters => "filters",
            Unfiltered => "unfiltered",
        }
    }

    /// Random bytes, which no codec makes shorter, and ordinals, of which a reader wants a single one.
    fn is_random(self) -> bool {
        use SectionKind::*;
        matches!(self, TraceIds | SpanIds | Parents | Filters | Unfiltered | Fingerprints | Ordinals)
    }
}

impl fmt::Display for SectionKind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, out)
    }
}

/// Where a section stands and how to unpack it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Section {
    /// What it holds.
    pub kind: SectionKind,
    /// Its first byte in the file.
    pub offset: u64,
    /// Bytes in the file.
    pub stored_bytes: u32,
    /// Bytes unpacked; more than stored means zstd.
    pub raw_bytes: u32,
    /// Checksum of the stored bytes.
    crc: u32,
}

/// What a block says of itself.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Footer {
    /// Generation of the inbox it was made from.
    pub generation: u64,
    /// Its shard.
    pub shard: u32,
    /// Shards of its generation.
    pub n_shards: u32,
    /// Spans.
    pub n_rows: u64,
    /// Entries of the trace index.
    pub n_traces: u32,
    /// Row groups.
    pub n_groups: u32,
    /// Smallest and largest start in microseconds; both 0 when no span has one.
    pub start_us: (u64, u64),
    /// First and last arrival.
    pub arrived: (Timestamp, Timestamp),
    /// Sections of the whole block, in the order of [`SectionKind::OF_BLOCK`].
    pub of_block: Vec<Section>,
    /// Sections of each group, in the order of [`SectionKind::OF_GROUP`].
    pub of_groups: Vec<Vec<Section>>,
}

impl Footer {
    /// A section of the whole block.
    pub fn of_block(&self, kind: SectionKind) -> &Section {
        &self.of_block[kind as usize - SectionKind::Names as usize]
    }

    /// A section of a group.
    pub fn of_group(&self, group_idx: usize, kind: SectionKind) -> &Section {
        &self.of_groups[group_idx][kind as usize - SectionKind::TraceIds as usize]
    }

    fn write(&self, out: &mut Vec<u8>) {
        for number in [self.generation, self.shard.into(), self.n_shards.into(), self.n_rows, self.n_traces.into()] {
            put_varint(out, number);
        }
        put_varint(out, self.n_groups.into());
        put_varint(out, self.start_us.0);
        put_varint(out, self.start_us.1);
        put_signed(out, self.arrived.0.0);
        put_signed(out, self.arrived.1.0);
        for section in self.of_groups.iter().flatten().chain(&self.of_block) {
            put_varint(out, section.stored_bytes.into());
            put_varint(out, section.raw_bytes.into());
            out.extend_from_slice(&section.crc.to_le_bytes());
        }
    }

    /// Reads a footer. `sections_end` is where the sections must end.
    fn read(bytes: &[u8], sections_end: u64) -> Result<Footer, Malformed> {
        let input = &mut Input::new(bytes);
        let mut footer = Footer {
            generation: input.varint()?,
            shard: input.varint_u32()?,
            n_shards: input.varint_u32()?,
            n_rows: input.varint()?,
            n_traces: input.varint_u32()?,
            n_groups: input.varint_u32()?,
            start_us: (input.varint()?, input.varint()?),
            arrived: (Timestamp(input.signed()?), Timestamp(input.signed()?)),
            ..Footer::default()
        };
        // A section takes at least six bytes of the footer, so a wrong count ends early, not late.
        let mut offset = HEADER_BYTES as u64;
        for _ in 0..footer.n_groups {
            footer.of_groups.push(read_sections(input, &SectionKind::OF_GROUP, &mut offset)?);
        }
        footer.of_block = read_sections(input, &SectionKind::OF_BLOCK, &mut offset)?;
        input.finish()?;
        if offset == sections_end { Ok(footer) } else { Err(Malformed("the sections do not fill the file")) }
    }
}

fn read_sections(input: &mut Input<'_>, kinds: &[SectionKind], offset: &mut u64) -> Result<Vec<Section>, Malformed> {
    let mut sections = Vec::with_capacity(kinds.len());
    for kind in kinds {
        let (stored_bytes, raw_bytes, crc) = (input.varint_u32()?, input.varint_u32()?, input.u32()?);
        if raw_bytes as usize > SECTION_BYTES_MAX || stored_bytes > raw_bytes {
            return Err(Malformed("a section is impossibly long"));
        }
        sections.push(Section { kind: *kind, offset: *offset, stored_bytes, raw_bytes, crc });
        *offset += u64::from(stored_bytes);
    }
    Ok(sections)
}

/// A block being put together in memory.
pub struct Frame {
    bytes: Vec<u8>,
    compressor: Option<zstd::bulk::Compressor<'static>>,
}

impl Frame {
    /// Begins with the header.
    pub fn new() -> Frame {
        let mut bytes = Vec::new();
        bytes.extend_from_slice(&MAGIC);
        bytes.extend_from_slice(&VERSION.to_le_bytes());
        bytes.extend_from_slice(&[0; 2]);
        let crc = crc32c::crc32c(&bytes);
        bytes.extend_from_slice(&crc.to_le_bytes());
        // Without a compressor (it fails for want of memory only) sections are stored as they are.
        Frame { bytes, compressor: zstd::bulk::Compressor::new(ZSTD_LEVEL).ok() }
    }

    /// Adds a section.
    pub fn add(&mut self, kind: SectionKind, raw: &[u8]) -> Section {
        let offset = self.bytes.len();
        if raw.len() >= COMPRESSED_BYTES_MIN && !kind.is_random() && !self.add_compressed(raw) {
            self.bytes.truncate(offset);
        }
        if self.bytes.len() == offset {
            self.bytes.extend_from_slice(raw);
        }
        let stored = &self.bytes[offset..];
        Section {
            kind,
            offset: offset as u64,
            stored_bytes: stored.len() as u32,
            raw_bytes: raw.len() as u32,
            crc: crc32c::crc32c(stored),
        }
    }

    /// Whether the section became shorter.
    fn add_compressed(&mut self, raw: &[u8]) -> bool {
        let Some(compressor) = &mut self.compressor else { return false };
        let offset = self.bytes.len();
        self.bytes.resize(offset + zstd::zstd_safe::compress_bound(raw.len()), 0);
        match compressor.compress_to_buffer(raw, &mut self.bytes[offset..]) {
            Ok(n_bytes) if n_bytes < raw.len() => {
                self.bytes.truncate(offset + n_bytes);
                true
            }
            _ => false,
        }
    }

    /// Ends with footer and trailer.
    pub fn finish(mut self, footer: &Footer) -> Vec<u8> {
        let mut written = Vec::new();
        footer.write(&mut written);
        self.bytes.extend_from_slice(&written);
        let mut trailer = Vec::new();
        trailer.extend_from_slice(&(written.len() as u32).to_le_bytes());
        trailer.extend_from_slice(&crc32c::crc32c(&written).to_le_bytes());
        let crc = crc32c::crc32c(&trailer);
        trailer.extend_from_slice(&crc.to_le_bytes());
        trailer.extend_from_slice(&MAGIC);
        self.bytes.extend_from_slice(&trailer);
        self.bytes
    }
}

/// What is wrong with a block and where.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Damage {
    /// Byte of the file at which the damaged part begins.
    pub offset: u64,
    /// The part.
    pub part: &'static str,
    /// What is wrong with it.
    pub fact: &'static str,
}

impl Damage {
    /// As an error of the store, naming the file.
    pub fn in_file(self, file: &str) -> StoreError {
        StoreError::Damaged {
            place: format!("{file} at byte {}", self.offset),
            detail: format!("{}: {}", self.part, self.fact),
        }
    }
}

/// Reads header, trailer and footer. `read` gives bytes of the file.
pub fn read_footer<E>(
    len_bytes: u64,
    mut read: impl FnMut(u64, usize) -> Result<Vec<u8>, E>,
) -> Result<Result<Footer, Damage>, E> {
    let damage = |offset, part, fact| Ok(Err(Damage { offset, part, fact }));
    if len_bytes < (HEADER_BYTES + TRAILER_BYTES) as u64 {
        return damage(0, "file", "it is shorter than an empty block");
    }
    let header = read(0, HEADER_BYTES)?;
    if header[..8] != MAGIC {
        return damage(0, "header", "this is no block");
    }
    if crc32c::crc32c(&header[..12]).to_le_bytes() != header[12..] {
        return damage(0, "header", "it does not match its checksum");
    }
    if header[8..10] != VERSION.to_le_bytes() {
        return damage(0, "header", "the block version is unknown");
    }
    let trailer_at = len_bytes - TRAILER_BYTES as u64;
    let trailer = read(trailer_at, TRAILER_BYTES)?;
    if crc32c::crc32c(&trailer[..8]).to_le_bytes() != trailer[8..12] || trailer[12..] != MAGIC {
        return damage(trailer_at, "trailer", "it does not match its checksum");
    }
    let word = |at: usize| u32::from_le_bytes([trailer[at], trailer[at + 1], trailer[at + 2], trailer[at + 3]]);
    let Some(footer_at) = trailer_at.checked_sub(word(0).into()).filter(|at| *at >= HEADER_BYTES as u64) else {
        return damage(trailer_at, "trailer", "the footer is longer than the file");
    };
    let footer = read(footer_at, word(0) as usize)?;
    if crc32c::crc32c(&footer) != word(4) {
        return damage(footer_at, "footer", "it does not match its checksum");
    }
    Ok(Footer::read(&footer, footer_at).map_err(|Malformed(fact)| Damage { offset: footer_at, part: "footer", fact }))
}

impl Section {
    /// Damage of this section.
    pub fn damage(&self, fact: &'static str) -> Damage {
        Damage { offset: self.offset, part: self.kind.name(), fact }
    }

    /// Checks the stored bytes of the section and appends what they unpack to.
    pub fn unpack_to(&self, stored: &[u8], out: &mut Vec<u8>) -> Result<(), Damage> {
        // SEG-2: no byte is used before its checksum was looked at.
        if stored.len() != self.stored_bytes as usize || crc32c::crc32c(stored) != self.crc {
            return Err(self.damage("it does not match its checksum"));
        }
        if self.stored_bytes == self.raw_bytes {
            out.extend_from_slice(stored);
            return Ok(());
        }
        thread_local! {
            static DECOMPRESSOR: RefCell<Option<zstd::bulk::Decompressor<'static>>> = const { RefCell::new(None) };
        }
        DECOMPRESSOR.with_borrow_mut(|slot| {
            if slot.is_none() {
                *slot = zstd::bulk::Decompressor::new().ok();
            }
            let decompressor = slot.as_mut().ok_or(self.damage("there is no memory to unpack it"))?;
            let from = out.len();
            out.resize(from + self.raw_bytes as usize, 0);
            let n_bytes = decompressor.decompress_to_buffer(stored, &mut out[from..]);
            let n_bytes = n_bytes.map_err(|_| self.damage("it does not unpack"))?;
            if n_bytes == self.raw_bytes as usize { Ok(()) } else { Err(self.damage("it unpacks too short")) }
        })
    }

    /// The same on its own.
    pub fn unpack(&self, stored: &[u8]) -> Result<Vec<u8>, Damage> {
        let mut raw = Vec::new();
        self.unpack_to(stored, &mut raw)?;
        Ok(raw)
    }
}
