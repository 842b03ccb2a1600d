//! What becomes of what somebody made when the account goes: section 7 of the contract.

mod history;
mod templates;
