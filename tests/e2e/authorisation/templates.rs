//! Training units and plans: who stands how to them, and what follows from that.

use super::{
    row::{
        Answer,
        Answers::{self, All},
    },
    scene::Target,
};

/// For whom a template is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sharing {
    Private,
    Shared,
    Public,
}

impl Sharing {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Private => "private",
            Self::Shared => "shared",
            Self::Public => "public",
        }
    }
}

/// How the caller stands to a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    Owner,
    WriteGrant,
    ReadGrant,
    Stranger,
}

/// What is there in each of the twelve situations.
pub(super) type Situations = [(Target, Answers); 12];

/// The answers to whom the template is not there, and to who may read it but not more.
#[derive(Clone, Copy)]
pub(super) struct Refusals {
    hidden: Answer,
    forbidden: Answer,
}

pub(super) const UNIT: Refusals = Refusals {
    hidden: Answer::refused(404, "Training unit not found"),
    forbidden: Answer::refused(403, "You do not have permission to change this training unit"),
};

pub(super) const PLAN: Refusals = Refusals {
    hidden: Answer::refused(404, "Training plan not found"),
    forbidden: Answer::refused(403, "You do not have permission to change this training plan"),
};

/// Reading, and copying.
pub(super) const fn reading(status: u16, of: Refusals) -> Situations {
    let (yes, hidden) = (All(Answer { status, detail: None }), All(of.hidden));
    by_sharing([
        //  owner, write grant, read grant, stranger
        [yes, hidden, hidden, hidden],
        [yes, yes, yes, hidden],
        [yes, yes, yes, yes],
    ])
}

/// Changing what is in it.
pub(super) const fn changing(status: u16, of: Refusals) -> Situations {
    let (yes, hidden, no) = (All(Answer { status, detail: None }), All(of.hidden), All(of.forbidden));
    by_sharing([
        //  owner, write grant, read grant, stranger
        [yes, hidden, hidden, hidden],
        [yes, yes, no, hidden],
        [yes, yes, no, no],
    ])
}

/// Deciding who may use it, and deleting it.
pub(super) const fn managing(status: u16, of: Refusals) -> Situations {
    let (yes, hidden, no) = (All(Answer { status, detail: None }), All(of.hidden), All(of.forbidden));
    by_sharing([
        //  owner, write grant, read grant, stranger
        [yes, hidden, hidden, hidden],
        [yes, no, no, hidden],
        [yes, no, no, no],
    ])
}

/// Private, shared and public ones.
const fn by_sharing([private, shared, public]: [[Answers; 4]; 3]) -> Situations {
    let private = by_standing(Sharing::Private, private);
    let shared = by_standing(Sharing::Shared, shared);
    let public = by_standing(Sharing::Public, public);
    let [first, second, third, fourth] = private;
    let [fifth, sixth, seventh, eighth] = shared;
    let [ninth, tenth, eleventh, twelfth] = public;
    [first, second, third, fourth, fifth, sixth, seventh, eighth, ninth, tenth, eleventh, twelfth]
}

const fn by_standing(sharing: Sharing, [owner, write, read, stranger]: [Answers; 4]) -> [(Target, Answers); 4] {
    [
        (Target::Template(sharing, Standing::Owner), owner),
        (Target::Template(sharing, Standing::WriteGrant), write),
        (Target::Template(sharing, Standing::ReadGrant), read),
        (Target::Template(sharing, Standing::Stranger), stranger),
    ]
}
