// Runs before the page is drawn, so that it is never drawn in the wrong colours.
document.documentElement.classList.add('js');
try {
  const theme = localStorage.getItem('theme');
  if (theme === 'dark' || theme === 'light') document.documentElement.dataset.theme = theme;
} catch { /* no storage: the system's theme */ }
