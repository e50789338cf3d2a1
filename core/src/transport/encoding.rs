//! Pure: how an answer is packed.

use http::Response;
use http::header;

use crate::error::{Error, ErrorKind, Result};
use crate::transport::body::ResponseBody;

/// The encoding that answers may be asked for in.
pub(crate) fn accepted_encoding() -> Option<&'static str> {
    cfg!(feature = "gzip").then_some("gzip")
}

/// An answer whose body is as it was before it was packed.
///
/// # Errors
///
/// When it is packed in a way that was not asked for.
pub(crate) fn unpacked(answer: Response<ResponseBody>) -> Result<Response<ResponseBody>> {
    let mut encodings = answer.headers().get_all(header::CONTENT_ENCODING).iter();
    let encoding = match (encodings.next(), encodings.next()) {
        (None, _) => return Ok(answer),
        (Some(encoding), None) => encoding.to_str().unwrap_or_default().trim().to_ascii_lowercase(),
        (Some(_), Some(_)) => return Err(not_asked_for("several encodings")),
    };
    match encoding.as_str() {
        "" | "identity" => Ok(answer),
        "gzip" | "x-gzip" => gunzip(answer),
        other => {
            let plain = other.len() <= 16 && other.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
            Err(not_asked_for(if plain { other } else { "a strange encoding" }))
        }
    }
}

fn not_asked_for(encoding: &str) -> Error {
    Error::new(ErrorKind::Decode, format!("the server answered in {encoding}, which was not asked for"))
}

#[cfg(feature = "gzip")]
#[expect(clippy::unnecessary_wraps, reason = "without the feature this is an error")]
fn gunzip(answer: Response<ResponseBody>) -> Result<Response<ResponseBody>> {
    let mut answer = answer.map(crate::transport::gunzip::gunzip);
    answer.headers_mut().remove(header::CONTENT_ENCODING);
    answer.headers_mut().remove(header::CONTENT_LENGTH);
    Ok(answer)
}

#[cfg(not(feature = "gzip"))]
fn gunzip(_answer: Response<ResponseBody>) -> Result<Response<ResponseBody>> {
    Err(not_asked_for("gzip"))
}
