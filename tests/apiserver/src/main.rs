//! Runs the embedded API server until Ctrl-C.

use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use kubist_apiserver::{ApiServer, Builder};
use tokio::signal::unix::{SignalKind, signal};

const USAGE: &str = "usage: kubist-apiserver [--tls] [--token TOKEN] [--port PORT] [--no-garbage-collection]";

#[tokio::main]
async fn main() -> ExitCode {
    let builder = match parse(std::env::args().skip(1)) {
        Ok(builder) => builder,
        Err(why) => {
            eprintln!("{why}\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match run(builder).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("kubist-apiserver: {error}");
            ExitCode::FAILURE
        }
    }
}

fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Builder, String> {
    let mut builder = ApiServer::builder();
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or_else(|| format!("{argument} needs a value"));
        builder = match argument.as_str() {
            "--tls" => builder.tls(true),
            "--no-garbage-collection" => builder.garbage_collection(false),
            "--token" => builder.token(value()?),
            "--port" => {
                let port = value()?;
                builder.port(port.parse().map_err(|_| format!("{port} is not a port"))?)
            }
            other => return Err(format!("unknown argument {other}")),
        };
    }
    Ok(builder)
}

async fn run(builder: Builder) -> io::Result<()> {
    // Before anything is printed: who reads it may send the signal at once.
    let mut interrupts = signal(SignalKind::interrupt())?;
    let server = builder.start().await?;
    let path = write_kubeconfig(&server.kubeconfig())?;
    println!("listening on {}", server.url());
    println!("kubeconfig   {}", path.display());
    println!("try          kubectl --kubeconfig {} get namespaces", path.display());
    println!("Ctrl-C ends it; everything is in memory and goes with it.");
    interrupts.recv().await;
    remove(&path);
    server.shut_down().await;
    Ok(())
}

/// Writes the kubeconfig where only its owner can read it.
fn write_kubeconfig(text: &str) -> io::Result<PathBuf> {
    let path = std::env::temp_dir().join(format!("kubist-apiserver-{}.kubeconfig", std::process::id()));
    remove(&path);
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path)?;
    file.write_all(text.as_bytes())?;
    Ok(path)
}

fn remove(path: &Path) {
    // Nobody waits for the outcome: the file is in the temporary folder either way.
    drop(std::fs::remove_file(path));
}
