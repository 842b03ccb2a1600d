CREATE TABLE user_session (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    created_at timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP,
    last_used_at timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP,
    expires_at timestamptz NOT NULL,
    user_agent varchar(512),
    address varchar(45),
    refresh_id uuid NOT NULL,
    previous_refresh_id uuid,
    rotated_at timestamptz,
    CONSTRAINT pk_user_session PRIMARY KEY (id),
    CONSTRAINT fk_user_session_user_id_user_account FOREIGN KEY (user_id)
        REFERENCES user_account (id) ON DELETE CASCADE,
    CONSTRAINT ck_user_session_expiry CHECK (expires_at > created_at),
    CONSTRAINT ck_user_session_rotation CHECK ((previous_refresh_id IS NULL) = (rotated_at IS NULL))
);
COMMENT ON TABLE user_session IS 'Signed-in sessions; ending a session removes its row';
COMMENT ON COLUMN user_session.refresh_id IS 'The jti of the one refresh token that is accepted';
COMMENT ON COLUMN user_session.previous_refresh_id IS 'The jti that the last rotation replaced, for the grace of an immediate retry';
CREATE INDEX idx_user_session_user_id ON user_session (user_id, last_used_at DESC);
CREATE INDEX idx_user_session_expires_at ON user_session (expires_at);
