'use strict';

// Follows the server's log: asks, and is answered when there is a line. Stops while nobody looks.
const MOST_ROWS = 500;
const WAIT_SECONDS = 20;
const REST_MILLIS = 1000;

const button = document.querySelector('[data-follow]');
const status = document.querySelector('[data-followed]');
const card = document.getElementById('log');
let last = Number(button.dataset.last);
let asking = null;

// As the server shows names: nothing that a screen cannot, nothing that turns the writing round.
function clean(text) {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\uFFFD');
}

const clock = new Intl.DateTimeFormat('sv-SE', {
  timeZone: button.dataset.zone, month: '2-digit', day: '2-digit',
  hour: '2-digit', minute: '2-digit', second: '2-digit',
});

function time(at) {
  const part = Object.fromEntries(clock.formatToParts(new Date(at)).map((each) => [each.type, each.value]));
  return `${part.month}-${part.day} ${part.hour}:${part.minute}:${part.second}`;
}

function element(name, text, role) {
  const made = document.createElement(name);
  if (role) made.className = role;
  if (text !== undefined) made.textContent = clean(text);
  return made;
}

function message(text) {
  const lines = text.split('\n');
  const cell = element('td', undefined, 'long');
  cell.append(element('bdi', lines[0]));
  if (lines.length > 1) {
    const more = element('details');
    const list = element('ul');
    list.append(...lines.slice(1).map((line) => element('li', line)));
    more.append(element('summary', 'more'), list);
    cell.append(more);
  }
  return cell;
}

function row(line) {
  const made = element('tr');
  made.append(
    element('td', time(line.at), 'time'),
    element('td', line.level, 'text'),
    element('td', line.category, 'text'),
    message(line.message),
  );
  return made;
}

// The first line needs a table: the page had none while there was nothing to show.
function body() {
  if (!card.querySelector('tbody')) {
    const table = element('table');
    const head = element('tr');
    for (const name of ['At', 'Level', 'Part', 'Message']) {
      const cell = element('th', name);
      cell.scope = 'col';
      head.append(cell);
    }
    const top = element('thead');
    top.append(head);
    table.append(top, element('tbody'));
    const scroll = element('div');
    scroll.className = 'scroll';
    scroll.append(table);
    card.querySelector('.empty').replaceWith(scroll);
  }
  return card.querySelector('tbody');
}

function show(lines) {
  const rows = body();
  for (const line of lines) rows.prepend(row(line));
  while (rows.rows.length > MOST_ROWS) rows.lastElementChild.remove();
  status.textContent = `Following. ${lines.length} more.`;
}

async function ask() {
  const query = new URLSearchParams({ after: last, wait: WAIT_SECONDS });
  for (const name of ['level', 'category']) {
    if (button.dataset[name]) query.set(name, button.dataset[name]);
  }
  const answer = await fetch(`/api/v1/logs?${query}`, { signal: asking.signal });
  if (!answer.ok) throw new Error(String(answer.status));
  const page = await answer.json();
  last = page.last;
  if (page.lines.length) show(page.lines);
}

async function follow() {
  asking = new AbortController();
  const mine = asking;
  button.setAttribute('aria-pressed', 'true');
  button.textContent = 'Pause';
  status.textContent = 'Following.';
  try {
    while (asking === mine) {
      await ask();
      await new Promise((done) => { setTimeout(done, REST_MILLIS); });
    }
  } catch (failure) {
    if (asking === mine) pause(failure.message === '401' ? 'You have been logged out.' : 'The server does not answer.');
  }
}

function pause(why) {
  const old = asking;
  asking = null;
  if (old) old.abort();
  button.setAttribute('aria-pressed', 'false');
  button.textContent = 'Follow';
  status.textContent = why;
}

button.hidden = false;
button.addEventListener('click', () => { if (asking) pause('Paused.'); else follow(); });
document.addEventListener('visibilitychange', () => {
  if (document.hidden && asking) pause('Paused while nobody looked.');
});
