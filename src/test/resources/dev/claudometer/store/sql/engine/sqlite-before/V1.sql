-- Every repeated text once; all other tables hold its number.
CREATE TABLE name (
  id   INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE
);

-- One row per API response. Times are milliseconds, money is nano-dollars.
CREATE TABLE event (
  id               BLOB NOT NULL,     -- 10 bytes message, 6 bytes request
  message_id       TEXT NOT NULL,
  request_id       TEXT NOT NULL,
  at               INTEGER NOT NULL,
  at_output        INTEGER NOT NULL,  -- highest output of any copy: `at` is its earliest line
  model            INTEGER NOT NULL,
  input            INTEGER NOT NULL,
  output           INTEGER NOT NULL,
  cache_write_5m   INTEGER NOT NULL,
  cache_write_1h   INTEGER NOT NULL,
  cache_read       INTEGER NOT NULL,
  web_searches     INTEGER NOT NULL,
  web_fetches      INTEGER NOT NULL,
  terms            INTEGER NOT NULL,  -- "tier|speed|geo"
  stop_reason      INTEGER,           -- null: unfinalised
  reported         INTEGER,           -- what the client booked
  booked           INTEGER,           -- null: unpriced
  today            INTEGER,           -- at today's prices, where that differs
  session          INTEGER NOT NULL,
  project          INTEGER NOT NULL,
  branch           INTEGER NOT NULL,
  agent            INTEGER NOT NULL,
  sidechain        INTEGER NOT NULL,
  forked           INTEGER NOT NULL,
  attributed_at    INTEGER NOT NULL,
  attributed_file  INTEGER NOT NULL,
  attributed_offset INTEGER NOT NULL,
  progress         INTEGER NOT NULL,
  file             INTEGER NOT NULL,  -- where the usage was read
  offset           INTEGER NOT NULL,
  tools            TEXT,              -- "id name" by id, one per line
  counted          INTEGER NOT NULL   -- 0: a replay of another event of the message
);
CREATE UNIQUE INDEX event_id ON event (id);
CREATE INDEX event_at ON event (at);

-- Sums of counted events by quarter hour (UTC, minutes since the epoch / 15).
CREATE TABLE rollup (
  quarter        INTEGER NOT NULL,
  session        INTEGER NOT NULL,
  project        INTEGER NOT NULL,
  model          INTEGER NOT NULL,
  responses      INTEGER NOT NULL,
  unfinalised    INTEGER NOT NULL,
  unpriced       INTEGER NOT NULL,
  input          INTEGER NOT NULL,
  output         INTEGER NOT NULL,
  cache_write_5m INTEGER NOT NULL,
  cache_write_1h INTEGER NOT NULL,
  cache_read     INTEGER NOT NULL,
  web_searches   INTEGER NOT NULL,
  web_fetches    INTEGER NOT NULL,
  calculated     INTEGER NOT NULL,
  reported       INTEGER NOT NULL,
  automatic      INTEGER NOT NULL,
  PRIMARY KEY (quarter, session, project, model)
) WITHOUT ROWID;

CREATE TABLE activity (
  id      BLOB PRIMARY KEY,
  kind    INTEGER NOT NULL,
  at      INTEGER NOT NULL,
  session INTEGER NOT NULL,
  project INTEGER NOT NULL,
  name    INTEGER NOT NULL,
  value   INTEGER NOT NULL
) WITHOUT ROWID;

-- Claude Code's own running totals. A fork's are understood from its parent's, so all are kept.
CREATE TABLE session_total (
  session       INTEGER NOT NULL,
  offset        INTEGER NOT NULL,
  file          INTEGER NOT NULL,
  project       INTEGER NOT NULL,
  started_at    INTEGER NOT NULL,
  elapsed       INTEGER NOT NULL,
  cost          INTEGER NOT NULL,
  cost_known    INTEGER NOT NULL,
  lines_added   INTEGER NOT NULL,
  lines_removed INTEGER NOT NULL,
  PRIMARY KEY (session, offset)
) WITHOUT ROWID;
CREATE TABLE session_total_model (
  session        INTEGER NOT NULL,
  offset         INTEGER NOT NULL,
  model          INTEGER NOT NULL,
  input          INTEGER NOT NULL,
  output         INTEGER NOT NULL,
  cache_write_5m INTEGER NOT NULL,
  cache_write_1h INTEGER NOT NULL,
  cache_read     INTEGER NOT NULL,
  web_searches   INTEGER NOT NULL,
  cost           INTEGER NOT NULL,
  PRIMARY KEY (session, offset, model)
) WITHOUT ROWID;

CREATE TABLE project (
  name INTEGER PRIMARY KEY,
  path TEXT NOT NULL
);

CREATE TABLE file (
  path           INTEGER PRIMARY KEY,
  identity       TEXT NOT NULL,
  size           INTEGER NOT NULL,
  modified       INTEGER NOT NULL,  -- nanoseconds
  offset         INTEGER NOT NULL,
  fingerprint    INTEGER NOT NULL,
  line_types     TEXT NOT NULL,  -- "count type", one per line; so the next two
  unknown_fields TEXT NOT NULL,
  versions       TEXT NOT NULL
);
CREATE TABLE damage (
  file      INTEGER NOT NULL,
  offset    INTEGER NOT NULL,
  bytes     INTEGER NOT NULL,
  why       TEXT NOT NULL,
  recovered INTEGER NOT NULL,
  PRIMARY KEY (file, offset)
) WITHOUT ROWID;

-- Plan windows as they were told, when they changed. "window" is a keyword, so the column is "name".
CREATE TABLE limit_reading (
  name        TEXT NOT NULL,
  at          INTEGER NOT NULL,
  utilization REAL NOT NULL,
  resets_at   INTEGER,
  origin      TEXT NOT NULL,
  PRIMARY KEY (name, at)
) WITHOUT ROWID;

CREATE TABLE setting (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;
PRAGMA user_version = 1;
