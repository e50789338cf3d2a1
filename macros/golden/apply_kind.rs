/// A part of a [`Website`]: what is not set is not applied.
#[must_use]
#[non_exhaustive]
pub struct WebsiteApply {
    /// Names, labels and annotations; what is `None` is not applied.
    metadata: ObjectMeta,
    /// The part of `spec`.
    spec: ::core::option::Option<<WebsiteSpec as ::kubist::apply::Apply>::Config>,
}
const _: () = {
    use ::kubist as __kubist;
    #[automatically_derived]
    impl __kubist::apply::Apply for Website {
        type Config = WebsiteApply;
        type Item = WebsiteApply;
    }
    #[allow(private_bounds, private_interfaces)]
    impl WebsiteApply {
        /// The `Website` of this name, of which nothing else is set yet.
        pub fn new(name: impl ::core::convert::Into<::std::string::String>) -> Self {
            Self {
                metadata: __kubist::resource::ObjectMeta {
                    name: ::core::option::Option::Some(
                        ::core::convert::Into::into(name),
                    ),
                    ..::core::default::Default::default()
                },
                spec: ::core::option::Option::None,
            }
        }
        /// Sets a label.
        pub fn label(
            mut self,
            key: impl ::core::convert::Into<::std::string::String>,
            value: impl ::core::convert::Into<::std::string::String>,
        ) -> Self {
            let _ = &self.spec;
            let labels = self.metadata.labels.get_or_insert_default();
            labels
                .insert(
                    ::core::convert::Into::into(key),
                    ::core::convert::Into::into(value),
                );
            self
        }
        /// Sets an annotation.
        pub fn annotation(
            mut self,
            key: impl ::core::convert::Into<::std::string::String>,
            value: impl ::core::convert::Into<::std::string::String>,
        ) -> Self {
            let _ = &self.spec;
            let annotations = self.metadata.annotations.get_or_insert_default();
            annotations
                .insert(
                    ::core::convert::Into::into(key),
                    ::core::convert::Into::into(value),
                );
            self
        }
        /// The part of an object that a field manager has applied: what it would have to apply again to change
        /// nothing. A manager that has applied nothing gets the name alone.
        ///
        /// # Errors
        ///
        /// When the object has no managedFields: whoever read it has cut them, so nobody can tell who owns what.
        pub fn extract(object: &Website, manager: &str) -> __kubist::Result<Self> {
            let _ = |part: &Self| {
                let _ = &part.spec;
            };
            __kubist::apply::extract_part(object, manager)
        }
        /// The part of an object's status that a field manager has applied; an empty one where it has applied
        /// nothing.
        ///
        /// # Errors
        ///
        /// As `extract`.
        pub fn extract_status(
            object: &Website,
            manager: &str,
        ) -> __kubist::Result<
            <Option<WebsiteStatus> as __kubist::apply::Apply>::Config,
        > {
            __kubist::apply::extract_status(object, manager)
        }
        /// The part of `spec`.
        pub fn spec(
            mut self,
            spec: impl __kubist::apply::IntoConfig<
                <WebsiteSpec as __kubist::apply::Apply>::Config,
            >,
        ) -> Self {
            let _ = &self.spec;
            self.spec = ::core::option::Option::Some(
                __kubist::apply::IntoConfig::into_config(spec),
            );
            self
        }
    }
    #[automatically_derived]
    impl ::core::clone::Clone for WebsiteApply {
        fn clone(&self) -> Self {
            Self {
                metadata: ::core::clone::Clone::clone(&self.metadata),
                spec: ::core::clone::Clone::clone(&self.spec),
            }
        }
    }
    #[automatically_derived]
    impl ::core::fmt::Debug for WebsiteApply {
        fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
            let mut shown = f.debug_struct("WebsiteApply");
            shown.field("metadata", &self.metadata);
            shown.field("spec", &self.spec);
            shown.finish()
        }
    }
    impl ::core::cmp::PartialEq for WebsiteApply {
        fn eq(&self, other: &Self) -> bool {
            __kubist::apply::is_same(self, other)
        }
    }
    #[automatically_derived]
    impl __kubist::serde::Serialize for WebsiteApply {
        fn serialize<__S>(
            &self,
            serializer: __S,
        ) -> ::core::result::Result<__S::Ok, __S::Error>
        where
            __S: __kubist::serde::Serializer,
        {
            use __kubist::serde::ser::SerializeMap as _;
            let mut object = __kubist::serde::Serializer::serialize_map(
                serializer,
                ::core::option::Option::None,
            )?;
            object
                .serialize_entry(
                    "apiVersion",
                    &<__kubist::resource::ApiVersionOf<
                        Website,
                    > as ::core::default::Default>::default(),
                )?;
            object
                .serialize_entry(
                    "kind",
                    &<__kubist::resource::KindOf<
                        Website,
                    > as ::core::default::Default>::default(),
                )?;
            object.serialize_entry("metadata", &self.metadata)?;
            if let ::core::option::Option::Some(value) = &self.spec {
                object.serialize_entry("spec", value)?;
            }
            object.end()
        }
    }
    #[automatically_derived]
    impl<'de> __kubist::serde::Deserialize<'de> for WebsiteApply {
        fn deserialize<__D>(
            deserializer: __D,
        ) -> ::core::result::Result<Self, __D::Error>
        where
            __D: __kubist::serde::Deserializer<'de>,
        {
            let mut members = <__kubist::apply::Members as __kubist::serde::Deserialize>::deserialize(
                deserializer,
            )?;
            members
                .take::<
                    __kubist::resource::ApiVersionOf<Website>,
                    __D::Error,
                >("apiVersion")?;
            members.take::<__kubist::resource::KindOf<Website>, __D::Error>("kind")?;
            ::core::result::Result::Ok(Self {
                metadata: members
                    .key::<
                        <ObjectMeta as __kubist::apply::Apply>::Config,
                        __D::Error,
                    >("metadata")?,
                spec: members
                    .take::<
                        <WebsiteSpec as __kubist::apply::Apply>::Config,
                        __D::Error,
                    >("spec")?,
            })
        }
    }
    #[automatically_derived]
    impl __kubist::apply::PartOf<Website> for WebsiteApply {
        fn into_part(self) -> __kubist::Result<__kubist::apply::Json> {
            let _ = &self.spec;
            __kubist::apply::to_json(&self)
        }
    }
    #[automatically_derived]
    impl __kubist::apply::PartOf<Website> for &WebsiteApply {
        fn into_part(self) -> __kubist::Result<__kubist::apply::Json> {
            __kubist::apply::to_json(self)
        }
    }
};
