//! Structural schemas: what the Kubernetes API server does with an object because of its schema, without a server.
//!
//! A custom resource definition carries a schema for each of its versions. Because of it the API server drops fields,
//! fills in defaults, refuses objects; and it refuses definitions whose schema it could not do that by. This crate does
//! the same, and says it in the same words. What it says has been compared with kube-apiserver v1.37.2.
//!
//! * [`StructuralSchema`] is one schema: [`create`](StructuralSchema::create), [`update`](StructuralSchema::update) and
//!   [`apply`](StructuralSchema::apply) do with an object what the server does, and so does each step by itself.
//! * [`definition`] is about whole definitions: [`problems`](definition::problems),
//!   [`update_problems`](definition::update_problems), [`warnings`](definition::warnings()), and the
//!   [`schema`](definition::schema) of a version.
//! * [`pattern`] and [`cel`] are the two languages in a schema: RE2 as Go has it, and the Common Expression Language.
//!
//! Users of `kubist` find the first two in `kubist::schema`, with the feature `validation`.
//!
//! What is not said: whether other definitions have taken the names, and what webhooks and policies would say.
//!
//! # Below
//!
//! The other modules are the steps one by one, for those who build a server: [`node`] is a schema that is read and
//! walked, [`value`] what becomes of a value, [`rules`] what makes a schema structural, [`metadata`] what all objects
//! have in common, [`field_error`] how mistakes are worded.
//!
//! # Features
//!
//! `engine` (on by default) is all of this; `jsonpath` is that module alone. Without them there are only [`names`], [`pattern`], [`quantity`] and the syntax of [`cel`],
//! which need nothing but the standard library: enough to judge the texts in a schema at compile time.

pub mod cel;
#[cfg(feature = "engine")]
pub mod definition;
#[cfg(feature = "engine")]
pub mod field_error;
#[cfg(feature = "engine")]
mod field_path;
#[cfg(feature = "engine")]
pub mod formats;
#[cfg(feature = "jsonpath")]
pub mod jsonpath;
#[cfg(feature = "engine")]
pub mod metadata;
pub mod names;
#[cfg(feature = "engine")]
pub mod node;
#[cfg(feature = "jsonpath")]
pub mod number;
pub mod pattern;
pub mod quantity;
#[cfg(feature = "engine")]
mod ratchet;
#[cfg(feature = "engine")]
mod raw;
#[cfg(feature = "engine")]
pub mod rules;
#[cfg(feature = "engine")]
mod schema;
#[cfg(feature = "engine")]
mod validations;
#[cfg(feature = "engine")]
pub mod value;

#[cfg(feature = "engine")]
pub use crate::field_error::{FieldError, Problem};
#[cfg(feature = "engine")]
pub use crate::schema::{StructuralSchema, Verdict, Written};
