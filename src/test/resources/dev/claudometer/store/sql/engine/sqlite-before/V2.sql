-- Many devices in one store. The empty text is name 0, rows carry the order of their last change, and sums are kept
-- three times: by quarter hour, by UTC day without sessions, and by session.
CREATE TABLE ledger (
  one      INTEGER PRIMARY KEY CHECK (one = 1),
  revision INTEGER NOT NULL,          -- of the last change
  horizon  INTEGER                    -- events before it may have been forgotten
);
INSERT INTO ledger SELECT 1, COALESCE(MAX(rowid), 0), NULL FROM event;

UPDATE event SET branch = 0 WHERE branch = (SELECT id FROM name WHERE text = '');
UPDATE event SET agent = 0 WHERE agent = (SELECT id FROM name WHERE text = '');
UPDATE event SET session = 0 WHERE session = (SELECT id FROM name WHERE text = '');
UPDATE event SET project = 0 WHERE project = (SELECT id FROM name WHERE text = '');
UPDATE event SET model = 0 WHERE model = (SELECT id FROM name WHERE text = '');
UPDATE event SET stop_reason = 0 WHERE stop_reason = (SELECT id FROM name WHERE text = '');
UPDATE activity SET name = 0 WHERE name = (SELECT id FROM name WHERE text = '');
UPDATE activity SET session = 0 WHERE session = (SELECT id FROM name WHERE text = '');
UPDATE activity SET project = 0 WHERE project = (SELECT id FROM name WHERE text = '');

CREATE TABLE event_2 (
  revision         INTEGER PRIMARY KEY, -- order of the last change
  message          BLOB NOT NULL,     -- 10 bytes
  request          BLOB NOT NULL,     -- 6 bytes
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
  device           INTEGER NOT NULL,  -- 0: this machine
  sidechain        INTEGER NOT NULL,
  forked           INTEGER NOT NULL,
  attributed_at    INTEGER NOT NULL,
  attributed_file  INTEGER NOT NULL,
  attributed_byte  INTEGER NOT NULL,
  progress         INTEGER NOT NULL,
  file             INTEGER NOT NULL,  -- where the usage was read
  file_byte        INTEGER NOT NULL,
  tools            TEXT,              -- "id name" by id, one per line
  counted          INTEGER NOT NULL   -- 0: a replay of another event of the message
);
INSERT INTO event_2
SELECT rowid, substr(id, 1, 10), substr(id, 11, 6), message_id, request_id, at, at_output, model, input, output,
  cache_write_5m, cache_write_1h, cache_read, web_searches, web_fetches, terms, stop_reason, reported, booked, today,
  session, project, branch, agent, 0, sidechain, forked, attributed_at, attributed_file, attributed_offset, progress,
  file, "offset", tools, counted
FROM event;
DROP TABLE event;
ALTER TABLE event_2 RENAME TO event;
CREATE UNIQUE INDEX event_key ON event (message, request);
CREATE INDEX event_at ON event (at);

-- Messages whose events were deleted: they stay in the sums, and are not counted again.
CREATE TABLE forgotten (
  message BLOB PRIMARY KEY
) WITHOUT ROWID;

DROP TABLE rollup;
CREATE TABLE rollup (
  quarter        INTEGER NOT NULL,    -- minutes since the epoch / 15
  session        INTEGER NOT NULL,
  project        INTEGER NOT NULL,
  model          INTEGER NOT NULL,
  branch         INTEGER NOT NULL,
  device         INTEGER NOT NULL,
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
  PRIMARY KEY (quarter, session, project, model, branch, device)
) WITHOUT ROWID;
INSERT INTO rollup
SELECT CAST(FLOOR(at / 900000.0) AS INTEGER), session, project, model, branch, device, COUNT(*), SUM(stop_reason IS NULL),
  SUM(booked IS NULL), SUM(input), SUM(output), SUM(cache_write_5m), SUM(cache_write_1h), SUM(cache_read),
  SUM(web_searches), SUM(web_fetches), SUM(COALESCE(booked, 0)), SUM(COALESCE(reported, 0)),
  SUM(COALESCE(reported, booked, 0))
FROM event WHERE counted = 1 GROUP BY 1, 2, 3, 4, 5, 6;

CREATE TABLE rollup_day (
  day            INTEGER NOT NULL,    -- UTC days since the epoch
  project        INTEGER NOT NULL,
  model          INTEGER NOT NULL,
  branch         INTEGER NOT NULL,
  device         INTEGER NOT NULL,
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
  PRIMARY KEY (day, project, model, branch, device)
) WITHOUT ROWID;
INSERT INTO rollup_day
SELECT CAST(FLOOR(quarter / 96.0) AS INTEGER), project, model, branch, device, SUM(responses), SUM(unfinalised),
  SUM(unpriced), SUM(input), SUM(output), SUM(cache_write_5m), SUM(cache_write_1h), SUM(cache_read), SUM(web_searches),
  SUM(web_fetches), SUM(calculated), SUM(reported), SUM(automatic)
FROM rollup GROUP BY 1, 2, 3, 4, 5;

CREATE TABLE rollup_session (
  session        INTEGER NOT NULL,
  project        INTEGER NOT NULL,
  model          INTEGER NOT NULL,
  branch         INTEGER NOT NULL,
  device         INTEGER NOT NULL,
  first_at       INTEGER NOT NULL DEFAULT 0,
  last_at        INTEGER NOT NULL DEFAULT 0,
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
  PRIMARY KEY (session, project, model, branch, device)
) WITHOUT ROWID;
INSERT INTO rollup_session
SELECT session, project, model, branch, device, MIN(at), MAX(at), COUNT(*), SUM(stop_reason IS NULL),
  SUM(booked IS NULL), SUM(input), SUM(output), SUM(cache_write_5m), SUM(cache_write_1h), SUM(cache_read),
  SUM(web_searches), SUM(web_fetches), SUM(COALESCE(booked, 0)), SUM(COALESCE(reported, 0)),
  SUM(COALESCE(reported, booked, 0))
FROM event WHERE counted = 1 GROUP BY 1, 2, 3, 4, 5;

ALTER TABLE activity ADD COLUMN device INTEGER NOT NULL DEFAULT 0;
CREATE INDEX activity_at ON activity (at);

ALTER TABLE session_total RENAME COLUMN "offset" TO file_byte;
ALTER TABLE session_total ADD COLUMN device INTEGER NOT NULL DEFAULT 0;
ALTER TABLE session_total_model RENAME COLUMN "offset" TO file_byte;

ALTER TABLE file RENAME TO file_1;
CREATE TABLE file (
  device         INTEGER NOT NULL,
  path           INTEGER NOT NULL,
  identity       TEXT NOT NULL,
  size           INTEGER NOT NULL,
  modified       INTEGER NOT NULL,  -- nanoseconds
  read_bytes     INTEGER NOT NULL,
  fingerprint    INTEGER NOT NULL,
  line_types     TEXT NOT NULL,  -- "count type", one per line; so the next two
  unknown_fields TEXT NOT NULL,
  versions       TEXT NOT NULL,
  PRIMARY KEY (device, path)
) WITHOUT ROWID;
INSERT INTO file
SELECT 0, path, identity, size, modified, "offset", fingerprint, line_types, unknown_fields, versions FROM file_1;
DROP TABLE file_1;

ALTER TABLE damage RENAME TO damage_1;
CREATE TABLE damage (
  device    INTEGER NOT NULL,
  file      INTEGER NOT NULL,
  file_byte INTEGER NOT NULL,
  bytes     INTEGER NOT NULL,
  why       TEXT NOT NULL,
  recovered INTEGER NOT NULL,
  PRIMARY KEY (device, file, file_byte)
) WITHOUT ROWID;
INSERT INTO damage SELECT 0, file, "offset", bytes, why, recovered FROM damage_1;
DROP TABLE damage_1;

ALTER TABLE limit_reading RENAME TO limit_reading_1;
CREATE TABLE limit_reading (
  device      INTEGER NOT NULL,
  name        TEXT NOT NULL,
  at          INTEGER NOT NULL,
  utilization REAL NOT NULL,
  resets_at   INTEGER,
  origin      TEXT NOT NULL,
  PRIMARY KEY (device, name, at)
) WITHOUT ROWID;
INSERT INTO limit_reading SELECT 0, name, at, utilization, resets_at, origin FROM limit_reading_1;
DROP TABLE limit_reading_1;

PRAGMA user_version = 2;
