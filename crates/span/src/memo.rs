//! What was read in this body already: names, endpoints and addresses come again with nearly every span, and
//! knowing one by its bytes is faster than reading it.

/// Things remembered. A reporter's body names a dozen operations and a few peers.
const SLOTS: usize = 64;

/// Things by the bytes they were read from. Each has one slot it can be in, and what comes to a slot takes it.
///
/// At first a slot holds what no bytes at all are read as, `T::default()`: an empty text, no address, a message
/// without fields.
pub(crate) struct Memo<'a, T> {
    slots: [(&'a [u8], T); SLOTS],
}

impl<T: Copy + Default> Default for Memo<'_, T> {
    fn default() -> Self {
        Memo { slots: [(&[], T::default()); SLOTS] }
    }
}

impl<'a, T: Copy> Memo<'a, T> {
    /// What `bytes` are, from memory or else by `read`. What fails is not remembered.
    #[inline(always)]
    pub fn know<E>(&mut self, bytes: &'a [u8], read: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        let slot = &mut self.slots[slot_of(bytes)];
        if slot.0 != bytes {
            *slot = (bytes, read()?);
        }
        Ok(slot.1)
    }
}

/// By length, first and last bytes: those in between seldom tell things of one kind apart.
#[inline(always)]
fn slot_of(bytes: &[u8]) -> usize {
    // The golden ratio in 64 bits: its products spread neighbours (Knuth, volume 3, section 6.4).
    const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;
    let ends = match (bytes.first_chunk(), bytes.last_chunk()) {
        (Some(first), Some(last)) => u64::from_le_bytes(*first) ^ u64::from_le_bytes(*last).rotate_left(32),
        _ => bytes.iter().fold(0, |all, byte| all << 8 | u64::from(*byte)),
    };
    ((ends ^ bytes.len() as u64).wrapping_mul(SPREAD) >> (64 - SLOTS.ilog2())) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::convert::Infallible;

    #[test]
    fn things_are_read_once_while_their_slot_is_theirs_and_never_taken_for_another() {
        let texts: Vec<String> = (0..500).flat_map(|n| [format!("{n}"), format!("get /orders/{n}/lines")]).collect();
        let mut memo = Memo::default();
        for text in texts.iter().chain(&texts) {
            for _ in 0..2 {
                let known = memo.know(text.as_bytes(), || Ok::<_, Infallible>(text.as_str()));
                assert_eq!(known, Ok(text.as_str()));
            }
            assert_eq!(memo.know(text.as_bytes(), || Err("read again")), Ok(text.as_str()));
        }
        assert_eq!(Memo::<&str>::default().know(b"", || Err("read")), Ok(""));
        assert_eq!(memo.know(b"wrong", || Err("wrong")), Err("wrong"));
        assert_eq!(memo.know(b"wrong", || Err("wrong again")), Err("wrong again"));
    }
}
