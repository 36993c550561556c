//! Serves the gallery on port 4100 of this machine: `cargo run -p guardbook-web --example gallery --features gallery`.

use axum::{Router, middleware};

#[tokio::main(flavor = "current_thread")]
async fn main() -> std::io::Result<()> {
    let app = Router::new()
        .merge(web::gallery::routes())
        .merge(web::static_files::routes())
        .layer(middleware::from_fn(web::security::security_headers));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:4100").await?;
    axum::serve(listener, app).await
}
