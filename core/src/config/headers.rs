//! Pure: headers that every request has because of the configuration.

use http::header::PROXY_AUTHORIZATION;
use http::{HeaderMap, HeaderValue, Request};
use tower::ServiceExt;

use crate::config::impersonation;
use crate::transport::{Body, Transport};

/// What is added to every request.
#[derive(Clone, Default)]
pub(crate) struct Headers {
    /// Whom to act as.
    pub(crate) impersonation: Option<HeaderMap>,
    /// For a proxy that requests are forwarded by; a tunnel gets it when it is opened.
    pub(crate) proxy_authorization: Option<HeaderValue>,
}

impl Headers {
    /// A transport that adds them.
    pub(crate) fn around(self, transport: Transport) -> Transport {
        if self.impersonation.is_none() && self.proxy_authorization.is_none() {
            return transport;
        }
        Transport::new(transport.map_request(move |mut request: Request<Body>| {
            self.add(request.headers_mut());
            request
        }))
    }

    fn add(&self, headers: &mut HeaderMap) {
        // A layer above may have chosen another user for this request.
        if let Some(impersonation) = &self.impersonation
            && !headers.contains_key(impersonation::USER)
        {
            for (name, value) in impersonation {
                headers.append(name, value.clone());
            }
        }
        if let Some(value) = &self.proxy_authorization {
            headers.insert(PROXY_AUTHORIZATION, value.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Impersonation;

    #[test]
    fn a_request_that_acts_as_somebody_already_is_left_alone() {
        let impersonation = Impersonation::new("jane").group("a").group("b").headers().unwrap();
        let headers = Headers { impersonation: Some(impersonation), proxy_authorization: None };
        let mut request = HeaderMap::new();
        headers.add(&mut request);
        assert_eq!(request.len(), 3);
        assert_eq!(request.get_all("impersonate-group").iter().count(), 2);
        let mut request = HeaderMap::new();
        request.insert(impersonation::USER, HeaderValue::from_static("joe"));
        headers.add(&mut request);
        assert_eq!(request.len(), 1);
        assert_eq!(request[impersonation::USER], "joe");
    }
}
