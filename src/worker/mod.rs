//! What both workers are made of: the end of the bridge, the link between the two, gzip.

pub mod clock;
pub mod gzip;
pub mod link;
pub mod port;
