//! Pure: what an HTTP/2 server says first (RFC 9113, 3.4 and 6.5): its settings.

/// More than the settings of a server can need.
pub(crate) const FRAMES_BEGIN_MAX: usize = 1024;

const FRAME_HEADER: usize = 9;
const SETTINGS: u8 = 4;
const ACKNOWLEDGED: u8 = 1;
const SETTING: usize = 6;
const MAX_CONCURRENT_STREAMS: u16 = 3;

/// What is assumed of a server that does not say: what Go's and most others allow.
const USUAL: usize = 100;

/// How many streams the server allows, from the first bytes that it sends; `None` until the whole frame is there, or
/// when it is another.
pub(crate) fn streams_max(begin: &[u8]) -> Option<usize> {
    let (header, rest) = begin.split_at_checked(FRAME_HEADER)?;
    let length = usize::from(header[0]) << 16 | usize::from(header[1]) << 8 | usize::from(header[2]);
    let settings = rest.get(..length)?;
    if header[3] != SETTINGS || header[4] & ACKNOWLEDGED != 0 {
        return None;
    }
    let said = settings.chunks_exact(SETTING).rev().find_map(|setting| {
        let is = u16::from_be_bytes([setting[0], setting[1]]) == MAX_CONCURRENT_STREAMS;
        is.then(|| u32::from_be_bytes([setting[2], setting[3], setting[4], setting[5]]))
    });
    Some(said.map_or(USUAL, |said| usize::try_from(said).unwrap_or(usize::MAX)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(kind: u8, flags: u8, settings: &[(u16, u32)]) -> Vec<u8> {
        let length = u8::try_from(settings.len() * SETTING).unwrap();
        let mut frame = vec![0, 0, length, kind, flags, 0, 0, 0, 0];
        for (id, value) in settings {
            frame.extend(id.to_be_bytes());
            frame.extend(value.to_be_bytes());
        }
        frame
    }

    #[test]
    fn the_limit_is_found_once_the_whole_frame_is_there() {
        let bytes = frame(SETTINGS, 0, &[(5, 16384), (3, 20), (4, 65535)]);
        for end in 0..bytes.len() {
            assert_eq!(streams_max(&bytes[..end]), None, "{end}");
        }
        assert_eq!(streams_max(&bytes), Some(20));
        assert_eq!(streams_max(&[&bytes[..], b"more"].concat()), Some(20));
        assert_eq!(streams_max(&frame(SETTINGS, 0, &[])), Some(USUAL));
        assert_eq!(streams_max(&frame(SETTINGS, 0, &[(3, 1), (3, 2)])), Some(2));
        assert_eq!(streams_max(&frame(0, 0, &[(3, 20)])), None);
        assert_eq!(streams_max(b"HTTP/1.1 400 Bad Request\r\n\r\n"), None);
    }
}
