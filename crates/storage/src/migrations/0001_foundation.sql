-- Facts about the installation itself, such as when it was created.
CREATE TABLE meta (
    region {text} NOT NULL,
    name {text} NOT NULL,
    value {text} NOT NULL,
    PRIMARY KEY (region, name)
);

-- Which content was served from when: says afterwards what a citizen could have read.
CREATE TABLE content_release (
    region {text} NOT NULL,
    id {uuid} NOT NULL,
    version {text} NOT NULL,
    services BIGINT NOT NULL,
    guides BIGINT NOT NULL,
    bundles BIGINT NOT NULL,
    served_from_ms BIGINT NOT NULL,
    PRIMARY KEY (region, id)
);

CREATE INDEX content_release_by_time ON content_release (region, served_from_ms);

-- Failures in browsers, counted; never who, never what was typed.
CREATE TABLE client_report (
    region {text} NOT NULL,
    id {uuid} NOT NULL,
    kind {text} NOT NULL,
    route {text} NOT NULL,
    place {text} NOT NULL,
    release {text} NOT NULL,
    count BIGINT NOT NULL,
    first_seen_ms BIGINT NOT NULL,
    last_seen_ms BIGINT NOT NULL,
    PRIMARY KEY (region, id),
    UNIQUE (region, kind, route, place, release)
);
