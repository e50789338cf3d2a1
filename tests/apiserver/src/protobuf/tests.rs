use super::*;

#[test]
fn what_is_no_envelope_is_refused() {
    assert_eq!(unknown(b"").unwrap_err(), "empty data");
    assert_eq!(unknown(b"k8s\0").unwrap_err(), "empty body");
    assert_eq!(
        unknown(b"{}").unwrap_err(),
        "provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]"
    );
    assert_eq!(unknown(b"k8s\0\x08\x01").unwrap_err(), "proto: wrong wireType = 0 for field TypeMeta");
}
