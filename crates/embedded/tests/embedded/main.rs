//! Private clusters with the PostgreSQL of this machine. Everything is in temporary folders.

mod folders;
mod killed;
mod root;
mod running;
mod support;
