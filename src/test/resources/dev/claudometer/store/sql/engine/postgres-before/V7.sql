-- How far a machine's clock is ahead of the server's, as its last delivery said; null where none has.
ALTER TABLE device ADD COLUMN ahead_millis BIGINT;

-- Pull requests are found among the many other activities.
CREATE INDEX activity_kind ON activity (kind, at);

-- Sums of everything by quarter hour: what a question about time alone needs.
CREATE TABLE rollup_time (
  quarter        INTEGER PRIMARY KEY,
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
  automatic      BIGINT NOT NULL
);
INSERT INTO rollup_time
SELECT quarter, SUM(responses), SUM(unfinalised), SUM(unpriced), SUM(input), SUM(output), SUM(cache_write_5m),
  SUM(cache_write_1h), SUM(cache_read), SUM(web_searches), SUM(web_fetches), SUM(calculated), SUM(reported), SUM(automatic)
FROM rollup GROUP BY quarter;

UPDATE ledger SET version = 7;
