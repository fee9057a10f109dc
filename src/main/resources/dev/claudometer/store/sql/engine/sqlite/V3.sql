-- What the responses of a conversation share is told once, as names are: a number never changes what it stands for.
CREATE TABLE context (
  id              INTEGER PRIMARY KEY,
  session         INTEGER NOT NULL,
  project         INTEGER NOT NULL,
  branch          INTEGER NOT NULL,
  agent           INTEGER NOT NULL,
  device          INTEGER NOT NULL,     -- 0: this machine
  sidechain       INTEGER NOT NULL,
  forked          INTEGER NOT NULL,
  work            INTEGER NOT NULL,     -- agent, skill and MCP server that Claude Code names; 0: none
  model           INTEGER NOT NULL,     -- what reports call it
  spelled         INTEGER NOT NULL,     -- its id as the transcript spells it
  terms           INTEGER NOT NULL,     -- "tier|speed|geo"
  progress        INTEGER NOT NULL,
  file            INTEGER NOT NULL,     -- where the usage was read
  attributed_file INTEGER NOT NULL      -- 0: `file`; -1: the empty text, where `file` is not
);
CREATE INDEX context_session ON context (session);

INSERT INTO context (session, project, branch, agent, device, sidechain, forked, work, model, spelled, terms, progress, file, attributed_file)
SELECT DISTINCT session, project, branch, agent, device, sidechain, forked, work, model, spelled, terms, progress, file, attributed_file
FROM event ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14;

-- One row per API response, and one for each part of it that is billed besides. Times are milliseconds, money is
-- nano-dollars.
CREATE TABLE event_row (
  revision        INTEGER PRIMARY KEY,  -- order of the last change
  message         BLOB NOT NULL,        -- 10 bytes
  request         BLOB NOT NULL,        -- 6 bytes
  part            INTEGER NOT NULL,     -- 0: the response itself
  message_id      TEXT NOT NULL,        -- in bytes where it is of Anthropic's form: PackedText; so the next one
  request_id      TEXT NOT NULL,
  at              INTEGER NOT NULL,
  more_output     INTEGER NOT NULL,     -- highest output of any copy less `output`: `at` is its earliest line
  rounds          TEXT,                 -- what each round used, where there were several
  stop_reason     INTEGER,              -- null: unfinalised
  reported        INTEGER,              -- what the client booked
  booked          INTEGER,              -- null: unpriced
  today           INTEGER,              -- at today's prices, where that differs
  attributed_after INTEGER NOT NULL,    -- milliseconds after `at`
  attributed_beyond INTEGER NOT NULL,   -- bytes after `file_byte`
  file_byte       INTEGER NOT NULL,     -- below 0: `file` sent it at the millisecond -1 - file_byte
  tools           TEXT,                 -- "id name" by id, one per line; in bytes where all ids are of Anthropic's form
  counted         INTEGER NOT NULL,     -- 0: a replay of another event of the message, or given way
  input           INTEGER NOT NULL,
  output          INTEGER NOT NULL,
  cache_write_5m  INTEGER NOT NULL,
  cache_write_1h  INTEGER NOT NULL,
  cache_read      INTEGER NOT NULL,
  web_searches    INTEGER NOT NULL,
  web_fetches     INTEGER NOT NULL,
  thinking        INTEGER,              -- of the output; null: not told
  contract        INTEGER,              -- by contract; null: there was none
  saved           INTEGER,              -- by reading from the cache; null: unpriced
  context         INTEGER NOT NULL
);

INSERT INTO event_row (revision, message, request, part, message_id, request_id, at, more_output, rounds, stop_reason, reported, booked, today, attributed_after, attributed_beyond, file_byte, tools, counted, input, output, cache_write_5m, cache_write_1h, cache_read, web_searches, web_fetches, thinking, contract, saved, context)
SELECT revision, message, request, part, message_id, request_id, at, more_output, rounds, stop_reason, reported, booked, today, attributed_after, attributed_beyond, file_byte, tools, counted, input, output, cache_write_5m, cache_write_1h, cache_read, web_searches, web_fetches, thinking, contract, saved,
  (SELECT id FROM context WHERE context.session = event.session AND context.project = event.project AND context.branch = event.branch
    AND context.agent = event.agent AND context.device = event.device AND context.sidechain = event.sidechain
    AND context.forked = event.forked AND context.work = event.work AND context.model = event.model
    AND context.spelled = event.spelled AND context.terms = event.terms AND context.progress = event.progress
    AND context.file = event.file AND context.attributed_file = event.attributed_file)
FROM event ORDER BY revision;

DROP TABLE event;
CREATE UNIQUE INDEX event_key ON event_row (message, request, part);
CREATE INDEX event_at ON event_row (at);
CREATE INDEX event_sent ON event_row (context) WHERE file_byte < 0;

-- Events as they are read.
CREATE VIEW event AS
SELECT revision, message, request, part, message_id, request_id, at, more_output, rounds, stop_reason, reported, booked, today, attributed_after, attributed_beyond, file_byte, tools, counted, input, output, cache_write_5m, cache_write_1h, cache_read, web_searches, web_fetches, thinking, contract, saved,
  session, project, branch, agent, device, sidechain, forked, work, model, spelled, terms, progress, file, attributed_file
FROM event_row JOIN context ON context.id = event_row.context;

PRAGMA user_version = 104;
