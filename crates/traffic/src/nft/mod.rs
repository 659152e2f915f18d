//! nf_tables as typed values: what a table of ours holds, before anything is encoded for the kernel.
