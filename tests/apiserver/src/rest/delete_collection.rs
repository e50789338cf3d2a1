//! Pure: delete-collection.

use std::sync::Arc;

use crate::cluster::Cluster;
use crate::rest::delete_options::DeleteOptions;
use crate::rest::page;
use crate::rest::{Answer, Call, delete, read};
use crate::status::Status;

/// DELETE of all objects that a list with the same parameters shows. The answer is that list.
pub(crate) fn delete_collection(cluster: &mut Cluster, call: &mut Call) -> Result<Answer, Status> {
    let options = call.query.list_options(false)?;
    let how = DeleteOptions::of(call)?;
    let kind = Arc::clone(&call.kind);
    let page = page::select(cluster, &kind, call.target.namespace.as_deref(), &options)?;
    for listed in &page.items {
        // A list of the past shows what may be gone by now.
        let Ok(current) = cluster.get(&kind, &listed.key) else {
            continue;
        };
        delete::check_preconditions(&kind, &current, &how)?;
        delete::delete_one(cluster, &kind, &current, &how, &call.now)?;
    }
    read::list(call, &page)
}
