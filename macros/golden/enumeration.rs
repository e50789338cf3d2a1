const _: () = {
    use ::kubist as __kubist;
    #[automatically_derived]
    impl __kubist::schema::Schema for Phase {
        const SCHEMA: &'static __kubist::schema::Node = &__kubist::schema::Node::one_of(
                &["coming-up", "live"],
            )
            .describe("Where a site is in its life.");
    }
    #[automatically_derived]
    impl __kubist::resource::Key<{ __kubist::schema::STRING_KEY }> for Phase {
        fn into_key(self) -> __kubist::resource::IndexKey {
            let key = __kubist::resource::IndexValue::index_key(&self);
            key.unwrap_or_else(|| __kubist::resource::Key::into_key(""))
        }
    }
    #[automatically_derived]
    impl __kubist::resource::IndexValue for Phase {
        fn index_key(&self) -> ::core::option::Option<__kubist::resource::IndexKey> {
            match self {
                Self::ComingUp => __kubist::resource::IndexValue::index_key("coming-up"),
                Self::Serving => __kubist::resource::IndexValue::index_key("live"),
                #[allow(unreachable_patterns)]
                _ => ::core::option::Option::None,
            }
        }
    }
    impl __kubist::schema::SetItem for Phase {}
    impl __kubist::schema::MapKey for Phase {
        const KEYS: ::core::option::Option<&'static [&'static str]> = ::core::option::Option::Some(
            &["coming-up", "live"],
        );
    }
};
