//! `irontrack users list`.

use chrono::{DateTime, Utc};
use irontrack_application::users::Users;
use irontrack_domain::{SearchTerm, account::Account};
use irontrack_ports::{
    PageRequest, SortOrder,
    query::{AccountFilter, AccountSort},
};
use serde::Serialize;

use super::name;
use crate::{
    Failure, ListArguments,
    output::{Output, Page, Report, Table, Tone, counted},
};

/// Accounts that match.
#[derive(Debug, Serialize)]
struct Listed {
    /// How many match, listed or not.
    total: i64,
    users: Vec<ListedUser>,
}

#[derive(Debug, Serialize)]
struct ListedUser {
    id: String,
    email: String,
    name: Option<String>,
    role: &'static str,
    is_active: bool,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

/// Lists accounts by address.
///
/// # Errors
/// The database cannot be used, or standard output cannot be written.
pub async fn list(arguments: &ListArguments, users: &Users, output: &mut Output) -> Result<(), Failure> {
    let search = arguments.search.as_deref().map(SearchTerm::parse).transpose();
    let filter = AccountFilter {
        search: search.map_err(|violation| Failure::usage(format!("--search {violation}")))?.flatten(),
        role: arguments.role,
        is_active: arguments.inactive.then_some(false),
        created_before: None,
        created_after: None,
        sort: AccountSort::Email,
        order: SortOrder::Ascending,
        page: PageRequest::numbered(1, arguments.limit),
    };
    let page = users.page(&filter).await;
    let page = page.map_err(|error| Failure::failed(format!("the accounts cannot be listed: {error}")))?;
    output.show(&Listed { total: page.total, users: page.items.iter().map(ListedUser::of).collect() })
}

impl ListedUser {
    fn of(account: &Account) -> Self {
        Self {
            id: account.id.to_string(),
            email: account.email.to_string(),
            name: account.name.as_ref().map(|_| name(account).to_owned()),
            role: account.role.slug(),
            is_active: account.is_active,
            created_at: account.created_at,
            updated_at: account.updated_at,
        }
    }
}

impl Report for Listed {
    fn print(&self, page: &mut Page) {
        let mut table = Table::new(["Email", "Name", "Role", "State", "Created"]);
        for user in &self.users {
            let (tone, state) = if user.is_active { (Tone::Plain, "active") } else { (Tone::Bad, "inactive") };
            let created = user.created_at.format("%Y-%m-%d").to_string();
            table.row(tone, [&user.email, user.name.as_deref().unwrap_or_default(), user.role, state, &created]);
        }
        page.table(&table);
        page.remark(Tone::Plain, &format!("{} of {}", self.users.len(), counted(self.total, "account", "accounts")));
    }
}
