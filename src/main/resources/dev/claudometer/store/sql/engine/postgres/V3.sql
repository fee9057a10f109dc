-- What the responses of a conversation share is told once, as names are: a number never changes what it stands for.
CREATE TABLE context (
  id              INTEGER PRIMARY KEY,
  session         INTEGER NOT NULL,
  project         INTEGER NOT NULL,
  branch          INTEGER NOT NULL,
  agent           INTEGER NOT NULL,
  device          INTEGER NOT NULL,     -- 0: this machine
  model           INTEGER NOT NULL,     -- what reports call it
  spelled         INTEGER NOT NULL,     -- its id as the transcript spells it
  terms           INTEGER NOT NULL,     -- "tier|speed|geo"
  file            INTEGER NOT NULL,     -- where the usage was read
  attributed_file INTEGER NOT NULL,     -- 0: `file`; -1: the empty text, where `file` is not
  work            BIGINT NOT NULL,      -- agent, skill and MCP server that Claude Code names; 0: none
  sidechain       SMALLINT NOT NULL,
  forked          SMALLINT NOT NULL,
  progress        SMALLINT NOT NULL
);

INSERT INTO context (id, session, project, branch, agent, device, sidechain, forked, work, model, spelled, terms, progress, file, attributed_file)
SELECT ROW_NUMBER() OVER (), session, project, branch, agent, device, sidechain, forked, work, model, spelled, terms, progress, file, attributed_file
FROM (SELECT DISTINCT session, project, branch, agent, device, sidechain, forked, work, model, spelled, terms, progress, file, attributed_file FROM event) AS shared;
CREATE INDEX context_session ON context (session);

-- One row per API response, and one for each part of it that is billed besides. Times are milliseconds, money is
-- nano-dollars. Columns stand by size: no padding.
CREATE TABLE event_row (
  revision        BIGINT NOT NULL,      -- order of the last change
  at              BIGINT NOT NULL,
  attributed_after BIGINT NOT NULL,     -- milliseconds after `at`
  attributed_beyond BIGINT NOT NULL,    -- bytes after `file_byte`
  file_byte       BIGINT NOT NULL,
  reported        BIGINT,               -- what the client booked
  booked          BIGINT,               -- null: unpriced
  today           BIGINT,               -- at today's prices, where that differs
  contract        BIGINT,               -- by contract; null: there was none
  saved           BIGINT,               -- by reading from the cache; null: unpriced
  context         INTEGER NOT NULL,
  more_output     INTEGER NOT NULL,     -- highest output of any copy less `output`: `at` is its earliest line
  input           INTEGER NOT NULL,
  output          INTEGER NOT NULL,
  cache_write_5m  INTEGER NOT NULL,
  cache_write_1h  INTEGER NOT NULL,
  cache_read      INTEGER NOT NULL,
  web_searches    INTEGER NOT NULL,
  web_fetches     INTEGER NOT NULL,
  thinking        INTEGER,              -- of the output; null: not told
  stop_reason     INTEGER,              -- null: unfinalised
  part            SMALLINT NOT NULL,    -- 0: the response itself
  counted         SMALLINT NOT NULL,    -- 0: a replay of another event of the message, or given way
  message         BYTEA NOT NULL,       -- 10 bytes
  request         BYTEA NOT NULL,       -- 6 bytes
  message_id      TEXT NOT NULL,
  request_id      TEXT NOT NULL,
  rounds          TEXT,                 -- what each round used, where there were several
  tools           TEXT,                 -- "id name" by id, one per line
  PRIMARY KEY (message, request, part)
);

INSERT INTO event_row (revision, message, request, part, message_id, request_id, at, more_output, rounds, stop_reason, reported, booked, today, attributed_after, attributed_beyond, file_byte, tools, counted, input, output, cache_write_5m, cache_write_1h, cache_read, web_searches, web_fetches, thinking, contract, saved, context)
SELECT revision, message, request, part, message_id, request_id, at, more_output, rounds, stop_reason, reported, booked, today, attributed_after, attributed_beyond, file_byte, tools, counted, input, output, cache_write_5m, cache_write_1h, cache_read, web_searches, web_fetches, thinking, contract, saved, context.id
FROM event JOIN context USING (session, project, branch, agent, device, sidechain, forked, work, model, spelled, terms, progress, file, attributed_file);

DROP TABLE event;
CREATE INDEX event_at ON event_row (at);
CREATE INDEX event_sent ON event_row (context) WHERE file_byte < 0;

-- Events as they are read.
CREATE VIEW event AS
SELECT revision, message, request, part, message_id, request_id, at, more_output, rounds, stop_reason, reported, booked, today, attributed_after, attributed_beyond, file_byte, tools, counted, input, output, cache_write_5m, cache_write_1h, cache_read, web_searches, web_fetches, thinking, contract, saved,
  session, project, branch, agent, device, sidechain, forked, work, model, spelled, terms, progress, file, attributed_file
FROM event_row JOIN context ON context.id = event_row.context;

UPDATE ledger SET version = 104;
