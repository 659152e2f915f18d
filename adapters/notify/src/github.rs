//! A custom deployment protection rule of GitHub: what it sends is verified, and what it waits for is posted.
//!
//! GitHub signs each webhook with the secret of the app, `X-Hub-Signature-256: sha256=HEX`, and takes the review at the
//! address that the webhook names, with a token of the app's installation.

use crate::http::{Http, Reach, checked_url};
use crate::target::Secret;
use ring::hmac;
use std::fmt;
use std::path::PathBuf;

/// What signatures begin with.
const SIGNATURE_PREFIX: &str = "sha256=";

/// The version of GitHub's API that reviews are written for.
const API_VERSION: &str = "2022-11-28";

/// GitHub as this server's rule sees it.
pub struct ProtectionRule {
    key: hmac::Key,
    token_file: PathBuf,
    http: Http,
}

impl fmt::Debug for ProtectionRule {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("ProtectionRule").field("token_file", &self.token_file).finish_non_exhaustive()
    }
}

impl ProtectionRule {
    /// With the secret of the app's webhook and a file that holds a token of its installation. The file is read for
    /// each review, because such tokens last an hour. `allow_private` is for a GitHub of one's own.
    pub fn new(secret: &Secret, token_file: PathBuf, allow_private: bool) -> ProtectionRule {
        let key = hmac::Key::new(hmac::HMAC_SHA256, secret.expose().as_bytes());
        ProtectionRule { key, token_file, http: Http::new(Reach::of(allow_private)) }
    }

    /// Whether a body was signed with the secret. Compared in constant time.
    pub fn is_genuine(&self, signature: &str, body: &[u8]) -> bool {
        let tag = signature.strip_prefix(SIGNATURE_PREFIX).and_then(read_hex);
        tag.is_some_and(|tag| hmac::verify(&self.key, body, &tag).is_ok())
    }

    /// The header that a body of this secret has.
    pub fn signature(&self, body: &[u8]) -> String {
        let tag = hmac::sign(&self.key, body);
        let hex: String = tag.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
        format!("{SIGNATURE_PREFIX}{hex}")
    }

    /// Posts a review. The error says why it was not taken.
    pub fn review(&self, callback_url: &str, body: &str) -> Result<(), String> {
        let url = checked_url(callback_url, "/").map_err(|fault| fault.to_string())?;
        let token = std::fs::read_to_string(&self.token_file)
            .map_err(|error| format!("{}: {error}", self.token_file.display()))?;
        let authorization = format!("Bearer {}", token.trim());
        let headers = [
            ("authorization", authorization.as_str()),
            ("accept", "application/vnd.github+json"),
            ("x-github-api-version", API_VERSION),
        ];
        self.http.post(&url, &headers, body).map_err(|error| error.to_string())
    }
}

fn read_hex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    if !digits.len().is_multiple_of(2) {
        return None;
    }
    let digit = |byte: u8| char::from(byte).to_digit(16);
    digits.chunks(2).map(|pair| u8::try_from(digit(pair[0])? * 16 + digit(pair[1])?).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The vector of GitHub's documentation, "Validating webhook deliveries".
    #[test]
    fn a_signature_is_that_of_githubs_documentation_and_any_other_is_refused() {
        let secret = Secret::new("It's a Secret to Everybody");
        let rule = ProtectionRule::new(&secret, PathBuf::new(), false);
        let body = b"Hello, World!";
        let signature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
        assert_eq!(rule.signature(body), signature);
        assert!(rule.is_genuine(signature, body));
        assert!(!rule.is_genuine(signature, b"Hello, World?"));
        for wrong in ["", "sha256=", "sha1=757107ea", "sha256=7571", "sha256=xyz", &signature.replace('7', "8")] {
            assert!(!rule.is_genuine(wrong, body), "{wrong}");
        }
        assert!(!ProtectionRule::new(&Secret::new("other"), PathBuf::new(), false).is_genuine(signature, body));
    }

    #[test]
    fn a_review_goes_to_public_addresses_only_and_needs_its_token() {
        let folder = tempfile::tempdir().unwrap();
        let token = folder.path().join("token");
        let rule = ProtectionRule::new(&Secret::new("s"), token.clone(), false);
        assert!(rule.review("http://127.0.0.1:9/x", "{}").unwrap_err().contains("token"));
        std::fs::write(&token, "ghs_x\n").unwrap();
        assert!(rule.review("http://127.0.0.1:9/x", "{}").unwrap_err().contains("allow_private"));
        assert!(rule.review("ftp://example.com", "{}").is_err());
    }
}
