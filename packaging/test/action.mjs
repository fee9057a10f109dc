// The GitHub Action, with the real program over made-up transcripts, and a GitHub API on loopback.
//   CLAUDOMETER=path/to/claudometer node --test packaging/test/action.mjs
import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {mkdtemp, mkdir, readFile, writeFile, rm} from 'node:fs/promises';
import {createServer} from 'node:http';
import os from 'node:os';
import path from 'node:path';
import {after, before, test} from 'node:test';

const action = path.resolve('.github/actions/report/index.mjs');
const claudometer = path.resolve(process.env.CLAUDOMETER || 'bin/claudometer');
let work, api, url, comments, asked, refuse;

before(async () => {
  work = await mkdtemp(path.join(os.tmpdir(), 'action-'));
  await transcript('s1', 'claude-opus-5-5', 1_000_000); // $4
  await transcript('s2', 'claude-opus-5-5', 500_000); // $2
  api = createServer((request, response) => {
    let body = '';
    request.on('data', data => (body += data));
    request.on('end', () => {
      asked.push(`${request.method} ${request.url}`);
      const at = new URL(request.url, 'http://x');
      const answer = (status, value) => response.writeHead(status, {'content-type': 'application/json'}).end(JSON.stringify(value));
      if (refuse || request.headers.authorization !== 'Bearer secret') {
        return answer(403, {message: 'no'});
      }
      if (request.method === 'GET') {
        const page = Number(at.searchParams.get('page'));
        return answer(200, comments.slice((page - 1) * 100, page * 100));
      }
      if (request.method === 'PATCH') {
        const ours = comments.find(each => each.id === Number(at.pathname.split('/').pop()));
        ours.body = JSON.parse(body).body;
        return answer(200, ours);
      }
      comments.push({id: comments.length + 1, body: JSON.parse(body).body});
      answer(201, comments.at(-1));
    });
  }).listen(0, '127.0.0.1');
  await new Promise(resolve => api.on('listening', resolve));
  url = `http://127.0.0.1:${api.address().port}`;
});
after(async () => {
  api.close();
  await rm(work, {recursive: true, force: true});
});

async function transcript(session, model, input) {
  const project = path.join(work, 'claude/projects/-made-up');
  await mkdir(project, {recursive: true});
  await writeFile(path.join(project, `${session}.jsonl`), JSON.stringify({
    type: 'assistant', cwd: '/made/up', sessionId: session, version: '2.1.329', uuid: `u-${session}`, requestId: `r-${session}`,
    timestamp: '2026-11-20T10:00:00.000Z',
    message: {id: `m-${session}`, type: 'message', role: 'assistant', model, content: [], stop_reason: 'end_turn', usage: {input_tokens: input, output_tokens: 0}},
  }) + '\n');
}

async function run(inputs, sessions, told = 4) {
  asked = [];
  for (const name of ['summary', 'output']) {
    await writeFile(path.join(work, name), '');
  }
  await writeFile(path.join(work, 'event.json'), JSON.stringify({pull_request: {number: 7}}));
  const env = {
    PATH: process.env.PATH, HOME: work, XDG_STATE_HOME: path.join(work, 'state'), LC_ALL: 'C.UTF-8',
    JAVA_HOME: process.env.JAVA_HOME || '', GITHUB_API_URL: url, GITHUB_REPOSITORY: 'me/it', GITHUB_SHA: '0123456789',
    GITHUB_EVENT_PATH: path.join(work, 'event.json'), GITHUB_STEP_SUMMARY: path.join(work, 'summary'), GITHUB_OUTPUT: path.join(work, 'output'),
    INPUT_COMMAND: claudometer, INPUT_HOME: path.join(work, 'claude'), INPUT_TOKEN: 'secret',
  };
  for (const [name, value] of Object.entries(inputs)) {
    env[`INPUT_${name.toUpperCase()}`] = value;
  }
  if (sessions) {
    env['INPUT_EXECUTION-FILE'] = path.join(work, 'execution.json');
    await writeFile(env['INPUT_EXECUTION-FILE'], JSON.stringify([
      ...sessions.map(id => ({type: 'system', subtype: 'init', session_id: id})),
      {type: 'result', subtype: 'success', total_cost_usd: told, session_id: sessions[0]},
    ]));
  }
  const {code, out} = await new Promise(resolve => execFile(process.execPath, [action], {env}, (error, stdout) => resolve({code: error?.code || 0, out: stdout})));
  const outputs = {};
  for (const [, name, , value] of (await readFile(env.GITHUB_OUTPUT, 'utf8')).matchAll(/^([a-z-]+)<<(end-\S+)\n([^]*?)\n\2$/gm)) {
    outputs[name] = value;
  }
  return {code, out, outputs, summary: await readFile(env.GITHUB_STEP_SUMMARY, 'utf8')};
}

test('the sessions of the execution file are counted, exactly', async () => {
  comments = [{id: 1, body: 'somebody else'}];
  const {code, outputs, summary} = await run({}, ['s1']);
  assert.equal(code, 0);
  assert.equal(outputs.cost, '4');
  assert.equal(outputs.tokens, '1000000');
  assert.equal(outputs.sessions, '1');
  assert.equal(outputs['within-budget'], '');
  assert.match(summary, /### Claude Code: \$4\.00/);
  assert.match(summary, /\| claude-opus-5-5 \| 1 \| 1,000,000 \| 0 \| 0 \| 0 \| \$4\.00 \|/);
  assert.match(summary, /for 0123456/);
});

test('the comment is made once, then updated in place, wherever it stands', async () => {
  comments = Array.from({length: 130}, (_, n) => ({id: n + 1, body: `remark ${n}`}));
  await run({}, ['s1']);
  assert.equal(comments.length, 131);
  await run({}, ['s1', 's2']);
  assert.equal(comments.length, 131);
  assert.match(comments.at(-1).body, /\$6\.00/);
  assert.deepEqual(asked, ['GET /repos/me/it/issues/7/comments?per_page=100&page=1', 'GET /repos/me/it/issues/7/comments?per_page=100&page=2', 'PATCH /repos/me/it/issues/comments/131']);
  await run({title: 'Review'}, ['s1']);
  assert.equal(comments.length, 132);
});

test('a budget is a gate', async () => {
  comments = [];
  assert.equal((await run({budget: '4'}, ['s1'])).outputs['within-budget'], 'true');
  const beyond = await run({budget: '3.999999999'}, ['s1']);
  assert.equal(beyond.code, 1);
  assert.equal(beyond.outputs['within-budget'], 'false');
  assert.match(beyond.out, /::error::Claude Code cost \$4, more than the budget of \$3\.999999999/);
  assert.match((await run({budget: 'four'}, ['s1'])).out, /::error::budget is 'four'/);
});

test('what is not known is not zero, and no budget holds for it', async () => {
  comments = [];
  const gone = await run({budget: '10'}, ['s1', 'elsewhere']);
  assert.equal(gone.code, 1);
  assert.equal(gone.outputs.cost, '');
  assert.match(gone.summary, /cost not known[^]*No transcript of 1 of 2 sessions is on this runner\. Claude Code itself said \$4\.00\./);
  const none = await run({home: path.join(work, 'nowhere')});
  assert.equal(none.code, 0);
  assert.equal(none.outputs.cost, '');
  assert.match(none.summary, /No session of Claude Code is on this runner/);
});

test('without an execution file all sessions count, or those since a time', async () => {
  comments = [];
  assert.equal((await run({})).outputs.cost, '6');
  assert.equal((await run({since: '2026-11-21T00:00:00Z'})).outputs.cost, '');
});

test('a token that may not write is a warning', async () => {
  refuse = true;
  const {code, out, summary} = await run({}, ['s1']);
  refuse = false;
  assert.equal(code, 0);
  assert.match(out, /::warning::The pull request got no comment: GitHub answered GET \S+ with 403/);
  assert.doesNotMatch(out + summary, /secret/);
});

test('no comment where none is wanted', async () => {
  comments = [];
  await run({comment: 'false'}, ['s1']);
  assert.deepEqual(asked, []);
});
