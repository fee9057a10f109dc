// Asks every few seconds which devices have come, for as long as somebody looks.
const WAIT_MILLIS = 3000;
const place = document.getElementById('arrivals');
const { since, machines } = place.dataset;

function again() {
  setTimeout(ask, WAIT_MILLIS);
}

function ask() {
  if (document.hidden) {
    again();
    return;
  }
  const request = new XMLHttpRequest();
  request.open('GET', `/setup/arrived?since=${encodeURIComponent(since)}&machines=${machines}`);
  request.setRequestHeader('Claudometer-Part', 'live');
  request.responseType = 'document';
  request.onload = () => {
    const next = request.response?.getElementById('arrivals');
    if (request.status === 200 && next && !place.isEqualNode(next)) {
      place.replaceChildren(...[...next.childNodes].map((node) => document.adoptNode(node)));
    }
    if (request.status !== 401) again();
  };
  request.onerror = again;
  request.send();
}

again();
