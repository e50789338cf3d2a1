//! A crate with so many kinds, as a user of one of the tools writes it.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Tool {
    Kubist,
    Kube,
}

pub(crate) const TOOLS: [Tool; 2] = [Tool::Kubist, Tool::Kube];

impl Tool {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Kubist => "kubist",
            Self::Kube => "kube + schemars",
        }
    }

    fn folder(self) -> &'static str {
        match self {
            Self::Kubist => "kubist",
            Self::Kube => "kube",
        }
    }

    fn dependencies(self) -> String {
        let core = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../core");
        match self {
            Self::Kubist => format!("kubist = {{ path = {core:?}, features = [\"latest\"] }}\n"),
            Self::Kube => "k8s-openapi = { version = \"0.29\", features = [\"latest\", \"schemars\"] }\n\
                           kube = { version = \"5\", features = [\"derive\", \"runtime\"] }\n\
                           schemars = \"1\"\n"
                .to_owned(),
        }
    }

    /// One kind; `KIND` is its name.
    fn kind(self) -> &'static str {
        match self {
            Self::Kubist => include_str!("kind_kubist.rs.txt"),
            Self::Kube => include_str!("kind_kube.rs.txt"),
        }
    }
}

pub(crate) struct Project {
    pub(crate) tool: Tool,
    pub(crate) kinds: usize,
    folder: PathBuf,
    /// Shared by the projects of a tool, so that they share its dependencies.
    target: PathBuf,
}

impl Project {
    pub(crate) fn write(folder: &Path, tool: Tool, kinds: usize) -> Result<Self, String> {
        let target = folder.join(format!("target-{}", tool.folder()));
        let folder = folder.join(format!("{}-{kinds}", tool.folder()));
        let project = Self { tool, kinds, folder, target };
        project.write_files().map_err(|error| format!("{}: {error}", project.folder.display()))?;
        Ok(project)
    }

    fn write_files(&self) -> std::io::Result<()> {
        let source = self.folder.join("src");
        fs::create_dir_all(&source)?;
        let lock = self.folder.join("Cargo.lock");
        if !lock.exists() {
            // Both tools with the versions of dependencies that the tests have.
            fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("../user-crate/Cargo.lock"), lock)?;
        }
        fs::write(
            self.folder.join("Cargo.toml"),
            format!(
                "[package]\nname = \"{}\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
                 [dependencies]\n{}serde = {{ version = \"1\", features = [\"derive\"] }}\nserde_json = \"1\"\n\n[workspace]\n",
                self.package(),
                self.tool.dependencies()
            ),
        )?;
        let names: Vec<(String, String)> = (1..=self.kinds)
            .map(|number| (format!("kind_{number:02}"), format!("Site{number:02}")))
            .collect();
        let modules: String = names.iter().map(|(module, _)| format!("pub mod {module};\n")).collect();
        fs::write(source.join("lib.rs"), modules)?;
        for (module, kind) in &names {
            fs::write(source.join(module).with_extension("rs"), self.tool.kind().replace("KIND", kind))?;
        }
        // What every program with these kinds has: their definitions, reading and writing an object.
        let uses: String = names
            .iter()
            .map(|(module, kind)| {
                let kind = format!("{}::{module}::{kind}", self.package().replace('-', "_"));
                let import = if self.tool == Tool::Kube { "use kube::CustomResourceExt as _; " } else { "" };
                format!(
                    "    {{ {import}println!(\"{{}}\", serde_json::to_string(&{kind}::crd())?); }}\n    \
                     if let Some(line) = lines.next() {{ println!(\"{{}}\", serde_json::to_string(&serde_json::from_str::<{kind}>(&line?)?)?); }}\n"
                )
            })
            .collect();
        fs::write(
            source.join("main.rs"),
            format!(
                "fn main() -> Result<(), Box<dyn std::error::Error>> {{\n    let mut lines = std::io::stdin().lines();\n{uses}    Ok(())\n}}\n"
            ),
        )
    }

    fn package(&self) -> String {
        format!("{}-{}", self.tool.folder(), self.kinds)
    }

    pub(crate) fn cargo(&self, arguments: &[&str]) -> std::process::Command {
        let mut command = std::process::Command::new(env!("CARGO"));
        command.args(arguments).current_dir(&self.folder).env("CARGO_TARGET_DIR", &self.target);
        command
    }

    /// Removes what was compiled of this crate; its dependencies stay.
    pub(crate) fn forget_the_kinds(&self) -> Result<(), String> {
        let output = self.cargo(&["clean", "--package", &self.package()]).output();
        output.map(drop).map_err(|error| format!("cargo clean: {error}"))
    }

    pub(crate) fn forget_everything(&self) -> Result<(), String> {
        match fs::remove_dir_all(&self.target) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(format!("{}: {error}", self.target.display()))
            }
            _ => Ok(()),
        }
    }

    /// Changes the name of one field of one kind, back and forth.
    pub(crate) fn rename_a_field(&self) -> Result<(), String> {
        let file = self.folder.join("src/kind_01.rs");
        let changed = fs::read_to_string(&file).and_then(|text| {
            let renamed = if text.contains("renamed_note") {
                text.replace("renamed_note", "note")
            } else {
                text.replace("note", "renamed_note")
            };
            fs::write(&file, renamed)
        });
        changed.map_err(|error| format!("{}: {error}", file.display()))
    }

    /// A compiler for this crate alone that takes options which are not stable: set for all crates, the variable would
    /// have all dependencies compiled again.
    pub(crate) fn unstable_compiler(&self) -> Result<PathBuf, String> {
        let file = self.folder.join("unstable-compiler");
        let written = fs::write(&file, "#!/bin/sh\nRUSTC_BOOTSTRAP=1 exec \"$@\"\n")
            .and_then(|()| fs::set_permissions(&file, fs::Permissions::from_mode(0o755)));
        written.map(|()| file).map_err(|error| format!("a compiler for unstable options: {error}"))
    }

    pub(crate) fn program(&self) -> PathBuf {
        self.target.join("debug").join(self.package())
    }

    /// How many lines and structs or enums the kinds have.
    pub(crate) fn source(&self) -> (usize, usize) {
        let text = self.tool.kind();
        let types = text
            .lines()
            .filter(|line| line.starts_with("pub struct") || line.starts_with("pub enum"))
            .count();
        (text.lines().count() * self.kinds, types * self.kinds)
    }
}
