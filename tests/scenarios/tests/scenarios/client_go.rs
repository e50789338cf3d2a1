//! client-go's informers on the embedded server: `go test` in the envtest module, which asks for what it needs.

use std::env;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use kubist_apiserver::ApiServer;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpListener;
use tokio::process::Command;
use tokio::runtime::Builder;
use tokio::time::timeout;

/// Compiling client-go for the first time takes minutes.
const DEADLINE: Duration = Duration::from_secs(900);

/// Why the test is not run; where everything is required it is, and fails. Go compiles client-go from what
/// `tests/envtest/build` has fetched: without its binaries there may be no network to fetch it from.
pub(crate) fn skip_reason() -> Option<&'static str> {
    let required = env::var_os("KUBIST_REQUIRE_REAL").is_some_and(|value| value == "1");
    let path = env::var_os("PATH").unwrap_or_default();
    let found = env::split_paths(&path).any(|folder| folder.join("go").is_file());
    kubist_envtest::skip_reason().or_else(|| (!found && !required).then_some("skipped: Go is not installed"))
}

/// Every test of `tests/envtest/clientgo`; one that is skipped there has not shown anything.
pub(crate) fn informers_sync_follow_and_survive() -> Result<(), String> {
    let runtime = Builder::new_current_thread().enable_all().build().map_err(|error| error.to_string())?;
    runtime.block_on(async {
        timeout(DEADLINE, run()).await.map_err(|_| format!("not done after {DEADLINE:?}"))?
    })
}

async fn run() -> Result<(), String> {
    let text = |error: std::io::Error| error.to_string();
    let server = ApiServer::builder().tls(true).token("let-me-in").start().await.map_err(text)?;
    let home = TempDir::new().map_err(text)?;
    let kubeconfig = home.path().join("kubeconfig");
    std::fs::write(&kubeconfig, server.kubeconfig()).map_err(text)?;
    let control = TcpListener::bind("127.0.0.1:0").await.map_err(text)?;
    let address = control.local_addr().map_err(text)?;

    // As tests/envtest/build compiles, so that nothing is compiled twice.
    let go = Command::new("go")
        .args(["test", "-trimpath", "-count=1", "-v", "./clientgo"])
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../envtest"))
        .env("CGO_ENABLED", "0")
        .env("KUBECONFIG", &kubeconfig)
        .env("KUBIST_CONTROL", address.to_string())
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output();
    let output = tokio::select! {
        output = go => output.map_err(|error| format!("go: {error}"))?,
        failed = obey(&control, &server) => return failed.map_err(text),
    };
    server.shut_down().await;
    let said = String::from_utf8_lossy(&output.stdout);
    if !output.status.success() || said.contains("--- SKIP") || !said.contains("--- PASS") {
        return Err(format!("go test: {}\n{said}{}", output.status, String::from_utf8_lossy(&output.stderr)));
    }
    Ok(())
}

/// Does what is asked for in a line of each connection, for as long as nothing fails.
async fn obey(control: &TcpListener, server: &ApiServer) -> std::io::Result<()> {
    loop {
        let mut stream = BufReader::new(control.accept().await?.0);
        let mut line = String::new();
        stream.read_line(&mut line).await?;
        match line.trim() {
            "restart" => server.restart().await?,
            "expire" => {
                server.stop_listening().await;
                server.compact();
                server.resume().await?;
            }
            other => return Err(std::io::Error::other(format!("`{other}` is not known"))),
        }
        stream.write_all(b"done\n").await?;
    }
}
