//! WebCrypto: randomness, SHA-256, RS256 signatures. All cryptography of Plumbline is the browser's.

use domain::oauth::error::SignInError;
use domain::oauth::jwks::Jwk;
use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Crypto, CryptoKey, SubtleCrypto};

/// Random bytes from the browser's generator.
///
/// # Errors
/// [`SignInError::NoCrypto`] outside a secure context.
pub fn random<const N: usize>() -> Result<[u8; N], SignInError> {
    let mut bytes = [0u8; N];
    crypto()?
        .get_random_values_with_u8_array(&mut bytes)
        .map_err(|_| SignInError::NoCrypto)?;
    Ok(bytes)
}

/// SHA-256 of bytes.
///
/// # Errors
/// [`SignInError::NoCrypto`] outside a secure context.
pub async fn sha256(bytes: &[u8]) -> Result<Vec<u8>, SignInError> {
    let digest = subtle()?
        .digest_with_str_and_js_u8_array("SHA-256", &Uint8Array::from(bytes))
        .map_err(|_| SignInError::NoCrypto)?;
    let digest = JsFuture::from(digest)
        .await
        .map_err(|_| SignInError::NoCrypto)?;
    Ok(Uint8Array::new(&digest).to_vec())
}

/// True when `signature` is the key's RS256 signature over `signed`. A key or signature that WebCrypto
/// cannot use is not a good one.
///
/// # Errors
/// [`SignInError::NoCrypto`] outside a secure context.
pub async fn verify_rs256(key: &Jwk, signed: &[u8], signature: &[u8]) -> Result<bool, SignInError> {
    let subtle = subtle()?;
    Ok(verify(&subtle, key, signed, signature)
        .await
        .unwrap_or(false))
}

async fn verify(
    subtle: &SubtleCrypto,
    key: &Jwk,
    signed: &[u8],
    signature: &[u8],
) -> Result<bool, JsValue> {
    let jwk = object(&[
        ("kty", "RSA".into()),
        ("n", key.n.as_str().into()),
        ("e", key.e.as_str().into()),
        ("alg", "RS256".into()),
        ("ext", true.into()),
    ])?;
    let algorithm = object(&[
        ("name", "RSASSA-PKCS1-v1_5".into()),
        ("hash", "SHA-256".into()),
    ])?;
    let usages = Array::of1(&"verify".into());
    let key = subtle.import_key_with_object("jwk", &jwk, &algorithm, false, &usages)?;
    let key: CryptoKey = JsFuture::from(key).await?.dyn_into()?;
    let valid = subtle.verify_with_str_and_js_u8_array_and_js_u8_array(
        "RSASSA-PKCS1-v1_5",
        &key,
        &Uint8Array::from(signature),
        &Uint8Array::from(signed),
    )?;
    Ok(JsFuture::from(valid).await?.as_bool() == Some(true))
}

fn object(members: &[(&str, JsValue)]) -> Result<Object, JsValue> {
    let object = Object::new();
    for (name, value) in members {
        Reflect::set(&object, &(*name).into(), value)?;
    }
    Ok(object)
}

fn crypto() -> Result<Crypto, SignInError> {
    Reflect::get(&js_sys::global(), &"crypto".into())
        .ok()
        .and_then(|crypto| crypto.dyn_into().ok())
        .ok_or(SignInError::NoCrypto)
}

fn subtle() -> Result<SubtleCrypto, SignInError> {
    // Absent outside a secure context, whatever the bindings promise.
    let subtle = crypto()?.subtle();
    if subtle.is_undefined() {
        return Err(SignInError::NoCrypto);
    }
    Ok(subtle)
}
