//! Sign-in with Microsoft Entra ID as a public client: authorization code with PKCE, by redirect.
//!
//! Pure: random bytes, the time and the signature check come from outside (`engine/crypto.rs`,
//! `engine/clock.rs`), so every rule has a table test. The numbers in the tests ("case 22") are those of
//! the negative cases that the project keeps for sign-in.
//!
//! In the order of a sign-in: [`config`] and [`cloud`] say whom to talk to, [`client`] who asks and for what, [`authorize`]
//! builds the URL, [`transaction`] is what the tab keeps meanwhile, [`redirect`] reads what came back, [`token`] the token
//! endpoint's answer, [`jwks`] and [`id_token`] prove who it is, [`session`] says how long it lasts and
//! [`challenge`] when Graph wants more. [`error`] has the words.

mod aadsts;
pub mod authorize;
pub mod challenge;
pub mod client;
pub mod cloud;
pub mod config;
pub mod consent;
pub mod encode;
pub mod error;
pub mod id_token;
pub mod jwks;
pub mod redirect;
pub mod session;
pub mod token;
pub mod transaction;
pub mod way;
