//! The original of a request, as it was handed in.

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use duties::requests::open_original;

use crate::app::{App, problem};
use crate::errors::Problem;
use crate::who::Who;

/// `GET /requests/{reference}/original`: always saved as a file and never shown within our own pages.
pub async fn show(State(app): State<App>, who: Who, Path(reference): Path<String>) -> Result<Response, Problem> {
    let original = open_original(&app.office, &who.0, &reference).await.map_err(problem)?;
    let end = match original.media_type.as_str() {
        "application/pdf" => "pdf",
        "image/png" => "png",
        "image/jpeg" => "jpg",
        "image/tiff" => "tif",
        "text/plain" => "txt",
        _ => "bin",
    };
    let name = format!("attachment; filename=\"{reference}-original.{end}\"");
    let headers = [(header::CONTENT_TYPE, original.media_type), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, original.bytes).into_response())
}
