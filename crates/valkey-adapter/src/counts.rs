//! How counts are stored: one sorted set for each key, of receipts by the time of their count.

use std::fmt::Write;
use std::time::Duration;

use irontrack_ports::RateLimit;
use redis::Script;
use ring::digest::{SHA256, digest};

/// The longest window. Larger numbers are not exact in scripts.
const MAX_WINDOW: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// Counts under a receipt and answers 0, or answers how many microseconds it takes until there is room.
///
/// The time is that of the server, in microseconds, so that instances whose clocks differ agree.
const TAKE: &str = r"
local receipt, limit, window = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]

-- What has ended goes. What is not a set of counts is none of ours, and goes as well.
if type(redis.pcall('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - window)) ~= 'number' then
    redis.call('DEL', KEYS[1])
end
-- Counts from the future: the clock was put back. They begin now, or they would stand in the way beyond their window.
for _, early in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], string.format('(%.0f', now), '+inf')) do
    redis.call('ZADD', KEYS[1], now, early)
end

local excess = redis.call('ZCARD', KEYS[1]) - limit
if excess >= 0 then
    local last_in_the_way = redis.call('ZRANGE', KEYS[1], excess, excess, 'WITHSCORES')
    return window - (now - last_in_the_way[2])
end
redis.call('ZADD', KEYS[1], now, receipt)
redis.call('PEXPIRE', KEYS[1], math.ceil(window / 1000))
return 0
";

/// Where the counts of a key are. Keys name people and their addresses, which are nobody's business who looks at the
/// server: it gets a hash. The braces make it the hash tag by which a cluster chooses the node.
pub(crate) fn counts_key(prefix: &str, key: &str) -> String {
    let hash = digest(&SHA256, key.as_bytes());
    let mut place = format!("{prefix}r:{{");
    for byte in hash.as_ref() {
        // Writing to a text does not fail.
        _ = write!(place, "{byte:02x}");
    }
    place.push('}');
    place
}

/// The script, by its hash: the server gets the text once.
#[derive(Debug)]
pub(crate) struct TakeScript(Script);

impl TakeScript {
    pub(crate) fn new() -> Self {
        Self(Script::new(TAKE))
    }

    pub(crate) fn call(&self, place: &str, receipt: &str, limit: RateLimit) -> redis::ScriptInvocation<'_> {
        let mut call = self.0.key(place);
        call.arg(receipt).arg(limit.limit).arg(microseconds(limit.window));
        call
    }
}

fn microseconds(window: Duration) -> u64 {
    u64::try_from(window.min(MAX_WINDOW).as_micros()).unwrap_or(u64::MAX).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_stored_as_its_hash_in_one_hash_tag() {
        // sha256sum of the text.
        let hash = "ff8d9819fc0e12bf0d24892e45987e249a28dce836a85cad60e28eaaa8c6d976";
        assert_eq!(counts_key("irontrack:", "alice@example.com"), format!("irontrack:r:{{{hash}}}"));
    }

    #[test]
    fn every_window_is_one_that_the_script_can_count_with() {
        assert_eq!(microseconds(Duration::ZERO), 1);
        assert_eq!(microseconds(Duration::from_nanos(1999)), 1);
        assert_eq!(microseconds(Duration::from_secs(900)), 900_000_000);
        assert!(microseconds(Duration::MAX) < 1 << 53);
    }
}
