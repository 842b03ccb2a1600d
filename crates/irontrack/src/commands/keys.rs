//! `irontrack keys`.

use std::num::NonZeroUsize;

use irontrack_auth::{KeyError, KeyRing, Rotation};
use irontrack_cli::{
    Failure, KeysCommand,
    keys::{self, KeyMaker, NewKey, RotatedKeys},
    output::Output,
};

/// Makes and exchanges keys.
pub(crate) fn keys(command: &KeysCommand) -> Result<(), Failure> {
    match command {
        KeysCommand::Generate(arguments) => {
            keys::generate(arguments, &Ed25519Keys, &mut Output::standard(arguments.output))
        }
        KeysCommand::Rotate(arguments) => {
            keys::rotate(arguments, &Ed25519Keys, &mut Output::standard(arguments.output))
        }
    }
}

/// The keys that servers sign with.
struct Ed25519Keys;

impl KeyMaker for Ed25519Keys {
    fn generate(&self) -> Result<NewKey, String> {
        let said = |error: KeyError| error.to_string();
        let jwk = irontrack_auth::generate_jwk().map_err(said)?;
        let ring = KeyRing::from_jwk_text(&jwk).map_err(said)?;
        let kid = ring.key_ids().next().unwrap_or_default().to_owned();
        Ok(NewKey { kid, jwk: jwk.into() })
    }

    fn rotate(&self, text: &str, keep: Option<NonZeroUsize>) -> Result<RotatedKeys, String> {
        irontrack_auth::rotate(text, keep).map(shown).map_err(|error| error.to_string())
    }

    fn announce(&self, text: &str) -> Result<RotatedKeys, String> {
        irontrack_auth::announce(text).map(shown).map_err(|error| error.to_string())
    }

    fn promote(&self, text: &str, keep: Option<NonZeroUsize>) -> Result<RotatedKeys, String> {
        irontrack_auth::promote(text, keep).map(shown).map_err(|error| error.to_string())
    }
}

fn shown(rotation: Rotation) -> RotatedKeys {
    let set = rotation.set.as_str().to_owned().into();
    RotatedKeys { set, new: rotation.new, kept: rotation.kept, removed: rotation.removed }
}
