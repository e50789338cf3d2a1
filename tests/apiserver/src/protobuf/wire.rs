//! Pure: protobuf's wire format, with the texts of Go's generated decoders.

/// One field of a message: its number and what was sent for it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry<'a> {
    pub(crate) number: u32,
    pub(crate) value: Wire<'a>,
}

/// A value as it stands on the wire.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Wire<'a> {
    Varint(u64),
    Fixed64(u64),
    Bytes(&'a [u8]),
    Group,
    Fixed32,
}

impl Wire<'_> {
    fn wire_type(self) -> u8 {
        match self {
            Self::Varint(_) => 0,
            Self::Fixed64(_) => 1,
            Self::Bytes(_) => 2,
            Self::Group => 3,
            Self::Fixed32 => 5,
        }
    }

    /// The refusal of a value that the field does not take.
    pub(crate) fn wrong(self, field: &str) -> String {
        format!("proto: wrong wireType = {} for field {field}", self.wire_type())
    }
}

fn cut() -> String {
    "unexpected EOF".to_owned()
}

/// The fields of one message, in the order in which they were sent.
pub(crate) struct Message<'a> {
    name: &'a str,
    rest: &'a [u8],
}

impl<'a> Message<'a> {
    /// `name` is the message's, for the texts of refusals.
    pub(crate) fn new(name: &'a str, bytes: &'a [u8]) -> Self {
        Self { name, rest: bytes }
    }

    /// The next field, if there is one.
    pub(crate) fn next(&mut self) -> Result<Option<Entry<'a>>, String> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        let tag = varint(&mut self.rest)?;
        // A field's number is what Go's `int32` keeps of the tag.
        let number = (tag >> 3) as u32 as i32;
        if tag & 7 == 4 {
            return Err(format!("proto: {}: wiretype end group for non-group", self.name));
        }
        if number <= 0 {
            return Err(format!("proto: {}: illegal tag {number} (wire type {tag})", self.name));
        }
        let value = self.value(tag & 7)?;
        Ok(Some(Entry { number: number.unsigned_abs(), value }))
    }

    fn value(&mut self, wire_type: u64) -> Result<Wire<'a>, String> {
        Ok(match wire_type {
            0 => Wire::Varint(varint(&mut self.rest)?),
            1 => Wire::Fixed64(fixed64(&mut self.rest)?),
            2 => Wire::Bytes(delimited(&mut self.rest)?),
            3 => {
                self.skip_group()?;
                Wire::Group
            }
            5 => {
                take(&mut self.rest, 4)?;
                Wire::Fixed32
            }
            other => return Err(format!("proto: illegal wireType {other}")),
        })
    }

    /// Passes over a group, which no kind has any more, and the groups in it.
    fn skip_group(&mut self) -> Result<(), String> {
        let mut depth = 1_usize;
        while depth > 0 {
            match varint(&mut self.rest)? & 7 {
                3 => depth += 1,
                4 => depth -= 1,
                wire_type => drop(self.value(wire_type)?),
            }
        }
        Ok(())
    }
}

fn take<'a>(rest: &mut &'a [u8], length: usize) -> Result<&'a [u8], String> {
    let (taken, left) = rest.split_at_checked(length).ok_or_else(cut)?;
    *rest = left;
    Ok(taken)
}

/// The next varint.
pub(crate) fn varint(rest: &mut &[u8]) -> Result<u64, String> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let byte = take(rest, 1)?[0];
        value |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Ok(value);
        }
    }
    Err("proto: integer overflow".to_owned())
}

/// The next eight bytes.
pub(crate) fn fixed64(rest: &mut &[u8]) -> Result<u64, String> {
    let bytes = take(rest, 8)?;
    Ok(bytes.iter().rev().fold(0, |value, byte| (value << 8) | u64::from(*byte)))
}

fn delimited<'a>(rest: &mut &'a [u8]) -> Result<&'a [u8], String> {
    let length = varint(rest)?;
    if length > i64::MAX as u64 {
        return Err("proto: negative length found during unmarshaling".to_owned());
    }
    take(rest, usize::try_from(length).map_err(|_| cut())?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(bytes: &[u8]) -> Result<Vec<(u32, Wire<'_>)>, String> {
        let mut message = Message::new("ConfigMap", bytes);
        let mut found = Vec::new();
        while let Some(entry) = message.next()? {
            found.push((entry.number, entry.value));
        }
        Ok(found)
    }

    #[test]
    fn every_wire_type_is_read() {
        let bytes = [
            &[0x08, 0xac, 0x02][..],
            &[0x12, 2, b'h', b'i'],
            &[0x19, 1, 0, 0, 0, 0, 0, 0, 0],
            &[0x25, 1, 2, 3, 4],
            &[0x2b, 0x0b, 0x08, 1, 0x0c, 0x2c],
        ]
        .concat();
        let expected = [
            (1, Wire::Varint(300)),
            (2, Wire::Bytes(b"hi")),
            (3, Wire::Fixed64(1)),
            (4, Wire::Fixed32),
            (5, Wire::Group),
        ];
        assert_eq!(all(&bytes).unwrap(), expected);
    }

    #[test]
    fn broken_messages_are_told_what_is_broken() {
        for (bytes, expected) in [
            (&[0x08][..], "unexpected EOF"),
            (&[0x12, 5, b'a'], "unexpected EOF"),
            (&[0x0c], "proto: ConfigMap: wiretype end group for non-group"),
            (&[0x02, 0], "proto: ConfigMap: illegal tag 0 (wire type 2)"),
            (&[0x0f], "proto: illegal wireType 7"),
            (&[0x08, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1], "proto: integer overflow"),
            (
                &[0x12, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1],
                "proto: negative length found during unmarshaling",
            ),
            (&[0x2b, 0x0b], "unexpected EOF"),
        ] {
            assert_eq!(all(bytes).unwrap_err(), expected, "{bytes:?}");
        }
    }
}
