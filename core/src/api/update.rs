use http::Method;

use crate::api::conflict::Conflicts;
use crate::api::{Answer, Api};
use crate::error::{Error, Result};
use crate::resource::{Allows, HasStatus, Object, verb};

impl<K: Object> Api<K> {
    /// Reads an object, changes it, and replaces it; when somebody else has written it in the meantime, begins again
    /// with what the server has now. Returns the object as the server stored it.
    ///
    /// Every read asks the server, never a cache: after a conflict a cache is just what is behind. What `change` leaves
    /// as it was is not written. It may be called several times, each time with a fresh object.
    ///
    /// # Errors
    ///
    /// [`is_not_found`](Error::is_not_found) when there is no such object; [`is_conflict`](Error::is_conflict) when
    /// others were quicker ten times in a row; otherwise as [`replace`](Self::replace).
    ///
    /// # Cancel safety
    ///
    /// Dropping the future ends the request; the object may have been replaced by then.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// # use kubist::k8s_openapi::api::core::v1::ConfigMap;
    /// # async fn example(maps: kubist::Api<ConfigMap>) -> kubist::Result<()> {
    /// let stored = maps
    ///     .update_with("settings", |map| {
    ///         map.data.get_or_insert_default().insert("color".to_owned(), "blue".to_owned());
    ///     })
    ///     .await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn update_with<'a>(&'a self, name: &'a str, change: impl FnMut(&mut K) + Send + 'a) -> Answer<'a, K>
    where
        K: Allows<verb::Get> + Allows<verb::Update>,
    {
        Box::pin(self.update_at(name, None, change))
    }

    /// [`update_with`](Self::update_with) for the status: what `change` does to the rest of the object is not written.
    ///
    /// # Errors
    ///
    /// As [`update_with`](Self::update_with).
    ///
    /// # Cancel safety
    ///
    /// As [`update_with`](Self::update_with).
    pub fn update_status_with<'a>(
        &'a self,
        name: &'a str,
        change: impl FnMut(&mut K) + Send + 'a,
    ) -> Answer<'a, K>
    where
        K: HasStatus,
    {
        Box::pin(self.update_at(name, Some("status"), change))
    }

    pub(super) async fn update_at(
        &self,
        name: &str,
        subresource: Option<&str>,
        mut change: impl FnMut(&mut K) + Send,
    ) -> Result<K> {
        let mut conflicts = Conflicts::default();
        loop {
            let read = self.target.object(Method::GET, name, None);
            let object = self.target.json(read, || self.target.about("get", name, None)).await?;
            match self.replace_changed(object, subresource, &mut change).await {
                Err(error) if error.is_conflict() => conflicts.wait_after(error).await?,
                settled => return settled,
            }
        }
    }

    /// Replaces an object that was just read by what `change` makes of it, if that is something else.
    pub(super) async fn replace_changed(
        &self,
        mut object: K,
        subresource: Option<&str>,
        change: &mut (impl FnMut(&mut K) + ?Sized),
    ) -> Result<K> {
        let name = object.object_meta().name.clone().unwrap_or_default();
        let version = object.object_meta().resource_version.clone();
        let before = bytes(&object)?;
        change(&mut object);
        // Who clears the version would overwrite what others wrote.
        object.object_meta_mut().resource_version = version;
        let after = bytes(&object)?;
        if before == after {
            return Ok(object);
        }
        let request = self.target.object(Method::PUT, &name, subresource).body("application/json", after);
        self.target.json(request, || self.target.about("replace", &name, subresource)).await
    }
}

fn bytes<K: Object>(object: &K) -> Result<Vec<u8>> {
    serde_json::to_vec(object).map_err(|_| Error::invalid("the object cannot be written as JSON"))
}
