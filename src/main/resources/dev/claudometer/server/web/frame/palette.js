// Find anything (Ctrl K, ⌘ K), and the keys of all pages. The server makes what is found: here are only its rows.
const WAIT_MILLIS = 150;
const SEQUENCE_MILLIS = 1500;
const PERIODS = { t: 'Today', y: 'Yesterday', w: '7 days', m: 'This month' };

const palette = document.querySelector('[data-palette]');
const field = palette.querySelector('input');
const list = palette.querySelector('.found');
const note = palette.querySelector('[data-palette-note]');
const keys = document.querySelector('[data-keys]');
const single = keys.querySelector('[data-single-keys]');

let request = null;
let timer = 0;
let before = null;

function remembered() {
  try { return localStorage.getItem('single-keys') !== 'off'; } catch { return true; }
}

single.checked = remembered();
single.addEventListener('change', () => {
  try { localStorage.setItem('single-keys', single.checked ? 'on' : 'off'); } catch { /* for this page only */ }
});

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

// The text with what was looked for marked in it.
function marked(text, wanted) {
  const at = wanted ? text.toLowerCase().indexOf(wanted.toLowerCase()) : -1;
  if (at < 0) return [text];
  const end = at + wanted.length;
  return [text.slice(0, at), element('mark', {}, text.slice(at, end)), text.slice(end)];
}

function row(hit, wanted) {
  const name = element('span', { class: 'grow' }, element('bdi', {}, ...marked(hit.name, wanted)));
  if (hit.detail) name.append(' ', element('small', {}, ...marked(hit.detail, wanted)));
  const made = element('div', { role: 'option', 'aria-selected': 'false', 'data-href': hit.href }, name);
  if (hit.figure) made.append(element('span', { class: 'end' }, hit.figure));
  return made;
}

function group(title, hits, wanted, at) {
  const id = `found-group-${at}`;
  const made = element('div', { role: 'group', 'aria-labelledby': id }, element('h3', { id, role: 'presentation' }, title));
  made.append(...hits.map((hit) => row(hit, wanted)));
  return made;
}

// Pages that the menu has, and periods of this page.
function places(wanted) {
  const has = (text) => text.toLowerCase().includes(wanted.toLowerCase());
  const pages = [...document.querySelectorAll(wanted ? '#menu ul a:not([data-view])' : '#menu ul a')].map((link) => (
    { href: link.href, name: link.textContent.trim(), detail: '', figure: link.dataset.key ? `g ${link.dataset.key}` : '' }));
  const periods = [...document.querySelectorAll('.scope a[data-period]')].map((link) => (
    { href: link.href, name: `Period: ${link.textContent.trim()}`, detail: '', figure: '' }));
  return [...pages, ...(wanted ? periods : [])].filter((hit) => has(hit.name));
}

function groups(answer) {
  return [...answer.querySelectorAll('section')].map((section) => ({
    title: section.querySelector('h2').textContent,
    hits: [...section.querySelectorAll('a')].map((link) => ({
      href: link.getAttribute('href'),
      name: link.querySelector('bdi').textContent,
      detail: link.querySelector('small')?.textContent ?? '',
      figure: link.querySelector('b').textContent,
    })),
  }));
}

function show(found, wanted) {
  const all = [...found, { title: 'Go to', hits: places(wanted) }].filter((one) => one.hits.length);
  list.replaceChildren(...all.map((one, at) => group(one.title, one.hits, wanted, at)));
  options().forEach((option, at) => { option.id = `found-${at}`; });
  choose(0);
  note.textContent = all.length ? '' : `Nothing has “${wanted}” in its name.`;
}

function options() {
  return [...list.querySelectorAll('[role=option]')];
}

function chosen() {
  return options().findIndex((option) => option.getAttribute('aria-selected') === 'true');
}

function choose(at) {
  const all = options();
  const next = all.length ? all[(at + all.length) % all.length] : null;
  for (const option of all) option.setAttribute('aria-selected', String(option === next));
  if (next) {
    field.setAttribute('aria-activedescendant', next.id);
    next.scrollIntoView({ block: 'nearest' });
  } else {
    field.removeAttribute('aria-activedescendant');
  }
}

function ask() {
  const wanted = field.value.trim();
  request = new XMLHttpRequest();
  request.open('GET', `/find?text=${encodeURIComponent(wanted)}`);
  request.setRequestHeader('Claudometer-Part', 'live');
  request.responseType = 'document';
  request.onload = ({ target }) => {
    if (target !== request || wanted !== field.value.trim()) return;
    const answer = target.response?.getElementById('found-hits');
    if (target.status === 200 && answer) show(groups(answer), wanted);
    else note.textContent = target.status === 429 ? 'Too many searches: wait a minute.' : 'The server does not answer as it should.';
  };
  request.onerror = () => { note.textContent = 'The server does not answer.'; };
  request.send();
}

field.addEventListener('input', () => {
  clearTimeout(timer);
  request?.abort();
  const wanted = field.value.trim();
  if (!wanted) show([], '');
  else timer = setTimeout(ask, WAIT_MILLIS);
});

field.addEventListener('keydown', (event) => {
  const steps = { ArrowDown: 1, ArrowUp: -1 };
  if (steps[event.key]) {
    event.preventDefault();
    choose(chosen() + steps[event.key]);
  } else if (event.key === 'Enter') {
    event.preventDefault();
    follow(options()[chosen()]);
  }
});

list.addEventListener('click', (event) => follow(event.target.closest('[role=option]')));

function follow(option) {
  if (option) location.assign(option.dataset.href);
}

function open(dialog) {
  if (dialog.open) return;
  for (const other of [palette, keys]) other.close();
  dialog.showModal();
  if (dialog === palette) {
    field.value = '';
    show([], '');
    field.focus();
  }
}

for (const dialog of [palette, keys]) {
  dialog.addEventListener('click', (event) => { if (event.target === dialog) dialog.close(); });
}
for (const link of document.querySelectorAll('[data-find]')) {
  link.addEventListener('click', (event) => {
    event.preventDefault();
    open(palette);
  });
}

function typing(target) {
  return target instanceof Element && (target.isContentEditable || target.matches('input:not([type=checkbox], [type=radio]), textarea, select'));
}

function go(link) {
  if (!link) return false;
  location.assign(link.href);
  return true;
}

function period(key) {
  const named = [...document.querySelectorAll('.scope a[data-period]')]
    .find((link) => link.textContent.trim() === PERIODS[key]);
  return go(named);
}

// What a single key does; false where it does nothing here.
function pressed(key) {
  if (before === 'g') return go(document.querySelector(`#menu a[data-key="${CSS.escape(key)}"]`));
  if (key === 'g') {
    before = 'g';
    setTimeout(() => { before = null; }, SEQUENCE_MILLIS);
    return true;
  }
  if (key === '/') {
    const search = document.querySelector('main input[type=search], main input[name=text]');
    if (search) search.focus();
    else open(palette);
    return true;
  }
  if (key === 'p') return go(document.querySelector('.scope a[rel=prev]'));
  if (key === 'n') return go(document.querySelector('.scope a[rel=next]'));
  return PERIODS[key] ? period(key) : false;
}

document.addEventListener('keydown', (event) => {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k') {
    event.preventDefault();
    open(palette);
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (event.key === '?' && !keys.open) {
    event.preventDefault();
    open(keys);
    return;
  }
  if (palette.open || keys.open || !single.checked) return;
  const last = before;
  if (pressed(event.key)) event.preventDefault();
  if (last) before = null;
});
performance.mark('keys');
