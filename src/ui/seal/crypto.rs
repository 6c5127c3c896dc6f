//! WebCrypto: PBKDF2, HKDF and AES-256-GCM, as `src/domain/sealed/FORMAT.md` says.

use domain::sealed::{HEAD, Head, INFO, RANDOM, STRETCHED, SealedError, TAG, chunks};
use domain::secret::Secret;
use js_sys::{Array, Function, JsString, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Random bytes.
pub fn random<const N: usize>() -> Result<[u8; N], SealedError> {
    let made = Uint8Array::new_with_length(u32::try_from(N).unwrap_or_default());
    call(&web_crypto()?, "getRandomValues", &[made.clone().into()])?;
    let mut bytes = [0; N];
    made.copy_to(&mut bytes);
    Ok(bytes)
}

/// SHA-256.
pub async fn sha256(bytes: &[u8]) -> Result<Vec<u8>, SealedError> {
    let found = later("digest", &["SHA-256".into(), array(bytes)]).await?;
    Ok(Uint8Array::new(&found).to_vec())
}

/// A file, encrypted.
pub async fn seal(bytes: &[u8], passphrase: &Secret) -> Result<Vec<u8>, SealedError> {
    let mut head = Head::new(&random::<RANDOM>()?);
    let keys = stretch(&head, passphrase).await?;
    head.check.copy_from_slice(&keys[STRETCHED..]);
    let key = key(&keys, "encrypt").await?;
    let mut out = head.write();
    for (number, part, last) in chunks(bytes, head.chunk as usize) {
        let nonce = head.nonce(number, last);
        let sealed = gcm("encrypt", &key, &nonce, &out[..HEAD], part).await;
        out.extend(sealed.ok_or(SealedError::NoCrypto)?);
    }
    Ok(out)
}

/// What was encrypted.
pub async fn open(file: &[u8], passphrase: &Secret) -> Result<Vec<u8>, SealedError> {
    let head = Head::read(file)?;
    let keys = stretch(&head, passphrase).await?;
    if keys[STRETCHED..] != head.check {
        return Err(SealedError::Passphrase);
    }
    let key = key(&keys, "decrypt").await?;
    let (aad, body) = file.split_at(HEAD);
    let mut out = Vec::with_capacity(body.len());
    for (number, part, last) in chunks(body, head.chunk as usize + TAG) {
        let nonce = head.nonce(number, last);
        let plain = gcm("decrypt", &key, &nonce, aad, part).await;
        out.extend(plain.ok_or(SealedError::Altered)?);
    }
    Ok(out)
}

/// Key and check, together.
async fn stretch(head: &Head, passphrase: &Secret) -> Result<Vec<u8>, SealedError> {
    let text = JsString::from(passphrase.expose()).normalize("NFKC");
    let text = text.as_string().unwrap_or_default();
    let base = import("PBKDF2", text.as_bytes(), "deriveBits").await?;
    let pbkdf2 = object(&[
        ("name", "PBKDF2".into()),
        ("hash", "SHA-256".into()),
        ("salt", array(&head.salt)),
        ("iterations", head.iterations.into()),
    ])?;
    let stretched = bits(&pbkdf2, &base, STRETCHED).await?;
    let base = import("HKDF", &stretched, "deriveBits").await?;
    let hkdf = object(&[
        ("name", "HKDF".into()),
        ("hash", "SHA-256".into()),
        ("salt", array(&[])),
        ("info", array(INFO)),
    ])?;
    bits(&hkdf, &base, 2 * STRETCHED).await
}

async fn bits(algorithm: &JsValue, base: &JsValue, bytes: usize) -> Result<Vec<u8>, SealedError> {
    let length = u32::try_from(bytes * 8).unwrap_or_default();
    let found = later(
        "deriveBits",
        &[algorithm.clone(), base.clone(), length.into()],
    )
    .await?;
    Ok(Uint8Array::new(&found).to_vec())
}

async fn key(keys: &[u8], usage: &str) -> Result<JsValue, SealedError> {
    import("AES-GCM", &keys[..STRETCHED], usage).await
}

/// A key that cannot be taken out again.
async fn import(algorithm: &str, bytes: &[u8], usage: &str) -> Result<JsValue, SealedError> {
    let usages = Array::of1(&usage.into());
    let arguments = [
        "raw".into(),
        array(bytes),
        algorithm.into(),
        false.into(),
        usages.into(),
    ];
    later("importKey", &arguments).await
}

async fn gcm(what: &str, key: &JsValue, nonce: &[u8], aad: &[u8], data: &[u8]) -> Option<Vec<u8>> {
    let algorithm = object(&[
        ("name", "AES-GCM".into()),
        ("iv", array(nonce)),
        ("additionalData", array(aad)),
    ])
    .ok()?;
    let found = later(what, &[algorithm, key.clone(), array(data)])
        .await
        .ok()?;
    Some(Uint8Array::new(&found).to_vec())
}

fn array(bytes: &[u8]) -> JsValue {
    Uint8Array::from(bytes).into()
}

fn object(members: &[(&str, JsValue)]) -> Result<JsValue, SealedError> {
    let object = Object::new();
    for (name, value) in members {
        let set = Reflect::set(&object, &(*name).into(), value);
        set.map_err(|_| SealedError::NoCrypto)?;
    }
    Ok(object.into())
}

fn web_crypto() -> Result<JsValue, SealedError> {
    Reflect::get(&js_sys::global(), &"crypto".into()).map_err(|_| SealedError::NoCrypto)
}

/// SubtleCrypto's own method, and its answer. Called by name: each binding would weigh on the first load.
async fn later(name: &str, arguments: &[JsValue]) -> Result<JsValue, SealedError> {
    let subtle = Reflect::get(&web_crypto()?, &"subtle".into());
    let subtle = subtle.map_err(|_| SealedError::NoCrypto)?;
    let promise: Promise = call(&subtle, name, arguments)?
        .dyn_into()
        .map_err(|_| SealedError::NoCrypto)?;
    JsFuture::from(promise)
        .await
        .map_err(|_| SealedError::NoCrypto)
}

fn call(object: &JsValue, name: &str, arguments: &[JsValue]) -> Result<JsValue, SealedError> {
    let list: Array = arguments.iter().collect();
    Reflect::get(object, &name.into())
        .and_then(JsCast::dyn_into::<Function>)
        .and_then(|function| Reflect::apply(&function, object, &list))
        .map_err(|_| SealedError::NoCrypto)
}
