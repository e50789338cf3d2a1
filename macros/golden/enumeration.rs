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
};
