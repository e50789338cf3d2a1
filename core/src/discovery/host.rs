//! Pure: the folder of a server in a cache.

use http::Uri;

/// A name for a server that can be the name of a folder: its host, port and path, with everything else replaced.
pub(super) fn folder(server: &Uri) -> String {
    let authority = server.authority().map_or("", |authority| authority.as_str());
    // Credentials in a URL do not belong into the name of a file.
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let name =
        format!("{}_{host}{}", server.scheme_str().unwrap_or("http"), server.path().trim_end_matches('/'));
    let plain = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '-' | '.') { c } else { '_' };
    name.chars().map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_server_has_a_folder_that_is_one_name() {
        for (server, expected) in [
            ("https://127.0.0.1:6443", "https_127.0.0.1_6443"),
            ("https://host/k8s/c1/", "https_host_k8s_c1"),
            ("https://user:secret@host:1/../..", "https_host_1_.._.."),
            ("http://[::1]:80", "http____1__80"),
        ] {
            assert_eq!(folder(&server.parse().unwrap()), expected);
        }
    }
}
