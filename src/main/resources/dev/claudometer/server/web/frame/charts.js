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

function dataset(rows, label, column, lines) {
  const tone = colour(`--c${column % 8 + 1}`);
  return {
    label,
    data: rows.map((row) => number(row.cells[column + 1])),
    backgroundColor: tone,
    ...(lines && {
      borderColor: tone,
      borderWidth: 2,
      borderDash: DASHES[column % 8],
      pointStyle: SHAPES[column % 8],
      pointRadius: 2.5,
    }),
  };
}

function figures(box) {
  const table = document.getElementById(box.dataset.chart);
  const rows = [...table.tBodies[0].rows];
  const names = [...table.tHead.rows[0].cells].slice(1).map((cell) => cell.textContent.trim());
  return {
    labels: rows.map((row) => row.cells[0].textContent.trim()),
    datasets: names.map((label, column) => dataset(rows, label, column, box.dataset.kind === 'lines')),
  };
}

// The sessions behind a bar, or behind all bars of a part.
function sessions(box, row, column) {
  const table = document.getElementById(box.dataset.chart);
  const link = table.tBodies[0].rows[row ?? 0]?.querySelector('a');
  if (!link || !box.dataset.by) return null;
  const address = new URL(link.href);
  if (row === undefined) {
    const last = table.tBodies[0].rows[table.tBodies[0].rows.length - 1].querySelector('a');
    address.searchParams.set('to', new URL(last.href).searchParams.get('to'));
  }
  const key = table.tHead.rows[0].cells[column + 1].dataset.key;
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
        y: { stacked, ticks: text, grid, beginAtZero: true },
      },
      plugins: { legend: { onClick: box.dataset.by ? (_, item) => follow(box, undefined, item.datasetIndex) : undefined, position: 'bottom', labels: { ...text, boxWidth: 14, boxHeight: 8, usePointStyle: !stacked } } },
    },
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
    } else {
      charts.set(box, draw(box));
    }
  }
}

update();
performance.mark('charts');
document.addEventListener('figureschange', update);
document.addEventListener('themechange', drawAll);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);
