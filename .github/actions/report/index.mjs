// Reports what a run of Claude Code cost. No dependencies: what is here is what runs.
import {execFile} from 'node:child_process';
import {appendFile, readFile} from 'node:fs/promises';
import {promisify} from 'node:util';
import {randomUUID} from 'node:crypto';

const VERSION = '0.1.0';
const NANOS = 1_000_000_000;
const environment = process.env;

class Stop extends Error {}

function input(name) {
  return (environment[`INPUT_${name.toUpperCase()}`] || '').trim();
}

/** What the execution file tells: its sessions, and what the client itself says that they cost. */
async function execution(file) {
  if (!file) {
    return undefined;
  }
  let messages;
  try {
    const text = await readFile(file, 'utf8');
    messages = text.trimStart().startsWith('[') ? JSON.parse(text) : text.split('\n').filter(line => line.trim()).map(line => JSON.parse(line));
  } catch (error) {
    throw new Stop(`The execution file ${file} cannot be read: ${error.message}`);
  }
  const results = messages.filter(message => message.type === 'result');
  return {
    sessions: new Set(messages.map(message => message.session_id).filter(Boolean)),
    told: results.length && results.every(result => Number.isFinite(result.total_cost_usd))
      ? results.reduce((sum, result) => sum + nanos(result.total_cost_usd), 0)
      : undefined,
  };
}

/** Claudometer's answer for all sessions, read from the runner's transcripts. */
async function counted() {
  const command = input('command');
  const words = ['session', '--json', ...(input('home') ? ['--home', input('home')] : [])];
  const [program, args] = command ? [command, words] : ['npx', ['--yes', `claudometer@${VERSION}`, ...words]];
  try {
    const {stdout} = await promisify(execFile)(program, args, {maxBuffer: 1 << 28});
    return JSON.parse(stdout).sessions;
  } catch (error) {
    if (/no Claude Code transcripts/.test(error.stderr || '')) {
      return [];
    }
    throw new Stop(`claudometer failed: ${(error.stderr || error.message).trim().split('\n').pop()}`);
  }
}

function nanos(dollars) {
  return Math.round(dollars * NANOS);
}

/** Exact, without trailing zeros. */
function exact(amount) {
  const digits = String(amount).padStart(10, '0');
  return `${digits.slice(0, -9)}.${digits.slice(-9)}`.replace(/\.?0+$/, '') || '0';
}

/** For people: cents, and four places below one. */
function dollars(amount) {
  return amount !== 0 && amount < NANOS / 100 ? `$${(amount / NANOS).toFixed(4)}` : `$${(amount / NANOS).toFixed(2)}`;
}

function sum(sessions) {
  const models = new Map();
  for (const session of sessions) {
    for (const row of session.modelBreakdowns) {
      const before = models.get(row.modelName) || {responses: 0, input: 0, output: 0, written: 0, read: 0, cost: 0, unpriced: 0};
      const unpriced = row.unpricedResponses || 0;
      models.set(row.modelName, {
        responses: before.responses + row.responses,
        input: before.input + row.inputTokens,
        output: before.output + row.outputTokens,
        written: before.written + row.cacheCreationTokens,
        read: before.read + row.cacheReadTokens,
        cost: before.cost + nanos(row.cost || 0),
        unpriced: before.unpriced + unpriced,
      });
    }
  }
  const rows = [...models].sort((one, other) => other[1].cost - one[1].cost || (one[0] < other[0] ? -1 : 1));
  const total = key => rows.reduce((so, [, row]) => so + row[key], 0);
  return {
    rows,
    sessions: sessions.length,
    responses: total('responses'),
    tokens: total('input') + total('output') + total('written') + total('read'),
    cost: total('cost'),
    unpriced: total('unpriced'),
  };
}

/** What the run cost, or why that is not known. */
async function result() {
  const run = await execution(input('execution-file'));
  const all = await counted();
  const since = input('since');
  const ours = run
    ? all.filter(session => run.sessions.has(session.sessionId))
    : all.filter(session => !since || session.lastActivity >= new Date(since).toISOString());
  const found = sum(ours);
  const missing = run ? [...run.sessions].filter(id => !ours.some(session => session.sessionId === id)) : [];
  if (missing.length > 0) {
    return {...found, known: false, told: run.told, why: `no transcript of ${missing.length} of ${run.sessions.size} sessions is on this runner`};
  }
  if (found.sessions === 0) {
    return {...found, known: false, told: run?.told, why: 'no session of Claude Code is on this runner'};
  }
  if (found.unpriced > 0) {
    return {...found, known: false, told: run?.told, why: `${found.unpriced} responses are of models without a known price`};
  }
  return {...found, known: true, told: run?.told};
}

function report(run, budget) {
  const number = value => value.toLocaleString('en-US');
  const lines = [`### ${input('title') || 'Claude Code'}: ${run.known ? dollars(run.cost) : 'cost not known'}`, ''];
  if (!run.known) {
    lines.push(`${run.why[0].toUpperCase()}${run.why.slice(1)}.${run.told === undefined ? '' : ` Claude Code itself said ${dollars(run.told)}.`}`, '');
  }
  if (run.rows.length > 0) {
    lines.push('| model | responses | input | output | cache write | cache read | cost |', '|---|--:|--:|--:|--:|--:|--:|');
    for (const [name, row] of run.rows) {
      const cost = row.unpriced > 0 ? 'unpriced' : dollars(row.cost);
      lines.push(`| ${name.replaceAll('|', '\\|')} | ${number(row.responses)} | ${number(row.input)} | ${number(row.output)} | ${number(row.written)} | ${number(row.read)} | ${cost} |`);
    }
    lines.push('');
  }
  if (budget !== undefined) {
    lines.push(run.known ? `Budget: ${dollars(budget)}, ${run.cost <= budget ? 'kept' : '**exceeded**'}.` : `Budget: ${dollars(budget)}, **not checked**.`, '');
  }
  lines.push(`<sub>Counted by Claudometer${environment.GITHUB_SHA ? ` for ${environment.GITHUB_SHA.slice(0, 7)}` : ''}.</sub>`);
  return lines.join('\n');
}

/** The one comment of this title on the pull request: made, or updated. */
async function comment(markdown) {
  const event = environment.GITHUB_EVENT_PATH ? JSON.parse(await readFile(environment.GITHUB_EVENT_PATH, 'utf8')) : {};
  const pull = event.pull_request?.number ?? (event.issue?.pull_request ? event.issue.number : undefined);
  if (pull === undefined || input('comment') === 'false') {
    return;
  }
  const repository = `/repos/${environment.GITHUB_REPOSITORY}/issues`;
  const marker = `<!-- claudometer-report: ${(input('title') || 'Claude Code').replaceAll('--', '')} -->`;
  const body = {body: `${marker}\n${markdown}`};
  for (let page = 1; ; page++) {
    const comments = await github('GET', `${repository}/${pull}/comments?per_page=100&page=${page}`);
    const ours = comments.find(each => each.body?.startsWith(marker));
    if (ours) {
      return github('PATCH', `${repository}/comments/${ours.id}`, body);
    }
    if (comments.length < 100) {
      return github('POST', `${repository}/${pull}/comments`, body);
    }
  }
}

async function github(method, path, body) {
  const response = await fetch((environment.GITHUB_API_URL || 'https://api.github.com') + path, {
    method,
    headers: {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${input('token')}`,
      'x-github-api-version': '2022-11-28',
      ...(body ? {'content-type': 'application/json'} : {}),
    },
    body: body ? JSON.stringify(body) : undefined,
    signal: AbortSignal.timeout(30_000),
  });
  if (!response.ok) {
    throw new Error(`GitHub answered ${method} ${path.split('?')[0]} with ${response.status}`);
  }
  return response.json();
}

async function output(values) {
  if (environment.GITHUB_OUTPUT) {
    const end = `end-${randomUUID()}`;
    const text = Object.entries(values).map(([name, value]) => `${name}<<${end}\n${value}\n${end}\n`).join('');
    await appendFile(environment.GITHUB_OUTPUT, text);
  }
}

function command(kind, message) {
  console.log(`::${kind}::${message.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')}`);
}

async function main() {
  const text = input('budget');
  if (text && !/^\d+(\.\d{1,9})?$/.test(text)) {
    throw new Stop(`budget is '${text}', and should be dollars such as 2.50`);
  }
  const budget = text ? nanos(Number(text)) : undefined;
  const run = await result();
  const markdown = report(run, budget);
  const within = budget === undefined ? '' : String(run.known && run.cost <= budget);
  if (environment.GITHUB_STEP_SUMMARY) {
    await appendFile(environment.GITHUB_STEP_SUMMARY, `${markdown}\n`);
  }
  await output({
    cost: run.known ? exact(run.cost) : '',
    tokens: run.sessions > 0 ? run.tokens : '',
    responses: run.responses,
    sessions: run.sessions,
    'within-budget': within,
    markdown,
  });
  try {
    await comment(markdown);
  } catch (error) {
    // a fork's token may not write; the summary has the report all the same
    command('warning', `The pull request got no comment: ${error.message}`);
  }
  if (within === 'false') {
    throw new Stop(run.known ? `Claude Code cost $${exact(run.cost)}, more than the budget of $${exact(budget)}` : `The budget cannot be checked: ${run.why}`);
  }
}

main().catch(error => {
  command('error', error instanceof Stop ? error.message : error.stack);
  process.exitCode = 1;
});
