// Kinds written by the user's own macros: every kind of fragment, repetitions, attributes passed on.
#![deny(warnings)]

use kubist::prelude::*;

macro_rules! kind {
    (
        $(#[$meta:meta])*
        $vis:vis $name:ident in $group:literal, $version:literal, by $index:ident = $($path:tt)+
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Resource)]
        #[resource(group = $group, version = $version, scope = Namespaced, index($index = $($path)+), column("Bucket", $($path)+))]
        $vis struct $name {
            metadata: ObjectMeta,
            spec: Spec,
        }
    };
}

kind! {
    /// A web site.
    #[allow(dead_code)]
    pub Website in "example.com", "v1", by bucket = spec.bucket
}
kind!(Blog in "example.com", "v1beta1", by title = spec.title);

macro_rules! nested {
    ($name:ident { $($(#[$meta:meta])* $field:ident : $ty:ty $(= $default:expr_2021)?),* $(,)? }) => {
        #[derive(Clone, Debug, Serialize, Deserialize, Schema)]
        pub struct $name { $($(#[$meta])* $field: $ty),* }
    };
}

nested!(Spec {
    /// Where the pages are.
    #[schema(pattern = "^gs://")]
    bucket: String,
    title: String,
    #[serde(default)]
    #[schema(minimum = -1, maximum = 100)]
    replicas: Option<i32>,
    pages: Vec<Page>,
});

macro_rules! names {
    ($name:ident: $($variant:ident $(= $json:literal)?),*) => {
        #[derive(Clone, Copy, Debug, Serialize, Deserialize, Schema)]
        pub enum $name { $($(#[serde(rename = $json)])? $variant),* }
    };
}

names!(Language: English = "en", German = "de", Other);

macro_rules! bounded {
    ($low:literal .. $high:literal, $pattern:literal, $($header:literal => $ty:ty),*) => {
        #[derive(Clone, Debug, Serialize, Deserialize, Schema)]
        pub struct Page {
            #[schema(minimum = $low, maximum = $high)]
            number: i64,
            #[schema(pattern = $pattern)]
            #[serde(rename = $($header)*)]
            path: $($ty)*,
            language: Language,
        }
    };
}

bounded!(0..10, "^/", "where" => String);

fn main() {
    let yaml = kubist::crd::to_yaml(&[Website::crd(), Blog::crd()]);
    for text in ["description: A web site.", "where:", "- de", "jsonPath: .spec.title", "name: v1beta1", "maximum: 10"] {
        assert!(yaml.contains(text), "{text}: {yaml}");
    }
    let _ = (Website::BY_BUCKET, Blog::BY_TITLE, Language::English, Language::German, Language::Other);
}
