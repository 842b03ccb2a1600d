//! How entries are stored: the keys, and the scripts that change them.

use std::time::Duration;

use redis::Script;

use crate::seal::FORMAT;

/// How long a lease is good: time enough to read the database.
const LEASE_LIFE: Duration = Duration::from_secs(10);

/// The longest life of a value. The server refuses times that do not fit its clock.
const MAX_LIFE: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// Answers the value, or stores the ticket as a lease and answers nothing. `pcall`: a key of another type is a miss.
const GET: &str = r"
local value = redis.pcall('GET', KEYS[1])
if type(value) == 'string' and string.byte(value) == tonumber(ARGV[3]) then
    return value
end
redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2])
return false
";

/// Stores the value if the lease is the ticket's, and uses the lease up.
const FILL: &str = r"
if redis.pcall('GET', KEYS[2]) ~= ARGV[1] then
    return 0
end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
redis.call('DEL', KEYS[2])
return 1
";

/// The two keys of an entry. They share a hash tag, the part in braces, so that a cluster keeps them on one node.
pub(crate) struct EntryKeys {
    pub(crate) value: String,
    pub(crate) lease: String,
}

impl EntryKeys {
    pub(crate) fn new(prefix: &str, key: &str) -> Self {
        Self { value: format!("{prefix}v:{{{key}}}"), lease: format!("{prefix}l:{{{key}}}") }
    }
}

/// The scripts, by their hashes: the server gets the text once.
#[derive(Debug)]
pub(crate) struct Scripts {
    get: Script,
    fill: Script,
}

impl Scripts {
    pub(crate) fn new() -> Self {
        Self { get: Script::new(GET), fill: Script::new(FILL) }
    }

    pub(crate) fn get(&self, keys: &EntryKeys, ticket: &str) -> redis::ScriptInvocation<'_> {
        let mut call = self.get.key(&keys.value);
        call.key(&keys.lease).arg(ticket).arg(milliseconds(LEASE_LIFE)).arg(FORMAT);
        call
    }

    pub(crate) fn fill(
        &self,
        keys: &EntryKeys,
        ticket: &str,
        value: &[u8],
        life: Duration,
    ) -> redis::ScriptInvocation<'_> {
        let mut call = self.fill.key(&keys.value);
        call.key(&keys.lease).arg(ticket).arg(value).arg(milliseconds(life));
        call
    }
}

fn milliseconds(life: Duration) -> u64 {
    let milliseconds = life.min(MAX_LIFE).as_millis();
    u64::try_from(milliseconds).unwrap_or(u64::MAX).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_keys_have_the_same_hash_tag() {
        let keys = EntryKeys::new("irontrack:", "principal:7");
        assert_eq!(keys.value, "irontrack:v:{principal:7}");
        assert_eq!(keys.lease, "irontrack:l:{principal:7}");
    }

    #[test]
    fn every_life_is_one_that_the_server_takes() {
        assert_eq!(milliseconds(Duration::ZERO), 1);
        assert_eq!(milliseconds(Duration::from_micros(1999)), 1);
        assert_eq!(milliseconds(Duration::from_secs(3)), 3000);
        assert_eq!(milliseconds(Duration::MAX), 31_536_000_000);
    }
}
