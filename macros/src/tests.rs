//! Golden expansions: what the derives write is checked in, and its diff is reviewed.

use std::path::Path;

use syn::DeriveInput;

/// Compares an expansion with `golden/<name>.rs`, or writes it there when `BLESS` is set.
fn golden(name: &str, tokens: proc_macro2::TokenStream) {
    let file = syn::parse2(tokens).expect("the expansion is a Rust file");
    let text = prettyplease::unparse(&file);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden").join(name).with_extension("rs");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, text).expect("the golden folder can be written");
        return;
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        text == expected,
        "{} differs; look at it with BLESS=1 cargo test -p kubist-macros:\n{text}",
        path.display()
    );
}

fn website() -> DeriveInput {
    syn::parse_quote! {
        /// A web site served from a bucket.
        #[resource(
            group = "example.com", version = "v1", scope = Namespaced, short = "web", category = "all",
            scale(replicas = spec.replicas, ready = status?.ready),
            column("Desired", spec.replicas),
            column("Ready", status?.ready),
            index(bucket = spec.bucket),
            index(condition = status?.conditions[].type_, app = metadata.labels?["app"]),
        )]
        pub struct Website {
            metadata: ObjectMeta,
            spec: WebsiteSpec,
            status: Option<WebsiteStatus>,
        }
    }
}

#[test]
fn a_namespaced_resource_expands_as_reviewed() {
    golden("namespaced", crate::resource(&website()));
}

#[test]
fn a_cluster_resource_without_status_expands_as_reviewed() {
    let input = syn::parse_quote! {
        #[resource(group = "example.com", version = "v1", scope = Cluster, plural = "proxies", crate = ::facade::kubist)]
        struct Proxy {
            metadata: ObjectMeta,
            spec: ProxySpec,
        }
    };
    golden("cluster", crate::resource(&input));
}

#[test]
fn a_nested_struct_expands_as_reviewed() {
    let input = syn::parse_quote! {
        #[serde(rename_all = "camelCase")]
        pub struct WebsiteSpec {
            /// Where the pages are.
            #[schema(pattern = "^gs://")]
            bucket: String,
            #[serde(default = "one")]
            #[schema(minimum = 0, maximum = 100)]
            max_replicas: i32,
            #[serde(default)]
            phase: Phase,
            note: Option<String>,
        }
    };
    golden("nested", crate::schema(&input));
}

#[test]
fn an_enum_of_names_expands_as_reviewed() {
    let input = syn::parse_quote! {
        /// Where a site is in its life.
        #[serde(rename_all = "kebab-case")]
        enum Phase {
            ComingUp,
            #[serde(rename = "live")]
            Serving,
        }
    };
    golden("enumeration", crate::schema(&input));
}

#[test]
fn an_apply_type_of_a_kind_expands_as_reviewed() {
    golden("apply_kind", crate::apply::derive(&website()));
}

#[test]
fn an_apply_type_of_a_nested_struct_expands_as_reviewed() {
    let input = syn::parse_quote! {
        #[serde(rename_all = "camelCase")]
        pub struct Host {
            /// How it is reached.
            #[schema(key)]
            host_name: String,
            certificate: Option<Certificate>,
            #[schema(list = map(number))]
            ports: Vec<Port>,
            #[schema(list = atomic)]
            steps: Option<Vec<Step>>,
        }
    };
    golden("apply_nested", crate::apply::derive(&input));
}

#[test]
fn a_part_expands_as_reviewed() {
    let part = quote::quote! {
        Deployment {
            metadata: { labels: { "app": app } },
            spec: { replicas: 3, template: { spec: { containers: [ { name: "web", image }, ..more ] } } },
        }
    };
    let part = crate::apply::part(part);
    golden("apply_part", quote::quote!(fn part() -> Partial<Deployment> { #part }));
}

#[test]
fn an_expansion_with_mistakes_still_has_what_other_code_uses() {
    let input = syn::parse_quote! {
        #[resource(version = "v1", scope = Namespaced, index(bucket = spec.bucket))]
        pub struct Website {
            metadata: ObjectMeta,
            spec: WebsiteSpec,
        }
    };
    let text = crate::resource(&input).to_string();
    for item in ["compile_error", "BY_BUCKET", "fn new", "fn crd", "WebsiteLister", "Namespaced for Website"]
    {
        assert!(text.contains(item), "{item} is missing");
    }
}

/// The names that an expansion may use without a path: what it declares itself, primitives, keywords.
#[test]
fn an_expansion_names_nothing_without_its_path() {
    let text = crate::resource(&website()).to_string();
    for bare in [" Option ::", " Some (", " Ok (", " Result <", " String >", " Default ::", " Into ::"] {
        let rest = text.replace(&format!(":: {}", bare.trim_start()), "");
        assert!(!rest.contains(bare), "`{}` without its path", bare.trim());
    }
}
