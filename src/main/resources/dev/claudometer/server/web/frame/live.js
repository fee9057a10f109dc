// Keeps the figures of a page as the server has them: it says when they have changed, the page then asks for that
// part of itself. Elements stay where they are, and with them focus, scrolling and what has been opened.
const LEAST_MILLIS = 5000;
const RETRY_MILLIS = 30000;
const part = document.getElementById('live');
const note = document.querySelector('[data-live-note]');
const pause = document.querySelector('[data-live-pause]');

let source = null;
let timer = 0;
let asked = -Infinity;
let paused = false;

function say(text) {
  note.dataset.state = text.startsWith('Live') ? 'live' : text === 'Paused' ? 'paused' : 'stale';
  if (note.textContent !== text) note.textContent = text;
}

function become(now, next) {
  if (now.isEqualNode(next)) return;
  if (now.nodeName !== next.nodeName) {
    now.replaceWith(document.adoptNode(next));
  } else if (now.nodeType !== Node.ELEMENT_NODE) {
    now.nodeValue = next.nodeValue;
  } else if (!now.matches('canvas')) {
    for (const { name } of [...now.attributes]) {
      if (!next.hasAttribute(name) && name !== 'open') now.removeAttribute(name);
    }
    for (const { name, value } of next.attributes) now.setAttribute(name, value);
    becomeChildren(now, next);
  }
}

// What has an id is found again by it, what has none by its place.
function becomeChildren(now, next) {
  let place = now.firstChild;
  for (const child of [...next.childNodes]) {
    const known = child.id ? [...now.children].find((old) => old.id === child.id) : null;
    while (known && place && place !== known) {
      const gone = place;
      place = place.nextSibling;
      gone.remove();
    }
    if (place && place.nodeName === child.nodeName && (place.id ?? '') === (child.id ?? '')) {
      const old = place;
      place = place.nextSibling;
      become(old, child);
    } else {
      now.insertBefore(document.adoptNode(child), place);
    }
  }
  while (place) {
    const gone = place;
    place = place.nextSibling;
    gone.remove();
  }
}

// An XMLHttpRequest parses the answer into a document of its own: nothing in it runs.
function ask() {
  timer = 0;
  asked = performance.now();
  const request = new XMLHttpRequest();
  request.open('GET', location.href);
  request.setRequestHeader('Claudometer-Part', 'live');
  request.responseType = 'document';
  request.onload = () => answered(request);
  request.onerror = () => say('Not live: the server does not answer.');
  request.send();
}

function answered(request) {
  const next = request.response?.getElementById('live');
  if (request.status === 401) {
    stop();
    say('Not live: you are logged out.');
  } else if (request.status === 200 && next && !paused) {
    const changed = part.dataset.revision !== next.dataset.revision;
    const at = next.dataset.at;
    become(part, next);
    document.dispatchEvent(new Event('figureschange'));
    if (changed && source?.readyState === EventSource.OPEN) say(`Live, new figures at ${at}`);
  }
}

// At once, but then not again for some seconds.
function want() {
  if (!timer) timer = setTimeout(ask, Math.max(0, asked + LEAST_MILLIS - performance.now()));
}

function start() {
  source = new EventSource('/api/v1/live');
  source.onopen = () => say('Live');
  source.onmessage = (event) => { if (event.data !== part.dataset.revision) want(); };
  source.addEventListener('minute', want);
  // Whether it is the server or the log-in that has gone, an answer tells.
  source.onerror = () => {
    const refused = source.readyState === EventSource.CLOSED;
    if (refused) say('Not live at the moment.');
    ask();
    if (refused) timer = setTimeout(() => { timer = 0; update(); }, RETRY_MILLIS);
  };
}

function stop() {
  source?.close();
  source = null;
  clearTimeout(timer);
  timer = 0;
}

function update() {
  stop();
  if (paused) say('Paused');
  else if (!document.hidden) start();
}

pause.hidden = false;
pause.addEventListener('click', () => {
  paused = !paused;
  pause.textContent = paused ? 'Resume' : 'Pause';
  update();
});
document.addEventListener('visibilitychange', update);
update();
