-- How far a machine's clock is ahead of the server's, as its last delivery said; null where none has.
ALTER TABLE device ADD COLUMN ahead_millis INTEGER;

-- Pull requests are found among the many other activities.
CREATE INDEX activity_kind ON activity (kind, at);

-- Sums of everything by quarter hour: what a question about time alone needs.
CREATE TABLE rollup_time (
  quarter        INTEGER PRIMARY KEY,
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
  automatic      INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO rollup_time
SELECT quarter, SUM(responses), SUM(unfinalised), SUM(unpriced), SUM(input), SUM(output), SUM(cache_write_5m),
  SUM(cache_write_1h), SUM(cache_read), SUM(web_searches), SUM(web_fetches), SUM(calculated), SUM(reported), SUM(automatic)
FROM rollup GROUP BY quarter;

PRAGMA user_version = 8;
