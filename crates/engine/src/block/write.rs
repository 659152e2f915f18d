//! Makes a block of a sealed segment, in memory. Storing it is the caller's.

use super::filter_values::FilterValues;
use super::filters::write_filters;
use super::fingerprints::{fingerprint, ordinal_bytes};
use super::format::{Footer, Frame, SectionKind};
use super::group_write::GroupWriter;
use super::groups::write_groups;
use super::order::order;
use super::split::{BlockId, Split};
use super::value_columns::{draft, write_columns};
use super::value_hash::unfiltered_keys;
use crate::columns::Tables;
use crate::encode::put_varint;
use crate::hot::Segment;

/// A block's bytes. `n_shards` is that of its generation; `find_splits` is asked with the trace ids in
/// the order of their ordinals. The segment holds at least one row.
pub fn encode_block(
    segment: &Segment,
    id: BlockId,
    n_shards: u32,
    find_splits: impl FnOnce(&[u128]) -> Vec<Split>,
) -> Vec<u8> {
    let order = order(segment);
    let (tables, rows) = (segment.tables(), segment.rows());
    let drafts = draft(tables, rows, &order);
    let arrivals = || segment.arrivals().iter().map(|(_, arrived)| *arrived);
    let arrived = (arrivals().min().unwrap_or_default(), arrivals().max().unwrap_or_default());
    let trace_ids: Vec<u128> = order.fragments.iter().map(|fragment| rows.trace_ids[fragment.trace as usize]).collect();
    let mut footer = Footer {
        generation: id.generation,
        shard: id.shard,
        n_shards,
        n_rows: segment.len() as u64,
        n_traces: trace_ids.len() as u32,
        n_groups: order.groups.len() as u32,
        start_us: (u64::MAX, 0),
        arrived,
        ..Footer::default()
    };
    let mut frame = Frame::new();
    let mut groups = Vec::new();
    let mut values = FilterValues::gather(tables, &rows.strings, &drafts, order.groups.len());
    let mut writer = GroupWriter::new(segment, &order, &drafts, arrived.0.0.div_euclid(1_000_000));
    for group_idx in 0..order.groups.len() {
        let (meta, sections) = writer.write(group_idx, &mut frame);
        if !meta.starts.is_empty() {
            footer.start_us.0 = footer.start_us.0.min(meta.starts.min_us);
            footer.start_us.1 = footer.start_us.1.max(meta.starts.max_us);
        }
        groups.push(meta);
        values.of_groups[group_idx].append(&mut writer.event_hashes);
        footer.of_groups.push(sections);
    }
    if footer.start_us.0 > footer.start_us.1 {
        footer.start_us = (0, 0);
    }
    let mut raw = Vec::new();
    let splits = find_splits(&trace_ids);
    for kind in SectionKind::OF_BLOCK {
        raw.clear();
        match kind {
            SectionKind::Columns => write_columns(drafts.iter().map(|draft| &draft.column), &mut raw),
            SectionKind::Groups => write_groups(&groups, &mut raw),
            SectionKind::Filters => write_filters(&values.of_groups, &mut raw),
            SectionKind::Unfiltered => {
                let mut hashes = unfiltered_keys(tables, drafts.iter().map(|draft| draft.column.key));
                hashes.append(&mut values.common);
                hashes.sort_unstable();
                hashes.dedup();
                hashes.iter().for_each(|hash| raw.extend_from_slice(&hash.to_le_bytes()));
            }
            SectionKind::Splits => Split::write_all(&splits, &mut raw),
            SectionKind::Fingerprints | SectionKind::Ordinals => write_index(kind, &trace_ids, &mut raw),
            table => write_table(table, tables, &mut raw),
        }
        footer.of_block.push(frame.add(kind, &raw));
    }
    frame.finish(&footer)
}

fn write_table(kind: SectionKind, tables: &Tables, out: &mut Vec<u8>) {
    let counts = tables.counts();
    match kind {
        SectionKind::Names => {
            put_varint(out, counts.names as u64);
            tables.write_names(0, out);
        }
        SectionKind::Operations => {
            put_varint(out, counts.operations as u64);
            tables.write_operations(0, out);
        }
        SectionKind::Shapes => {
            put_varint(out, counts.shapes as u64);
            tables.write_shapes(0, out);
        }
        _ => {
            put_varint(out, counts.parts as u64);
            tables.write_parts(0, out);
            put_varint(out, counts.origins as u64);
            tables.write_origins(0, out);
        }
    }
}

fn write_index(kind: SectionKind, trace_ids: &[u128], out: &mut Vec<u8>) {
    let mut entries: Vec<(u32, u32)> =
        trace_ids.iter().enumerate().map(|(ordinal, id)| (fingerprint(*id), ordinal as u32)).collect();
    entries.sort_unstable();
    let ordinal_bytes = ordinal_bytes(trace_ids.len());
    for (fingerprint, ordinal) in entries {
        match kind {
            SectionKind::Fingerprints => out.extend_from_slice(&fingerprint.to_le_bytes()),
            _ => out.extend_from_slice(&ordinal.to_le_bytes()[..ordinal_bytes]),
        }
    }
}
