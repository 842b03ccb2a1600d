//! The cache inside one process: the default without Valkey.

mod cache;
mod slot;
#[cfg(test)]
mod tests;

pub use cache::MemoryCache;
