//! The hash function of the TLS library.

use rustls::CipherSuite;

use crate::transport::crypto;

/// SHA-256. It is borrowed from a cipher suite that has it, so that no other implementation is needed.
pub(crate) fn sha256(bytes: &[u8]) -> Vec<u8> {
    let Ok(provider) = crypto::provider() else {
        return Vec::new();
    };
    let suites = provider.cipher_suites.iter();
    let mut suites = suites.filter(|suite| suite.suite() == CipherSuite::TLS13_AES_128_GCM_SHA256);
    let suite = suites.find_map(|suite| suite.tls13());
    suite.map(|suite| suite.common.hash_provider.hash(bytes).as_ref().to_vec()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_sha_256() {
        assert_eq!(sha256(b"abc")[..8], [0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea]);
        assert_eq!(sha256(b"").len(), 32);
    }
}
