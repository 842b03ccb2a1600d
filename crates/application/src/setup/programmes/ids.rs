//! Ids of built-in units and plans. They are made of the slugs, so that each installation recognises its own whatever
//! they are called by now.

use irontrack_domain::{TrainingPlanId, TrainingUnitId, training::TemplateSlug};
use ring::digest::{SHA256, digest};
use uuid::Uuid;

/// The id of a built-in unit.
pub(super) fn unit_id(slug: &TemplateSlug) -> TrainingUnitId {
    TrainingUnitId::new(id("training unit", slug))
}

/// The id of a built-in plan.
pub(super) fn plan_id(slug: &TemplateSlug) -> TrainingPlanId {
    TrainingPlanId::new(id("training plan", slug))
}

/// A UUID of the version for what an application decides itself (RFC 9562, section 5.8): bytes of a hash.
fn id(kind: &str, slug: &TemplateSlug) -> Uuid {
    let hash = digest(&SHA256, format!("irontrack {kind} {slug}").as_bytes());
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(hash.as_ref()).for_each(|(byte, hashed)| *byte = *hashed);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Another id makes a second unit or plan in every installation.
    #[test]
    fn ids_stay() {
        let slug = TemplateSlug::parse("full-body-foundations").unwrap();
        let (unit, plan) = (unit_id(&slug), plan_id(&slug));
        assert_ne!(unit.uuid(), plan.uuid());
        assert_eq!(plan.uuid().get_version_num(), 8);
        assert_eq!(plan.to_string(), "8da85e7b-ec8c-80c5-be7f-47adce84c8e3");
        assert_eq!(unit.to_string(), "2e6ea8f4-c427-833e-aadd-07405daa3cb4");
    }
}
