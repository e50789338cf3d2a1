//! Free ports on the loopback address.

use crate::error::EnvtestError;
use crate::random;
use std::io;
use std::net::Ipv4Addr;
use std::net::TcpListener;

// Below what the kernels hand out to outgoing connections. A port from that range could be taken while the
// kube-apiserver is stopped; even a client that keeps dialling it can end up connected to itself and hold it.
const LOWEST: u16 = 20_000;
const COUNT: u16 = 12_000;
const ATTEMPTS: usize = 100;

/// A port that nobody listens on now. It is not reserved: whoever starts a server on it must be ready to try again.
pub(crate) fn free() -> Result<u16, EnvtestError> {
    for _ in 0..ATTEMPTS {
        let port = LOWEST + u16::from_ne_bytes(random::bytes()?) % COUNT;
        if TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok() {
            return Ok(port);
        }
    }
    Err(EnvtestError::io("find a free port")(io::ErrorKind::AddrInUse.into()))
}
