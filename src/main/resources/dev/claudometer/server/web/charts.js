'use strict';

// Draws stacked bars of the tables that stand below them: a chart has no figures of its own.
const charts = [];

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function figures(table) {
  const rows = [...table.tBodies[0].rows];
  const names = [...table.tHead.rows[0].cells].slice(1).map((cell) => cell.textContent.trim());
  return {
    labels: rows.map((row) => row.cells[0].textContent.trim()),
    datasets: names.map((label, column) => ({
      label,
      data: rows.map((row) => Number(row.cells[column + 1].dataset.value)),
      backgroundColor: colour(`--c${column + 1}`),
    })),
  };
}

function draw(box) {
  const data = figures(document.getElementById(box.dataset.chart));
  const text = { color: colour('--text') };
  const grid = { color: colour('--line') };
  return new Chart(box.querySelector('canvas'), {
    type: 'bar',
    data,
    options: {
      animation: false,
      maintainAspectRatio: false,
      interaction: { mode: 'index', intersect: false },
      scales: {
        x: { stacked: true, ticks: { ...text, maxRotation: 0, autoSkipPadding: 12 }, grid: { display: false } },
        y: { stacked: true, ticks: text, grid, beginAtZero: true },
      },
      plugins: { legend: { position: 'bottom', labels: { ...text, boxWidth: 14 } } },
    },
  });
}

function drawAll() {
  while (charts.length) charts.pop().destroy();
  for (const box of document.querySelectorAll('[data-chart]')) charts.push(draw(box));
}

drawAll();
document.addEventListener('themechange', drawAll);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);
