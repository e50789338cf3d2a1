//! Which plugins may run.

use std::path::{Component, Path, PathBuf};

use crate::auth::clean::clean;
use crate::auth::exec::lookup::{is_path, lookup};
use crate::auth::exec::problem;
use crate::error::{Error, ErrorKind, Result};

/// Which exec plugins a kubeconfig may start. A kubeconfig from elsewhere can name any program: a
/// service that takes one from its users should not run what they like.
///
/// # Examples
///
/// ```no_run
/// use kubist::auth::PluginPolicy;
/// use kubist::config::Config;
///
/// # fn example(kubeconfig: &str) -> kubist::Result<()> {
/// let policy = PluginPolicy::allow_only(["aws", "/opt/corp/bin/login"])?;
/// let config = Config::from_kubeconfig(kubeconfig)?.plugin_policy(policy)?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PluginPolicy(Kind);

#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Kind {
    #[default]
    AllowAll,
    DenyAll,
    AllowOnly(Vec<String>),
}

impl PluginPolicy {
    /// Any plugin: the default.
    #[must_use]
    pub fn allow_all() -> Self {
        Self(Kind::AllowAll)
    }

    /// None.
    #[must_use]
    pub fn deny_all() -> Self {
        Self(Kind::DenyAll)
    }

    /// These alone. A path is the file itself; a name is the file that it has in the `PATH` of this
    /// program, whatever else has the same name.
    ///
    /// # Errors
    ///
    /// When there is none (that is [`deny_all`](Self::deny_all)), or one is empty, or is a path with
    /// `.`, `..` or a double separator.
    pub fn allow_only<P: Into<String>>(plugins: impl IntoIterator<Item = P>) -> Result<Self> {
        let plugins: Vec<String> = plugins.into_iter().map(Into::into).collect();
        if plugins.is_empty() {
            return Err(invalid("the list of allowed exec plugins is empty: use deny_all".to_owned()));
        }
        if let Some(wrong) = plugins.iter().find(|plugin| !is_normal(plugin)) {
            return Err(invalid(format!("{wrong:?} in the list of allowed exec plugins is no clean path")));
        }
        Ok(Self(Kind::AllowOnly(plugins)))
    }

    /// The file of a command, if it is there and may run.
    pub(crate) fn resolve(&self, command: &str) -> Result<PathBuf> {
        if self.0 == Kind::DenyAll {
            return Err(invalid("the policy allows no exec plugin".to_owned()));
        }
        let path = lookup(command).ok_or_else(|| {
            let place = if is_path(command) { "it is no program" } else { "it is not in PATH" };
            problem(place)
        })?;
        match &self.0 {
            Kind::AllowAll | Kind::DenyAll => Ok(path),
            Kind::AllowOnly(plugins) => {
                let wanted = normal(&path);
                let is_allowed = |plugin: &String| lookup(plugin).is_some_and(|path| normal(&path) == wanted);
                if plugins.iter().any(is_allowed) {
                    Ok(path)
                } else {
                    let path = clean(&path.display().to_string());
                    Err(invalid(format!("the policy does not allow the exec plugin {path}")))
                }
            }
        }
    }
}

fn is_normal(plugin: &str) -> bool {
    !plugin.is_empty() && normal(Path::new(plugin)).as_os_str() == plugin
}

/// The path without what does not matter.
fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if normal.parent().is_some() => {
                normal.pop();
            }
            other => normal.push(other),
        }
    }
    normal
}

fn invalid(message: String) -> Error {
    Error::new(ErrorKind::Config, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_must_name_something_and_in_one_way() {
        assert!(PluginPolicy::allow_only(Vec::<String>::new()).is_err());
        for wrong in ["", "./aws", "/opt/../bin/aws", "/opt//aws", "/opt/aws/"] {
            assert!(PluginPolicy::allow_only([wrong]).is_err(), "{wrong}");
        }
        PluginPolicy::allow_only(["aws", "/opt/aws"]).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn a_name_stands_for_the_file_in_path_and_for_no_other_of_that_name() {
        let folder = tempfile::tempdir().unwrap();
        let other = folder.path().join("sh");
        std::fs::copy(lookup("sh").unwrap(), &other).unwrap();
        let other = other.to_str().unwrap();
        let by_name = PluginPolicy::allow_only(["sh"]).unwrap();
        let sh = lookup("sh").unwrap();
        assert_eq!(by_name.resolve("sh").unwrap(), sh);
        assert_eq!(by_name.resolve(sh.to_str().unwrap()).unwrap(), sh);
        let error = by_name.resolve(other).unwrap_err().to_string();
        assert_eq!(error, format!("the policy does not allow the exec plugin {other}"));
        let by_path = PluginPolicy::allow_only([other]).unwrap();
        assert_eq!(by_path.resolve(other).unwrap(), Path::new(other));
        assert_eq!(by_path.resolve(&format!("{}/./sh", folder.path().display())).unwrap(), Path::new(other));
        assert!(by_path.resolve("sh").is_err());
        assert!(PluginPolicy::deny_all().resolve("sh").unwrap_err().to_string().contains("allows no"));
        assert!(PluginPolicy::allow_all().resolve("sh").is_ok());
    }

    #[test]
    fn a_program_that_is_not_there_is_told_so() {
        let missing = |command| PluginPolicy::allow_all().resolve(command).unwrap_err().to_string();
        assert_eq!(missing("kubist-no-such-program"), "it is not in PATH");
        assert_eq!(missing("/no/such/program"), "it is no program");
    }
}
