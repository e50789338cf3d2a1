use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition;

use crate::api::Api;
use crate::client::Client;
use crate::dynamic::{DynamicObject, apply_order};
use crate::error::{Error, Result};
use crate::resource::{Object, Resource, Scope};
use crate::rest::ApplyParams;

/// Objects of any kinds, as they stand in files.
impl Client {
    /// Applies objects of any kinds: what [`from_yaml`](crate::dynamic::from_yaml) reads out of a file. Gives them as the
    /// server stored them, in the order in which they were given.
    ///
    /// What others need is applied first (namespaces, definitions, accounts, settings, then workloads, then custom
    /// resources), and definitions are waited for, as with [`install`](Self::install). A namespaced object without
    /// a namespace goes into the client's own.
    ///
    /// # Errors
    ///
    /// The first one ends it: it says which object it was, and how many were applied before.
    /// [`is_no_match`](Error::is_no_match) when a kind is not served; otherwise as [`Api::apply`].
    ///
    /// # Cancel safety
    ///
    /// Dropping the future ends the request; some objects may have been applied by then.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// use kubist::rest::ApplyParams;
    ///
    /// # async fn example(client: kubist::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// let objects = kubist::dynamic::from_yaml(&std::fs::read_to_string("deploy.yaml")?)?;
    /// for stored in client.apply_all(&objects, &ApplyParams::manager("deploy")).await? {
    ///     println!("{stored:?}");
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn apply_all(
        &self,
        objects: &[DynamicObject],
        params: &ApplyParams,
    ) -> Result<Vec<DynamicObject>> {
        let mut stored: Vec<Option<DynamicObject>> = vec![None; objects.len()];
        let mut unserved = Vec::new();
        let order = apply_order(objects);
        for (done, &position) in order.iter().enumerate() {
            let object = &objects[position];
            let is_definition = object.gvk() == CustomResourceDefinition::META.gvk();
            let applied = async {
                if !is_definition {
                    self.wait_served(&std::mem::take(&mut unserved)).await?;
                }
                Box::pin(self.apply_one(object, params)).await
            };
            let applied = applied.await.map_err(|error| {
                error.during(format!("apply {object:?}, after {done} of {}", objects.len()))
            })?;
            if is_definition && !params.is_dry_run() {
                unserved.push(applied.to_typed::<CustomResourceDefinition>()?);
            }
            stored[position] = Some(applied);
        }
        self.wait_served(&unserved).await?;
        Ok(stored.into_iter().flatten().collect())
    }

    /// Deletes objects of any kinds, what needs others first: the reverse of the order of
    /// [`apply_all`](Self::apply_all). What is not there any more, or whose kind is not served, is no error.
    ///
    /// # Errors
    ///
    /// The first one ends it, and says which object it was; otherwise as [`Api::delete`].
    ///
    /// # Cancel safety
    ///
    /// Dropping the future ends the request; some objects may have been deleted by then.
    pub async fn delete_all(&self, objects: &[DynamicObject]) -> Result<()> {
        for position in apply_order(objects).into_iter().rev() {
            let object = &objects[position];
            let deleted = async {
                let api = self.api_of(object).await?;
                Box::pin(async move { api.delete(name(object)?).await }).await
            };
            match deleted.await {
                Err(error) if !error.is_not_found() && !error.is_no_match() => {
                    return Err(error.during(format!("delete {object:?}")));
                }
                Ok(_) | Err(_) => {}
            }
        }
        Ok(())
    }

    async fn apply_one(&self, object: &DynamicObject, params: &ApplyParams) -> Result<DynamicObject> {
        let api = self.api_of(object).await?;
        api.apply(name(object)?, object, params).await
    }

    /// The handle of the place where an object belongs.
    async fn api_of(&self, object: &DynamicObject) -> Result<Api<DynamicObject>> {
        let resource = self.rest_mapper().mapping(&object.gvk()).await?;
        let is_cluster_scoped = resource.scope == Some(Scope::Cluster);
        let client = self.dynamic(resource);
        let namespace = object.metadata.namespace.as_deref().filter(|namespace| !namespace.is_empty());
        Ok(match namespace {
            None if is_cluster_scoped => client.cluster(),
            // One that does not belong there is refused by the handle.
            Some(namespace) => client.namespaced(namespace),
            None => client.namespaced(self.default_namespace()),
        })
    }
}

fn name(object: &DynamicObject) -> Result<&str> {
    let name = object.object_meta().name.as_deref().filter(|name| !name.is_empty());
    name.ok_or_else(|| Error::invalid("the object has no name"))
}
