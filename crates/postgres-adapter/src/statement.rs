//! Queries written as SQL.
//!
//! diesel's `sql_query` is never cached: it prepares its text anew on every call and costs a round trip more. A
//! [`Statement`] is cached by its text. The text is put together from fixed pieces, so that the number of different
//! texts, each of which stays prepared on every connection, is bounded by the code; values are always parameters.

use std::marker::PhantomData;

use chrono::{DateTime, Utc};
use diesel::{
    QueryResult,
    pg::Pg,
    query_builder::{AstPass, Query, QueryFragment, QueryId},
    sql_types::{Array, BigInt, Binary, Bool, Double, Integer, Nullable, SmallInt, Text, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

/// A query or command whose rows have the SQL type `Row`; `()` without rows.
#[must_use = "a statement does nothing until it is executed or loaded"]
pub(crate) struct Statement<Row> {
    pieces: Vec<Piece>,
    row: PhantomData<fn() -> Row>,
}

enum Piece {
    Sql(&'static str),
    Value(Value),
}

/// A parameter.
pub(crate) enum Value {
    Uuid(Option<Uuid>),
    Text(Option<String>),
    SmallInt(i16),
    Integer(Option<i32>),
    BigInt(i64),
    Bool(Option<bool>),
    Timestamp(Option<DateTime<Utc>>),
    SmallInts(Option<Vec<i16>>),
    Timestamps(Vec<DateTime<Utc>>),
    BigInts(Vec<i64>),
    Uuids(Vec<Uuid>),
    NullableUuids(Vec<Option<Uuid>>),
    Texts(Vec<Option<String>>),
    Bytes(Vec<u8>),
    Doubles(Vec<f64>),
}

impl<Row> Statement<Row> {
    /// Starts with a piece of SQL.
    pub(crate) fn new(sql: &'static str) -> Self {
        Self { pieces: vec![Piece::Sql(sql)], row: PhantomData }
    }

    /// Goes on with a piece of SQL.
    pub(crate) fn sql(mut self, sql: &'static str) -> Self {
        self.pieces.push(Piece::Sql(sql));
        self
    }

    /// Goes on with a parameter.
    pub(crate) fn bind(mut self, value: impl Into<Value>) -> Self {
        self.pieces.push(Piece::Value(value.into()));
        self
    }
}

impl<Row> Query for Statement<Row> {
    type SqlType = Row;
}

impl<Row> QueryId for Statement<Row> {
    type QueryId = ();

    // The type says nothing about the text.
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Row> QueryFragment<Pg> for Statement<Row> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        for piece in &self.pieces {
            match piece {
                Piece::Sql(sql) => out.push_sql(sql),
                Piece::Value(value) => value.push(&mut out)?,
            }
        }
        Ok(())
    }
}

impl Value {
    fn push<'b>(&'b self, out: &mut AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        match self {
            Self::Uuid(id) => out.push_bind_param::<Nullable<SqlUuid>, _>(id),
            Self::Text(text) => out.push_bind_param::<Nullable<Text>, _>(text),
            Self::SmallInt(number) => out.push_bind_param::<SmallInt, _>(number),
            Self::Integer(number) => out.push_bind_param::<Nullable<Integer>, _>(number),
            Self::BigInt(number) => out.push_bind_param::<BigInt, _>(number),
            Self::Bool(flag) => out.push_bind_param::<Nullable<Bool>, _>(flag),
            Self::Timestamp(time) => out.push_bind_param::<Nullable<Timestamptz>, _>(time),
            Self::SmallInts(numbers) => out.push_bind_param::<Nullable<Array<SmallInt>>, _>(numbers),
            Self::Timestamps(times) => out.push_bind_param::<Array<Timestamptz>, _>(times),
            Self::BigInts(numbers) => out.push_bind_param::<Array<BigInt>, _>(numbers),
            Self::Uuids(ids) => out.push_bind_param::<Array<SqlUuid>, _>(ids),
            Self::NullableUuids(ids) => out.push_bind_param::<Array<Nullable<SqlUuid>>, _>(ids),
            Self::Bytes(bytes) => out.push_bind_param::<Binary, _>(bytes),
            Self::Doubles(numbers) => out.push_bind_param::<Array<Double>, _>(numbers),
            Self::Texts(texts) => out.push_bind_param::<Array<Nullable<Text>>, _>(texts),
        }
    }
}

macro_rules! value {
    ($($from:ty => |$value:ident| $into:expr;)+) => {
        $(impl From<$from> for Value {
            fn from($value: $from) -> Self {
                $into
            }
        })+
    };
}

value! {
    Uuid => |id| Self::Uuid(Some(id));
    Option<Uuid> => |id| Self::Uuid(id);
    &str => |text| Self::Text(Some(text.to_owned()));
    Option<&str> => |text| Self::Text(text.map(str::to_owned));
    i16 => |number| Self::SmallInt(number);
    Option<i32> => |number| Self::Integer(number);
    i64 => |number| Self::BigInt(number);
    bool => |flag| Self::Bool(Some(flag));
    Option<bool> => |flag| Self::Bool(flag);
    DateTime<Utc> => |time| Self::Timestamp(Some(time));
    Option<DateTime<Utc>> => |time| Self::Timestamp(time);
    Vec<i16> => |numbers| Self::SmallInts(Some(numbers));
    Option<Vec<i16>> => |numbers| Self::SmallInts(numbers);
    Vec<DateTime<Utc>> => |times| Self::Timestamps(times);
    Vec<i64> => |numbers| Self::BigInts(numbers);
    Vec<Uuid> => |ids| Self::Uuids(ids);
    Vec<Option<Uuid>> => |ids| Self::NullableUuids(ids);
    Vec<Option<String>> => |texts| Self::Texts(texts);
    Vec<f64> => |numbers| Self::Doubles(numbers);
    &[u8] => |bytes| Self::Bytes(bytes.to_vec());
}

#[cfg(test)]
mod tests {
    use diesel::debug_query;

    use super::*;

    #[test]
    fn values_become_numbered_parameters_in_order() {
        let statement = Statement::<Text>::new("SELECT name FROM equipment WHERE id = ANY (")
            .bind(vec![1_i16, 2])
            .sql(") AND strpos(name, ")
            .bind("bar")
            .sql(") > 0");
        assert_eq!(
            debug_query::<Pg, _>(&statement).to_string(),
            "SELECT name FROM equipment WHERE id = ANY ($1) AND strpos(name, $2) > 0 -- binds: [Some([1, 2]), Some(\"bar\")]"
        );
    }

    #[test]
    fn a_statement_is_cached_by_its_text() {
        let statement = Statement::<Text>::new("SELECT 1");
        assert_eq!(Statement::<Text>::query_id(), None);
        assert!(statement.is_safe_to_cache_prepared(&Pg).unwrap());
    }
}
