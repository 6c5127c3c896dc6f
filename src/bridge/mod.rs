//! The page's handle on the engine.
