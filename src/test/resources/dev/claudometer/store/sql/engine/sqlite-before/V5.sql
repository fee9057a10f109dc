-- What Anthropic says was used and billed: a bucket of time of a report, whole as it was told last ...
CREATE TABLE billed_bucket (
  report    INTEGER NOT NULL,
  starts_at INTEGER NOT NULL,
  ends_at   INTEGER NOT NULL,
  told_at   INTEGER NOT NULL,
  revisions INTEGER NOT NULL,  -- how often it was changed after it had ended
  PRIMARY KEY (report, starts_at)
) WITHOUT ROWID;
-- ... and its lines by what they are grouped by. Null is unknown. Cost is nano-dollars.
CREATE TABLE billed_line (
  report         INTEGER NOT NULL,
  starts_at      INTEGER NOT NULL,
  member         INTEGER NOT NULL,  -- name: "MODEL=claude-…" and so on, one per line
  input          INTEGER,
  output         INTEGER,
  cache_write_5m INTEGER,
  cache_write_1h INTEGER,
  cache_read     INTEGER,
  web_searches   INTEGER,
  requests       INTEGER,
  cost           INTEGER,
  sessions       INTEGER,
  lines_added    INTEGER,
  lines_removed  INTEGER,
  commits        INTEGER,
  pull_requests  INTEGER,
  accepted       INTEGER,
  rejected       INTEGER,
  PRIMARY KEY (report, starts_at, member)
) WITHOUT ROWID;

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
) WITHOUT ROWID;

-- How far the asking of each source over the network has come.
CREATE TABLE poll (
  source    TEXT PRIMARY KEY,
  since     INTEGER,
  next_at   INTEGER,
  done_at   INTEGER,
  swept_at  INTEGER,
  failed_at INTEGER,
  failure   TEXT NOT NULL
) WITHOUT ROWID;

-- When a plan window's last value was told again; null where it never was.
ALTER TABLE limit_reading ADD COLUMN seen_at INTEGER;

-- Money that is used up, as it was told, when it changed.
CREATE TABLE credit_reading (
  device       INTEGER NOT NULL,
  account      TEXT NOT NULL,
  at           INTEGER NOT NULL,
  seen_at      INTEGER NOT NULL,
  credit_limit INTEGER,
  used         INTEGER NOT NULL,
  origin       TEXT NOT NULL,
  PRIMARY KEY (device, account, at)
) WITHOUT ROWID;

PRAGMA user_version = 5;
