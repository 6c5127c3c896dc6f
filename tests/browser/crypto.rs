//! WebCrypto as the engine uses it.

use domain::oauth::encode::{base64url, from_base64url};
use domain::oauth::jwks::Jwk;
use js_sys::{Array, Object, Reflect, Uint8Array};
use plumbline::engine::crypto;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{CryptoKey, CryptoKeyPair, SubtleCrypto};

fn object(members: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in members {
        Reflect::set(&object, &(*name).into(), value).unwrap();
    }
    object
}

fn subtle() -> SubtleCrypto {
    let crypto = Reflect::get(&js_sys::global(), &"crypto".into()).unwrap();
    crypto.unchecked_into::<web_sys::Crypto>().subtle()
}

/// A fresh RSA key: its public half as the key set has it, and the private half.
async fn key() -> (Jwk, CryptoKey) {
    let algorithm = object(&[
        ("name", "RSASSA-PKCS1-v1_5".into()),
        ("hash", "SHA-256".into()),
        ("modulusLength", 2048.into()),
        ("publicExponent", Uint8Array::from(&[1u8, 0, 1][..]).into()),
    ]);
    let usages = Array::of2(&"sign".into(), &"verify".into());
    let pair = subtle()
        .generate_key_with_object(&algorithm, true, &usages)
        .unwrap();
    let pair: CryptoKeyPair = JsFuture::from(pair).await.unwrap().unchecked_into();
    let public = Reflect::get(&pair, &"publicKey".into()).unwrap();
    let private = Reflect::get(&pair, &"privateKey".into()).unwrap();
    let exported = subtle()
        .export_key("jwk", public.unchecked_ref::<CryptoKey>())
        .unwrap();
    let exported = JsFuture::from(exported).await.unwrap();
    let text = |name: &str| {
        Reflect::get(&exported, &name.into())
            .unwrap()
            .as_string()
            .unwrap()
    };
    let jwk = Jwk {
        kid: "k1".into(),
        n: text("n"),
        e: text("e"),
        issuer: String::new(),
    };
    (jwk, private.unchecked_into())
}

async fn sign(private: &CryptoKey, text: &[u8]) -> Vec<u8> {
    let signature = subtle()
        .sign_with_str_and_js_u8_array("RSASSA-PKCS1-v1_5", private, &Uint8Array::from(text))
        .unwrap();
    Uint8Array::new(&JsFuture::from(signature).await.unwrap()).to_vec()
}

/// Cases 24 and 25, and a signature by another key.
#[wasm_bindgen_test]
async fn only_the_keys_own_signature_over_the_very_bytes_is_good() {
    let (jwk, private) = key().await;
    let (other, _) = key().await;
    let signed = format!(
        "{}.{}",
        base64url(br#"{"alg":"RS256"}"#),
        base64url(br#"{"sub":"S"}"#)
    );
    let signed = signed.as_bytes();
    let signature = sign(&private, signed).await;
    let good = crypto::verify_rs256(&jwk, signed, &signature).await;
    assert!(good.unwrap());

    let mut flipped = signature.clone();
    flipped[0] ^= 1;
    let mut altered = signed.to_vec();
    altered[20] ^= 1;
    let broken = Jwk {
        n: "!".into(),
        ..jwk.clone()
    };
    for (what, key, bytes, signature) in [
        ("flipped bit", &jwk, signed, &flipped[..]),
        ("altered payload", &jwk, &altered[..], &signature[..]),
        ("other key", &other, signed, &signature[..]),
        ("empty signature", &jwk, signed, &[][..]),
        ("unusable key", &broken, signed, &signature[..]),
    ] {
        let good = crypto::verify_rs256(key, bytes, signature).await;
        assert!(!good.unwrap(), "{what}");
    }
}

/// The example of RFC 7636, appendix B.
#[wasm_bindgen_test]
async fn the_code_challenge_is_the_rfcs() {
    let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    let digest = crypto::sha256(verifier.as_bytes()).await.unwrap();
    let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    assert_eq!(base64url(&digest), challenge);
    assert_eq!(from_base64url(challenge).unwrap(), digest);
}

#[wasm_bindgen_test]
fn random_bytes_are_not_the_same_twice() {
    let one: [u8; 96] = crypto::random().unwrap();
    let two: [u8; 96] = crypto::random().unwrap();
    assert_ne!(one, two);
    assert_ne!(one, [0; 96]);
}
