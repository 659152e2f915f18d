//! Which traces a block has, and which of them have parts elsewhere.

use super::caches::BlockCaches;
use super::fingerprints::{fingerprint, ordinal_bytes, ordinal_of};
use super::format::SectionKind;
use super::groups::Bounds;
use super::open::Block;
use super::split::{PartPlace, Split};
use crate::encode::Malformed;
use nines_storage::StoreError;
use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};

/// Makes [`Block::find_traces`] of many blocks faster: their indexes are fetched side by side.
pub fn fetch_trace(blocks: &[Arc<Block>], id: u128) {
    let fingerprint = fingerprint(id);
    blocks.iter().for_each(|block| block.fingerprints.fetch_bucket(fingerprint));
    blocks.iter().for_each(|block| block.fingerprints.fetch(fingerprint));
}

impl Block {
    /// Ordinals of the traces whose ids share their low half with `id`, at most `limit`: who sends spans
    /// chooses ids, and may choose many that share it.
    pub fn find_traces(&self, id: u128, limit: usize, caches: &BlockCaches) -> Result<Vec<u32>, StoreError> {
        let places = self.fingerprints.find(fingerprint(id));
        if places.is_empty() {
            return Ok(Vec::new());
        }
        if places.len() == 1 {
            // One ordinal is read without the checksum of the list: the trace there proves it right.
            let ordinal = self.ordinal_at(places.start, caches)?;
            if ordinal < self.footer().n_traces && self.has_low(ordinal, id, caches)? {
                return Ok(vec![ordinal]);
            }
        }
        let ordinals = self.ordinals(caches)?;
        let mut found = Vec::new();
        for ordinal in &ordinals[places] {
            if found.len() < limit && self.has_low(*ordinal, id, caches)? {
                found.push(*ordinal);
            }
        }
        Ok(found)
    }

    fn ordinal_at(&self, place: usize, caches: &BlockCaches) -> Result<u32, StoreError> {
        let n_bytes = ordinal_bytes(self.footer().n_traces as usize);
        let section = self.footer().of_block(SectionKind::Ordinals);
        if section.stored_bytes as usize != n_bytes * self.footer().n_traces as usize {
            return Err(self.damaged(section.damage("it does not fit the traces")));
        }
        Ok(ordinal_of(&self.read(n_bytes, section.offset + (place * n_bytes) as u64, caches)?))
    }

    /// Whether the id of a trace has the low half of `id`.
    fn has_low(&self, ordinal: u32, id: u128, caches: &BlockCaches) -> Result<bool, StoreError> {
        let group_idx = self.group_of(ordinal);
        let at = (ordinal - self.groups()[group_idx].first_trace) as usize * 16;
        let kind = SectionKind::TraceIds;
        let low_at = |trace_ids: &[u8]| Some(trace_ids.get(at..at + 8)? == (id as u64).to_le_bytes());
        let is_low = self.look_at_section(group_idx, kind, caches, low_at)?;
        is_low.ok_or_else(|| self.damaged(self.footer().of_group(group_idx, kind).damage("it ends early")))
    }

    /// Ordinals of traces in the order of their fingerprints.
    pub fn ordinals(&self, caches: &BlockCaches) -> Result<Vec<u32>, StoreError> {
        let kind = SectionKind::Ordinals;
        let bytes = self.section(kind, caches)?;
        let ordinals: Vec<u32> =
            bytes.chunks_exact(ordinal_bytes(self.footer().n_traces as usize)).map(ordinal_of).collect();
        let fit = ordinals.len() == self.footer().n_traces as usize
            && ordinals.iter().all(|ordinal| *ordinal < self.footer().n_traces);
        if fit { Ok(ordinals) } else { Err(self.malformed(kind, Malformed("it does not fit the traces"))) }
    }

    /// The group that holds a trace.
    pub fn group_of(&self, ordinal: u32) -> usize {
        self.groups().partition_point(|group| group.first_trace <= ordinal) - 1
    }

    /// Traces that an earlier block has a part of too, as known when this one was written.
    pub fn splits(&self, caches: &BlockCaches) -> Result<Vec<Split>, StoreError> {
        let kind = SectionKind::Splits;
        let splits = Split::read_all(&self.section(kind, caches)?).map_err(|fact| self.malformed(kind, fact))?;
        if splits.iter().any(|split| split.ordinal >= self.footer().n_traces) {
            return Err(self.malformed(kind, Malformed("an ordinal is out of range")));
        }
        Ok(splits)
    }

    /// Whether something else has a part of the trace.
    pub fn is_split(&self, ordinal: u32) -> bool {
        self.split[ordinal as usize / 64].load(Ordering::Acquire) & 1 << (ordinal % 64) != 0
    }

    /// Traces of the group that something else has a part of too.
    pub fn n_splits(&self, group_idx: usize) -> u32 {
        let group = &self.groups()[group_idx];
        let (first, end) = (group.first_trace, group.first_trace + group.n_traces);
        let of_word = |word: u32| {
            let bits = self.split[word as usize].load(Ordering::Acquire);
            let from = first.saturating_sub(word * 64).min(63);
            let beyond = (word * 64 + 64).saturating_sub(end).min(63);
            (bits >> from << from << beyond).count_ones()
        };
        (first / 64..end.div_ceil(64)).map(of_word).sum()
    }

    /// Whether something else has a part of a trace of the group.
    pub fn has_splits(&self, group_idx: usize) -> bool {
        let group = &self.groups()[group_idx];
        let mut ordinals = group.first_trace..group.first_trace + group.n_traces;
        ordinals.any(|ordinal| self.is_split(ordinal))
    }

    /// Times of the traces in the group that holds `ordinal`; empty for an ordinal that is not there.
    pub fn times_at(&self, ordinal: u32) -> Bounds {
        if ordinal < self.footer().n_traces { self.groups()[self.group_of(ordinal)].times } else { Bounds::EMPTY }
    }

    /// Notes that a trace has another part, and the times it may have there.
    pub fn note_split(&self, ordinal: u32, other: PartPlace, times: Bounds) {
        if ordinal >= self.footer().n_traces {
            return;
        }
        {
            let mut parts = self.parts.write().unwrap_or_else(PoisonError::into_inner);
            let parts = parts.entry(ordinal).or_default();
            if !parts.contains(&other) {
                parts.push(other);
            }
        }
        let (low, high) = &self.reach[self.group_of(ordinal)];
        low.fetch_min(times.min_us, Ordering::Relaxed);
        high.fetch_max(times.max_us, Ordering::Relaxed);
        self.split[ordinal as usize / 64].fetch_or(1 << (ordinal % 64), Ordering::Release);
    }

    /// Where the other parts of a trace are.
    pub fn other_parts(&self, ordinal: u32) -> Vec<PartPlace> {
        self.parts.read().unwrap_or_else(PoisonError::into_inner).get(&ordinal).cloned().unwrap_or_default()
    }

    /// Times that traces of a group may have, parts elsewhere included.
    pub fn reach(&self, group_idx: usize) -> Bounds {
        let (low, high) = &self.reach[group_idx];
        Bounds { min_us: low.load(Ordering::Relaxed), max_us: high.load(Ordering::Relaxed) }
    }
}
