//! An inbox position as the bytes the ledger keeps: generation, then spans consumed of each shard, all
//! little-endian 64-bit numbers.

use nines_storage::Position;

/// To bytes.
pub fn encode(position: &Position) -> Vec<u8> {
    let numbers = [position.generation].into_iter().chain(position.rows.iter().copied());
    numbers.flat_map(u64::to_le_bytes).collect()
}

/// From bytes; nothing means before everything.
pub fn decode(bytes: &[u8]) -> Position {
    let mut numbers = bytes.chunks_exact(8).map(|chunk| {
        let mut number = [0; 8];
        number.copy_from_slice(chunk);
        u64::from_le_bytes(number)
    });
    Position { generation: numbers.next().unwrap_or(0), rows: numbers.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_reads_back() {
        let position = Position { generation: 7, rows: vec![1, 0, u64::MAX] };
        assert_eq!(decode(&encode(&position)), position);
        assert_eq!(decode(&[]), Position::default());
    }
}
