//! What charts have in common: how large they are, their colours, and how they are answered.

use std::sync::Arc;

use actix_web::{HttpResponse, http::header, web::Bytes};
use irontrack_ports::{ChartSize, ChartTheme};
use utoipa::ToSchema;

use crate::call::{Query, Read, Violations};

/// Nothing in a chart is run or fetched, whoever shows it and however it is called.
const POLICY: &str = "default-src 'none'; sandbox";

/// The colours of a chart.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
#[expect(dead_code, reason = "describes the parameter for the OpenAPI document")]
pub(super) enum ThemeName {
    Light,
    Dark,
}

/// `width` and `height`; each is that of the default if it is not given.
pub(super) fn size(query: &mut Query, default: ChartSize, violations: &mut Violations) -> Read<ChartSize> {
    let mut side = |name| query.integer((name, name), ChartSize::MIN.into(), Some(ChartSize::MAX.into()), violations);
    let (width, height) = (side("width"), side("height"));
    let or = |given: Option<i128>, default| given.and_then(|side| u16::try_from(side).ok()).unwrap_or(default);
    let (width, height) = (or(width?, default.width()), or(height?, default.height()));
    Ok(ChartSize::new(width, height).unwrap_or(default))
}

/// `theme`.
pub(super) fn theme(query: &mut Query, violations: &mut Violations) -> Read<ChartTheme> {
    let themes = [("light", ChartTheme::Light), ("dark", ChartTheme::Dark)];
    Ok(query.choice(("theme", "theme"), "enum", &themes, violations)?.unwrap_or_default())
}

/// 200 with a chart.
pub(super) fn svg(document: Arc<[u8]>) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("image/svg+xml")
        .insert_header((header::CONTENT_SECURITY_POLICY, POLICY))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .body(Bytes::from_owner(document))
}
