//! Rules of a value, written for core.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::ext::IdentExt;

use crate::parse::{CelRule, EntryValue, Group, ListType, Rules};

/// `Rules::new().minimum(…)`, or nothing where nothing is demanded.
pub(super) fn rules(rules: &Rules, groups: &[Group], immutable: bool) -> Option<TokenStream> {
    if rules.is_empty() && groups.is_empty() && !immutable {
        return None;
    }
    let entries = rules.entries.iter().map(|entry| {
        let key = format_ident!("{}", entry.key);
        match &entry.value {
            EntryValue::Number(bound) => {
                let number = &bound.number;
                quote!(.#key(__kubist::schema::#number))
            }
            EntryValue::Count(count) => quote!(.#key(#count)),
            EntryValue::Text(text) => quote!(.#key(#text)),
            EntryValue::Json(text) => quote!(.#key(#text)),
            EntryValue::Flag => quote!(.#key()),
            EntryValue::KeyPattern(pattern) => quote!(.key_pattern(#pattern)),
            EntryValue::List(list) => {
                let list = list_type(list);
                quote!(.list(__kubist::schema::ListType::#list))
            }
            EntryValue::Map(true) => quote!(.atomic_map()),
            EntryValue::Map(false) => TokenStream::new(),
            EntryValue::Docs(url, text) => quote!(.external_docs(#url, #text)),
        }
    });
    let elements = rules.elements.as_ref().and_then(|(_, elements)| {
        let elements = self::rules(elements, &[], false)?;
        Some(quote!(.items(&#elements)))
    });
    let cel = cel(&rules.cel);
    let immutable = immutable.then(|| quote!(.immutable()));
    let groups = (!groups.is_empty()).then(|| {
        let groups = groups.iter().map(group);
        quote!(.groups(&[#(#groups),*]))
    });
    Some(quote!(__kubist::schema::Rules::new() #(#entries)* #elements #immutable #groups #cel))
}

/// `.cel(&[…])`, or nothing without rules.
pub(super) fn cel(rules: &[CelRule]) -> Option<TokenStream> {
    let rules: Vec<_> = rules.iter().map(cel_rule).collect();
    (!rules.is_empty()).then(|| quote!(.cel(&[#(#rules),*])))
}

fn cel_rule(cel: &CelRule) -> TokenStream {
    let rule = &cel.rule;
    let message = cel.message.as_ref().map(|text| quote!(.message(#text)));
    let expression = cel.message_expression.as_ref().map(|text| quote!(.message_expression(#text)));
    let reason = cel.reason.as_ref().map(|text| quote!(.reason(#text)));
    let field_path = cel.field_path.as_ref().map(|path| {
        let path = path.to_string();
        quote!(.field_path(#path))
    });
    let optional = cel.optional_old_self.as_ref().map(|_| quote!(.optional_old_self()));
    quote!(__kubist::schema::CelRule::new(#rule) #message #expression #reason #field_path #optional)
}

fn list_type(list: &ListType) -> TokenStream {
    match list {
        ListType::Atomic => quote!(Atomic),
        ListType::Set => quote!(Set),
        ListType::Map(keys) => {
            let keys = keys.iter().map(|key| key.unraw().to_string());
            quote!(Map(&[#(#keys),*]))
        }
    }
}

fn group(group: &Group) -> TokenStream {
    let count = match group.key.to_string().as_str() {
        "at_least_one_of" => quote!(AtLeastOne),
        "at_most_one_of" => quote!(AtMostOne),
        _ => quote!(ExactlyOne),
    };
    let names = group.names.iter().map(|name| name.unraw().to_string());
    quote!(__kubist::schema::Group::new(__kubist::schema::GroupCount::#count, &[#(#names),*]))
}
