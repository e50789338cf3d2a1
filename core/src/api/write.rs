use http::Method;

use crate::api::{Answer, Api};
use crate::error::{Error, Result};
use crate::resource::{Allows, Object, verb};
use crate::rest::{WriteParams, check_name};

impl<K: Object> Api<K> {
    /// Creates an object and returns it as the server stored it.
    ///
    /// # Errors
    ///
    /// [`is_already_exists`](Error::is_already_exists) when the name is taken;
    /// [`is_outcome_unknown`](Error::is_outcome_unknown) when the connection broke after sending;
    /// otherwise as any call. When the object was created and the answer is not a `K`, the error says both, and its
    /// kind is [`Decode`](crate::ErrorKind::Decode).
    ///
    /// # Cancel safety
    ///
    /// Dropping the future ends the request; the object may have been created by then.
    pub fn create<'a>(&'a self, object: &'a K) -> Answer<'a, K>
    where
        K: Allows<verb::Create>,
    {
        Box::pin(async move { self.create_with(object, &WriteParams::default()).await })
    }

    /// [`create`](Self::create) with options.
    ///
    /// # Errors
    ///
    /// As [`create`](Self::create).
    ///
    /// # Cancel safety
    ///
    /// As [`create`](Self::create).
    pub fn create_with<'a>(&'a self, object: &'a K, params: &'a WriteParams) -> Answer<'a, K>
    where
        K: Allows<verb::Create>,
    {
        Box::pin(async move {
            let meta = object.object_meta();
            let name = meta.name.as_deref().unwrap_or_default();
            let prefix = meta.generate_name.as_deref().unwrap_or_default();
            let mut request = self.target.collection(Method::POST);
            let nameless = name.is_empty() && prefix.is_empty();
            if nameless && self.target.is_of_questions() {
                let request = request.params(|query| params.add_to(query)).json(object);
                return self.target.json(request, || format!("create {}", self.target.description())).await;
            }
            if let Err(error) = check_new_name(name, prefix) {
                request.refuse(error);
            }
            let request = request.params(|query| params.add_to(query)).json(object);
            let shown = if name.is_empty() { prefix } else { name };
            let about = || self.target.about("create", shown, None);
            self.target.json(request, about).await
        })
    }

    /// Replaces an object, which must have a name, and returns it as the server stored it.
    ///
    /// With a resourceVersion in its metadata, the write succeeds only if nobody else changed the
    /// object since.
    ///
    /// # Errors
    ///
    /// [`is_conflict`](Error::is_conflict) when somebody did; otherwise as
    /// [`create`](Self::create).
    ///
    /// # Cancel safety
    ///
    /// Dropping the future ends the request; the object may have been replaced by then.
    pub fn replace<'a>(&'a self, object: &'a K) -> Answer<'a, K>
    where
        K: Allows<verb::Update>,
    {
        Box::pin(async move { self.replace_with(object, &WriteParams::default()).await })
    }

    /// [`replace`](Self::replace) with options.
    ///
    /// # Errors
    ///
    /// As [`replace`](Self::replace).
    ///
    /// # Cancel safety
    ///
    /// As [`replace`](Self::replace).
    pub fn replace_with<'a>(&'a self, object: &'a K, params: &'a WriteParams) -> Answer<'a, K>
    where
        K: Allows<verb::Update>,
    {
        Box::pin(async move { self.put(object, None, params).await })
    }

    pub(crate) async fn put(&self, object: &K, subresource: Option<&str>, params: &WriteParams) -> Result<K> {
        let name = object.object_meta().name.as_deref().unwrap_or_default();
        let request = self
            .target
            .object(Method::PUT, name, subresource)
            .params(|query| params.add_to(query))
            .json(object);
        let about = || self.target.about("replace", name, subresource);
        self.target.json(request, about).await
    }
}

fn check_new_name(name: &str, prefix: &str) -> Result<()> {
    match (name, prefix) {
        ("", "") => Err(Error::invalid("the object has neither name nor generateName")),
        ("", prefix) => check_name("generateName", prefix),
        (name, _) => check_name("name", name),
    }
}
