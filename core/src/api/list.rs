use http::Method;

use crate::api::Api;
use crate::api::target::Target;
use crate::error::Result;
use crate::resource::{List, Listable, Object};
use crate::rest::{ListParams, decode};
use crate::watch::first_undecodable;

/// Objects in one page, as in client-go's pager.
const PAGE_SIZE: u32 = 500;

impl<K: Object> Api<K> {
    /// Reads all objects, page by page.
    ///
    /// # Errors
    ///
    /// As any call; one object that is not a `K` is an error that names it. (An informer goes on with the others.)
    ///
    /// # Cancel safety
    ///
    /// Dropping the future ends the request; the pages that were read are lost.
    pub async fn list(&self) -> Result<List<K>>
    where
        K: Listable,
    {
        list_all(&self.target, &ListParams::default()).await
    }

    /// Reads the objects that the params ask for: one page, if they set a limit.
    ///
    /// # Errors
    ///
    /// As any call; [`is_gone`](crate::Error::is_gone) when a continue token is too old.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future ends the request.
    pub async fn list_with(&self, params: &ListParams) -> Result<List<K>>
    where
        K: Listable,
    {
        list_page(&self.target, params).await
    }
}

pub(crate) async fn list_page<K: Listable>(target: &Target, params: &ListParams) -> Result<List<K>> {
    let params = target.within_selectors(params);
    let request = target.collection(Method::GET).params(|query| params.add_to(query));
    let answer = target.rest().send(request).await;
    answer
        .and_then(|answer| {
            let list = decode(answer.headers(), answer.body());
            // Which object it is costs something only when there is one.
            list.map_err(|error| first_undecodable::<K>(answer.body()).unwrap_or(error))
        })
        .map_err(|error| target.explain(error).during(format!("list {}", target.description())))
}

pub(crate) async fn list_all<K: Listable>(target: &Target, params: &ListParams) -> Result<List<K>> {
    let first = params.clone().limit(PAGE_SIZE);
    let mut list: List<K> = list_page(target, &first).await?;
    while let Some(token) = next_page(&list) {
        match list_page::<K>(target, &first.clone().continue_from(token)).await {
            Ok(page) => {
                list.metadata = page.metadata;
                list.items.extend(page.items);
            }
            // The version of the first page is gone: read all at once, at a newer one.
            Err(error) if error.is_gone() => return list_page(target, params).await,
            Err(error) => return Err(error),
        }
    }
    Ok(list)
}

fn next_page<K>(list: &List<K>) -> Option<String> {
    let token = list.metadata.continue_token.clone()?;
    (!token.is_empty()).then_some(token)
}
