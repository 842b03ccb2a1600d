//! Tokens that differ from a genuine one in some bytes.

use super::{Forger, Forgery, URL_SAFE_NO_PAD, encode, text};
use base64::Engine;

/// The order of the group of Ed25519, little endian.
const GROUP_ORDER: &str = "7dP1XBpjEljWnPei3vneFAAAAAAAAAAAAAAAAAAAABA";

const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

impl Forger {
    /// Everything that can be made out of a genuine token without any key, and base64 that is not canonical.
    pub(super) fn altered(&self) -> Vec<Forgery> {
        let mut all = vec![Forgery::new("nothing", ""), Forgery::new("empty segments", "..")];
        for (kind, token) in self.genuine() {
            let forge = |what: &str, token: String| Forgery::new(format!("{kind}: {what}"), token);
            all.extend((0..token.len()).map(|index| flipped(token, index, 0, &forge)));
            all.extend(other_signatures(token, &forge));
            all.extend(other_segments(token, &forge));
            all.extend(self.other_spellings_of_the_payload(kind, &forge));
        }
        let [access, refresh] = [&self.access, &self.refresh].map(|token| token.rsplit_once('.').expect("segments"));
        all.push(Forgery::new("access with the signature of refresh", format!("{}.{}", access.0, refresh.1)));
        all.push(Forgery::new("refresh with the signature of access", format!("{}.{}", refresh.0, access.1)));
        all
    }

    /// The genuine tokens with one bit of one byte flipped, bit by bit and byte by byte.
    pub fn flipped(&self) -> impl Iterator<Item = Forgery> {
        let every_bit = |token: &str| (0..token.len()).flat_map(|index| (0..7).map(move |bit| (index, bit)));
        self.genuine().into_iter().flat_map(move |(kind, token)| {
            every_bit(token).map(move |(index, bit)| {
                flipped(token, index, bit, &|what, token| Forgery::new(format!("{kind}: {what}"), token))
            })
        })
    }

    /// Signed as they are, so that only the spelling is wrong.
    fn other_spellings_of_the_payload(
        &self,
        kind: &str,
        forge: &impl Fn(&str, String) -> Forgery,
    ) -> impl Iterator<Item = Forgery> {
        let claims = if kind == "access" { self.access_claims() } else { self.refresh_claims() };
        let ends = ["=", "==", "\n", " "].map(|end| format!("{}{end}", encode(text(&claims))));
        let mut json = text(&claims);
        // Until the last character of the encoding has bits to spare, which must be zero.
        while json.len().is_multiple_of(3) {
            json.push(' ');
        }
        let spare = with_spare_bits(&encode(json));
        let message = |payload: String| format!("{}.{payload}", self.header());
        let spellings = ends.into_iter().chain(spare).map(message);
        spellings
            .map(|message| forge("the payload has another spelling", self.signed(&message)))
            .collect::<Vec<_>>()
            .into_iter()
    }
}

fn flipped(token: &str, index: usize, bit: u8, forge: &impl Fn(&str, String) -> Forgery) -> Forgery {
    let mut bytes = token.as_bytes().to_vec();
    bytes[index] ^= 1 << bit;
    forge(&format!("byte {index}, bit {bit}"), String::from_utf8(bytes).expect("ASCII stays ASCII"))
}

/// The same text with other bits where the last character means less than six.
fn with_spare_bits(encoded: &str) -> Vec<String> {
    let (start, last) = encoded.split_at(encoded.len() - 1);
    let last = ALPHABET.find(last).expect("base64url");
    let spare = if encoded.len() % 4 == 2 { 16 } else { 4 };
    (1..spare).map(|bits| format!("{start}{}", &ALPHABET[last + bits..=last + bits])).collect()
}

fn other_signatures(token: &str, forge: &impl Fn(&str, String) -> Forgery) -> Vec<Forgery> {
    let (unsigned, signature) = token.rsplit_once('.').expect("segments");
    let bytes = URL_SAFE_NO_PAD.decode(signature).expect("base64url");
    let reversed = bytes.iter().rev().copied().collect();
    let swapped = [&bytes[32..], &bytes[..32]].concat();
    // S plus the order of the group: the same point, in a spelling that is not canonical.
    let mut malleable = bytes.clone();
    let order = URL_SAFE_NO_PAD.decode(GROUP_ORDER).expect("base64url");
    let mut carry = 0;
    for (digit, more) in malleable[32..].iter_mut().zip(order) {
        let sum = u16::from(*digit) + u16::from(more) + carry;
        [*digit, _] = sum.to_le_bytes();
        carry = sum >> 8;
    }
    // The neutral element and zero: right for every message, where the key is not checked.
    let neutral = [&[1], &[0; 63][..]].concat();
    let signatures: [(&str, Vec<u8>); 10] = [
        ("zeros", vec![0; 64]),
        ("ones", vec![255; 64]),
        ("neutral", neutral),
        ("too short", bytes[..63].to_vec()),
        ("too long", [&bytes[..], &[0]].concat()),
        ("twice", bytes.repeat(2)),
        ("empty", Vec::new()),
        ("reversed", reversed),
        ("halves swapped", swapped),
        ("malleable", malleable),
    ];
    let with =
        |(what, bytes): (&str, Vec<u8>)| forge(&format!("signature {what}"), format!("{unsigned}.{}", encode(bytes)));
    let mut all: Vec<_> = signatures.into_iter().map(with).collect();
    let spare = with_spare_bits(signature).into_iter();
    all.extend(spare.map(|signature| forge("signature with spare bits", format!("{unsigned}.{signature}"))));
    all
}

fn other_segments(token: &str, forge: &impl Fn(&str, String) -> Forgery) -> Vec<Forgery> {
    let segments: Vec<&str> = token.split('.').collect();
    let mut all = Vec::new();
    for index in 0..3 {
        for end in ["=", "==", " ", "\n", "A", "%3D", "\0"] {
            let mut changed: Vec<String> = segments.iter().map(|&segment| segment.to_owned()).collect();
            changed[index].push_str(end);
            all.push(forge(&format!("segment {index} followed by {end:?}"), changed.join(".")));
        }
    }
    let [header, payload, signature] = [segments[0], segments[1], segments[2]];
    for (what, changed) in [
        ("a segment in front", format!(".{token}")),
        ("a segment behind", format!("{token}.")),
        ("four segments", format!("{token}.{signature}")),
        ("two segments", format!("{header}.{payload}")),
        ("one segment", header.to_owned()),
        ("five segments, as if encrypted", format!("{token}.{header}.{payload}")),
        ("another order", format!("{payload}.{header}.{signature}")),
        ("a blank in front", format!(" {token}")),
        ("quotes", format!("\"{token}\"")),
        ("the scheme of a header", format!("Bearer {token}")),
        ("two dots", token.replacen('.', "..", 1)),
        ("capital letters", token.to_uppercase()),
        ("base64 for texts", token.replace('-', "+").replace('_', "/") + "+"),
        ("JSON", format!(r#"{{"payload":"{payload}","protected":"{header}","signature":"{signature}"}}"#)),
        ("far too long", format!("{token}{}", "A".repeat(5000))),
        ("twice", format!("{token}{token}")),
    ] {
        all.push(forge(what, changed));
    }
    all
}
