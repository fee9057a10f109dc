'use strict';

// Draws the tables that stand below: a chart has no figures of its own.
const charts = new Map();
const DASHES = [[], [8, 4], [2, 3], [10, 3, 2, 3], [5, 5], [1, 5], [12, 6], [4, 2, 1, 2]];
const SHAPES = ['circle', 'rect', 'triangle', 'rectRot', 'star', 'cross', 'crossRot', 'dash'];

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function number(cell) {
  return cell.dataset.value === '' ? null : Number(cell.dataset.value);
}

// The colour of a model is that of its family and version, whatever else is in the chart.
const FAMILIES = ['opus', 'sonnet', 'haiku', 'fable', 'mythos'];
const SECOND = ['opus-4-8', 'sonnet-4-6', 'haiku-4-5', 'fable-5'];
const TONES = ['opus-1', 'sonnet-1', 'fable-1', 'haiku-1', 'mythos-1', 'sonnet-2', 'opus-2', 'haiku-2'];

function slot(model) {
  const family = FAMILIES.find((each) => model.includes(each));
  if (!family) return model === 'others' ? 'other' : 'mythos-2';
  const version = model.slice(model.indexOf(family)).replace(/-\d{8}.*|@.*/, '');
  return `${family}-${SECOND.includes(version) ? 2 : 1}`;
}

// Those that share a colour are told apart by stripes.
function striped(tone) {
  const tile = Object.assign(document.createElement('canvas'), { width: 8, height: 8 });
  const pen = tile.getContext('2d');
  pen.fillStyle = tone;
  pen.fillRect(0, 0, 8, 8);
  pen.strokeStyle = colour('--card');
  pen.lineWidth = 1.5;
  for (const at of [-8, 0, 8]) {
    pen.moveTo(at, 8);
    pen.lineTo(at + 8, 0);
  }
  pen.stroke();
  return pen.createPattern(tile, 'repeat');
}

function tones(box, keys) {
  const taken = new Set();
  return keys.map((key, column) => {
    const name = key === 'others' ? 'other'
      : box.dataset.by === 'model' ? slot(key) : TONES[column % TONES.length];
    const again = taken.has(name);
    taken.add(name);
    return { tone: colour(`--${name}`), again };
  });
}

function dataset(rows, label, column, { tone, again }, lines) {
  return {
    label,
    tone,
    again,
    data: rows.map((row) => number(row.cells[column + 1])),
    backgroundColor: again ? striped(tone) : tone,
    ...(lines ? {
      borderColor: tone,
      borderWidth: 2,
      borderDash: DASHES[column % 8],
      pointStyle: SHAPES[column % 8],
      pointRadius: 2.5,
    } : { borderColor: colour('--card'), borderWidth: rows.length > innerWidth / 16 ? 0 : 1, borderSkipped: false, maxBarThickness: 26 }),
  };
}

function figures(box) {
  const table = document.getElementById(box.dataset.chart);
  const rows = [...table.tBodies[0].rows];
  const heads = [...table.tHead.rows[0].cells].slice(1);
  const colours = tones(box, heads.map((cell) => cell.dataset.key));
  return {
    labels: rows.map((row) => (row.cells[0].querySelector('a') ?? row.cells[0]).textContent.trim()),
    notes: rows.map((row) => [...row.cells[0].querySelectorAll('.noted')].map((note) => note.textContent.trim())),
    datasets: heads.map((cell, column) => dataset(
      rows, cell.textContent.trim(), column, colours[column], box.dataset.kind === 'lines',
    )),
  };
}

// As the tables beside it: as many places as the currency has, and two digits of what is less than its smallest unit.
const SIGNS = { USD: '$', EUR: '€', GBP: '£' };

function amount(box, least) {
  const currency = box.dataset.unit;
  const places = currency ? new Intl.NumberFormat('en-US', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits : 2;
  const usual = new Intl.NumberFormat('en-US', { minimumFractionDigits: Math.min(least, places), maximumFractionDigits: places });
  const tiny = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 2 });
  return (value) => {
    const digits = (value !== 0 && Math.abs(value) < 10 ** -places ? tiny : usual).format(value);
    return !currency ? digits : SIGNS[currency] ? SIGNS[currency] + digits : `${digits} ${currency}`;
  };
}

// A note of a day without usage is shown beside one part, which is nothing.
function notedOnly({ chart, dataIndex, datasetIndex }) {
  return datasetIndex === 0 && chart.data.notes[dataIndex].length > 0
    && chart.data.datasets.every((part) => !part.data[dataIndex]);
}

// A tooltip has no lines of its own.
function wrapped(text) {
  return text.match(/.{1,48}(?=\s|$)|\S{1,48}/gu).map((line) => line.trim());
}

// A flag where somebody wrote something on a day: the tooltip and the table below have the text.
const flags = {
  id: 'flags',
  afterDatasetsDraw({ ctx, chartArea: { top, bottom }, scales: { x }, data }) {
    ctx.save();
    ctx.strokeStyle = ctx.fillStyle = colour('--faint');
    ctx.setLineDash([2, 3]);
    data.notes.forEach((texts, at) => {
      if (!texts.length) return;
      const place = Math.round(x.getPixelForValue(at)) + 0.5;
      ctx.beginPath();
      ctx.moveTo(place, bottom);
      ctx.lineTo(place, top);
      ctx.stroke();
      ctx.beginPath();
      ctx.moveTo(place, top);
      ctx.lineTo(place + 9, top + 4);
      ctx.lineTo(place, top + 8);
      ctx.fill();
    });
    ctx.restore();
  },
};

// The largest parts of a step, and what all of them are together.
function tooltip(box, stacked) {
  const written = amount(box, 2);
  return {
    filter: (item) => item.parsed.y !== null && (!stacked || item.parsed.y > 0 || notedOnly(item)),
    itemSort: (one, other) => other.parsed.y - one.parsed.y,
    callbacks: {
      title: ([item]) => (item ? [item.label, ...item.chart.data.notes[item.dataIndex].flatMap(wrapped)] : ''),
      label: (item) => `${item.dataset.label}: ${written(item.parsed.y)}`,
      footer: (items) => (stacked ? `Total: ${written(items.reduce((sum, item) => sum + item.parsed.y, 0))}` : ''),
    },
  };
}

// The sessions behind a bar, a step, or all bars of a part.
function sessions(box, row, column) {
  const table = document.getElementById(box.dataset.chart);
  const link = table.tBodies[0].rows[row ?? 0]?.querySelector('a');
  if (!link || !box.dataset.by) return null;
  if (box.dataset.jump) return row === undefined ? null : link.href;
  const address = new URL(link.href);
  if (row === undefined) {
    const last = table.tBodies[0].rows[table.tBodies[0].rows.length - 1].querySelector('a');
    address.searchParams.set('to', new URL(last.href).searchParams.get('to'));
  }
  const key = column === undefined ? '' : table.tHead.rows[0].cells[column + 1].dataset.key;
  if (key && key !== 'others') address.searchParams.set(box.dataset.by, key);
  return address.href;
}

function follow(box, row, column) {
  const address = sessions(box, row, column);
  if (address) location.assign(address);
}

function draw(box) {
  const stacked = box.dataset.kind !== 'lines';
  const text = { color: colour('--text') };
  const grid = { color: colour('--line') };
  return new Chart(box.querySelector('canvas'), {
    type: stacked ? 'bar' : 'line',
    data: figures(box),
    plugins: [flags],
    options: {
      animation: false,
      maintainAspectRatio: false,
      interaction: { mode: 'index', intersect: false },
      onClick: (event, _, chart) => {
        const [bar] = chart.getElementsAtEventForMode(event, 'nearest', { intersect: true }, true);
        if (bar) follow(box, bar.index, bar.datasetIndex);
      },
      scales: {
        x: { stacked, ticks: { ...text, maxRotation: 0, autoSkipPadding: 12 }, grid: { display: false } },
        y: { stacked, ticks: { ...text, callback: amount(box, 0) }, grid, beginAtZero: true },
      },
      onHover: (event, bars) => { event.native.target.style.cursor = bars.length && box.dataset.by ? 'pointer' : ''; },
      plugins: { tooltip: tooltip(box, stacked), legend: { display: false } },
    },
  });
}

// What has no price is not free.
function sum(values, written) {
  const all = values.reduce((together, value) => together + (value ?? 0), 0);
  return all === 0 && values.includes(null) ? 'unpriced' : written(all);
}

// Each part with what it comes to: a link to its sessions.
function legend(box, chart) {
  const written = amount(box, 2);
  const list = document.getElementById(box.dataset.chart.replace(/-rows$/, '-legend'));
  list.replaceChildren(...chart.data.datasets.map((part, column) => {
    const address = sessions(box, undefined, column);
    const entry = document.createElement(address ? 'a' : 'span');
    if (address) entry.href = address;
    const swatch = document.createElement('i');
    swatch.style.backgroundColor = part.tone;
    swatch.classList.toggle('striped', part.again);
    const name = document.createElement('bdi');
    name.textContent = name.title = part.label;
    const total = document.createElement('b');
    total.textContent = box.dataset.unit ? sum(part.data, written) : '';
    entry.append(swatch, name, total);
    const item = document.createElement('li');
    item.append(entry);
    return item;
  }));
}

// With the keyboard a chart is one stop: arrows go from step to step, Enter leads to its sessions.
function walk(box, chart) {
  const STEPS = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity };
  const told = box.querySelector('[data-told]');
  let at = -1;
  const show = () => {
    const parts = chart.data.datasets.map((_, datasetIndex) => ({ datasetIndex, index: at })).filter(() => at >= 0);
    chart.setActiveElements(parts);
    chart.tooltip.setActiveElements(parts, { x: 0, y: 0 });
    chart.update('none');
    const { title, body, footer } = chart.tooltip;
    told.textContent = at < 0 ? '' : [...title, ...(body ?? []).flatMap((part) => part.lines), ...(footer ?? [])].join(', ');
  };
  chart.canvas.addEventListener('keydown', (event) => {
    const last = chart.data.labels.length - 1;
    if (event.key in STEPS) at = Math.max(0, Math.min(last, at < 0 && event.key === 'ArrowLeft' ? last : at + STEPS[event.key]));
    else if (event.key === 'Escape') at = -1;
    else if (event.key === 'Enter' && at >= 0) return follow(box, at);
    else return;
    event.preventDefault();
    show();
  });
  chart.canvas.addEventListener('blur', () => {
    at = -1;
    show();
  });
}

function forget(gone) {
  for (const [box, chart] of charts) {
    if (gone(box)) {
      chart.destroy();
      charts.delete(box);
    }
  }
}

function drawAll() {
  forget(() => true);
  update();
}

function update() {
  forget((box) => !box.isConnected);
  for (const box of document.querySelectorAll('[data-chart]')) {
    const chart = charts.get(box);
    if (chart) {
      chart.data = figures(box);
      chart.update();
      legend(box, chart);
    } else {
      const made = draw(box);
      charts.set(box, made);
      legend(box, made);
      walk(box, made);
    }
  }
}

Chart.defaults.font.family = getComputedStyle(document.documentElement).fontFamily;
Chart.defaults.font.size = 11;
update();
performance.mark('charts');
document.addEventListener('figureschange', update);
document.addEventListener('themechange', drawAll);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);
