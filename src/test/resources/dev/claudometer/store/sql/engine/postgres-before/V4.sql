-- What Anthropic says was used and billed: a bucket of time of a report, whole as it was told last ...
CREATE TABLE billed_bucket (
  report    INTEGER NOT NULL,
  starts_at BIGINT NOT NULL,
  ends_at   BIGINT NOT NULL,
  told_at   BIGINT NOT NULL,
  revisions INTEGER NOT NULL,  -- how often it was changed after it had ended
  PRIMARY KEY (report, starts_at)
);
-- ... and its lines by what they are grouped by. Null is unknown. Cost is nano-dollars.
CREATE TABLE billed_line (
  report         INTEGER NOT NULL,
  starts_at      BIGINT NOT NULL,
  member         INTEGER NOT NULL,  -- name: "MODEL=claude-…" and so on, one per line
  input          BIGINT,
  output         BIGINT,
  cache_write_5m BIGINT,
  cache_write_1h BIGINT,
  cache_read     BIGINT,
  web_searches   BIGINT,
  requests       BIGINT,
  cost           BIGINT,
  sessions       BIGINT,
  lines_added    BIGINT,
  lines_removed  BIGINT,
  commits        BIGINT,
  pull_requests  BIGINT,
  accepted       BIGINT,
  rejected       BIGINT,
  PRIMARY KEY (report, starts_at, member)
);

-- Names of an organisation's keys, people and workspaces.
CREATE TABLE organization_entry (
  kind      TEXT NOT NULL,
  id        TEXT NOT NULL,
  name      TEXT NOT NULL,
  email     TEXT NOT NULL,
  status    TEXT NOT NULL,
  owner     TEXT NOT NULL,
  workspace TEXT NOT NULL,
  PRIMARY KEY (kind, id)
);

-- How far the asking of each source over the network has come.
CREATE TABLE poll (
  source    TEXT PRIMARY KEY,
  since     BIGINT,
  next_at   BIGINT,
  done_at   BIGINT,
  swept_at  BIGINT,
  failed_at BIGINT,
  failure   TEXT NOT NULL
);

-- When a plan window's last value was told again; null where it never was.
ALTER TABLE limit_reading ADD COLUMN seen_at BIGINT;

-- Money that is used up, as it was told, when it changed.
CREATE TABLE credit_reading (
  device       INTEGER NOT NULL,
  account      TEXT NOT NULL,
  at           BIGINT NOT NULL,
  seen_at      BIGINT NOT NULL,
  credit_limit BIGINT,
  used         BIGINT NOT NULL,
  origin       TEXT NOT NULL,
  PRIMARY KEY (device, account, at)
);

UPDATE ledger SET version = 4;
