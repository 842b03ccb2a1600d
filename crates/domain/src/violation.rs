//! What is wrong with a value that cannot be accepted.

use thiserror::Error;

/// The rule that a value breaks. The name of the field is known to whoever read it, not to the value.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Violation {
    /// The text has fewer characters (Unicode scalar values) than the rule demands.
    #[error("must have at least {min} characters")]
    TooShort {
        /// The fewest characters allowed.
        min: usize,
    },
    /// The text has more characters (Unicode scalar values) than the rule allows.
    #[error("must have at most {max} characters")]
    TooLong {
        /// The most characters allowed.
        max: usize,
    },
    /// The text contains U+0000, which PostgreSQL cannot store.
    #[error("must not contain NUL characters")]
    ContainsNul,
    /// The text is no e-mail address that IronTrack accepts.
    #[error("is not a valid email address: {0}")]
    Email(EmailProblem),
    /// The password misses a character class or has a character outside the allowed ones.
    #[error("must contain an uppercase letter, a lowercase letter, a digit and a special character")]
    PasswordPolicy,
    /// The name of a system exercise has no Latin letter or digit, so that no slug can be made of it.
    #[error("must contain at least one Latin letter or digit")]
    NoSlug,
    /// The text is no slug: words of `a-z` and `0-9` with single hyphens between them.
    #[error("must consist of words of a-z and 0-9 with single hyphens between them")]
    Slug,
    /// The image path is not of the form `/folder/file.jpg`.
    #[error("must be a lower-case path to a jpg, jpeg, png or webp file")]
    ImagePath,
    /// The text is no entity tag: visible ASCII characters without a quotation mark.
    #[error("must consist of visible ASCII characters without quotation marks")]
    EntityTag,
    /// The text is no idempotency key: 1 to 255 visible ASCII characters.
    #[error("must consist of 1 to 255 visible ASCII characters")]
    IdempotencyKey,
    /// The text is no decimal number.
    #[error("must be a decimal number")]
    NoDecimal,
    /// The number has more decimals than the rule allows, zeros at the end not counted.
    #[error("must have at most {max} decimals")]
    TooManyDecimals {
        /// The most decimals allowed.
        max: u8,
    },
    /// The number is not greater than zero, as the rule demands.
    #[error("must be greater than 0")]
    NotPositive,
    /// The number is less than zero.
    #[error("must not be less than 0")]
    Negative,
    /// The number is greater than the rule allows.
    #[error("must not be greater than {max}")]
    TooGreat {
        /// The greatest number allowed.
        max: &'static str,
    },
    /// The text is no name of a time zone in the IANA database.
    #[error("must be the name of a time zone in the IANA database, such as Europe/Berlin")]
    TimeZone,
    /// The number is no rating of perceived exertion.
    #[error("must be between 1 and 10 in steps of 0.5")]
    Rpe,
    /// The moment is before the first one that the rule allows.
    #[error("must not be before {first}")]
    TooEarly {
        /// The first moment allowed.
        first: &'static str,
    },
    /// The moment is later than the rule allows.
    #[error("must not be more than {minutes} minutes ahead")]
    TooLate {
        /// How many minutes ahead a moment may be.
        minutes: u8,
    },
}

impl Violation {
    /// A stable, machine-readable name of the rule.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooShort { .. } => "too_short",
            Self::TooLong { .. } => "too_long",
            Self::ContainsNul => "contains_nul",
            Self::Email(_) => "email",
            Self::PasswordPolicy => "password_policy",
            Self::NoSlug => "no_slug",
            Self::Slug => "slug",
            Self::ImagePath => "image_path",
            Self::EntityTag => "entity_tag",
            Self::IdempotencyKey => "idempotency_key",
            Self::NoDecimal => "no_decimal",
            Self::TooManyDecimals { .. } => "too_many_decimals",
            Self::NotPositive => "not_positive",
            Self::Negative => "negative",
            Self::TooGreat { .. } => "too_great",
            Self::TimeZone => "time_zone",
            Self::Rpe => "rpe",
            Self::TooEarly { .. } => "too_early",
            Self::TooLate { .. } => "too_late",
        }
    }
}

/// Why a text is no e-mail address. The wording tells a person what to correct.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum EmailProblem {
    /// There is no `@`.
    #[error("An email address must have an @-sign.")]
    NoAtSign,
    /// Nothing stands before the `@`.
    #[error("There must be something before the @-sign.")]
    EmptyLocalPart,
    /// Nothing stands after the `@`.
    #[error("There must be something after the @-sign.")]
    EmptyDomain,
    /// The part before the `@` is in quotation marks.
    #[error("Quoting the part before the @-sign is not allowed here.")]
    QuotedLocalPart,
    /// A character is not allowed before the `@`.
    #[error("The email address contains invalid characters before the @-sign: {0}.")]
    LocalPartCharacter(String),
    /// The part before the `@` starts or ends with a period, or the domain does.
    #[error("An email address cannot {0} with a period.")]
    PeriodAtEdge(&'static str),
    /// Two periods stand side by side.
    #[error("An email address cannot have two periods in a row.")]
    TwoPeriods,
    /// The part before the `@` is longer than 64 bytes.
    #[error("The email address is too long before the @-sign.")]
    LocalPartTooLong,
    /// The domain, or the address, is too long.
    #[error("The email address is too long.")]
    TooLong,
    /// The domain is an IP address in brackets.
    #[error("A bracketed IP address after the @-sign is not allowed here.")]
    BracketedAddress,
    /// A character is not allowed in a domain.
    #[error("The part after the @-sign contains invalid characters: {0}.")]
    DomainCharacter(String),
    /// The domain has no period, or its last label has no letter.
    #[error("The part after the @-sign is not valid. It should have a period.")]
    NoPeriod,
    /// The domain is reserved for special use.
    #[error("The part after the @-sign is a special-use or reserved name that cannot be used with email.")]
    ReservedDomain,
    /// The domain is no valid internationalised name.
    #[error("The part after the @-sign contains invalid characters.")]
    InvalidDomain,
}
