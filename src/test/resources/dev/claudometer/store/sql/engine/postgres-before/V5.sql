-- Running sums that a scrape reads: what a meter has come to, and the most that it has ever been.
CREATE TABLE meter (
  meter    INTEGER NOT NULL,
  device   INTEGER NOT NULL,
  project  INTEGER NOT NULL,
  model    INTEGER NOT NULL,
  part     BIGINT NOT NULL,          -- a distribution's bucket, -1 its sum; a name; else 0
  amount   BIGINT NOT NULL,
  most     BIGINT NOT NULL,
  since    BIGINT NOT NULL,          -- revision of the row's beginning
  revision BIGINT NOT NULL,          -- of its last change
  PRIMARY KEY (meter, device, project, model, part)
);
CREATE INDEX meter_revision ON meter (revision);

-- What a machine has of a session: when it was last active, and whether its end has been observed.
CREATE TABLE session_part (
  session INTEGER NOT NULL,
  device  INTEGER NOT NULL,
  project INTEGER NOT NULL,           -- where it was first seen
  last_at BIGINT NOT NULL,
  ended   INTEGER NOT NULL,
  PRIMARY KEY (session, device)
);
CREATE INDEX session_part_last ON session_part (last_at);
CREATE INDEX session_part_open ON session_part (last_at) WHERE ended = 0;

-- The last reading of each plan window.
CREATE TABLE limit_latest (
  device      INTEGER NOT NULL,
  name        TEXT NOT NULL,
  at          BIGINT NOT NULL,
  utilization DOUBLE PRECISION NOT NULL,
  resets_at   BIGINT,
  origin      TEXT NOT NULL,
  PRIMARY KEY (device, name)
);
INSERT INTO limit_latest
SELECT device, name, at, utilization, resets_at, origin FROM limit_reading AS reading
WHERE at = (SELECT MAX(at) FROM limit_reading AS other
  WHERE other.device = reading.device AND other.name = reading.name);

-- 0: the meters have yet to be made from what is stored.
ALTER TABLE ledger ADD COLUMN metered INTEGER NOT NULL DEFAULT 0;
UPDATE ledger SET metered = 1
WHERE NOT EXISTS (SELECT 1 FROM rollup_day) AND NOT EXISTS (SELECT 1 FROM file);

UPDATE ledger SET version = 5;
