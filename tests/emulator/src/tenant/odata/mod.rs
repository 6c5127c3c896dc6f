//! The part of OData that Graph serves: query options, filters, and what an object looks like after them.

pub(super) mod filter;
mod parse;
pub(super) mod query;
pub(super) mod render;

#[cfg(test)]
mod tests;
