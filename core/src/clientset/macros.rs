/// Makes a clientset of your own kinds: a trait that gives [`Client`](crate::Client) a method for each group-version,
/// and a struct for each with a method for each kind.
///
/// A method of a namespaced kind is written with `namespace`, and takes the name of one or `..` for all; a method of a
/// cluster-scoped kind is written without. Which it is, is checked. Documentation and other attributes may be added
/// everywhere. As every macro of this kind, it writes names that are in scope where it stands.
///
/// # Examples
///
/// ```
/// use kubist::prelude::*;
///
/// #[derive(Clone, Debug, Resource)]
/// #[resource(group = "example.com", version = "v1", scope = Namespaced)]
/// pub struct Website {
///     metadata: ObjectMeta,
/// }
///
/// #[derive(Clone, Debug, Resource)]
/// #[resource(group = "example.com", version = "v1", scope = Cluster)]
/// pub struct Region {
///     metadata: ObjectMeta,
/// }
///
/// kubist::clientset! {
///     /// The kinds of the shop.
///     pub trait Shop {
///         /// The kinds of `example.com/v1`.
///         fn example_v1() -> ExampleV1 {
///             fn websites(namespace) -> Website;
///             fn regions() -> Region;
///         }
///     }
/// }
///
/// # async fn example(client: Client) -> kubist::Result<()> {
/// let fronts = client.example_v1().websites("shop").list().await?;
/// let all = client.example_v1().websites(..).list().await?;
/// let regions = client.example_v1().regions().list().await?;
/// # Ok(())
/// # }
/// ```
///
/// A kind that is not as its method says does not compile:
///
/// ```compile_fail,E0277
/// # use kubist::k8s_openapi::api::core::v1::Node;
/// kubist::clientset! {
///     pub trait Shop {
///         fn example_v1() -> ExampleV1 {
///             fn nodes(namespace) -> Node;
///         }
///     }
/// }
/// ```
#[macro_export]
macro_rules! clientset {
    (
        $(#[$attribute:meta])*
        $visible:vis trait $name:ident {
            $(
                $(#[$group_attribute:meta])*
                fn $accessor:ident() -> $group:ident { $($kinds:tt)* }
            )+
        }
    ) => {
        $(#[$attribute])*
        $visible trait $name {
            $(
                $(#[$group_attribute])*
                fn $accessor(&self) -> $group;
            )+
        }

        impl $name for $crate::Client {
            $(
                fn $accessor(&self) -> $group {
                    $group { rest: ::std::clone::Clone::clone(self.rest()) }
                }
            )+
        }

        $(
            $(#[$group_attribute])*
            #[derive(Clone, Debug)]
            $visible struct $group {
                rest: $crate::rest::RestClient,
            }

            impl $group {
                $crate::__kinds! { [$visible] $($kinds)* }
            }
        )+
    };
}

/// The methods of the kinds of a group-version.
#[doc(hidden)]
#[macro_export]
macro_rules! __kinds {
    ([$visible:vis]) => {};
    ([$visible:vis] $(#[$attribute:meta])* fn $method:ident() -> $kind:ty; $($rest:tt)*) => {
        $(#[$attribute])*
        #[doc = ""]
        #[doc = concat!("The objects of [`", stringify!($kind), "`].")]
        #[must_use]
        $visible fn $method(&self) -> $crate::Api<$kind> {
            $crate::Api::cluster(::std::clone::Clone::clone(&self.rest))
        }
        $crate::__kinds! { [$visible] $($rest)* }
    };
    ([$visible:vis] $(#[$attribute:meta])* fn $method:ident(namespace) -> $kind:ty; $($rest:tt)*) => {
        $(#[$attribute])*
        #[doc = ""]
        #[doc = concat!("The objects of [`", stringify!($kind), "`], in a namespace or in all of them (`..`).")]
        #[must_use]
        $visible fn $method<N: $crate::clientset::Namespaces>(&self, namespace: N) -> N::Handle<$kind> {
            $crate::clientset::Namespaces::handle(namespace, &self.rest)
        }
        $crate::__kinds! { [$visible] $($rest)* }
    };
}

/// A group-version that is part of [`Client`](crate::Client). One module for each, so that short names are enough.
macro_rules! group_version {
    ($(#[$docs:meta])* $accessor:ident: $group:ident $(in $module:path { $($kinds:tt)* })? $(;)?) => {
        pub use self::$accessor::$group;

        mod $accessor {
            $(use $module as kinds;)?

            use crate::client::Client;
            use crate::rest::RestClient;

            $(#[$docs])*
            #[derive(Clone, Debug)]
            pub struct $group {
                pub(super) rest: RestClient,
            }

            impl Client {
                $(#[$docs])*
                #[must_use]
                #[inline]
                pub fn $accessor(&self) -> $group {
                    $group { rest: self.rest().clone() }
                }
            }

            $(crate::clientset::macros::methods! { $group { $($kinds)* } })?
        }
    };
}

/// Kinds that not every version of Kubernetes with their group-version has.
macro_rules! kinds {
    ($part:ident: $group:ident in $module:path { $($kinds:tt)* }) => {
        mod $part {
            use $module as kinds;

            use super::$group;

            crate::clientset::macros::methods! { $group { $($kinds)* } }
        }
    };
}

/// The methods of the kinds of a built-in group-version.
macro_rules! methods {
    ($group:ident { $(fn $method:ident($($namespace:ident)?) -> $kind:ident;)* }) => {
        impl $group {
            $(crate::clientset::macros::methods! { fn $method($($namespace)?) -> $kind })*
        }
    };
    (fn $method:ident() -> $kind:ident) => {
        #[doc = concat!("The objects of [`", stringify!($kind), "`](kinds::", stringify!($kind), ").")]
        #[must_use]
        #[inline]
        pub fn $method(&self) -> crate::api::Api<kinds::$kind> {
            crate::api::Api::cluster(self.rest.clone())
        }
    };
    (fn $method:ident(namespace) -> $kind:ident) => {
        #[doc = concat!(
            "The objects of [`", stringify!($kind), "`](kinds::", stringify!($kind),
            "), in a namespace or in all of them (`..`)."
        )]
        #[must_use]
        #[inline]
        pub fn $method<N: crate::clientset::Namespaces>(&self, namespace: N) -> N::Handle<kinds::$kind> {
            namespace.handle(&self.rest)
        }
    };
}

pub(super) use {group_version, kinds, methods};
