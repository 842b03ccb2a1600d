//! The shared cache in Valkey or Redis
