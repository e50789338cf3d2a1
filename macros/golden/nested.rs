const _: () = {
    use ::kubist as __kubist;
    #[automatically_derived]
    impl __kubist::schema::Schema for WebsiteSpec {
        const SCHEMA: &'static __kubist::schema::Node = &__kubist::schema::Node::object(
            "WebsiteSpec",
            &[
                __kubist::schema::Field::new(
                        "bucket",
                        "bucket",
                        <String as __kubist::schema::Schema>::SCHEMA,
                    )
                    .describe("Where the pages are.")
                    .rules(&__kubist::schema::Rules::new().pattern("^gs://")),
                __kubist::schema::Field::new(
                        "max_replicas",
                        "maxReplicas",
                        <i32 as __kubist::schema::Schema>::SCHEMA,
                    )
                    .default(|| __kubist::schema::default_value(&one()))
                    .rules(
                        &__kubist::schema::Rules::new()
                            .minimum(__kubist::schema::Number::Integer(0i64))
                            .maximum(__kubist::schema::Number::Integer(100i64)),
                    ),
                __kubist::schema::Field::new(
                        "phase",
                        "phase",
                        <Phase as __kubist::schema::Schema>::SCHEMA,
                    )
                    .default(|| __kubist::schema::default_value(
                        &<Phase as ::core::default::Default>::default(),
                    )),
                __kubist::schema::Field::new(
                    "note",
                    "note",
                    <Option<String> as __kubist::schema::Schema>::SCHEMA,
                ),
            ],
        );
    }
    const _: () = {
        use __kubist::schema::check_range;
        check_range(
            "minimum",
            "max_replicas",
            <i32 as __kubist::schema::Schema>::SCHEMA,
            __kubist::schema::Number::Integer(0i64),
        )
    };
    const _: () = {
        use __kubist::schema::check_key;
        check_key("minimum", "max_replicas", <i32 as __kubist::schema::Schema>::SCHEMA)
    };
    const _: () = {
        use __kubist::schema::check_range;
        check_range(
            "maximum",
            "max_replicas",
            <i32 as __kubist::schema::Schema>::SCHEMA,
            __kubist::schema::Number::Integer(100i64),
        )
    };
    const _: () = {
        use __kubist::schema::check_key;
        check_key("maximum", "max_replicas", <i32 as __kubist::schema::Schema>::SCHEMA)
    };
};
