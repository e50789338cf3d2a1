//! Pure: `ConversionReview` of `apiextensions.k8s.io/v1`, as it stands on the wire.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::error::{Error, Result};

const API_VERSION: &str = "apiextensions.k8s.io/v1";
const KIND: &str = "ConversionReview";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Review<'a> {
    #[serde(default)]
    api_version: String,
    #[serde(default)]
    kind: String,
    #[serde(borrow)]
    request: Option<Request<'a>>,
}

/// What the API server asks for.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Request<'a> {
    pub(super) uid: String,
    #[serde(rename = "desiredAPIVersion")]
    pub(super) desired_api_version: String,
    #[serde(borrow, default)]
    pub(super) objects: Vec<&'a RawValue>,
}

/// The part of an object that is the same in all versions.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Head {
    #[serde(default)]
    pub(super) api_version: String,
    #[serde(default)]
    pub(super) kind: String,
    pub(super) metadata: Option<Map<String, Value>>,
}

/// An object of the answer.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Converted<'a> {
    /// It was asked for in the version that it had.
    Same(&'a RawValue),
    New(Value),
}

/// The request in a body.
pub(super) fn request(body: &[u8]) -> Result<Request<'_>> {
    let review: Review<'_> =
        serde_json::from_slice(body).map_err(|error| Error::decode("the conversion review", &error))?;
    if review.api_version != API_VERSION || review.kind != KIND {
        return Err(Error::invalid(format!("the body is not a {KIND} of {API_VERSION}")));
    }
    review.request.ok_or_else(|| Error::invalid("the conversion review has no request"))
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Answer<'a> {
    api_version: &'static str,
    kind: &'static str,
    response: Response<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Response<'a> {
    uid: &'a str,
    result: Outcome,
    converted_objects: Vec<Converted<'a>>,
}

#[derive(Serialize)]
struct Outcome {
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
}

/// The bytes of the answer: all objects, or why there are none.
pub(super) fn answer(uid: &str, objects: Result<Vec<Converted<'_>>>) -> Result<Vec<u8>> {
    let (result, converted_objects) = match objects {
        Ok(objects) => (Outcome { status: "Success", message: None }, objects),
        Err(error) => (Outcome { status: "Failed", message: Some(format!("{error:#}")) }, Vec::new()),
    };
    let response = Response { uid, result, converted_objects };
    let answer = Answer { api_version: API_VERSION, kind: KIND, response };
    serde_json::to_vec(&answer).map_err(|_| Error::invalid("the answer cannot be written as JSON"))
}
