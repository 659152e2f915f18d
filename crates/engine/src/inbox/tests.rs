//! Claims about inbox files.
