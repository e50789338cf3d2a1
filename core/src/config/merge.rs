//! Pure: how several kubeconfig files become one.

use crate::config::kubeconfig::Kubeconfig;

/// Adds what `later` has and `first` has not. The first file that defines a name wins with its whole
/// entry, and the first current-context that is not empty is the one.
pub(crate) fn merge(mut first: Kubeconfig, later: Kubeconfig) -> Kubeconfig {
    let is_set = |name: &String| !name.is_empty();
    first.current_context = first.current_context.filter(is_set).or(later.current_context);
    merge_named(&mut first.clusters, later.clusters, |entry| &entry.name);
    merge_named(&mut first.users, later.users, |entry| &entry.name);
    merge_named(&mut first.contexts, later.contexts, |entry| &entry.name);
    first
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
        let merged = merge(first, later);
        assert_eq!(merged.current_context.as_deref(), Some("later"));
        let names: Vec<_> = merged.clusters.iter().map(|entry| entry.name.as_str()).collect();
        assert_eq!(names, ["c", "d"]);
        assert_eq!(merged.clusters[0].cluster.server.as_deref(), Some("https://first"));
        assert_eq!(merged.clusters[0].cluster.tls_server_name, None);
        assert_eq!(merged.users[0].user.token.as_deref(), Some("first"));
        assert_eq!(merged.contexts.len(), 1);
    }
}
