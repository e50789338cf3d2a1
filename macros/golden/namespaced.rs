const _: () = {
    use ::kubist as __kubist;
    #[automatically_derived]
    impl __kubist::resource::Object for Website {
        fn object_meta(&self) -> &__kubist::resource::ObjectMeta {
            &self.metadata
        }
        fn object_meta_mut(&mut self) -> &mut __kubist::resource::ObjectMeta {
            &mut self.metadata
        }
    }
    #[automatically_derived]
    impl __kubist::resource::Resource for Website {
        const META: __kubist::resource::ResourceMeta = __kubist::resource::ResourceMeta::new(
                "example.com",
                "v1",
                "Website",
                "websites",
                __kubist::resource::Scope::Namespaced,
            )
            .singular("website")
            .short_names(&["web"])
            .categories(&["all"])
            .status()
            .scale()
            .schema(<Website as __kubist::schema::Schema>::SCHEMA);
        const INDEXES: &'static [__kubist::resource::IndexDefinition<Self>] = &[
            __kubist::resource::IndexDefinition::new(
                "bucket",
                |object, keys| {
                    keys.push(&object.spec.bucket);
                },
            ),
            __kubist::resource::IndexDefinition::new(
                "condition",
                |object, keys| {
                    if let ::core::option::Option::Some(value0) = &object.status {
                        for value1 in {
                            use __kubist::resource::items;
                            items(&value0.conditions)
                        } {
                            keys.push(&value1.type_);
                        }
                    }
                },
            ),
            __kubist::resource::IndexDefinition::new(
                "app",
                |object, keys| {
                    if let ::core::option::Option::Some(value0) = &object.metadata.labels
                    {
                        if let ::core::option::Option::Some(value1) = {
                            use __kubist::resource::at_key;
                            at_key(value0, "app")
                        } {
                            keys.push(value1);
                        }
                    }
                },
            ),
        ];
    }
    impl __kubist::resource::Namespaced for Website {}
    impl __kubist::resource::Listable for Website {}
    impl __kubist::resource::Allows<__kubist::resource::verb::Get> for Website {}
    impl __kubist::resource::Allows<__kubist::resource::verb::List> for Website {}
    impl __kubist::resource::Allows<__kubist::resource::verb::Watch> for Website {}
    impl __kubist::resource::Allows<__kubist::resource::verb::Create> for Website {}
    impl __kubist::resource::Allows<__kubist::resource::verb::Update> for Website {}
    impl __kubist::resource::Allows<__kubist::resource::verb::Patch> for Website {}
    impl __kubist::resource::Allows<__kubist::resource::verb::Delete> for Website {}
    impl __kubist::resource::Allows<__kubist::resource::verb::DeleteCollection>
    for Website {}
    impl __kubist::resource::HasStatus for Website {}
    impl __kubist::apply::StatusOf<WebsiteStatus> for Website {}
    impl __kubist::resource::HasScale for Website {}
    #[automatically_derived]
    impl __kubist::schema::Schema for Website {
        const SCHEMA: &'static __kubist::schema::Node = &__kubist::schema::Node::object(
                "Website",
                &[
                    __kubist::schema::Field::new(
                        "metadata",
                        "metadata",
                        __kubist::schema::OBJECT_META,
                    ),
                    __kubist::schema::Field::new(
                        "spec",
                        "spec",
                        __kubist::resource::part_schema::<Website, 1usize>(),
                    ),
                    __kubist::schema::Field::new(
                        "status",
                        "status",
                        const {
                            &(*__kubist::resource::part_schema::<Website, 2usize>())
                                .optional()
                        },
                    ),
                ],
            )
            .describe("A web site served from a bucket.");
    }
    #[automatically_derived]
    impl __kubist::resource::HasPart<1usize> for Website {
        type Part = WebsiteSpec;
        fn part(&self) -> ::core::option::Option<&Self::Part> {
            ::core::option::Option::Some(&self.spec)
        }
    }
    #[automatically_derived]
    impl __kubist::resource::HasPart<2usize> for Website {
        type Part = WebsiteStatus;
        fn part(&self) -> ::core::option::Option<&Self::Part> {
            ::core::option::Option::as_ref(&self.status)
        }
    }
    #[automatically_derived]
    impl __kubist::crd::CustomResource for Website {
        const COLUMNS: &'static [__kubist::crd::Column] = &[
            __kubist::crd::Column::new("Desired", "spec.replicas"),
            __kubist::crd::Column::new("Ready", "status?.ready"),
        ];
        const SCALE: ::core::option::Option<__kubist::crd::ScalePaths> = ::core::option::Option::Some(
            __kubist::crd::ScalePaths::new("spec.replicas", "status?.ready"),
        );
    }
    const _: () = {
        use __kubist::schema::check_column;
        check_column(<Website as __kubist::schema::Schema>::SCHEMA, "spec.replicas")
    };
    const _: () = {
        use __kubist::schema::check_column;
        check_column(<Website as __kubist::schema::Schema>::SCHEMA, "status?.ready")
    };
    const _: () = {
        use __kubist::schema::check_scale;
        check_scale(
            <Website as __kubist::schema::Schema>::SCHEMA,
            "replicas",
            "spec",
            "spec.replicas",
        )
    };
    const _: () = {
        use __kubist::schema::check_scale;
        check_scale(
            <Website as __kubist::schema::Schema>::SCHEMA,
            "ready",
            "status",
            "status?.ready",
        )
    };
    const _: () = {
        use __kubist::schema::check_part;
        check_part("spec", __kubist::resource::part_schema::<Website, 1usize>())
    };
    const _: () = {
        use __kubist::schema::check_part;
        check_part("status", __kubist::resource::part_schema::<Website, 2usize>())
    };
    #[automatically_derived]
    impl __kubist::serde::Serialize for Website {
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
                "Website",
                5usize,
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
            __kubist::resource::write_part::<2usize, _, _>(&mut object, "status", self)?;
            object.end()
        }
    }
    #[derive(__kubist::serde::Deserialize)]
    #[serde(crate = "__kubist::serde", expecting = "a Website object")]
    struct WebsiteWire {
        #[serde(rename = "apiVersion", default)]
        _api_version: __kubist::resource::ApiVersionOf<Website>,
        #[serde(rename = "kind", default)]
        _kind: __kubist::resource::KindOf<Website>,
        #[serde(default)]
        metadata: ObjectMeta,
        spec: __kubist::resource::ReadPart<Website, 1usize>,
        status: ::core::option::Option<__kubist::resource::ReadPart<Website, 2usize>>,
    }
    #[automatically_derived]
    impl<'de> __kubist::serde::Deserialize<'de> for Website {
        fn deserialize<D>(
            deserializer: D,
        ) -> ::core::result::Result<
            Self,
            <D as __kubist::serde::Deserializer<'de>>::Error,
        >
        where
            D: __kubist::serde::Deserializer<'de>,
        {
            let wire = <WebsiteWire as __kubist::serde::Deserialize>::deserialize(
                deserializer,
            )?;
            ::core::result::Result::Ok(Self {
                metadata: wire.metadata,
                spec: wire.spec.into_inner(),
                status: ::core::option::Option::map(
                    wire.status,
                    __kubist::resource::ReadPart::into_inner,
                ),
            })
        }
    }
    impl Website {
        /// The index of objects by `spec.bucket`.
        pub const BY_BUCKET: __kubist::resource::Index<
            Website,
            {
                use __kubist::schema::key_kind;
                key_kind(<Website as __kubist::schema::Schema>::SCHEMA, "spec.bucket")
            },
        > = __kubist::resource::Index::new("bucket");
        /// The index of objects by `status?.conditions[].type_`.
        pub const BY_CONDITION: __kubist::resource::Index<
            Website,
            {
                use __kubist::schema::key_kind;
                key_kind(
                    <Website as __kubist::schema::Schema>::SCHEMA,
                    "status?.conditions[].type_",
                )
            },
        > = __kubist::resource::Index::new("condition");
        /// The index of objects by `metadata.labels?["app"]`.
        pub const BY_APP: __kubist::resource::Index<
            Website,
            {
                use __kubist::schema::key_kind;
                key_kind(
                    <Website as __kubist::schema::Schema>::SCHEMA,
                    "metadata.labels?[\"app\"]",
                )
            },
        > = __kubist::resource::Index::new("app");
        /// A new `Website` of this name, to be created.
        pub fn new(
            name: impl ::core::convert::Into<::std::string::String>,
            spec: WebsiteSpec,
        ) -> Self {
            Self {
                metadata: __kubist::resource::ObjectMeta {
                    name: ::core::option::Option::Some(
                        ::core::convert::Into::into(name),
                    ),
                    ..::core::default::Default::default()
                },
                spec,
                status: ::core::option::Option::None,
            }
        }
        /// The `CustomResourceDefinition` of `Website`.
        pub fn crd() -> __kubist::crd::CustomResourceDefinition {
            __kubist::crd::definition::<Self>()
        }
    }
};
/// The typed client of [`Website`].
#[allow(dead_code)]
pub type WebsiteApi = ::kubist::Api<Website>;
/// The shared informer of [`Website`].
#[allow(dead_code)]
pub type WebsiteInformer = ::kubist::SharedInformer<Website>;
/// The lister of [`Website`].
#[allow(dead_code)]
pub type WebsiteLister = ::kubist::Lister<Website>;
