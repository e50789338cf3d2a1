//! The low-level REST client lists the nodes of a cluster, a hundred to a page, and prints their names.
//!
//! It prints the request line of each page, its nodes, and how many there are:
//!
//! ```text
//! GET /api/v1/nodes?limit=100
//!     node-000
//!     ...
//! 150 nodes in 2 pages
//! ```
//!
//! `cargo run --example nodes_rest` asks an embedded API server, `-- --real` and `-- --kubeconfig FILE` a real one.

use kubist::Result;
use kubist::k8s_openapi::api::core::v1::Node;
use kubist::resource::List;
use kubist::rest::Request;
use kubist_examples::Cluster;
use serde_json::json;

#[tokio::main]
async fn main() -> Result<()> {
    kubist_examples::run(list_nodes).await
}

async fn list_nodes(cluster: &Cluster) -> Result<()> {
    let client = cluster.client();
    let rest = client.rest();
    if cluster.is_own() {
        // It has no nodes of its own.
        for number in 0..150 {
            let node = json!({"metadata": {"name": format!("node-{number:03}")}});
            rest.json::<Node>(Request::post("/api/v1/nodes").json(&node)).await?;
        }
    }

    let first = Request::get("/api/v1/nodes").query("limit", "100");
    let mut request = first.clone();
    let (mut names, mut pages) = (Vec::new(), 0);
    loop {
        println!("GET {}", first.path_and_query()?);
        let page: List<Node> = rest.json(request).await?;
        pages += 1;
        for node in page.items {
            let name = node.metadata.name.unwrap_or_default();
            println!("    {name}");
            names.push(name);
        }
        match page.metadata.continue_token {
            Some(token) if !token.is_empty() => request = first.clone().query("continue", token),
            _ => break,
        }
    }
    println!("{} nodes in {pages} pages", names.len());

    if cluster.is_own() {
        assert_eq!((names.len(), pages), (150, 2), "all that were made, once each");
        assert!(names.is_sorted(), "in the order of their names");
    }
    Ok(())
}
