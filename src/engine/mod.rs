//! The worker's I/O: HTTP, session, host loop.
