//! Pure: the types of `k8s-openapi`. A part of one is a [`Partial`], which `apply!` makes.

mod types;

use k8s_openapi::ByteString;
use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions;
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;
use k8s_openapi::apimachinery::pkg::apis::meta;
use k8s_openapi::apimachinery::pkg::runtime::RawExtension;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use crate::apply::config::{Apply, whole};
use crate::apply::extract::extract_known;
use crate::apply::part_of::StatusOf;
use crate::apply::partial::Partial;
use crate::error::Result;
use crate::resource::{ObjectMeta, Resource};
use crate::schema::Schema;

whole!(
    ByteString,
    IntOrString,
    ObjectMeta,
    Quantity,
    RawExtension,
    apiextensions::v1::JSON,
    meta::v1::MicroTime,
    meta::v1::OwnerReference,
    meta::v1::Time,
);

/// Structs of which a part is a [`Partial`].
macro_rules! structs {
    ($($module:path => { $($name:ident;)+ })+) => {
        $(const _: () = {
            use $module as module;
            $(#[diagnostic::do_not_recommend]
            impl $crate::apply::Apply for module::$name {
                type Config = $crate::apply::Partial<Self>;
                type Item = $crate::apply::Partial<Self>;

                // What the items of a list are told apart by depends on the list; `apply!` checks it.
                const KEYS: Option<&'static [&'static str]> = None;
            })+
        };)+
    };
}
use structs;

/// Kinds and the types of their statuses.
macro_rules! statuses {
    ($($module:path => { $($kind:ident $status:ident;)+ })+) => {
        $(const _: () = {
            use $module as module;
            $(#[diagnostic::do_not_recommend]
            impl $crate::apply::StatusOf<module::$status> for module::$kind {})+
        };)+
    };
}
use statuses;

impl<K: Resource + Schema> Partial<K> {
    /// The part of an object that a field manager has applied: what it would have to apply again to change nothing.
    ///
    /// A manager that has applied nothing gets the kind and the names alone.
    ///
    /// # Errors
    ///
    /// When the object has no managedFields: whoever read it has cut them, so nobody can tell who owns what.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// # use kubist::apply::Partial;
    /// # use kubist::k8s_openapi::api::apps::v1::Deployment;
    /// # use kubist::prelude::*;
    /// # use kubist::rest::ApplyParams;
    /// # async fn example(deployments: Api<Deployment>) -> kubist::Result<()> {
    /// let mine = Partial::<Deployment>::extract(&deployments.get("front").await?, "scaler")?;
    /// deployments.apply("front", mine, &ApplyParams::manager("scaler")).await?; // changes nothing
    /// # Ok(())
    /// # }
    /// ```
    pub fn extract(object: &K, manager: &str) -> Result<Self> {
        extract_known(object, manager, None, Some(K::SCHEMA))
    }
}

impl<K: Resource + Schema> Partial<K> {
    /// The part of an object's status that a field manager has applied; an empty part where it has applied nothing.
    ///
    /// # Errors
    ///
    /// As [`extract`](Self::extract).
    pub fn extract_status<S>(object: &K, manager: &str) -> Result<Partial<S>>
    where
        K: StatusOf<S>,
    {
        extract_known(object, manager, Some("status"), Some(K::SCHEMA))
    }
}
