CREATE TABLE idempotency_keys (
    user_id uuid NOT NULL,
    key varchar(255) NOT NULL,
    request_hash bytea NOT NULL,
    status smallint NOT NULL,
    headers jsonb NOT NULL,
    body bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT pk_idempotency_keys PRIMARY KEY (user_id, key),
    CONSTRAINT fk_idempotency_keys_user_id_user_account FOREIGN KEY (user_id)
        REFERENCES user_account (id) ON DELETE CASCADE,
    CONSTRAINT ck_idempotency_keys_request_hash CHECK (octet_length(request_hash) = 32)
);
COMMENT ON TABLE idempotency_keys IS
    'Answers to requests that may be sent again, kept for a day. Written with the effect of the request: without a row nothing happened';
CREATE INDEX idx_idempotency_keys_created_at ON idempotency_keys (created_at);
