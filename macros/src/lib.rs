//! kubist-macros.
