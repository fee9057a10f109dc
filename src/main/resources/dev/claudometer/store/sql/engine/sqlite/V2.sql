-- What members of an organisation may spend, as it was told last; money is nano-dollars.
CREATE TABLE spend_limit (
  member  TEXT NOT NULL,
  period  TEXT NOT NULL,
  name    TEXT NOT NULL,
  email   TEXT NOT NULL,
  most    INTEGER,                -- null: no limit
  spent   INTEGER NOT NULL,
  source  TEXT NOT NULL,
  told_at INTEGER NOT NULL,
  PRIMARY KEY (member, period)
) WITHOUT ROWID;

-- Months as they were when they were closed, each with the hash of all before.
CREATE TABLE month_seal (
  number    INTEGER PRIMARY KEY,
  month     TEXT NOT NULL,       -- 2026-10
  at        INTEGER NOT NULL,
  closed_by TEXT NOT NULL,
  content   TEXT NOT NULL,
  hash      TEXT NOT NULL
);

-- One enrolment code may be for several machines: how often it can still be redeemed.
ALTER TABLE credential ADD COLUMN uses INTEGER NOT NULL DEFAULT 1;

-- Sums of a day by all that lines are grouped by.
INSERT INTO billed_day (report, dimension, day, member, input, output, cache_write_5m, cache_write_1h, cache_read, web_searches, requests, cost, sessions, lines_added, lines_removed, commits, pull_requests, accepted, rejected)
SELECT report, -1, starts_at / 86400000, member, SUM(input), SUM(output), SUM(cache_write_5m), SUM(cache_write_1h), SUM(cache_read), SUM(web_searches), SUM(requests), SUM(cost), SUM(sessions), SUM(lines_added), SUM(lines_removed), SUM(commits), SUM(pull_requests), SUM(accepted), SUM(rejected)
FROM billed_line
GROUP BY report, starts_at / 86400000, member;

PRAGMA user_version = 103;
