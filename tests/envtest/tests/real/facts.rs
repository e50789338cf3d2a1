//! What the embedded API server knows of the kinds is what the real one and its Go types say.

use kubist_envtest::ControlPlane;
use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;
use tempfile::NamedTempFile;

/// With `BLESS=1` the file is written instead of compared.
pub(crate) async fn the_data_of_the_embedded_server_is_what_the_generator_says() {
    let plane = ControlPlane::start().await.unwrap();
    let kubeconfig = NamedTempFile::new().unwrap();
    fs::write(kubeconfig.path(), plane.kubeconfig_token()).unwrap();
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    // The flags are those of the build of the binaries, whose compiled packages are used again.
    let output = Command::new("go")
        .args(["run", "-mod=readonly", "-buildvcs=false", "-trimpath", "./facts", "--kubeconfig"])
        .arg(kubeconfig.path())
        .env("CGO_ENABLED", "0")
        .current_dir(here)
        .output()
        .expect("Go, which built the binaries, runs the generator");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8(output.stdout).unwrap();
    let path = here.join("../apiserver/data/kubernetes.json");
    if env::var_os("BLESS").is_some_and(|bless| bless == "1") {
        fs::write(path, said).unwrap();
        return;
    }
    let known = fs::read_to_string(path).unwrap();
    for (line, (said, known)) in said.lines().zip(known.lines()).enumerate() {
        assert_eq!(said, known, "line {} of kubernetes.json", line + 1);
    }
    assert_eq!(said.lines().count(), known.lines().count(), "the lines of kubernetes.json");
}
