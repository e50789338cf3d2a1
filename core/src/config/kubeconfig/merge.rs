// Pure: no clock, no waiting.
//! How several kubeconfig files become one.

use super::Kubeconfig;

impl Kubeconfig {
    /// Adds what `later` has and this one has not. The first that defines a name wins with its whole entry, and the
    /// first current context that is set is the one.
    ///
    /// # Examples
    ///
    /// ```
    /// use kubist::config::Kubeconfig;
    ///
    /// let mine = Kubeconfig::parse("contexts: [{name: dev, context: {cluster: mine}}]")?;
    /// let ours = Kubeconfig::parse("
    /// contexts: [{name: dev, context: {cluster: ours}}, {name: prod, context: {cluster: ours}}]
    /// current-context: prod
    /// ")?;
    /// let both = mine.merge(ours);
    /// assert_eq!(both.context("dev").unwrap().cluster(), "mine");
    /// assert_eq!(both.current_context(), Some("prod"));
    /// # Ok::<(), kubist::Error>(())
    /// ```
    #[must_use]
    pub fn merge(mut self, later: Self) -> Self {
        if self.current_context.is_empty() {
            self.current_context = later.current_context;
        }
        merge_named(&mut self.clusters, later.clusters, |entry| &entry.name);
        merge_named(&mut self.users, later.users, |entry| &entry.name);
        merge_named(&mut self.contexts, later.contexts, |entry| &entry.name);
        merge_named(&mut self.extensions, later.extensions, |entry| &entry.name);
        for (key, value) in later.other {
            self.other.entry(key).or_insert(value);
        }
        self
    }
}

fn merge_named<T>(first: &mut Vec<T>, later: Vec<T>, name: impl Fn(&T) -> &String) {
    for entry in later {
        if !first.iter().any(|known| name(known) == name(&entry)) {
            first.push(entry);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_file_that_defines_a_name_wins_with_its_whole_entry() {
        let first = Kubeconfig::parse(
            "
            current-context: ''
            clusters: [{name: c, cluster: {server: 'https://first'}}]
            users: [{name: u, user: {token: first}}]
            ",
        )
        .unwrap();
        let later = Kubeconfig::parse(
            "
            current-context: later
            clusters:
            - {name: c, cluster: {server: 'https://later', tls-server-name: later}}
            - {name: d, cluster: {server: 'https://d'}}
            contexts: [{name: later, context: {cluster: c, user: u}}]
            ",
        )
        .unwrap();
        let merged = first.merge(later);
        assert_eq!(merged.current_context(), Some("later"));
        let names: Vec<_> = merged.clusters.iter().map(|entry| entry.name.as_str()).collect();
        assert_eq!(names, ["c", "d"]);
        assert_eq!(merged.clusters[0].cluster.server, "https://first");
        assert_eq!(merged.clusters[0].cluster.tls_server_name, "");
        assert_eq!(merged.users[0].user.token, "first");
        assert_eq!(merged.contexts.len(), 1);
    }
}
