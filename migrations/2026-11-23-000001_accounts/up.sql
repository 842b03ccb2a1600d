CREATE TABLE role (
    id uuid NOT NULL,
    name varchar(100) NOT NULL,
    description varchar(255),
    slug varchar(100) NOT NULL,
    created_at timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT pk_role PRIMARY KEY (id),
    CONSTRAINT uq_role_name UNIQUE (name),
    CONSTRAINT uq_role_slug UNIQUE (slug)
);
COMMENT ON TABLE role IS 'Roles that an account can have, one at a time';

CREATE TABLE user_account (
    id uuid NOT NULL,
    name varchar(255),
    email varchar(255) NOT NULL,
    password varchar(255) NOT NULL,
    is_active boolean NOT NULL DEFAULT true,
    is_superuser boolean NOT NULL DEFAULT false,
    role_id uuid NOT NULL,
    created_at timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT pk_user_account PRIMARY KEY (id),
    CONSTRAINT fk_user_account_role_id_role FOREIGN KEY (role_id) REFERENCES role (id) ON DELETE RESTRICT
);
COMMENT ON TABLE user_account IS 'Users accounts for application access';
COMMENT ON COLUMN user_account.password IS 'Argon2id hash as a PHC string';
CREATE UNIQUE INDEX uq_user_email_lower ON user_account (lower(email));
CREATE INDEX idx_user_account_role_id ON user_account (role_id);
