CREATE TABLE audit_event (
    id bigint GENERATED ALWAYS AS IDENTITY,
    occurred_at timestamptz NOT NULL,
    kind varchar(50) NOT NULL,
    actor_id uuid,
    subject_id uuid,
    session_id uuid,
    address varchar(45),
    user_agent varchar(512),
    details jsonb NOT NULL DEFAULT '{}',
    CONSTRAINT pk_audit_event PRIMARY KEY (id),
    CONSTRAINT ck_audit_event_details CHECK (jsonb_typeof(details) = 'object')
);
COMMENT ON TABLE audit_event IS 'What happened to accounts, sessions and rights; append-only, and free of secrets';
COMMENT ON COLUMN audit_event.occurred_at IS 'When it happened; failures are stored a little later';
COMMENT ON COLUMN audit_event.actor_id IS 'Who did it; without a foreign key, because the trail outlives accounts';
COMMENT ON COLUMN audit_event.subject_id IS 'To whom it happened; without a foreign key as well';
COMMENT ON COLUMN audit_event.session_id IS 'The session in which it happened';
COMMENT ON COLUMN audit_event.details IS 'What else is known, by kind; "via" where it was not the API';
CREATE INDEX idx_audit_event_occurred_at ON audit_event (occurred_at DESC, id DESC);
CREATE INDEX idx_audit_event_kind ON audit_event (kind, occurred_at DESC, id DESC);
CREATE INDEX idx_audit_event_actor_id ON audit_event (actor_id, occurred_at DESC, id DESC) WHERE actor_id IS NOT NULL;
CREATE INDEX idx_audit_event_subject_id ON audit_event (subject_id, occurred_at DESC, id DESC)
    WHERE subject_id IS NOT NULL;

CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit_event is append-only: % is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;
COMMENT ON FUNCTION refuse_audit_change() IS 'Keeps the audit trail as it was written';
-- For each statement, so that one that would meet no row is refused as well, and so is TRUNCATE.
CREATE TRIGGER trg_audit_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
