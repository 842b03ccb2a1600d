//! Roles.

/// The one role of an account. Being a superuser and having the role [`Role::Superuser`] are the same thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
pub enum Role {
    /// Plain use of the application; given to every new account.
    ApplicationAccess,
    /// Administers accounts, roles, catalogues and system exercises.
    Superuser,
    /// Coaches other people; may read every exercise by id.
    FitnessTrainer,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 3] = [Self::ApplicationAccess, Self::Superuser, Self::FitnessTrainer];

    /// The name used on the wire and in the database.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::ApplicationAccess => "application-access",
            Self::Superuser => "superuser",
            Self::FitnessTrainer => "fitness-trainer",
        }
    }

    /// The name for people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ApplicationAccess => "Application Access",
            Self::Superuser => "Superuser",
            Self::FitnessTrainer => "Fitness Trainer",
        }
    }

    /// What the role is for.
    #[must_use]
    pub const fn description(self) -> &'static str {
        match self {
            Self::ApplicationAccess => "Uses the application: own exercises, training and history",
            Self::Superuser => "Administers accounts, roles, catalogues and the system exercises",
            Self::FitnessTrainer => "Coaches athletes and may read every exercise",
        }
    }

    /// The role of that slug, if there is one.
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.slug() == slug)
    }

    /// Whether the role administers the installation.
    #[must_use]
    pub const fn is_superuser(self) -> bool {
        matches!(self, Self::Superuser)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_lead_back_to_their_role() {
        for role in Role::ALL {
            assert_eq!(Role::from_slug(role.slug()), Some(role));
            assert!(role.description().chars().count() <= 255);
        }
        assert_eq!(Role::from_slug("Superuser"), None);
    }
}
