//! Runs the embedded API server until Ctrl-C or SIGTERM.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use kubist_apiserver::{ApiServer, Builder};
use tokio::signal::unix::{SignalKind, signal};

use crate::lines::Lines;

mod lines;

const USAGE: &str = "usage: kubist-apiserver [--tls] [--token TOKEN] [--port PORT] [--kubeconfig PATH] \
     [--no-garbage-collection]";
const HELP: &str = "
Runs a Kubernetes API server on 127.0.0.1 that keeps everything in memory, and writes a kubeconfig for it.
Ctrl-C or SIGTERM ends it and removes the kubeconfig.

  --tls               serve HTTPS under a certificate authority of its own; else plain HTTP
  --token TOKEN       answer 401 to requests without this bearer token
  --port PORT         the port to listen on; else a free one
  --kubeconfig PATH   where to write the kubeconfig; else a file in the temporary folder
  --no-garbage-collection
                      leave dependents when their owners go, as kube-apiserver alone does
  --help              this text
  --version           the version of this program";
/// The first line of a kubeconfig that may be overwritten.
const MARK: &str = "# Written by kubist-apiserver, and removed by it.\n";

/// What the arguments ask for.
enum Wish {
    Run { builder: Builder, kubeconfig: Option<PathBuf> },
    Help,
    Version,
}

#[tokio::main]
async fn main() -> ExitCode {
    let (builder, kubeconfig) = match parse(std::env::args().skip(1)) {
        Ok(Wish::Run { builder, kubeconfig }) => (builder, kubeconfig),
        Ok(Wish::Help) => {
            println!("{USAGE}\n{HELP}");
            return ExitCode::SUCCESS;
        }
        Ok(Wish::Version) => {
            println!("kubist-apiserver {}", env!("CARGO_PKG_VERSION"));
            return ExitCode::SUCCESS;
        }
        Err(why) => {
            eprintln!("{why}\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match run(builder, kubeconfig).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("kubist-apiserver: {error}");
            ExitCode::FAILURE
        }
    }
}

fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Wish, String> {
    let mut builder = ApiServer::builder();
    let mut kubeconfig = None;
    while let Some(argument) = arguments.next() {
        let (name, mut given) = match argument.split_once('=') {
            Some((name, value)) if name.starts_with("--") => (name, Some(value.to_owned())),
            _ => (argument.as_str(), None),
        };
        let is_flag = matches!(name, "--tls" | "--no-garbage-collection" | "--help" | "-h" | "--version");
        if is_flag && given.is_some() {
            return Err(format!("{name} takes no value"));
        }
        let mut value = || {
            let value = given.take().or_else(|| arguments.next()).filter(|value| !value.is_empty());
            value.ok_or_else(|| format!("{name} needs a value"))
        };
        match name {
            "--tls" => builder = builder.tls(true),
            "--no-garbage-collection" => builder = builder.garbage_collection(false),
            "--token" => builder = builder.token(value()?),
            "--port" => {
                let port = value()?;
                builder = builder.port(port.parse().map_err(|_| format!("{port} is not a port"))?);
            }
            "--kubeconfig" => kubeconfig = Some(PathBuf::from(value()?)),
            "--help" | "-h" => return Ok(Wish::Help),
            "--version" => return Ok(Wish::Version),
            _ => return Err(format!("unknown argument {argument}")),
        }
    }
    Ok(Wish::Run { builder, kubeconfig })
}

async fn run(builder: Builder, kubeconfig: Option<PathBuf>) -> io::Result<()> {
    tracing::subscriber::set_global_default(Lines(|line: &str| eprintln!("{line}")))
        .map_err(io::Error::other)?;
    // Listened to from the beginning: a signal that comes early must not leave the file behind.
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    let server = builder.start().await?;
    let path = kubeconfig.unwrap_or_else(|| {
        std::env::temp_dir().join(format!("kubist-apiserver-{}.kubeconfig", std::process::id()))
    });
    write_kubeconfig(&path, &server.kubeconfig())
        .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display())))?;
    println!("listening on {}", server.url());
    println!("kubeconfig   {}", path.display());
    println!("try          kubectl --kubeconfig {} get namespaces", path.display());
    println!("Ctrl-C ends it; everything is in memory and goes with it.");
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
    // Nobody waits for the outcome.
    drop(fs::remove_file(&path));
    server.shut_down().await;
    Ok(())
}

/// Writes the kubeconfig where only its owner can read it. What another has written stays as it is.
fn write_kubeconfig(path: &Path, text: &str) -> io::Result<()> {
    match fs::read_to_string(path) {
        Ok(old) if !old.starts_with(MARK) => {
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, "there is another file"));
        }
        Ok(_) => fs::remove_file(path)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(MARK.as_bytes())?;
    file.write_all(text.as_bytes())
}
