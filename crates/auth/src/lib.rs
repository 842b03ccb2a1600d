//! Password hashing, session tokens and signing keys.
//!
//! * [`Argon2Hasher`] hashes passwords with Argon2id, a bounded number at a time.
//! * [`PasswordEstimator`] refuses passwords that are too easy to guess.
//! * [`KeyRing`] holds the Ed25519 keys of the installation; [`generate_jwk`] makes a new one, and [`rotate`] puts a
//!   new one in front of them.
//! * [`Tokens`] signs and verifies the two tokens of a session with them.

mod hasher;
mod keys;
mod strength;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
mod token;

pub use hasher::{Argon2Hasher, HasherSettings};
pub use keys::{KeyError, KeyProblem, KeyRing, Rotation, announce, generate_jwk, promote, rotate};
pub use strength::PasswordEstimator;
pub use token::{TokenSettings, Tokens};
