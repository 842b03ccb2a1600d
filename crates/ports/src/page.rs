//! Pages and order of lists.

/// Which part of a list is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PageRequest {
    /// The most items of the page, at least 1; requests ask for 100 at most.
    pub limit: i64,
    /// How many items to leave out before the page.
    pub offset: i64,
}

impl PageRequest {
    /// The page of that number, starting with 1. A number too large to count stays past the end.
    #[must_use]
    pub const fn numbered(page: i64, size: i64) -> Self {
        Self { limit: size, offset: page.saturating_sub(1).saturating_mul(size) }
    }
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// The items of the page.
    pub items: Vec<T>,
    /// How many items all pages have together.
    pub total: i64,
}

/// Direction of a sort.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum SortOrder {
    /// Smallest first; absent values last.
    #[default]
    Ascending,
    /// Largest first; absent values first.
    Descending,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_counted_from_one_and_saturate() {
        assert_eq!(PageRequest::numbered(1, 20), PageRequest { limit: 20, offset: 0 });
        assert_eq!(PageRequest::numbered(3, 20), PageRequest { limit: 20, offset: 40 });
        assert_eq!(PageRequest::numbered(i64::MAX, 100).offset, i64::MAX);
    }
}
