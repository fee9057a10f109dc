-- What the lines of a report come to, by what they are grouped by: a scrape reads no buckets.
CREATE TABLE billed_total (
  report         INTEGER NOT NULL,
  member         INTEGER NOT NULL,  -- name, as in billed_line
  revision       INTEGER NOT NULL,  -- of its last change
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
  PRIMARY KEY (report, member)
) WITHOUT ROWID;
CREATE INDEX billed_total_revision ON billed_total (revision);
INSERT INTO billed_total
SELECT report, member, (SELECT revision FROM ledger), SUM(input), SUM(output), SUM(cache_write_5m), SUM(cache_write_1h), SUM(cache_read),
  SUM(web_searches), SUM(requests), SUM(cost), SUM(sessions), SUM(lines_added),
  SUM(lines_removed), SUM(commits), SUM(pull_requests), SUM(accepted), SUM(rejected)
FROM billed_line GROUP BY report, member;

-- What a counter has told of a group. It never tells less, though a bill may be revised downwards.
CREATE TABLE billed_told (
  counter        INTEGER NOT NULL,  -- name
  member         INTEGER NOT NULL,  -- name
  since          INTEGER NOT NULL,  -- revision of the row's beginning
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
  PRIMARY KEY (counter, member)
) WITHOUT ROWID;

PRAGMA user_version = 7;
