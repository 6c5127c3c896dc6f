//! A stand-in for Microsoft Entra ID and Microsoft Graph on localhost.
//!
//! It is as strict as the real services, so that what passes here passes there.

pub mod accounts;
pub mod graph;
pub mod tenant;
