//! What a cache server stores: to look at, and to spoil.

use redis::{Commands, Connection, RedisResult};

/// The entries of IronTrack on a server, as somebody sees and changes them who has reached the server.
pub struct CacheEntries {
    connection: Connection,
}

impl std::fmt::Debug for CacheEntries {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("CacheEntries").finish_non_exhaustive()
    }
}

impl CacheEntries {
    pub(super) fn connect(url: &str) -> Self {
        let client = redis::Client::open(url).expect("the address is one");
        Self { connection: client.get_connection().expect("the cache server answers") }
    }

    /// The keys of stored values whose name begins so: `principal`, `list`, `generation`.
    pub fn keys(&mut self, begin: &str) -> Vec<String> {
        self.connection.keys(format!("irontrack:v:{{{begin}*")).expect("keys can be listed")
    }

    /// How many lookups have found something since the server was started.
    pub fn hits(&mut self) -> u64 {
        let text: String = redis::cmd("INFO").arg("stats").query(&mut self.connection).expect("the server tells");
        let hits = text.lines().find_map(|line| line.strip_prefix("keyspace_hits:"));
        hits.and_then(|hits| hits.trim().parse().ok()).unwrap_or_else(|| panic!("expected hits in {text}"))
    }

    /// Forgets everything, the scripts included.
    pub fn flush(&mut self) {
        let flushed: RedisResult<()> =
            redis::pipe().cmd("FLUSHALL").ignore().cmd("SCRIPT").arg("FLUSH").ignore().query(&mut self.connection);
        flushed.expect("the server can be emptied");
    }

    /// Lets the server store no more than that; 0 is any amount.
    pub fn limit_memory(&mut self, bytes: u64) {
        let mut command = redis::cmd("CONFIG");
        command.arg("SET").arg("maxmemory").arg(bytes);
        command.exec(&mut self.connection).expect("the limit can be set");
    }

    /// The bytes of a value, if it is there and of the usual type.
    pub fn bytes(&mut self, key: &str) -> Option<Vec<u8>> {
        self.connection.get(key).ok().flatten()
    }

    /// Puts bytes under a key, for a minute.
    pub fn put(&mut self, key: &str, bytes: &[u8]) {
        self.connection.set_ex::<_, _, ()>(key, bytes, 60).expect("bytes can be stored");
    }

    /// Puts a value of another type under a key: a list, a set, a hash or a sorted set in turn.
    pub fn put_other_type(&mut self, key: &str, turn: usize) {
        let mut pipe = redis::pipe();
        pipe.del(key).ignore();
        match turn % 4 {
            0 => pipe.rpush(key, "a").ignore(),
            1 => pipe.sadd(key, "a").ignore(),
            2 => pipe.hset(key, "a", "b").ignore(),
            _ => pipe.zadd(key, "a", 1).ignore(),
        };
        pipe.exec(&mut self.connection).expect("another type can be stored");
    }

    /// Says something on the channel over which instances tell each other what is outdated.
    pub fn say(&mut self, message: &[u8]) {
        self.connection.publish::<_, _, ()>("irontrack:invalidation", message).expect("messages can be sent");
    }
}
