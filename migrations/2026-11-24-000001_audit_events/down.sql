DROP TABLE audit_event;
DROP FUNCTION refuse_audit_change();
