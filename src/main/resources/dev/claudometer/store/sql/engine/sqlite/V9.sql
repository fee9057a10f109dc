-- Each word of each teller on a plan window, once: when it was first told, and the minute in which it was last. What of it
-- is true depends on who told it. 0: the teller does not say when the window resets.
CREATE TABLE limit_stretch (
  device      INTEGER NOT NULL,
  name        TEXT NOT NULL,
  resets_at   INTEGER NOT NULL,
  utilization REAL NOT NULL,
  origin      TEXT NOT NULL,
  session     TEXT NOT NULL,
  at          INTEGER NOT NULL,
  seen_at     INTEGER NOT NULL,
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

PRAGMA user_version = 9;
