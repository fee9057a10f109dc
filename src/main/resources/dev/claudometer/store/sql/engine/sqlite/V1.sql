-- Every repeated text once; all other tables hold its number. The empty text is 0.
CREATE TABLE name (
  id   INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE
);

-- The store's book-keeping. Every row that is forwarded or watched carries the revision of its last change.
CREATE TABLE ledger (
  one      INTEGER PRIMARY KEY CHECK (one = 1),
  revision INTEGER NOT NULL,     -- of the last change
  horizon  INTEGER,              -- events before it may have been forgotten
  store    TEXT NOT NULL,        -- tells this store from every copy of it
  metered  INTEGER NOT NULL,     -- 0: the meters have yet to be made from what is stored
  generation INTEGER NOT NULL DEFAULT 0   -- larger since each time that the store was found to be put back
);
INSERT INTO ledger (one, revision, store, metered) VALUES (1, 0, lower(hex(randomblob(16))), 1);

-- One row per API response, and one for each part of it that is billed besides. Times are milliseconds, money is
-- nano-dollars.
CREATE TABLE event (
  revision        INTEGER PRIMARY KEY,  -- order of the last change
  message         BLOB NOT NULL,        -- 10 bytes
  request         BLOB NOT NULL,        -- 6 bytes
  part            INTEGER NOT NULL,     -- 0: the response itself
  message_id      TEXT NOT NULL,        -- in bytes where it is of Anthropic's form: PackedText; so the next one
  request_id      TEXT NOT NULL,
  at              INTEGER NOT NULL,
  more_output     INTEGER NOT NULL,     -- highest output of any copy less `output`: `at` is its earliest line
  model           INTEGER NOT NULL,     -- what reports call it
  spelled         INTEGER NOT NULL,     -- its id as the transcript spells it
  input           INTEGER NOT NULL,
  output          INTEGER NOT NULL,
  cache_write_5m  INTEGER NOT NULL,
  cache_write_1h  INTEGER NOT NULL,
  cache_read      INTEGER NOT NULL,
  rounds          TEXT,                 -- what each round used, where there were several
  web_searches    INTEGER NOT NULL,
  web_fetches     INTEGER NOT NULL,
  thinking        INTEGER,              -- of the output; null: not told
  saved           INTEGER,              -- by reading from the cache; null: unpriced
  terms           INTEGER NOT NULL,     -- "tier|speed|geo"
  stop_reason     INTEGER,              -- null: unfinalised
  reported        INTEGER,              -- what the client booked
  booked          INTEGER,              -- null: unpriced
  today           INTEGER,              -- at today's prices, where that differs
  contract        INTEGER,              -- by contract; null: there was none
  session         INTEGER NOT NULL,
  project         INTEGER NOT NULL,
  branch          INTEGER NOT NULL,
  agent           INTEGER NOT NULL,
  device          INTEGER NOT NULL,     -- 0: this machine
  sidechain       INTEGER NOT NULL,
  forked          INTEGER NOT NULL,
  attributed_after INTEGER NOT NULL,    -- milliseconds after `at`
  attributed_file INTEGER NOT NULL,     -- 0: `file`; -1: the empty text, where `file` is not
  attributed_beyond INTEGER NOT NULL,   -- bytes after `file_byte`
  work            INTEGER NOT NULL,     -- agent, skill and MCP server that Claude Code names; 0: none
  progress        INTEGER NOT NULL,
  file            INTEGER NOT NULL,     -- where the usage was read
  file_byte       INTEGER NOT NULL,     -- below 0: `file` sent it at the millisecond -1 - file_byte
  tools           TEXT,                 -- "id name" by id, one per line; in bytes where all ids are of Anthropic's form
  counted         INTEGER NOT NULL      -- 0: a replay of another event of the message, or given way
);
CREATE UNIQUE INDEX event_key ON event (message, request, part);
CREATE INDEX event_at ON event (at);
CREATE INDEX event_sent ON event (session) WHERE file_byte < 0;

-- What Claude Code's telemetry told of calls, by the call's id.
CREATE TABLE call (
  id             TEXT PRIMARY KEY,      -- as event's request_id
  revision       INTEGER NOT NULL,
  request        TEXT NOT NULL,         -- empty where it was not told
  session        INTEGER NOT NULL,
  at             INTEGER NOT NULL,      -- its end
  duration       INTEGER NOT NULL,      -- milliseconds
  model          INTEGER NOT NULL,
  input          INTEGER NOT NULL,
  output         INTEGER NOT NULL,
  cache_write_5m INTEGER NOT NULL,
  cache_write_1h INTEGER NOT NULL,
  cache_read     INTEGER NOT NULL,
  split          INTEGER NOT NULL,      -- 1: how long the cache keeps was told
  fast           INTEGER NOT NULL,
  source         INTEGER NOT NULL,      -- what it was for
  agent          INTEGER NOT NULL,
  effort         INTEGER NOT NULL,
  cost           INTEGER,               -- what the client reckoned
  device         INTEGER NOT NULL,
  state          INTEGER NOT NULL,      -- 1: a transcript has it too, 2: an event of its own, 3: held back
  project        INTEGER NOT NULL       -- of its own event
) WITHOUT ROWID;
CREATE INDEX call_revision ON call (revision);
CREATE INDEX call_session ON call (session);
CREATE INDEX call_at ON call (at);

-- What each machine told of responses that several told of. Its columns are those of event; counted is 0 where it
-- contradicts what counts.
CREATE TABLE event_copy AS SELECT * FROM event WHERE 1 = 0;
CREATE UNIQUE INDEX event_copy_key ON event_copy (message, request, part, device);

-- Messages whose events were deleted: they stay in the sums, and are not counted again.
CREATE TABLE forgotten (
  message BLOB PRIMARY KEY
) WITHOUT ROWID;

-- Sums of counted events by quarter hour (UTC) ...
CREATE TABLE rollup (
  quarter        INTEGER NOT NULL,     -- minutes since the epoch / 15
  session        INTEGER NOT NULL,
  project        INTEGER NOT NULL,
  model          INTEGER NOT NULL,
  branch         INTEGER NOT NULL,
  device         INTEGER NOT NULL,
  responses      INTEGER NOT NULL,     -- 0 where only parts were by this model
  parts          INTEGER NOT NULL,     -- of responses, billed besides
  unfinalised    INTEGER NOT NULL,
  unpriced       INTEGER NOT NULL,
  unpriced_reported INTEGER NOT NULL,
  input          INTEGER NOT NULL,
  output         INTEGER NOT NULL,
  cache_write_5m INTEGER NOT NULL,
  cache_write_1h INTEGER NOT NULL,
  cache_read     INTEGER NOT NULL,
  web_searches   INTEGER NOT NULL,
  web_fetches    INTEGER NOT NULL,
  thinking       INTEGER NOT NULL,
  thinking_told  INTEGER NOT NULL,
  calculated     INTEGER NOT NULL,
  reported       INTEGER NOT NULL,
  reported_told  INTEGER NOT NULL,
  automatic      INTEGER NOT NULL,
  contract       INTEGER NOT NULL,
  under_contract INTEGER NOT NULL,
  saved          INTEGER NOT NULL,
  PRIMARY KEY (quarter, session, project, model, branch, device)
) WITHOUT ROWID;

-- ... by quarter hour alone: what a question about time needs ...
CREATE TABLE rollup_time (
  quarter        INTEGER PRIMARY KEY,
  responses      INTEGER NOT NULL,
  parts          INTEGER NOT NULL,
  unfinalised    INTEGER NOT NULL,
  unpriced       INTEGER NOT NULL,
  unpriced_reported INTEGER NOT NULL,
  input          INTEGER NOT NULL,
  output         INTEGER NOT NULL,
  cache_write_5m INTEGER NOT NULL,
  cache_write_1h INTEGER NOT NULL,
  cache_read     INTEGER NOT NULL,
  web_searches   INTEGER NOT NULL,
  web_fetches    INTEGER NOT NULL,
  thinking       INTEGER NOT NULL,
  thinking_told  INTEGER NOT NULL,
  calculated     INTEGER NOT NULL,
  reported       INTEGER NOT NULL,
  reported_told  INTEGER NOT NULL,
  automatic      INTEGER NOT NULL,
  contract       INTEGER NOT NULL,
  under_contract INTEGER NOT NULL,
  saved          INTEGER NOT NULL
) WITHOUT ROWID;

-- ... by UTC day without sessions ...
CREATE TABLE rollup_day (
  day            INTEGER NOT NULL,     -- UTC days since the epoch
  project        INTEGER NOT NULL,
  model          INTEGER NOT NULL,
  branch         INTEGER NOT NULL,
  device         INTEGER NOT NULL,
  responses      INTEGER NOT NULL,
  parts          INTEGER NOT NULL,
  unfinalised    INTEGER NOT NULL,
  unpriced       INTEGER NOT NULL,
  unpriced_reported INTEGER NOT NULL,
  input          INTEGER NOT NULL,
  output         INTEGER NOT NULL,
  cache_write_5m INTEGER NOT NULL,
  cache_write_1h INTEGER NOT NULL,
  cache_read     INTEGER NOT NULL,
  web_searches   INTEGER NOT NULL,
  web_fetches    INTEGER NOT NULL,
  thinking       INTEGER NOT NULL,
  thinking_told  INTEGER NOT NULL,
  calculated     INTEGER NOT NULL,
  reported       INTEGER NOT NULL,
  reported_told  INTEGER NOT NULL,
  automatic      INTEGER NOT NULL,
  contract       INTEGER NOT NULL,
  under_contract INTEGER NOT NULL,
  saved          INTEGER NOT NULL,
  PRIMARY KEY (day, project, model, branch, device)
) WITHOUT ROWID;

-- ... and by session.
CREATE TABLE rollup_session (
  session        INTEGER NOT NULL,
  project        INTEGER NOT NULL,
  model          INTEGER NOT NULL,
  branch         INTEGER NOT NULL,
  device         INTEGER NOT NULL,
  first_at       INTEGER NOT NULL DEFAULT 0,
  last_at        INTEGER NOT NULL DEFAULT 0,
  responses      INTEGER NOT NULL,
  parts          INTEGER NOT NULL,
  unfinalised    INTEGER NOT NULL,
  unpriced       INTEGER NOT NULL,
  unpriced_reported INTEGER NOT NULL,
  input          INTEGER NOT NULL,
  output         INTEGER NOT NULL,
  cache_write_5m INTEGER NOT NULL,
  cache_write_1h INTEGER NOT NULL,
  cache_read     INTEGER NOT NULL,
  web_searches   INTEGER NOT NULL,
  web_fetches    INTEGER NOT NULL,
  thinking       INTEGER NOT NULL,
  thinking_told  INTEGER NOT NULL,
  calculated     INTEGER NOT NULL,
  reported       INTEGER NOT NULL,
  reported_told  INTEGER NOT NULL,
  automatic      INTEGER NOT NULL,
  contract       INTEGER NOT NULL,
  under_contract INTEGER NOT NULL,
  saved          INTEGER NOT NULL,
  PRIMARY KEY (session, project, model, branch, device)
) WITHOUT ROWID;

-- Running sums that a scrape reads: what a meter has come to, and the most that it has ever been.
CREATE TABLE meter (
  meter    INTEGER NOT NULL,
  device   INTEGER NOT NULL,
  project  INTEGER NOT NULL,
  model    INTEGER NOT NULL,
  part     INTEGER NOT NULL,     -- a distribution's bucket, -1 its sum; a name; else 0
  amount   INTEGER NOT NULL,
  most     INTEGER NOT NULL,
  since    INTEGER NOT NULL,     -- revision of the row's beginning
  revision INTEGER NOT NULL,     -- of its last change
  PRIMARY KEY (meter, device, project, model, part)
) WITHOUT ROWID;
CREATE INDEX meter_revision ON meter (revision);

-- What a machine has of a session: when it was last active, and whether its end has been observed.
CREATE TABLE session_part (
  session INTEGER NOT NULL,
  device  INTEGER NOT NULL,
  project INTEGER NOT NULL,     -- where it was first seen
  last_at INTEGER NOT NULL,
  ended   INTEGER NOT NULL,
  PRIMARY KEY (session, device)
) WITHOUT ROWID;
CREATE INDEX session_part_last ON session_part (last_at);
CREATE INDEX session_part_open ON session_part (last_at) WHERE ended = 0;

-- What else happened.
CREATE TABLE activity (
  revision INTEGER PRIMARY KEY,
  id       BLOB NOT NULL,
  kind     INTEGER NOT NULL,
  at       INTEGER NOT NULL,
  session  INTEGER NOT NULL,
  project  INTEGER NOT NULL,
  name     INTEGER NOT NULL,
  value    INTEGER NOT NULL,
  device   INTEGER NOT NULL
);
CREATE UNIQUE INDEX activity_id ON activity (id);
CREATE INDEX activity_kind ON activity (kind, at);

-- Claude Code's own running totals. A fork's are understood from its parent's, so all are kept.
CREATE TABLE session_total (
  session       INTEGER NOT NULL,
  file_byte     INTEGER NOT NULL,
  file          INTEGER NOT NULL,
  project       INTEGER NOT NULL,
  device        INTEGER NOT NULL,
  started_at    INTEGER NOT NULL,
  elapsed       INTEGER NOT NULL,
  cost          INTEGER NOT NULL,
  cost_known    INTEGER NOT NULL,
  lines_added   INTEGER NOT NULL,
  lines_removed INTEGER NOT NULL,
  revision      INTEGER NOT NULL,
  PRIMARY KEY (session, file_byte)
) WITHOUT ROWID;
CREATE INDEX session_total_revision ON session_total (revision);

CREATE TABLE session_total_model (
  session        INTEGER NOT NULL,
  file_byte      INTEGER NOT NULL,
  model          INTEGER NOT NULL,
  input          INTEGER NOT NULL,
  output         INTEGER NOT NULL,
  cache_write_5m INTEGER NOT NULL,
  cache_write_1h INTEGER NOT NULL,
  cache_read     INTEGER NOT NULL,
  web_searches   INTEGER NOT NULL,
  cost           INTEGER NOT NULL,
  basis          INTEGER NOT NULL,     -- a name: at whose prices
  PRIMARY KEY (session, file_byte, model)
) WITHOUT ROWID;

CREATE TABLE project (
  name     INTEGER PRIMARY KEY,
  path     TEXT NOT NULL,
  revision INTEGER NOT NULL
);
CREATE INDEX project_revision ON project (revision);

-- How far files have been read, and what is in them.
CREATE TABLE file (
  device         INTEGER NOT NULL,
  path           INTEGER NOT NULL,
  identity       TEXT NOT NULL,
  size           INTEGER NOT NULL,
  modified       INTEGER NOT NULL,     -- nanoseconds
  read_bytes     INTEGER NOT NULL,
  fingerprint    INTEGER NOT NULL,
  line_types     TEXT NOT NULL,        -- "count type", one per line; so the next two
  unknown_fields TEXT NOT NULL,
  versions       TEXT NOT NULL,
  revision       INTEGER NOT NULL,
  PRIMARY KEY (device, path)
) WITHOUT ROWID;
CREATE INDEX file_revision ON file (revision);

-- What Claude Code's own statistics tell of each home, and of each of its days.
CREATE TABLE told_home (
  projects TEXT PRIMARY KEY,
  file     TEXT NOT NULL,
  last_day INTEGER NOT NULL,     -- days since the epoch
  hours    TEXT NOT NULL,        -- sessions by hour of day, 24 numbers
  sessions INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE told_day (
  projects   TEXT NOT NULL,
  day        INTEGER NOT NULL,
  sessions   INTEGER NOT NULL,
  tool_calls INTEGER NOT NULL,
  messages   INTEGER NOT NULL,
  all_tokens INTEGER NOT NULL,   -- 1: what caches took and gave is among the tokens
  tokens     TEXT NOT NULL,      -- "count model", one per line
  PRIMARY KEY (projects, day)
) WITHOUT ROWID;

-- Sessions whose own transcript a machine has told of: what was sent without message ids until then gives way to it.
CREATE TABLE transcript (
  session INTEGER NOT NULL,
  device  INTEGER NOT NULL,
  until   INTEGER NOT NULL,     -- when the file had last been written, in milliseconds
  PRIMARY KEY (session, device)
) WITHOUT ROWID;

CREATE TABLE damage (
  device    INTEGER NOT NULL,
  file      INTEGER NOT NULL,
  file_byte INTEGER NOT NULL,
  bytes     INTEGER NOT NULL,
  why       TEXT NOT NULL,
  recovered INTEGER NOT NULL,
  PRIMARY KEY (device, file, file_byte)
) WITHOUT ROWID;

-- Each word of each teller on a plan window, once. What of it is true depends on who told it ...
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
CREATE INDEX limit_stretch_revision ON limit_stretch (revision);
CREATE INDEX limit_stretch_seen ON limit_stretch (device, name, seen_at);

-- ... and the last word on each window.
CREATE TABLE limit_latest (
  device      INTEGER NOT NULL,
  name        TEXT NOT NULL,
  at          INTEGER NOT NULL,
  utilization REAL NOT NULL,
  resets_at   INTEGER,
  origin      TEXT NOT NULL,
  session     TEXT NOT NULL,
  PRIMARY KEY (device, name)
) WITHOUT ROWID;

-- Money that is used up, as it was told, when it changed.
CREATE TABLE credit_reading (
  device       INTEGER NOT NULL,
  account      TEXT NOT NULL,
  at           INTEGER NOT NULL,
  seen_at      INTEGER NOT NULL,
  credit_limit INTEGER,
  used         INTEGER NOT NULL,
  currency     TEXT NOT NULL,        -- of the amounts
  origin       TEXT NOT NULL,
  PRIMARY KEY (device, account, at)
) WITHOUT ROWID;

-- What Anthropic says was used and billed: a bucket of time of a report, whole as it was told last ...
CREATE TABLE billed_bucket (
  report    INTEGER NOT NULL,
  starts_at INTEGER NOT NULL,
  ends_at   INTEGER NOT NULL,
  told_at   INTEGER NOT NULL,
  revisions INTEGER NOT NULL,     -- how often it was changed after it had ended
  PRIMARY KEY (report, starts_at)
) WITHOUT ROWID;

-- ... its lines by what they are grouped by; null is unknown, cost is nano-dollars ...
CREATE TABLE billed_line (
  report         INTEGER NOT NULL,
  starts_at      INTEGER NOT NULL,
  member         INTEGER NOT NULL,     -- name: "MODEL=claude-…" and so on, one per line
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
  PRIMARY KEY (report, starts_at, member)
) WITHOUT ROWID;

-- ... what they come to by UTC day, and by one dimension each: a question about a year reads no lines ...
CREATE TABLE billed_day (
  report         INTEGER NOT NULL,
  dimension      INTEGER NOT NULL,     -- name; 0: all lines of the day, -1: each by itself
  day            INTEGER NOT NULL,     -- days since the epoch
  member         INTEGER NOT NULL,     -- name; 0: none is named, -1: not grouped by the dimension
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
  PRIMARY KEY (report, dimension, day, member)
) WITHOUT ROWID;

-- ... and what the lines of a report come to: a scrape reads no buckets.
CREATE TABLE billed_total (
  report         INTEGER NOT NULL,
  member         INTEGER NOT NULL,
  revision       INTEGER NOT NULL,     -- of its last change
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

-- What a counter has told of a group. It never tells less, though a bill may be revised downwards.
CREATE TABLE billed_told (
  counter        INTEGER NOT NULL,     -- name
  member         INTEGER NOT NULL,     -- name
  since          INTEGER NOT NULL,     -- revision of the row's beginning
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

-- Names of an organisation's keys, people and workspaces.
CREATE TABLE organization_entry (
  kind      TEXT NOT NULL,
  id        TEXT NOT NULL,
  name      TEXT NOT NULL,
  email     TEXT NOT NULL,
  status    TEXT NOT NULL,
  owner     TEXT NOT NULL,
  workspace TEXT NOT NULL,
  PRIMARY KEY (kind, id)
) WITHOUT ROWID;

-- What members of an organisation may spend, and have spent, as it was told last; money is billionths of its currency.
CREATE TABLE member_spending (
  member   TEXT NOT NULL,
  period   TEXT NOT NULL,
  name     TEXT NOT NULL,
  email    TEXT NOT NULL,
  currency TEXT NOT NULL,
  most     INTEGER,                -- null: no limit
  spent    INTEGER,                -- null: not told
  source   TEXT NOT NULL,
  told_at  INTEGER NOT NULL,
  PRIMARY KEY (member, period)
) WITHOUT ROWID;

-- Spend limits as they are configured, as they were told last.
CREATE TABLE spend_cap (
  id       TEXT PRIMARY KEY,
  scope    TEXT NOT NULL,         -- organization, seat_tier, rbac_group, user, ...
  holder   TEXT NOT NULL,         -- whom it holds for; empty for all
  period   TEXT NOT NULL,
  currency TEXT NOT NULL,
  most     INTEGER,                -- null: no limit
  enabled  INTEGER NOT NULL,
  told_at  INTEGER NOT NULL
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

-- How far the asking of each source over the network has come.
CREATE TABLE poll (
  source    TEXT PRIMARY KEY,
  since     INTEGER,
  next_at   INTEGER,
  done_at   INTEGER,
  swept_at  INTEGER,
  failed_at INTEGER,
  failure   TEXT NOT NULL
) WITHOUT ROWID;

-- How far each server has acknowledged, and the generation of its database then.
CREATE TABLE outbox (
  destination  TEXT PRIMARY KEY,
  acknowledged INTEGER NOT NULL,
  generation   INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

-- Up to which of its own revisions everything is here that a sender has told.
CREATE TABLE delivered (
  device INTEGER NOT NULL,
  sender TEXT NOT NULL,
  up_to  INTEGER NOT NULL,
  PRIMARY KEY (device, sender)
) WITHOUT ROWID;

-- Machines, people, their secrets' digests, and what was changed by whom.
CREATE TABLE device (
  id           TEXT PRIMARY KEY,
  name         TEXT NOT NULL,
  hostname     TEXT NOT NULL,
  owner        TEXT NOT NULL,
  enrolled_at  INTEGER NOT NULL,
  last_seen    INTEGER,
  agent        TEXT NOT NULL,
  revoked      INTEGER NOT NULL,
  ahead_millis INTEGER               -- its clock before the server's; null: unknown
);

CREATE TABLE account (
  id         TEXT PRIMARY KEY,
  name       TEXT NOT NULL UNIQUE,
  role       TEXT NOT NULL,
  password   TEXT NOT NULL,
  disabled   INTEGER NOT NULL,
  created_at INTEGER NOT NULL
);

-- Which team a person is in, also one who owns machines and has no account.
CREATE TABLE team_member (
  person TEXT PRIMARY KEY,
  team   TEXT NOT NULL
) WITHOUT ROWID;

-- Views of pages that people keep under a name.
CREATE TABLE saved_view (
  id         TEXT PRIMARY KEY,
  name       TEXT NOT NULL,
  address    TEXT NOT NULL,        -- path and query
  period     TEXT NOT NULL,        -- days that go on with the calendar; empty where the address says all
  owner      TEXT NOT NULL,        -- name of a person; empty: nobody's any more
  shared     INTEGER NOT NULL,     -- 1: everybody's
  created_at INTEGER NOT NULL
) WITHOUT ROWID;

-- What people wrote beside a day.
CREATE TABLE day_note (
  id         TEXT PRIMARY KEY,
  day        INTEGER NOT NULL,     -- days since the epoch, of whatever zone days are cut in
  text       TEXT NOT NULL,
  author     TEXT NOT NULL,        -- name of a person; empty: nobody's any more
  shared     INTEGER NOT NULL,     -- 1: everybody's
  created_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX day_note_day ON day_note (day);

CREATE TABLE credential (
  digest     TEXT PRIMARY KEY,     -- SHA-256, hex: the secret itself is nowhere
  kind       TEXT NOT NULL,
  holder     TEXT NOT NULL,
  label      TEXT NOT NULL,
  role       TEXT NOT NULL,
  prefix     TEXT NOT NULL,
  address    TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  last_used  INTEGER,
  expires_at INTEGER,
  uses       INTEGER NOT NULL DEFAULT 1   -- how often it can still be redeemed
);
CREATE INDEX credential_holder ON credential (holder);

CREATE TABLE audit (
  number  INTEGER PRIMARY KEY,
  at      INTEGER NOT NULL,
  actor   TEXT NOT NULL,
  action  TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail  TEXT NOT NULL,
  address TEXT NOT NULL,
  hash    TEXT NOT NULL
);

CREATE TABLE setting (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE server_setting (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
);

-- Who does a job that must be done once, and until when.
CREATE TABLE lease (
  job    TEXT PRIMARY KEY,
  holder TEXT NOT NULL,
  until  INTEGER NOT NULL
);

PRAGMA user_version = 102;
