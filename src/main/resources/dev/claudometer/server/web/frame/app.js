'use strict';

const root = document.documentElement;
const dark = () => root.dataset.theme
  ? root.dataset.theme === 'dark'
  : matchMedia('(prefers-color-scheme: dark)').matches;

for (const button of document.querySelectorAll('[data-theme-switch]')) {
  const say = () => { button.textContent = dark() ? 'Light theme' : 'Dark theme'; };
  button.hidden = false;
  say();
  button.addEventListener('click', () => {
    root.dataset.theme = dark() ? 'light' : 'dark';
    try { localStorage.setItem('theme', root.dataset.theme); } catch { /* for this page only */ }
    say();
    document.dispatchEvent(new Event('themechange'));
  });
}

for (const button of document.querySelectorAll('[data-menu]')) {
  button.addEventListener('click', () => {
    const open = button.getAttribute('aria-expanded') !== 'true';
    button.setAttribute('aria-expanded', String(open));
  });
}

// What opens over a page closes with Escape, and where one clicks beside it.
for (const popover of document.querySelectorAll('details[data-popover]')) {
  document.addEventListener('pointerdown', (event) => {
    if (!popover.contains(event.target)) popover.open = false;
  });
  popover.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !popover.open) return;
    popover.open = false;
    popover.querySelector('summary').focus();
  });
}

// A browser that goes back restores what was typed last: what a page shows, its address says.
addEventListener('pageshow', (event) => {
  const back = performance.getEntriesByType('navigation')[0]?.type === 'back_forward';
  if (!event.persisted && !back) return;
  for (const form of document.querySelectorAll('form[method=get]')) form.reset();
});

for (const button of document.querySelectorAll('[data-copy]')) {
  const text = document.getElementById(button.dataset.copy);
  const status = button.parentElement.querySelector('[data-copied]');
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(text.textContent);
      status.textContent = 'Copied.';
    } catch {
      getSelection().selectAllChildren(text);
      status.textContent = 'Selected: copy it with your keyboard.';
    }
  });
}

for (const form of document.querySelectorAll('form[data-confirm]')) {
  form.addEventListener('submit', (event) => {
    if (!confirm(form.dataset.confirm)) event.preventDefault();
  });
}

// A new server begins in the zone of whoever sets it up.
for (const select of document.querySelectorAll('form[data-zone="UTC"] select')) {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if ([...select.options].some((option) => option.value === here)) select.value = here;
}
