-- A store of the last version before the first release becomes one of V1.

-- Responses have parts.
ALTER TABLE event ADD COLUMN part INTEGER NOT NULL DEFAULT 0;
DROP INDEX event_key;
CREATE UNIQUE INDEX event_key ON event (message, request, part);
ALTER TABLE rollup ADD COLUMN parts INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup_time ADD COLUMN parts INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup_day ADD COLUMN parts INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup_session ADD COLUMN parts INTEGER NOT NULL DEFAULT 0;

-- A client's dollars say at whose prices.
ALTER TABLE session_total_model ADD COLUMN basis INTEGER NOT NULL DEFAULT 0;
-- What reading from the cache saved is reckoned when events are next priced, as if the prices had changed; what events
-- saved that retention has deleted stays in the meters alone. How much was thought is not told.
ALTER TABLE event ADD COLUMN thinking INTEGER;
ALTER TABLE event ADD COLUMN saved INTEGER;
ALTER TABLE rollup ADD COLUMN thinking INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN thinking_told INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN saved INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup_time ADD COLUMN thinking INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup_time ADD COLUMN thinking_told INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup_time ADD COLUMN saved INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup_day ADD COLUMN thinking INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup_day ADD COLUMN thinking_told INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup_day ADD COLUMN saved INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup_session ADD COLUMN thinking INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup_session ADD COLUMN thinking_told INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup_session ADD COLUMN saved INTEGER NOT NULL DEFAULT 0;
UPDATE setting SET value = '' WHERE name = 'price-book';

-- Readings of plan windows become stretches of equal readings.
CREATE TABLE limit_stretch (
  device      INTEGER NOT NULL,
  name        TEXT NOT NULL,
  resets_at   INTEGER NOT NULL,     -- 0: the teller does not say
  utilization REAL NOT NULL,
  origin      TEXT NOT NULL,
  session     TEXT NOT NULL,
  at          INTEGER NOT NULL,     -- told first
  seen_at     INTEGER NOT NULL,     -- the minute in which it was told last
  revision    INTEGER NOT NULL,
  PRIMARY KEY (device, name, resets_at, utilization, origin, session)
) WITHOUT ROWID;
INSERT INTO limit_stretch
SELECT device, name, COALESCE(resets_at, 0), utilization, origin, '', MIN(at), MAX(COALESCE(seen_at, at)), MAX(revision)
FROM limit_reading GROUP BY device, name, COALESCE(resets_at, 0), utilization, origin;
CREATE INDEX limit_stretch_revision ON limit_stretch (revision);
CREATE INDEX limit_stretch_seen ON limit_stretch (device, name, seen_at);
DROP TABLE limit_reading;
ALTER TABLE limit_latest ADD COLUMN session TEXT NOT NULL DEFAULT '';

PRAGMA user_version = 101;
