//! Where the crate `kubist` is found from the user's crate.

use proc_macro2::Span;
use syn::{Ident, Path, parse_quote};

/// The path of the crate, unless an attribute names one: `::kubist`, or the other name that `Cargo.toml` gives it.
///
/// Where the compiler's arguments are not known, as in an editor, it is `::kubist`.
pub(crate) fn path() -> Path {
    match name(std::env::args()) {
        Some(name) => parse_quote!(::#name),
        None => parse_quote!(::kubist),
    }
}

/// The other name, out of the compiler's arguments: `--extern kb=/…/libkubist-1a2b3c.rmeta`.
fn name(arguments: impl Iterator<Item = String>) -> Option<Ident> {
    let mut other = None;
    let mut is_crate = false;
    for argument in arguments {
        let crate_ = match argument.strip_prefix("--extern") {
            Some("") => {
                is_crate = true;
                continue;
            }
            Some(rest) => rest.strip_prefix('='),
            None => is_crate.then_some(argument.as_str()),
        };
        is_crate = false;
        // There may be options before the name: `noprelude:kb=…`.
        let Some((name, file)) = crate_.and_then(|crate_| crate_.split_once('=')) else { continue };
        let name = name.rsplit(':').next().unwrap_or(name);
        if name == "kubist" {
            return None;
        }
        let file = file.rsplit(['/', '\\']).next().unwrap_or(file);
        let library = file.split_once('.').map_or(file, |(stem, _)| stem).trim_start_matches("lib");
        if library == "kubist" || library.starts_with("kubist-") {
            other = syn::parse_str(name).ok();
        }
    }
    other.map(|name: Ident| Ident::new(&name.to_string(), Span::call_site()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(arguments: &str) -> Option<String> {
        name(arguments.split(' ').map(str::to_owned)).map(|name| name.to_string())
    }

    #[test]
    fn another_name_in_the_manifest_is_found() {
        assert_eq!(found("rustc --extern kb=/t/deps/libkubist-1a2b.rmeta src/lib.rs").as_deref(), Some("kb"));
        assert_eq!(found("rustc --extern=noprelude:kb=C:\\t\\kubist-1a2b.rlib").as_deref(), Some("kb"));
        assert_eq!(
            found("rustc --extern serde=/t/libserde-1.rmeta --extern kb=libkubist.rlib").as_deref(),
            Some("kb")
        );
    }

    #[test]
    fn our_own_name_comes_first_and_nothing_is_guessed() {
        assert_eq!(
            found("rustc --extern kb=/t/libkubist-1.rmeta --extern kubist=/t/libkubist-1.rmeta"),
            None
        );
        assert_eq!(found("rustc --extern macros=/t/libkubist_macros-1.so --extern kubist src/lib.rs"), None);
        assert_eq!(found("rust-analyzer proc-macro"), None);
        assert_eq!(found("rustc --extern"), None);
    }
}
