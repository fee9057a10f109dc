-- What V1 has gained since stores held 101. Whatever is changed in V1.sql before the first release is added here too.

CREATE INDEX event_sent ON event (session) WHERE file_byte < 0;

-- Sessions whose own transcript a machine has told of: what was sent without message ids until then gives way to it.
CREATE TABLE transcript (
  session INTEGER NOT NULL,
  device  INTEGER NOT NULL,
  until   BIGINT NOT NULL,      -- when the file had last been written, in milliseconds
  PRIMARY KEY (session, device)
);

INSERT INTO transcript (session, device, until)
SELECT named.id, read.device, MAX(read.modified / 1000000)
FROM (SELECT device, modified, substr(path, length(rtrim(path, replace(path, '/', ''))) + 1) AS base
    FROM (SELECT device, modified, replace(text, '\', '/') AS path FROM file JOIN name ON name.id = file.path) AS told)
  AS read
JOIN name AS named ON named.text = substr(read.base, 1, length(read.base) - 6)
WHERE read.base LIKE '%.jsonl' AND read.base NOT LIKE 'agent-%' GROUP BY named.id, read.device;
-- What Claude Code's telemetry told of calls, by the call's id.
CREATE TABLE call (
  id             TEXT PRIMARY KEY,
  revision       BIGINT NOT NULL,
  request        TEXT NOT NULL,         -- empty where it was not told
  session        INTEGER NOT NULL,
  at             BIGINT NOT NULL,      -- its end
  duration       BIGINT NOT NULL,      -- milliseconds
  model          INTEGER NOT NULL,
  input          BIGINT NOT NULL,
  output         BIGINT NOT NULL,
  cache_write_5m BIGINT NOT NULL,
  cache_write_1h BIGINT NOT NULL,
  cache_read     BIGINT NOT NULL,
  split          INTEGER NOT NULL,      -- 1: how long the cache keeps was told
  fast           INTEGER NOT NULL,
  source         INTEGER NOT NULL,      -- what it was for
  agent          INTEGER NOT NULL,
  effort         INTEGER NOT NULL,
  cost           BIGINT,               -- what the client reckoned
  device         INTEGER NOT NULL,
  state          INTEGER NOT NULL,      -- 1: a transcript has it too, 2: an event of its own, 3: held back
  project        INTEGER NOT NULL       -- of its own event
);
CREATE INDEX call_revision ON call (revision);
CREATE INDEX call_session ON call (session);
CREATE INDEX call_at ON call (at);

-- Who sends says what it believes to be here already.
ALTER TABLE ledger ADD COLUMN generation BIGINT NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN generation BIGINT NOT NULL DEFAULT 0;
CREATE TABLE delivered (
  device INTEGER NOT NULL,
  sender TEXT NOT NULL,
  up_to  BIGINT NOT NULL,
  PRIMARY KEY (device, sender)
);

-- What Claude Code's own statistics tell of each home, and of each of its days.
CREATE TABLE told_home (
  projects TEXT PRIMARY KEY,
  file     TEXT NOT NULL,
  last_day BIGINT NOT NULL,     -- days since the epoch
  hours    TEXT NOT NULL,        -- sessions by hour of day, 24 numbers
  sessions BIGINT NOT NULL
);

CREATE TABLE told_day (
  projects   TEXT NOT NULL,
  day        BIGINT NOT NULL,
  sessions   BIGINT NOT NULL,
  tool_calls BIGINT NOT NULL,
  messages   BIGINT NOT NULL,
  all_tokens BIGINT NOT NULL,   -- 1: what caches took and gave is among the tokens
  tokens     TEXT NOT NULL,      -- "count model", one per line
  PRIMARY KEY (projects, day)
);

-- Which team a person is in, also one who owns machines and has no account.
CREATE TABLE team_member (
  person TEXT PRIMARY KEY,
  team   TEXT NOT NULL
);

-- Which agent, skill and MCP server a response was work of is not told of what was read before.
ALTER TABLE event ADD COLUMN work BIGINT NOT NULL DEFAULT 0;

-- Where a response was attributed is told by how far that is from where its usage was read: mostly not at all.
UPDATE event SET at_output = at_output - output, attributed_at = attributed_at - at,
  attributed_byte = attributed_byte - file_byte,
  attributed_file = CASE WHEN attributed_file = file THEN 0 WHEN attributed_file = 0 THEN -1 ELSE attributed_file END;
ALTER TABLE event RENAME COLUMN at_output TO more_output;
ALTER TABLE event RENAME COLUMN attributed_at TO attributed_after;
ALTER TABLE event RENAME COLUMN attributed_byte TO attributed_beyond;

DROP INDEX activity_at;

-- What each machine told of responses that several told of. Its columns are those of event; counted is 0 where it
-- contradicts what counts.
CREATE TABLE event_copy AS SELECT * FROM event WHERE 1 = 0;
CREATE UNIQUE INDEX event_copy_key ON event_copy (message, request, part, device);

-- One enrolment code may be for several machines.
ALTER TABLE credential ADD COLUMN uses INTEGER NOT NULL DEFAULT 1;

UPDATE ledger SET version = 102;

-- Views of pages that people keep under a name.
CREATE TABLE saved_view (
  id         TEXT PRIMARY KEY,
  name       TEXT NOT NULL,
  address    TEXT NOT NULL,        -- path and query
  period     TEXT NOT NULL,        -- days that go on with the calendar; empty where the address says all
  owner      TEXT NOT NULL,        -- name of a person; empty: nobody's any more
  shared     BIGINT NOT NULL,     -- 1: everybody's
  created_at BIGINT NOT NULL
);

-- What people wrote beside a day.
CREATE TABLE day_note (
  id         TEXT PRIMARY KEY,
  day        BIGINT NOT NULL,     -- days since the epoch, of whatever zone days are cut in
  text       TEXT NOT NULL,
  author     TEXT NOT NULL,        -- name of a person; empty: nobody's any more
  shared     BIGINT NOT NULL,     -- 1: everybody's
  created_at BIGINT NOT NULL
);
CREATE INDEX day_note_day ON day_note (day);

-- What members of an organisation may spend, and have spent, as it was told last; money is billionths of its currency.
CREATE TABLE member_spending (
  member   TEXT NOT NULL,
  period   TEXT NOT NULL,
  name     TEXT NOT NULL,
  email    TEXT NOT NULL,
  currency TEXT NOT NULL,
  most     BIGINT,                -- null: no limit
  spent    BIGINT,                -- null: not told
  source   TEXT NOT NULL,
  told_at  BIGINT NOT NULL,
  PRIMARY KEY (member, period)
);

-- Spend limits as they are configured, as they were told last.
CREATE TABLE spend_cap (
  id       TEXT PRIMARY KEY,
  scope    TEXT NOT NULL,         -- organization, seat_tier, rbac_group, user, ...
  holder   TEXT NOT NULL,         -- whom it holds for; empty for all
  period   TEXT NOT NULL,
  currency TEXT NOT NULL,
  most     BIGINT,                -- null: no limit
  enabled  BIGINT NOT NULL,
  told_at  BIGINT NOT NULL
);

-- Sums of a day by all that lines are grouped by.
INSERT INTO billed_day (report, dimension, day, member, input, output, cache_write_5m, cache_write_1h, cache_read, web_searches, requests, cost, sessions, lines_added, lines_removed, commits, pull_requests, accepted, rejected)
SELECT report, -1, starts_at / 86400000, member, SUM(input), SUM(output), SUM(cache_write_5m), SUM(cache_write_1h), SUM(cache_read), SUM(web_searches), SUM(requests), SUM(cost), SUM(sessions), SUM(lines_added), SUM(lines_removed), SUM(commits), SUM(pull_requests), SUM(accepted), SUM(rejected)
FROM billed_line
GROUP BY report, starts_at / 86400000, member;

-- Months as they were when they were closed, each with the hash of all before.
CREATE TABLE month_seal (
  number    BIGINT PRIMARY KEY,
  month     TEXT NOT NULL,       -- 2026-10
  at        BIGINT NOT NULL,
  closed_by TEXT NOT NULL,
  content   TEXT NOT NULL,
  hash      TEXT NOT NULL
);
