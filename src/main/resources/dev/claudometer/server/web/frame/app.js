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
