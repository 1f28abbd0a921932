-- Who is who: persons, passkeys, sessions, enterprises, officers, and the log of who read what.
-- Columns named sealed_… hold values encrypted under the key their first bytes name; the same
-- value is found by its blind index. Nothing here shows a name or a number.

CREATE TABLE person (
    region {text} NOT NULL,
    id {uuid} NOT NULL,
    -- What an administrator or an enterprise calls a member of staff; empty for citizens.
    label {text} NOT NULL,
    created_ms BIGINT NOT NULL,
    proof_method {text},
    proved_ms BIGINT,
    is_demonstration BOOLEAN NOT NULL,
    id_number_index {bytes},
    sealed_name {bytes},
    sealed_id_number {bytes},
    sealed_phone {bytes},
    sealed_address {bytes},
    PRIMARY KEY (region, id),
    UNIQUE (region, id_number_index)
);

CREATE TABLE passkey (
    region {text} NOT NULL,
    id {uuid} NOT NULL,
    person_id {uuid} NOT NULL,
    credential_id {bytes} NOT NULL,
    -- What the device knows the person by; it outlives a recovery, person_id does not.
    user_handle {uuid} NOT NULL,
    name {text} NOT NULL,
    -- Compressed point of an ES256 key; empty for other algorithms.
    public_key {bytes} NOT NULL,
    state {text} NOT NULL,
    created_ms BIGINT NOT NULL,
    used_ms BIGINT,
    PRIMARY KEY (region, id),
    UNIQUE (region, credential_id)
);
CREATE INDEX passkey_of_person ON passkey (region, person_id);

CREATE TABLE session (
    region {text} NOT NULL,
    id {uuid} NOT NULL,
    token_hash {bytes} NOT NULL,
    person_id {uuid} NOT NULL,
    passkey_id {uuid} NOT NULL,
    browser {text} NOT NULL,
    created_ms BIGINT NOT NULL,
    used_ms BIGINT NOT NULL,
    verified_ms BIGINT NOT NULL,
    idle_ms BIGINT NOT NULL,
    ends_ms BIGINT NOT NULL,
    PRIMARY KEY (region, id),
    UNIQUE (region, token_hash)
);
CREATE INDEX session_of_person ON session (region, person_id);
CREATE INDEX session_end ON session (region, ends_ms);

-- A registration, a sign-in or a visit to an identity service that has begun and not ended.
CREATE TABLE ceremony (
    region {text} NOT NULL,
    id {uuid} NOT NULL,
    kind {text} NOT NULL,
    person_id {uuid},
    state {text} NOT NULL,
    ends_ms BIGINT NOT NULL,
    PRIMARY KEY (region, id)
);
CREATE INDEX ceremony_end ON ceremony (region, ends_ms);

CREATE TABLE enrolment_code (
    region {text} NOT NULL,
    id {uuid} NOT NULL,
    code_hash {bytes} NOT NULL,
    person_id {uuid} NOT NULL,
    -- Whether the passkeys and sessions the person had before end when it is used.
    replaces BOOLEAN NOT NULL,
    created_ms BIGINT NOT NULL,
    ends_ms BIGINT NOT NULL,
    used_ms BIGINT,
    PRIMARY KEY (region, id),
    UNIQUE (region, code_hash)
);

CREATE TABLE enterprise (
    region {text} NOT NULL,
    id {uuid} NOT NULL,
    name {text} NOT NULL,
    credit_code {text} NOT NULL,
    created_ms BIGINT NOT NULL,
    PRIMARY KEY (region, id),
    UNIQUE (region, credit_code)
);

CREATE TABLE premises (
    region {text} NOT NULL,
    id {uuid} NOT NULL,
    enterprise_id {uuid} NOT NULL,
    name {text} NOT NULL,
    address {text} NOT NULL,
    created_ms BIGINT NOT NULL,
    PRIMARY KEY (region, id)
);
CREATE INDEX premises_of_enterprise ON premises (region, enterprise_id);

CREATE TABLE membership (
    region {text} NOT NULL,
    id {uuid} NOT NULL,
    enterprise_id {uuid} NOT NULL,
    person_id {uuid} NOT NULL,
    role {text} NOT NULL,
    premises_id {uuid},
    created_ms BIGINT NOT NULL,
    PRIMARY KEY (region, id),
    UNIQUE (region, enterprise_id, person_id)
);
CREATE INDEX membership_of_person ON membership (region, person_id);

CREATE TABLE officer_role (
    region {text} NOT NULL,
    id {uuid} NOT NULL,
    person_id {uuid} NOT NULL,
    role {text} NOT NULL,
    department {text} NOT NULL,
    -- A service point; empty for all halls.
    hall {text} NOT NULL,
    created_ms BIGINT NOT NULL,
    PRIMARY KEY (region, id)
);
CREATE INDEX officer_role_of_person ON officer_role (region, person_id);

-- Append-only; every row holds the hash of the row before it.
CREATE TABLE access_log (
    region {text} NOT NULL,
    number BIGINT NOT NULL,
    at_ms BIGINT NOT NULL,
    actor_id {uuid} NOT NULL,
    -- The office or the hotel, as it is shown to the person: never somebody's name.
    actor_zh {text} NOT NULL,
    actor_en {text} NOT NULL,
    -- Department and hall of an officer, for supervisors; empty for others.
    department {text} NOT NULL,
    hall {text} NOT NULL,
    subject_id {uuid} NOT NULL,
    act {text} NOT NULL,
    purpose {text} NOT NULL,
    reference {text} NOT NULL,
    reason {text} NOT NULL,
    previous_hash {bytes} NOT NULL,
    hash {bytes} NOT NULL,
    PRIMARY KEY (region, number)
);
CREATE INDEX access_log_of_subject ON access_log (region, subject_id, number);

-- The head of the log at a moment, signed by a key outside the database.
CREATE TABLE access_checkpoint (
    region {text} NOT NULL,
    number BIGINT NOT NULL,
    at_ms BIGINT NOT NULL,
    hash {bytes} NOT NULL,
    signature {bytes} NOT NULL,
    PRIMARY KEY (region, number)
);
