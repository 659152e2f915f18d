//! nf_tables over one long-lived netlink socket: batches, dumps, notifications.
