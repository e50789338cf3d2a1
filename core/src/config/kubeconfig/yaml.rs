//! Pure: kubeconfigs as YAML.

use std::collections::BTreeSet;

use super::{Extension, Kubeconfig};
use crate::config::environment::FILE_BYTES_MAX;
use crate::config::problem;
use crate::error::{Error, Result};

impl Kubeconfig {
    pub(crate) fn parse_yaml(yaml: &str) -> Result<Self> {
        if yaml.len() as u64 > FILE_BYTES_MAX {
            return Err(problem(format!("it is longer than {FILE_BYTES_MAX} bytes")));
        }
        let parsed: Option<Self> = serde_saphyr::from_str(yaml).map_err(|error| broken_yaml(&error))?;
        let kubeconfig = parsed.unwrap_or_default();
        kubeconfig.refuse_others()?;
        kubeconfig.refuse_duplicates()?;
        Ok(kubeconfig)
    }

    /// The kubeconfig as YAML, secrets included.
    ///
    /// # Errors
    ///
    /// When a path in it is not text.
    ///
    /// # Examples
    ///
    /// ```
    /// use kubist::config::{AuthInfo, Cluster, Context, Kubeconfig};
    ///
    /// let mut kubeconfig = Kubeconfig::default();
    /// kubeconfig.set_cluster("c", Cluster::new("https://10.0.0.1:6443"));
    /// kubeconfig.set_user("me", AuthInfo::default().token("secret"));
    /// kubeconfig.set_context("dev", Context::new("c", "me"));
    /// kubeconfig.set_current_context("dev");
    ///
    /// let yaml = kubeconfig.to_yaml()?;
    /// assert!(yaml.starts_with("apiVersion: v1\nkind: Config\n"));
    /// assert_eq!(Kubeconfig::parse(&yaml)?.current_context(), Some("dev"));
    /// # Ok::<(), kubist::Error>(())
    /// ```
    pub fn to_yaml(&self) -> Result<String> {
        let options = serde_saphyr::ser_options! { prefer_block_scalars: false };
        // Without a source: it could quote what is in there.
        serde_saphyr::to_string_with_options(self, options)
            .map_err(|_| problem("the kubeconfig cannot be written as YAML: is a path in it not text?"))
    }

    /// Another object, such as a pod, would be an empty kubeconfig.
    fn refuse_others(&self) -> Result<()> {
        let (version, kind) = (&self.api_version.0, &self.kind.0);
        if matches!(&**version, "" | "v1") && matches!(&**kind, "" | "Config") {
            return Ok(());
        }
        Err(problem(format!("it is a {kind:?} of {version:?} and not a \"Config\" of \"v1\"")))
    }

    fn refuse_duplicates(&self) -> Result<()> {
        refuse_duplicate("cluster", self.clusters.iter().map(|entry| &entry.name))?;
        refuse_duplicate("user", self.users.iter().map(|entry| &entry.name))?;
        refuse_duplicate("context", self.contexts.iter().map(|entry| &entry.name))?;
        let clusters = self.clusters.iter().map(|entry| &entry.cluster.extensions);
        let users = self.users.iter().map(|entry| &entry.user.extensions);
        let contexts = self.contexts.iter().map(|entry| &entry.context.extensions);
        for extensions in clusters.chain(users).chain(contexts).chain([&self.extensions]) {
            refuse_duplicate("extension", extensions.iter().map(|Extension { name, .. }| name))?;
        }
        Ok(())
    }
}

fn refuse_duplicate<'n>(what: &str, names: impl Iterator<Item = &'n String>) -> Result<()> {
    let mut seen = BTreeSet::new();
    for name in names {
        if !seen.insert(name) {
            return Err(problem(format!("there are two entries for {what} {name:?}")));
        }
    }
    Ok(())
}

/// The parser's own text may quote the file, and the file holds secrets: only the place stays.
fn broken_yaml(error: &serde_saphyr::Error) -> Error {
    let place = error
        .location()
        .map(|at| format!(" (line {}, column {})", at.line(), at.column()))
        .unwrap_or_default();
    let what = match error.without_snippet() {
        serde_saphyr::Error::SerdeMissingField { field, .. } => {
            format!("an entry has no field `{field}`")
        }
        serde_saphyr::Error::Unexpected { expected: "sequence start", .. } => "expected a list".to_owned(),
        serde_saphyr::Error::Unexpected { expected: "mapping start", .. } => "expected a mapping".to_owned(),
        serde_saphyr::Error::Unexpected { expected, .. } => format!("expected {expected}"),
        _ => "this is not the YAML of a kubeconfig".to_owned(),
    };
    problem(format!("it is not valid: {what}{place}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failure(yaml: &str) -> String {
        format!("{:#}", Kubeconfig::parse(yaml).unwrap_err())
    }

    #[test]
    fn another_kind_of_object_is_no_kubeconfig() {
        for good in ["kind: Config\napiVersion: v1", "kind: ''", "apiVersion: null", "users: []"] {
            Kubeconfig::parse(good).unwrap();
        }
        for bad in ["kind: Pod\napiVersion: v1", "kind: Config\napiVersion: v2"] {
            let error = format!("{:#}", Kubeconfig::parse(bad).unwrap_err());
            assert!(error.ends_with("and not a \"Config\" of \"v1\""), "{error}");
        }
    }

    #[test]
    fn null_and_absent_lists_and_entries_are_empty() {
        for yaml in ["", "{}", "users: null\ncontexts:\nclusters: []", "preferences: {}"] {
            assert!(Kubeconfig::parse(yaml).unwrap().is_empty(), "{yaml:?}");
        }
        let kubeconfig = Kubeconfig::parse("users: [{name: u, user: null}, {name: v}]").unwrap();
        assert_eq!(kubeconfig.users.len(), 2);
    }

    #[test]
    fn a_name_that_stands_twice_is_refused() {
        for (list, what) in
            [("clusters", "cluster"), ("users", "user"), ("contexts", "context"), ("extensions", "extension")]
        {
            assert_eq!(
                failure(&format!("{list}: [{{name: a}}, {{name: b}}, {{name: a}}]")),
                format!("kubeconfig given as text: there are two entries for {what} \"a\"")
            );
        }
        for entry in
            ["clusters: [{name: c, cluster: ", "users: [{name: c, user: ", "contexts: [{name: c, context: "]
        {
            let text = failure(&format!("{entry}{{extensions: [{{name: a}}, {{name: a}}]}}}}]"));
            assert!(text.ends_with("two entries for extension \"a\""), "{text}");
        }
    }

    #[test]
    fn broken_yaml_is_told_by_its_place_alone() {
        for yaml in [
            "users: [{name: u, user: {token: hunter2}",
            "token: hunter2: hunter2",
            "users: hunter2",
            "users: [{user: {token: hunter2}}]",
            "users: [{name: u, user: {token: {hunter2: x}}}]",
            "users: [{name: u, user: {exec: {command: {hunter2: x}}}}]",
            "users: [{name: u, user: {auth-provider: {config: {id-token: [hunter2]}}}}]",
            "clusters: [{name: c, cluster: {insecure-skip-tls-verify: hunter2}}]",
            "current-context: a\ncurrent-context: hunter2",
        ] {
            let text = failure(yaml);
            assert!(text.contains("line 1") || text.contains("line 2"), "{yaml}: {text}");
            assert!(!text.contains("hunter2"), "{text}");
        }
        let text = failure("users:\n- user: {token: hunter2}\n");
        let said = "kubeconfig given as text: it is not valid: an entry has no field `name` (line 2";
        assert!(text.starts_with(said), "{text}");
        for (yaml, expected) in [
            ("clusters: 3", "kubeconfig given as text: it is not valid: expected a list (line 1, column 11)"),
            ("[]", "kubeconfig given as text: it is not valid: expected a mapping (line 1, column 1)"),
            ("- {", "kubeconfig given as text: it is not valid: expected a mapping (line 1, column 1)"),
        ] {
            assert_eq!(failure(yaml), expected);
        }
    }

    #[test]
    fn a_text_that_grows_while_it_is_read_is_refused() {
        let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for n in 1..12 {
            let below = vec![format!("*a{}", n - 1); 10].join(", ");
            bomb.push_str(&format!("a{n}: &a{n} [{below}]\n"));
        }
        assert!(failure(&bomb).contains("not valid"));
        let deep = "[".repeat(100_000);
        assert!(failure(&format!("x: {deep}")).contains("not valid"));
        let long = format!("current-context: {}", "x".repeat(17 << 20));
        assert_eq!(failure(&long), "kubeconfig given as text: it is longer than 16777216 bytes");
    }

    /// What other programs keep in a kubeconfig stays, and texts stay texts.
    #[test]
    fn what_is_written_reads_back_the_same() {
        let yaml = "
apiVersion: v1
kind: Config
current-context: '123'
preferences: {colors: true}
clusters:
- name: 'yes'
  cluster:
    server: https://c:6443
    certificate-authority: pki/ca.pem
    extensions:
    - {name: client.authentication.k8s.io/exec, extension: {audience: a, list: [1, x, 1.5], none: null}}
    added-later: {deep: [true]}
users:
- name: 'null'
  user:
    token: '0x1f'
    tokenFile: /token
    as: jane
    as-groups: [a, '1']
    as-user-extra: {scopes: [view, 'true']}
    exec:
      apiVersion: client.authentication.k8s.io/v1
      command: ./aws
      args: ['-1', '# x', 'a: b', \"line\\nbreak\\ttab\"]
      env: [{name: N, value: 'off'}]
      interactiveMode: Never
      provideClusterInfo: true
- name: p
  user: {auth-provider: {name: oidc, config: {id-token: '1e3'}}, username: '~', password: ' x '}
contexts: [{name: '123', context: {cluster: 'yes', user: 'null', namespace: shop}}]
extensions: [{name: minikube, extension: x}]
";
        let read = Kubeconfig::parse(yaml).unwrap();
        let written = read.to_yaml().unwrap();
        let again = Kubeconfig::parse(&written).unwrap();
        assert!(again == read, "{written}");
        assert!(written.contains("colors: true") && written.contains("added-later:"), "{written}");
        assert!(written.contains("token: '0x1f'") || written.contains("token: \"0x1f\""), "{written}");
        assert!(!written.contains("auth-provider: null") && !written.contains("token: ''"), "{written}");
    }
}
