//! kubist.
