//! Which rows have which operation: a chain from each operation's last row back to its first, so that a
//! search for one service among many looks at the rows of that service.

/// Marks the end of a chain.
const NONE: u32 = u32::MAX;

/// Rows of a segment by operation.
#[derive(Default)]
pub struct OperationRows {
    /// For each operation its last row, and how many it has.
    heads: Vec<(u32, u32)>,
    /// For each row the one before it of the same operation.
    previous: Vec<u32>,
}

impl OperationRows {
    /// Chains the next row to its operation.
    #[inline]
    pub fn link(&mut self, operation: u32) {
        let row = self.previous.len() as u32;
        let operation = operation as usize;
        if operation >= self.heads.len() {
            self.heads.resize(operation + 1, (NONE, 0));
        }
        let (last, n_rows) = &mut self.heads[operation];
        self.previous.push(std::mem::replace(last, row));
        *n_rows += 1;
    }

    /// The last row of an operation and how many it has; nothing of one that no row has.
    pub fn head(&self, operation: u32) -> Option<(u32, u32)> {
        self.heads.get(operation as usize).copied().filter(|(last, _)| *last != NONE)
    }

    /// The row before `row` of the same operation.
    #[inline]
    pub fn before(&self, row: u32) -> Option<u32> {
        Some(self.previous[row as usize]).filter(|before| *before != NONE)
    }

    /// Forgets all, keeping the memory.
    pub fn clear(&mut self) {
        self.heads.clear();
        self.previous.clear();
    }

    /// Whether both say the same of every row.
    #[cfg(test)]
    pub fn same(&self, other: &OperationRows) -> bool {
        self.heads == other.heads && self.previous == other.previous
    }
}
