//! Pure: the path of a request without names, for metrics and spans.

/// `/api/v1/namespaces/{namespace}/pods/{name}/log`: few different ones, whatever objects there are.
pub(crate) fn template(path: &str) -> String {
    let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    let prefix = match segments.as_slice() {
        ["api", _, _, ..] => 2,
        ["apis", _, _, _, ..] => 3,
        ["api" | "apis", ..] | [] | [_] => return path.to_owned(),
        [first, ..] => return format!("/{first}/{{path}}"),
    };
    let (mut known, mut rest) = (segments[..prefix].to_vec(), &segments[prefix..]);
    if let ["namespaces", _, _, ..] = rest
        && !matches!(rest[2], "finalize" | "status")
    {
        known.extend(["namespaces", "{namespace}"]);
        rest = &rest[2..];
    }
    match rest {
        [resource] => known.push(resource),
        [resource, _] => known.extend([resource, "{name}"]),
        [resource, _, subresource] => known.extend([resource, "{name}", subresource]),
        [resource, _, subresource, ..] => known.extend([resource, "{name}", subresource, "{path}"]),
        [] => {}
    }
    format!("/{}", known.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_namespaces_are_replaced_and_the_rest_stays() {
        for (path, expected) in [
            ("/api/v1/pods", "/api/v1/pods"),
            ("/api/v1/nodes/n1", "/api/v1/nodes/{name}"),
            ("/api/v1/nodes/n1/status", "/api/v1/nodes/{name}/status"),
            ("/api/v1/namespaces", "/api/v1/namespaces"),
            ("/api/v1/namespaces/shop", "/api/v1/namespaces/{name}"),
            ("/api/v1/namespaces/shop/finalize", "/api/v1/namespaces/{name}/finalize"),
            ("/api/v1/namespaces/shop/status", "/api/v1/namespaces/{name}/status"),
            ("/api/v1/namespaces/shop/pods", "/api/v1/namespaces/{namespace}/pods"),
            ("/api/v1/namespaces/shop/pods/p", "/api/v1/namespaces/{namespace}/pods/{name}"),
            ("/api/v1/namespaces/shop/pods/p/log", "/api/v1/namespaces/{namespace}/pods/{name}/log"),
            (
                "/api/v1/namespaces/shop/services/s/proxy/a/b",
                "/api/v1/namespaces/{namespace}/services/{name}/proxy/{path}",
            ),
            (
                "/apis/apps/v1/namespaces/shop/deployments/d/scale",
                "/apis/apps/v1/namespaces/{namespace}/deployments/{name}/scale",
            ),
            ("/apis/apps/v1", "/apis/apps/v1"),
            ("/version", "/version"),
            ("/openapi/v3/apis/apps/v1", "/openapi/{path}"),
            ("/", "/"),
        ] {
            assert_eq!(template(path), expected, "{path}");
        }
    }
}
