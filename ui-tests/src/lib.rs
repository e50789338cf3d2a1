//! What the compiler says about each mistake.
