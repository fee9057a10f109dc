-- What the lines of a report come to, by what they are grouped by: a scrape reads no buckets.
CREATE TABLE billed_total (
  report         INTEGER NOT NULL,
  member         INTEGER NOT NULL,  -- name, as in billed_line
  revision       BIGINT NOT NULL,  -- of its last change
  input          BIGINT,
  output         BIGINT,
  cache_write_5m BIGINT,
  cache_write_1h BIGINT,
  cache_read     BIGINT,
  web_searches   BIGINT,
  requests       BIGINT,
  cost           BIGINT,
  sessions       BIGINT,
  lines_added    BIGINT,
  lines_removed  BIGINT,
  commits        BIGINT,
  pull_requests  BIGINT,
  accepted       BIGINT,
  rejected       BIGINT,
  PRIMARY KEY (report, member)
);
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
  since          BIGINT NOT NULL,  -- revision of the row's beginning
  input          BIGINT,
  output         BIGINT,
  cache_write_5m BIGINT,
  cache_write_1h BIGINT,
  cache_read     BIGINT,
  web_searches   BIGINT,
  requests       BIGINT,
  cost           BIGINT,
  sessions       BIGINT,
  lines_added    BIGINT,
  lines_removed  BIGINT,
  commits        BIGINT,
  pull_requests  BIGINT,
  accepted       BIGINT,
  rejected       BIGINT,
  PRIMARY KEY (counter, member)
);

UPDATE ledger SET version = 6;
