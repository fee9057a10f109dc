-- Every repeated text once; all other tables hold its number. The empty text is 0.
CREATE TABLE name (
  id   INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE
);

-- One row per API response. Times are milliseconds, money is nano-dollars. Columns stand by size: no padding.
CREATE TABLE event (
  revision         BIGINT NOT NULL,   -- order of the last change
  at               BIGINT NOT NULL,
  attributed_at    BIGINT NOT NULL,
  attributed_byte  BIGINT NOT NULL,
  file_byte        BIGINT NOT NULL,
  reported         BIGINT,            -- what the client booked
  booked           BIGINT,            -- null: unpriced
  today            BIGINT,            -- at today's prices, where that differs
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
  session          INTEGER NOT NULL,
  project          INTEGER NOT NULL,
  branch           INTEGER NOT NULL,
  agent            INTEGER NOT NULL,
  device           INTEGER NOT NULL,
  attributed_file  INTEGER NOT NULL,
  file             INTEGER NOT NULL,  -- where the usage was read
  sidechain        SMALLINT NOT NULL,
  forked           SMALLINT NOT NULL,
  progress         SMALLINT NOT NULL,
  counted          SMALLINT NOT NULL, -- 0: a replay of another event of the message
  message          BYTEA NOT NULL,    -- 10 bytes
  request          BYTEA NOT NULL,    -- 6 bytes
  message_id       TEXT NOT NULL,
  request_id       TEXT NOT NULL,
  tools            TEXT,              -- "id name" by id, one per line
  PRIMARY KEY (message, request)
);
CREATE INDEX event_at ON event (at);

-- Messages whose events were deleted: they stay in the sums, and are not counted again.
CREATE TABLE forgotten (
  message BYTEA PRIMARY KEY
);

-- Sums of counted events by quarter hour (UTC, minutes since the epoch / 15) ...
CREATE TABLE rollup (
  quarter        INTEGER NOT NULL,
  session        INTEGER NOT NULL,
  project        INTEGER NOT NULL,
  model          INTEGER NOT NULL,
  branch         INTEGER NOT NULL,
  device         INTEGER NOT NULL,
  responses      BIGINT NOT NULL,
  unfinalised    BIGINT NOT NULL,
  unpriced       BIGINT NOT NULL,
  input          BIGINT NOT NULL,
  output         BIGINT NOT NULL,
  cache_write_5m BIGINT NOT NULL,
  cache_write_1h BIGINT NOT NULL,
  cache_read     BIGINT NOT NULL,
  web_searches   BIGINT NOT NULL,
  web_fetches    BIGINT NOT NULL,
  calculated     BIGINT NOT NULL,
  reported       BIGINT NOT NULL,
  automatic      BIGINT NOT NULL,
  PRIMARY KEY (quarter, session, project, model, branch, device)
);
-- ... by UTC day without sessions ...
CREATE TABLE rollup_day (
  day            INTEGER NOT NULL,
  project        INTEGER NOT NULL,
  model          INTEGER NOT NULL,
  branch         INTEGER NOT NULL,
  device         INTEGER NOT NULL,
  responses      BIGINT NOT NULL,
  unfinalised    BIGINT NOT NULL,
  unpriced       BIGINT NOT NULL,
  input          BIGINT NOT NULL,
  output         BIGINT NOT NULL,
  cache_write_5m BIGINT NOT NULL,
  cache_write_1h BIGINT NOT NULL,
  cache_read     BIGINT NOT NULL,
  web_searches   BIGINT NOT NULL,
  web_fetches    BIGINT NOT NULL,
  calculated     BIGINT NOT NULL,
  reported       BIGINT NOT NULL,
  automatic      BIGINT NOT NULL,
  PRIMARY KEY (day, project, model, branch, device)
);
-- ... and by session.
CREATE TABLE rollup_session (
  session        INTEGER NOT NULL,
  project        INTEGER NOT NULL,
  model          INTEGER NOT NULL,
  branch         INTEGER NOT NULL,
  device         INTEGER NOT NULL,
  first_at       BIGINT NOT NULL DEFAULT 0,
  last_at        BIGINT NOT NULL DEFAULT 0,
  responses      BIGINT NOT NULL,
  unfinalised    BIGINT NOT NULL,
  unpriced       BIGINT NOT NULL,
  input          BIGINT NOT NULL,
  output         BIGINT NOT NULL,
  cache_write_5m BIGINT NOT NULL,
  cache_write_1h BIGINT NOT NULL,
  cache_read     BIGINT NOT NULL,
  web_searches   BIGINT NOT NULL,
  web_fetches    BIGINT NOT NULL,
  calculated     BIGINT NOT NULL,
  reported       BIGINT NOT NULL,
  automatic      BIGINT NOT NULL,
  PRIMARY KEY (session, project, model, branch, device)
);

CREATE TABLE activity (
  id      BYTEA PRIMARY KEY,
  kind    INTEGER NOT NULL,
  at      BIGINT NOT NULL,
  session INTEGER NOT NULL,
  project INTEGER NOT NULL,
  name    INTEGER NOT NULL,
  value   BIGINT NOT NULL,
  device  INTEGER NOT NULL
);
CREATE INDEX activity_at ON activity (at);

-- Claude Code's own running totals. A fork's are understood from its parent's, so all are kept.
CREATE TABLE session_total (
  session       INTEGER NOT NULL,
  file_byte     BIGINT NOT NULL,
  file          INTEGER NOT NULL,
  project       INTEGER NOT NULL,
  device        INTEGER NOT NULL,
  started_at    BIGINT NOT NULL,
  elapsed       BIGINT NOT NULL,
  cost          BIGINT NOT NULL,
  cost_known    SMALLINT NOT NULL,
  lines_added   BIGINT NOT NULL,
  lines_removed BIGINT NOT NULL,
  PRIMARY KEY (session, file_byte)
);
CREATE TABLE session_total_model (
  session        INTEGER NOT NULL,
  file_byte      BIGINT NOT NULL,
  model          INTEGER NOT NULL,
  input          BIGINT NOT NULL,
  output         BIGINT NOT NULL,
  cache_write_5m BIGINT NOT NULL,
  cache_write_1h BIGINT NOT NULL,
  cache_read     BIGINT NOT NULL,
  web_searches   BIGINT NOT NULL,
  cost           BIGINT NOT NULL,
  PRIMARY KEY (session, file_byte, model)
);

CREATE TABLE project (
  name INTEGER PRIMARY KEY,
  path TEXT NOT NULL
);

CREATE TABLE file (
  device         INTEGER NOT NULL,
  path           INTEGER NOT NULL,
  identity       TEXT NOT NULL,
  size           BIGINT NOT NULL,
  modified       BIGINT NOT NULL,  -- nanoseconds
  read_bytes     BIGINT NOT NULL,
  fingerprint    BIGINT NOT NULL,
  line_types     TEXT NOT NULL,  -- "count type", one per line; so the next two
  unknown_fields TEXT NOT NULL,
  versions       TEXT NOT NULL,
  PRIMARY KEY (device, path)
);
CREATE TABLE damage (
  device    INTEGER NOT NULL,
  file      INTEGER NOT NULL,
  file_byte BIGINT NOT NULL,
  bytes     BIGINT NOT NULL,
  why       TEXT NOT NULL,
  recovered INTEGER NOT NULL,
  PRIMARY KEY (device, file, file_byte)
);

-- Plan windows as they were told, when they changed.
CREATE TABLE limit_reading (
  device      INTEGER NOT NULL,
  name        TEXT NOT NULL,
  at          BIGINT NOT NULL,
  utilization DOUBLE PRECISION NOT NULL,
  resets_at   BIGINT,
  origin      TEXT NOT NULL,
  PRIMARY KEY (device, name, at)
);

CREATE TABLE setting (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
);

UPDATE ledger SET version = 1;
