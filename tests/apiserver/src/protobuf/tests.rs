use serde_json::json;

use super::*;
use crate::builtin::shape;
use crate::protobuf::messages::MESSAGES;
use crate::rest::body;

const PROTOBUF: &str = "application/vnd.kubernetes.protobuf";

fn bytes(base64: &str) -> Vec<u8> {
    STANDARD.decode(base64).unwrap()
}

#[test]
fn what_gos_clients_send_is_read_as_the_json_that_they_mean() {
    for (message, expected) in MESSAGES {
        let expected: Value = serde_json::from_str(expected).unwrap();
        assert_eq!(body::decode(PROTOBUF, &bytes(message)).unwrap(), expected);
    }
}

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

#[test]
fn a_message_of_a_kind_that_is_not_known_is_refused() {
    let body = b"k8s\0\x0a\x0b\x0a\x04a/v1\x12\x03Foo";
    let refused = body::decode(PROTOBUF, body).unwrap_err().to_value();
    let message =
        "no kind \"Foo\" is registered for version \"a/v1\" in scheme \"pkg/runtime/scheme.go:111\"";
    assert_eq!((refused["message"].as_str(), refused["code"].as_u64()), (Some(message), Some(400)));
}

#[test]
fn repeated_numbers_are_taken_packed_and_one_by_one() {
    let of = types::of_gvk("v1", "Pod").unwrap();
    // spec (2), securityContext (14), supplementalGroups (4): 1, -1, and 2 and 3 packed.
    let groups = [&[0x20, 1, 0x20][..], &[255; 9], &[1, 0x22, 2, 2, 3]].concat();
    let context = [&[0x72, groups.len() as u8][..], &groups].concat();
    let pod = [&[0x12, context.len() as u8][..], &context].concat();
    assert_eq!(
        decode(of, &pod).unwrap(),
        json!({"spec": {"securityContext": {"supplementalGroups": [1, -1, 2, 3]}}})
    );
}

#[test]
fn values_that_do_not_fit_are_told_where() {
    let of = types::of_gvk("v1", "Pod").unwrap();
    for (message, expected) in [
        (&[0x08, 1][..], "proto: wrong wireType = 0 for field ObjectMeta"),
        (&[0x12, 2, 0x08, 1], "proto: wrong wireType = 0 for field Volumes"),
        (&[0x12, 3, 0x0a, 5, 0], "unexpected EOF"),
        (&[0x12, 4, 0x0a, 2, 0x0c, 0], "proto: Volume: wiretype end group for non-group"),
    ] {
        assert_eq!(decode(of, message).unwrap_err(), expected, "{message:?}");
    }
}

/// Numbers that look random and are the same for the same seed.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }
}

#[test]
fn no_bytes_make_the_reading_fail_in_any_other_way_than_with_a_refusal() {
    let seed = std::time::UNIX_EPOCH.elapsed().unwrap().as_nanos() as u64 | 1;
    println!("seed {seed}");
    let mut random = Random(seed);
    let kinds =
        [("v1", "Pod"), ("v1", "Event"), ("apps/v1", "Deployment"), ("apps/v1", "ControllerRevision")];
    for round in 0..4000 {
        let (api_version, kind) = kinds[round % kinds.len()];
        let of = types::of_gvk(api_version, kind).unwrap();
        let mut message = bytes(MESSAGES[random.below(MESSAGES.len())].0);
        if round % 3 == 0 {
            message = (0..random.below(80)).map(|_| random.next() as u8).collect();
        }
        for _ in 0..random.below(6) {
            let (at, byte) = (random.below(message.len().max(1)), random.next() as u8);
            match random.below(4) {
                0 => message.truncate(at),
                1 => message.insert(at.min(message.len()), byte),
                _ => message.get_mut(at).into_iter().for_each(|place| *place = byte),
            }
        }
        for result in [decode(of, &message), decode(of, message.get(20..).unwrap_or_default())] {
            let shaped = result.map(|object| shape::shape(of, object));
            assert!(shaped.map_or_else(|why| !why.is_empty(), |object| object.is_object()));
        }
        if let Err(status) = body::decode(PROTOBUF, &message) {
            assert_eq!(status.code, 400, "{}", status.to_value());
        }
    }
}
