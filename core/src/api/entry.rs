use std::fmt;

use crate::api::conflict::Conflicts;
use crate::api::{Answer, Api};
use crate::error::{Error, Result};
use crate::resource::{Allows, Object, verb};

type Change<'a, K> = Box<dyn FnMut(&mut K) + Send + 'a>;

/// An object that may or may not be there, as the entry of a map: see [`Api::entry`].
#[must_use = "nothing is sent before `or_create(...).await`"]
pub struct Entry<'a, K: 'static> {
    api: &'a Api<K>,
    name: &'a str,
    changes: Vec<Change<'a, K>>,
}

impl<K: Object> Api<K> {
    /// The object of this name, to be created if it is not there, and changed if it is.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// use std::collections::BTreeMap;
    ///
    /// use kubist::k8s_openapi::api::core::v1::ConfigMap;
    ///
    /// # async fn example(maps: kubist::Api<ConfigMap>) -> kubist::Result<()> {
    /// // The settings as they are, or new ones.
    /// let settings = maps.entry("settings").or_create(ConfigMap::default).await?;
    ///
    /// // One visit more.
    /// let count = |map: &ConfigMap| map.data.as_ref()?.get("visits")?.parse::<u32>().ok();
    /// let visits = |count: u32| Some(BTreeMap::from([("visits".to_owned(), count.to_string())]));
    /// let counter = maps
    ///     .entry("counter")
    ///     .and_modify(|map| map.data = visits(count(map).unwrap_or(0) + 1))
    ///     .or_create(|| ConfigMap { data: visits(1), ..ConfigMap::default() })
    ///     .await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn entry<'a>(&'a self, name: &'a str) -> Entry<'a, K> {
        Entry { api: self, name, changes: Vec::new() }
    }
}

impl<'a, K: Object> Entry<'a, K> {
    /// What to change if the object is there. It is called again, with what the server has then, when somebody else
    /// was quicker; what it leaves as it was is not written.
    pub fn and_modify(mut self, change: impl FnMut(&mut K) + Send + 'a) -> Self
    where
        K: Allows<verb::Update>,
    {
        self.changes.push(Box::new(change));
        self
    }

    /// The object as it is on the server; created if it was not there, under the name of the entry. Whoever else
    /// creates, changes or deletes it at the same time, the answer is what one of them or this call has stored.
    ///
    /// # Errors
    ///
    /// [`is_conflict`](Error::is_conflict) when others were quicker ten times in a row; otherwise as
    /// [`get`](Api::get), [`create`](Api::create) and [`replace`](Api::replace).
    ///
    /// # Cancel safety
    ///
    /// Dropping the future ends the request; the object may have been written by then.
    pub fn or_create(self, make: impl FnOnce() -> K + Send + 'a) -> Answer<'a, K>
    where
        K: Allows<verb::Get> + Allows<verb::Create>,
    {
        Box::pin(self.settle(make))
    }

    async fn settle(mut self, make: impl FnOnce() -> K + Send) -> Result<K>
    where
        K: Allows<verb::Get> + Allows<verb::Create>,
    {
        let (mut make, mut made, mut conflicts) = (Some(make), None, Conflicts::default());
        loop {
            let outcome = match self.api.get_opt(self.name).await? {
                Some(object) if self.changes.is_empty() => return Ok(object),
                Some(object) => self.change(object).await,
                None => {
                    if let Some(make) = make.take() {
                        made = Some(self.named(make())?);
                    }
                    match &made {
                        Some(object) => self.api.create(object).await,
                        None => return Err(Error::invalid("the object was not made")),
                    }
                }
            };
            match outcome {
                Err(error) if is_overtaken(&error) => conflicts.wait_after(error).await?,
                settled => return settled,
            }
        }
    }

    async fn change(&mut self, object: K) -> Result<K> {
        let changes = &mut self.changes;
        let mut change = |object: &mut K| changes.iter_mut().for_each(|change| change(object));
        self.api.replace_changed(object, None, &mut change).await
    }

    /// Gives the new object the name of the entry.
    fn named(&self, mut object: K) -> Result<K> {
        let meta = object.object_meta_mut();
        match meta.name.as_deref() {
            Some(name) if !name.is_empty() && name != self.name => {
                let problem =
                    format!("the new object is called {name:?}, and the entry is that of {:?}", self.name);
                Err(Error::invalid(problem).during(self.api.target.about("create", self.name, None)))
            }
            _ => {
                meta.name = Some(self.name.to_owned());
                Ok(object)
            }
        }
    }
}

/// Whether somebody else has created, changed or deleted the object since it was looked for.
fn is_overtaken(error: &Error) -> bool {
    error.is_conflict() || error.is_already_exists() || (error.is_not_found() && !error.is_unknown_path())
}

impl<K> fmt::Debug for Entry<'_, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entry").field("api", self.api).field("name", &self.name).finish_non_exhaustive()
    }
}
