//! Pure: owner references: which object goes away with which, and which one is in charge of it.
//!
//! ```
//! use kubist::owner;
//! # use kubist::prelude::*;
//! # use kubist::k8s_openapi::api::apps::v1::Deployment;
//! # use kubist::k8s_openapi::api::core::v1::ConfigMap;
//!
//! # async fn example(client: Client, deployment: Deployment) -> kubist::Result<()> {
//! let mut settings = ConfigMap { metadata: ObjectMeta { name: Some("front".into()), ..Default::default() }, ..Default::default() };
//! owner::set_controller(&mut settings, &deployment)?;
//! client.namespaced::<ConfigMap>("shop").create(&settings).await?;
//! # Ok(())
//! # }
//! ```

use k8s_openapi::apimachinery::pkg::apis::meta::v1::{ObjectMeta, OwnerReference};

use crate::error::{Error, Result};
use crate::resource::{GroupVersionKind, Object, Resource, Scope};

/// A reference to an object of this kind as the controller of others: it is in charge of them, they are deleted after it,
/// and it is not gone before them when it is deleted in the foreground.
///
/// # Errors
///
/// When the object has no name or no uid: it was never stored.
pub fn controller_reference<K: Resource>(owner: &K) -> Result<OwnerReference> {
    let reference = reference_to(&K::META.gvk(), owner.object_meta())?;
    Ok(OwnerReference { controller: Some(true), block_owner_deletion: Some(true), ..reference })
}

/// A reference to an object as one of several owners: the others are deleted after the last of their owners.
///
/// # Errors
///
/// When the object has no name or no uid: it was never stored.
pub fn reference<K: Resource>(owner: &K) -> Result<OwnerReference> {
    reference_to(&K::META.gvk(), owner.object_meta())
}

/// A [`reference()`] to an object whose kind is known at run time.
///
/// # Errors
///
/// When the object has no name or no uid: it was never stored.
pub fn reference_to(kind: &GroupVersionKind, owner: &ObjectMeta) -> Result<OwnerReference> {
    let given = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
    let (Some(name), Some(uid)) = (given(&owner.name), given(&owner.uid)) else {
        return Err(Error::invalid(format!(
            "the owner, a {}, has no name and uid: it was never stored",
            kind.kind
        )));
    };
    Ok(OwnerReference {
        api_version: kind.api_version().into_owned(),
        kind: kind.kind.clone().into_owned(),
        name,
        uid,
        controller: None,
        block_owner_deletion: None,
    })
}

/// The reference to the object in charge of this one.
#[must_use]
pub fn controller_of(object: &ObjectMeta) -> Option<&OwnerReference> {
    object.owner_references.iter().flatten().find(|owner| owner.controller == Some(true))
}

/// Whether this very object is in charge of the other one.
#[must_use]
pub fn is_controlled_by(object: &ObjectMeta, owner: &ObjectMeta) -> bool {
    controller_of(object).is_some_and(|controller| owner.uid.as_ref() == Some(&controller.uid))
}

/// Whether this very object is an owner of the other one.
#[must_use]
pub fn is_owned_by(object: &ObjectMeta, owner: &ObjectMeta) -> bool {
    object.owner_references.iter().flatten().any(|reference| owner.uid.as_ref() == Some(&reference.uid))
}

/// Puts an owner in charge of an object that is to be written.
///
/// # Errors
///
/// When another object is in charge of it, the owner was never stored, or the two are in different namespaces (the
/// server would delete the object at once).
pub fn set_controller<D: Object, K: Resource>(object: &mut D, owner: &K) -> Result<()> {
    put(object, owner, controller_reference(owner)?)
}

/// Adds an owner to an object that is to be written.
///
/// # Errors
///
/// When the owner was never stored, or the two are in different namespaces.
pub fn add<D: Object, K: Resource>(object: &mut D, owner: &K) -> Result<()> {
    put(object, owner, reference(owner)?)
}

/// Removes an owner from an object that is to be written, and says whether it was one.
pub fn remove<D: Object>(object: &mut D, owner: &ObjectMeta) -> bool {
    let Some(owners) = &mut object.object_meta_mut().owner_references else {
        return false;
    };
    let before = owners.len();
    owners.retain(|reference| owner.uid.as_ref() != Some(&reference.uid));
    owners.len() < before
}

fn put<D: Object, K: Resource>(object: &mut D, owner: &K, reference: OwnerReference) -> Result<()> {
    check_namespaces(object.object_meta(), owner)?;
    let meta = object.object_meta_mut();
    if let Some(other) = controller_of(meta)
        && reference.controller == Some(true)
        && other.uid != reference.uid
    {
        let text = format!("the object has a controller already: {} {:?}", other.kind, other.name);
        return Err(Error::invalid(text));
    }
    let owners = meta.owner_references.get_or_insert_default();
    match owners.iter_mut().find(|known| known.uid == reference.uid) {
        // An owner in charge stays in charge.
        Some(known) if reference.controller.is_none() => {
            known.api_version = reference.api_version;
            known.name = reference.name;
        }
        Some(known) => *known = reference,
        None => owners.push(reference),
    }
    Ok(())
}

fn check_namespaces<K: Resource>(object: &ObjectMeta, owner: &K) -> Result<()> {
    let given = |meta: &ObjectMeta| meta.namespace.clone().filter(|namespace| !namespace.is_empty());
    let place = given(owner.object_meta());
    match (K::META.scope, given(object)) {
        // Of an object without a namespace it is known only when it is written where it will be.
        (Scope::Cluster, _) | (Scope::Namespaced, None) => Ok(()),
        (Scope::Namespaced, namespace) if namespace == place => Ok(()),
        (Scope::Namespaced, namespace) => Err(Error::invalid(format!(
            "an owner in namespace {:?} cannot own an object in {:?}",
            place.unwrap_or_default(),
            namespace.unwrap_or_default()
        ))),
    }
}

#[cfg(test)]
mod tests {
    use k8s_openapi::api::core::v1::{ConfigMap, Namespace, Secret};

    use super::*;

    fn named<K: Object + Default>(namespace: Option<&str>, name: &str, uid: &str) -> K {
        let mut object = K::default();
        let meta = object.object_meta_mut();
        meta.namespace = namespace.map(str::to_owned);
        meta.name = Some(name.to_owned());
        meta.uid = Some(uid.to_owned()).filter(|uid| !uid.is_empty());
        object
    }

    #[test]
    fn one_owner_is_in_charge_and_there_may_be_others() {
        let (first, second): (Secret, Secret) =
            (named(Some("shop"), "a", "1"), named(Some("shop"), "b", "2"));
        let mut object: ConfigMap = named(Some("shop"), "c", "");
        add(&mut object, &second).unwrap();
        set_controller(&mut object, &first).unwrap();
        set_controller(&mut object, &first).unwrap();
        assert_eq!(object.metadata.owner_references.as_ref().unwrap().len(), 2);
        let controller = controller_of(&object.metadata).unwrap();
        assert_eq!((&*controller.api_version, &*controller.kind, &*controller.name), ("v1", "Secret", "a"));
        assert_eq!(controller.block_owner_deletion, Some(true));
        assert!(is_controlled_by(&object.metadata, &first.metadata));
        assert!(!is_controlled_by(&object.metadata, &second.metadata));
        assert!(is_owned_by(&object.metadata, &second.metadata));

        let error = set_controller(&mut object, &second).unwrap_err();
        assert_eq!(error.to_string(), "the object has a controller already: Secret \"a\"");
        add(&mut object, &first).unwrap();
        assert!(is_controlled_by(&object.metadata, &first.metadata));
        assert!(remove(&mut object, &first.metadata) && !remove(&mut object, &first.metadata));
        set_controller(&mut object, &second).unwrap();
        assert!(is_controlled_by(&object.metadata, &second.metadata));
    }

    #[test]
    fn an_owner_must_be_stored_and_in_reach() {
        let mut object: ConfigMap = named(Some("shop"), "c", "");
        let never: Secret = named(Some("shop"), "a", "");
        assert!(add(&mut object, &never).unwrap_err().to_string().contains("never stored"));
        let away: Secret = named(Some("yard"), "a", "1");
        let error = add(&mut object, &away).unwrap_err();
        assert_eq!(error.to_string(), "an owner in namespace \"yard\" cannot own an object in \"shop\"");
        add(&mut object, &named::<Namespace>(None, "shop", "3")).unwrap();
        let mut new: ConfigMap = named(None, "c", "");
        add(&mut new, &away).unwrap();
    }
}
