//! Password hashes as they are stored: PHC strings.

use std::fmt::Display;

use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{ARGON2ID_IDENT, Params, Version};
use irontrack_ports::HashError;
use ring::rand::{SecureRandom, SystemRandom};

/// Bytes of a new hash.
pub(super) const HASH_LEN: usize = 32;

/// Bytes of a new salt.
const SALT_LEN: usize = 16;

/// The most that a stored hash may ask for: 256 MiB, ten passes, four lanes. A row that asks for more was not written
/// by us and must not be able to stop the process.
const MAX_MEMORY_KIB: u32 = 256 * 1024;
const MAX_PASSES: u32 = 10;
const MAX_LANES: u32 = 4;

pub(super) fn unexpected(problem: impl Display) -> HashError {
    HashError::Unexpected(problem.to_string())
}

/// As many random bytes as a salt has, or a hash.
pub(super) fn random_bytes<const N: usize>() -> Result<[u8; N], HashError> {
    let mut bytes = [0; N];
    SystemRandom::new().fill(&mut bytes).map_err(|_| unexpected("the operating system has no random bytes"))?;
    Ok(bytes)
}

/// A hash that was computed earlier, with all that is needed to compute it again.
#[derive(Clone)]
pub(super) struct StoredHash {
    pub(super) params: Params,
    pub(super) salt: Salt,
    pub(super) output: Output,
}

impl StoredHash {
    /// Reads an Argon2id hash. The errors never show a part of it.
    pub(super) fn parse(phc: &str) -> Result<Self, HashError> {
        let malformed = || unexpected("a stored password hash is malformed");
        let hash = PasswordHash::new(phc).map_err(|_| malformed())?;
        if hash.algorithm != ARGON2ID_IDENT || hash.version != Some(Version::V0x13.into()) {
            return Err(unexpected("a stored password hash is not one of Argon2id version 19"));
        }
        let params = Params::try_from(&hash).map_err(|_| malformed())?;
        if params.m_cost() > MAX_MEMORY_KIB || params.t_cost() > MAX_PASSES || params.p_cost() > MAX_LANES {
            return Err(unexpected("a stored password hash asks for too much work"));
        }
        match (hash.salt, hash.hash) {
            (Some(salt), Some(output)) => Ok(Self { params, salt, output }),
            _ => Err(malformed()),
        }
    }

    /// A hash that no known password has.
    pub(super) fn unreachable(params: &Params) -> Result<Self, HashError> {
        let (salt, output) = (random_bytes::<SALT_LEN>()?, random_bytes::<HASH_LEN>()?);
        Self::parse(&encode(params, &salt, &output)?)
    }

    /// Whether a computed hash is this one, in constant time: `Output` compares so.
    pub(super) fn is_output(&self, computed: &[u8]) -> Result<bool, HashError> {
        Ok(Output::new(computed).map_err(unexpected)? == self.output)
    }
}

/// Writes a hash for storage.
pub(super) fn encode(params: &Params, salt: &[u8; SALT_LEN], hash: &[u8]) -> Result<String, HashError> {
    let hash = PasswordHash {
        algorithm: ARGON2ID_IDENT,
        version: Some(Version::V0x13.into()),
        params: ParamsString::try_from(params).map_err(unexpected)?,
        salt: Some(Salt::new(salt).map_err(unexpected)?),
        hash: Some(Output::new(hash).map_err(unexpected)?),
    };
    Ok(hash.to_string())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SALT: &str = "MDEyMzQ1Njc4OWFiY2RlZg";
    const OUTPUT: &str = "yn/IhL1HNtbND1SgOwLyb1NKzZrJDM8J4ztGYvCl9Xk";

    fn refusal(phc: &str) -> String {
        let Err(HashError::Unexpected(problem)) = StoredHash::parse(phc).map(drop) else {
            panic!("{phc} must be refused");
        };
        assert!(!problem.contains("MDEyM") && !problem.contains("yn/Ih"), "{problem}");
        problem
    }

    #[test]
    fn a_stored_hash_is_written_as_it_was_read() {
        let phc = format!("$argon2id$v=19$m=65536,t=3,p=1${SALT}${OUTPUT}");
        let stored = StoredHash::parse(&phc).unwrap();
        assert_eq!((stored.params.m_cost(), stored.params.t_cost(), stored.params.p_cost()), (65536, 3, 1));
        let salt: &[u8; SALT_LEN] = stored.salt.as_ref().try_into().unwrap();
        assert_eq!(encode(&stored.params, salt, stored.output.as_ref()).unwrap(), phc);
    }

    #[test]
    fn other_functions_are_refused() {
        for start in ["$argon2i$v=19", "$argon2d$v=19", "$argon2id$v=16", "$argon2id", "$scrypt$v=19"] {
            let problem = refusal(&format!("{start}$m=65536,t=3,p=1${SALT}${OUTPUT}"));
            assert_eq!(problem, "a stored password hash is not one of Argon2id version 19", "{start}");
        }
    }

    #[test]
    fn the_work_is_bounded() {
        let phc = |m: u32, t: u32, p: u32| format!("$argon2id$v=19$m={m},t={t},p={p}${SALT}${OUTPUT}");
        assert!(StoredHash::parse(&phc(MAX_MEMORY_KIB, MAX_PASSES, MAX_LANES)).is_ok());
        for (m, t, p) in [(MAX_MEMORY_KIB + 1, 3, 1), (u32::MAX, 3, 1), (65536, 11, 1), (65536, 3, 5)] {
            assert_eq!(refusal(&phc(m, t, p)), "a stored password hash asks for too much work");
        }
        for (m, t, p) in [(7, 3, 1), (65536, 0, 1), (65536, 3, 0)] {
            assert_eq!(refusal(&phc(m, t, p)), "a stored password hash is malformed");
        }
    }

    #[test]
    fn what_is_no_hash_is_refused() {
        let start = "$argon2id$v=19$m=65536,t=3,p=1";
        for phc in [
            String::new(),
            "hunter2".into(),
            start.into(),
            format!("{start}${SALT}"),
            format!("{start}${SALT}${OUTPUT}$more"),
            format!("{start}$%%%${OUTPUT}"),
            format!("{start},x=1${SALT}${OUTPUT}"),
        ] {
            assert_eq!(refusal(&phc), "a stored password hash is malformed", "{phc}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(noise in "\\PC{0,60}", end in "[$=,a-z0-9]{0,60}") {
            let _ = StoredHash::parse(&noise);
            let _ = StoredHash::parse(&format!("$argon2id$v=19${end}"));
        }
    }
}
