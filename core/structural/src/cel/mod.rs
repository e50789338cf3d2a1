//! The Common Expression Language, as the API server speaks it in the rules of a schema.
