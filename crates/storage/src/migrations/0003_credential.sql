-- The temporary electronic ID: which were issued, which ended early, where they were used.

CREATE TABLE credential (
    region {text} NOT NULL,
    -- The start of the hash of what was signed.
    id {uuid} NOT NULL,
    person_id {uuid} NOT NULL,
    -- The same request again gets the same credential.
    request_key {text} NOT NULL,
    purpose {text} NOT NULL,
    form {text} NOT NULL,
    passkey_id {uuid},
    passkey_credential_id {bytes},
    premises_id {uuid},
    -- Place in the status list.
    day BIGINT NOT NULL,
    place BIGINT NOT NULL,
    typed_code_index {bytes} NOT NULL,
    -- The signed bytes and the typed code; emptied when the credential is over.
    sealed_credential {bytes} NOT NULL,
    issued_ms BIGINT NOT NULL,
    expires_ms BIGINT NOT NULL,
    ended_ms BIGINT,
    end_reason {text},
    PRIMARY KEY (region, id),
    UNIQUE (region, person_id, request_key),
    UNIQUE (region, day, place),
    UNIQUE (region, typed_code_index)
);
CREATE INDEX credential_of_person ON credential (region, person_id, issued_ms);
CREATE INDEX credential_expiry ON credential (region, expires_ms);

-- Premises, time, credential; the key that makes a repeated report count once; what was found.
CREATE TABLE check_in (
    region {text} NOT NULL,
    id {uuid} NOT NULL,
    premises_id {uuid} NOT NULL,
    request_key {text} NOT NULL,
    credential_id {uuid} NOT NULL,
    at_ms BIGINT NOT NULL,
    recorded_ms BIGINT NOT NULL,
    finding {text} NOT NULL,
    PRIMARY KEY (region, id),
    UNIQUE (region, premises_id, request_key)
);
CREATE INDEX check_in_of_credential ON check_in (region, credential_id);
CREATE INDEX check_in_of_premises ON check_in (region, premises_id, at_ms);
CREATE INDEX check_in_time ON check_in (region, at_ms);

-- Cards of counters, signed by the authority.
CREATE TABLE counter_card (
    region {text} NOT NULL,
    id {uuid} NOT NULL,
    premises_id {uuid} NOT NULL,
    terminal {text} NOT NULL,
    card {bytes} NOT NULL,
    issued_ms BIGINT NOT NULL,
    expires_ms BIGINT NOT NULL,
    PRIMARY KEY (region, id),
    UNIQUE (region, premises_id, terminal)
);
