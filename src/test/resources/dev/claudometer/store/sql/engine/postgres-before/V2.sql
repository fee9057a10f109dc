-- Machines, people, their secrets' digests, and what was changed by whom.
CREATE TABLE device (
  id          TEXT PRIMARY KEY,
  name        TEXT NOT NULL,
  hostname    TEXT NOT NULL,
  owner       TEXT NOT NULL,
  enrolled_at BIGINT NOT NULL,
  last_seen   BIGINT,
  agent       TEXT NOT NULL,
  revoked     INTEGER NOT NULL
);

CREATE TABLE account (
  id         TEXT PRIMARY KEY,
  name       TEXT NOT NULL UNIQUE,
  role       TEXT NOT NULL,
  password   TEXT NOT NULL,
  disabled   INTEGER NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE TABLE credential (
  digest     TEXT PRIMARY KEY,        -- SHA-256, hex: the secret itself is nowhere
  kind       TEXT NOT NULL,
  holder     TEXT NOT NULL,
  label      TEXT NOT NULL,
  role       TEXT NOT NULL,
  prefix     TEXT NOT NULL,
  address    TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  last_used  BIGINT,
  expires_at BIGINT
);
CREATE INDEX credential_holder ON credential (holder);

CREATE TABLE audit (
  number  BIGINT PRIMARY KEY,
  at      BIGINT NOT NULL,
  actor   TEXT NOT NULL,
  action  TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail  TEXT NOT NULL,
  address TEXT NOT NULL,
  hash    TEXT NOT NULL
);

CREATE TABLE server_setting (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
);

-- Who does a job that must be done once, and until when.
CREATE TABLE lease (
  job    TEXT PRIMARY KEY,
  holder TEXT NOT NULL,
  until  BIGINT NOT NULL
);

UPDATE ledger SET version = 2;
