//! The key that signs ID tokens, and its public half as a JWK.

use ring::rand::SystemRandom;
use ring::rsa::{KeyPair, PublicKeyComponents};
use ring::signature::{KeyPair as _, RSA_PKCS1_SHA256};
use serde_json::{Value, json};

use crate::http::base64url;

/// Public test key; see `keys/README.md`.
const DER: &[u8] = include_bytes!("../../keys/TEST-ONLY-signing-key.pkcs8.der");

/// The key's id in the JWKS and in token headers.
pub const KID: &str = "emulator-test-key-1";

/// An RSA key that signs with RS256.
#[derive(Debug)]
pub struct SigningKey(KeyPair);

/// The key in `keys/` is not what it should be.
#[derive(Debug)]
pub struct BadKey;

impl SigningKey {
    /// The committed test key.
    ///
    /// # Errors
    /// When the file is no RSA key of 2048 bits or more in PKCS #8.
    pub fn committed() -> Result<Self, BadKey> {
        KeyPair::from_pkcs8(DER).map(Self).map_err(|_| BadKey)
    }

    /// RS256 over the bytes.
    pub fn sign(&self, message: &[u8]) -> Vec<u8> {
        let mut signature = vec![0; self.0.public().modulus_len()];
        // Fails only without a system generator; then the signature is zeros and nobody accepts it.
        let _ = self.0.sign(
            &RSA_PKCS1_SHA256,
            &SystemRandom::new(),
            message,
            &mut signature,
        );
        signature
    }

    /// DER of the public key, for tests that misuse it as a secret.
    pub fn public_der(&self) -> &[u8] {
        self.0.public_key().as_ref()
    }

    /// `{"keys": […]}` as Entra's discovery serves it.
    pub fn jwks(&self, issuer: &str) -> Value {
        let parts: PublicKeyComponents<Vec<u8>> = self.0.public().into();
        json!({"keys": [{
            "kty": "RSA", "use": "sig", "kid": KID, "x5t": KID,
            "n": base64url(&parts.n), "e": base64url(&parts.e), "issuer": issuer,
        }]})
    }
}
