fn part() -> Partial<Deployment> {
    {
        #[allow(unused_imports)]
        use ::kubist::apply::{
            Plain as _, Unknown as _, entries as __kubist_entries,
            items as __kubist_items,
        };
        const _: () = {
            use ::kubist::apply::check_item;
            check_item(
                ::kubist::apply::Known::<Deployment>::NODE,
                &["spec", "template", "spec", "containers"],
                &["name", "image"],
            )
        };
        let mut part = ::kubist::apply::Partial::<Deployment>::new();
        {
            let mut object = part.fields(::kubist::apply::Known::<Deployment>::NODE);
            {
                let mut object = object
                    .field("metadata", |it| &it.metadata)
                    .value()
                    .unboxed()
                    .open();
                {
                    let place = object
                        .field("labels", |it| &it.labels)
                        .value()
                        .unboxed();
                    let mut map = __kubist_entries(place);
                    map.entry("app").value().unboxed().set(app);
                }
            }
            {
                let mut object = object
                    .field("spec", |it| &it.spec)
                    .value()
                    .unboxed()
                    .open();
                object.field("replicas", |it| &it.replicas).value().unboxed().set(3);
                {
                    let mut object = object
                        .field("template", |it| &it.template)
                        .value()
                        .unboxed()
                        .open();
                    {
                        let mut object = object
                            .field("spec", |it| &it.spec)
                            .value()
                            .unboxed()
                            .open();
                        {
                            let place = object
                                .field("containers", |it| &it.containers)
                                .value()
                                .unboxed();
                            let mut list = __kubist_items(place);
                            {
                                let mut object = list.item().value().unboxed().open();
                                object
                                    .field("name", |it| &it.name)
                                    .value()
                                    .unboxed()
                                    .set("web");
                                object
                                    .field("image", |it| &it.image)
                                    .value()
                                    .unboxed()
                                    .set(image);
                            }
                            list.spread(more);
                        }
                    }
                }
            }
        }
        part
    }
}
