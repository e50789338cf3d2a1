const _: () = {
    use ::facade::kubist as __kubist;
    #[automatically_derived]
    impl __kubist::resource::Object for Proxy {
        fn object_meta(&self) -> &__kubist::resource::ObjectMeta {
            &self.metadata
        }
        fn object_meta_mut(&mut self) -> &mut __kubist::resource::ObjectMeta {
            &mut self.metadata
        }
    }
    #[automatically_derived]
    impl __kubist::resource::Resource for Proxy {
        const META: __kubist::resource::ResourceMeta = __kubist::resource::ResourceMeta::new(
                "example.com",
                "v1",
                "Proxy",
                "proxies",
                __kubist::resource::Scope::Cluster,
            )
            .singular("proxy")
            .schema(<Proxy as __kubist::schema::Schema>::SCHEMA);
    }
    impl __kubist::resource::ClusterScoped for Proxy {}
    impl __kubist::resource::Listable for Proxy {}
    impl __kubist::resource::Allows<__kubist::resource::verb::Get> for Proxy {}
    impl __kubist::resource::Allows<__kubist::resource::verb::List> for Proxy {}
    impl __kubist::resource::Allows<__kubist::resource::verb::Watch> for Proxy {}
    impl __kubist::resource::Allows<__kubist::resource::verb::Create> for Proxy {}
    impl __kubist::resource::Allows<__kubist::resource::verb::Update> for Proxy {}
    impl __kubist::resource::Allows<__kubist::resource::verb::Patch> for Proxy {}
    impl __kubist::resource::Allows<__kubist::resource::verb::Delete> for Proxy {}
    impl __kubist::resource::Allows<__kubist::resource::verb::DeleteCollection>
    for Proxy {}
    #[automatically_derived]
    impl __kubist::schema::Schema for Proxy {
        const SCHEMA: &'static __kubist::schema::Node = &__kubist::schema::Node::object(
            "Proxy",
            &[
                __kubist::schema::Field::new(
                    "metadata",
                    "metadata",
                    __kubist::schema::OBJECT_META,
                ),
                __kubist::schema::Field::new(
                    "spec",
                    "spec",
                    __kubist::resource::part_schema::<Proxy, 1usize>(),
                ),
            ],
        );
    }
    #[automatically_derived]
    impl __kubist::resource::HasPart<1usize> for Proxy {
        type Part = ProxySpec;
        fn part(&self) -> ::core::option::Option<&Self::Part> {
            ::core::option::Option::Some(&self.spec)
        }
    }
    #[automatically_derived]
    impl __kubist::crd::CustomResource for Proxy {}
    const _: () = {
        use __kubist::schema::check_part;
        check_part("spec", __kubist::resource::part_schema::<Proxy, 1usize>())
    };
    #[automatically_derived]
    impl __kubist::serde::Serialize for Proxy {
        fn serialize<S>(
            &self,
            serializer: S,
        ) -> ::core::result::Result<
            <S as __kubist::serde::Serializer>::Ok,
            <S as __kubist::serde::Serializer>::Error,
        >
        where
            S: __kubist::serde::Serializer,
        {
            use __kubist::serde::ser::SerializeStruct as _;
            let mut object = __kubist::serde::Serializer::serialize_struct(
                serializer,
                "Proxy",
                4usize,
            )?;
            object
                .serialize_field(
                    "apiVersion",
                    &<__kubist::resource::ApiVersionOf<
                        Self,
                    > as ::core::default::Default>::default(),
                )?;
            object
                .serialize_field(
                    "kind",
                    &<__kubist::resource::KindOf<
                        Self,
                    > as ::core::default::Default>::default(),
                )?;
            object.serialize_field("metadata", &self.metadata)?;
            __kubist::resource::write_part::<1usize, _, _>(&mut object, "spec", self)?;
            object.end()
        }
    }
    #[derive(__kubist::serde::Deserialize)]
    #[serde(crate = "__kubist::serde", expecting = "a Proxy object")]
    struct ProxyWire {
        #[serde(rename = "apiVersion", default)]
        _api_version: __kubist::resource::ApiVersionOf<Proxy>,
        #[serde(rename = "kind", default)]
        _kind: __kubist::resource::KindOf<Proxy>,
        #[serde(default)]
        metadata: ObjectMeta,
        spec: __kubist::resource::ReadPart<Proxy, 1usize>,
    }
    #[automatically_derived]
    impl<'de> __kubist::serde::Deserialize<'de> for Proxy {
        fn deserialize<D>(
            deserializer: D,
        ) -> ::core::result::Result<
            Self,
            <D as __kubist::serde::Deserializer<'de>>::Error,
        >
        where
            D: __kubist::serde::Deserializer<'de>,
        {
            let wire = <ProxyWire as __kubist::serde::Deserialize>::deserialize(
                deserializer,
            )?;
            ::core::result::Result::Ok(Self {
                metadata: wire.metadata,
                spec: wire.spec.into_inner(),
            })
        }
    }
    impl Proxy {
        /// A new `Proxy` of this name, to be created.
        pub fn new(
            name: impl ::core::convert::Into<::std::string::String>,
            spec: ProxySpec,
        ) -> Self {
            Self {
                metadata: __kubist::resource::ObjectMeta {
                    name: ::core::option::Option::Some(
                        ::core::convert::Into::into(name),
                    ),
                    ..::core::default::Default::default()
                },
                spec,
            }
        }
        /// The `CustomResourceDefinition` of `Proxy`.
        pub fn crd() -> __kubist::crd::CustomResourceDefinition {
            __kubist::crd::definition::<Self>()
        }
    }
};
/// The typed client of [`Proxy`].
#[allow(dead_code)]
type ProxyApi = ::facade::kubist::Api<Proxy>;
/// The shared informer of [`Proxy`].
#[allow(dead_code)]
type ProxyInformer = ::facade::kubist::SharedInformer<Proxy>;
/// The lister of [`Proxy`].
#[allow(dead_code)]
type ProxyLister = ::facade::kubist::Lister<Proxy>;
