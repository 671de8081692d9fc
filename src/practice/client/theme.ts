const key = 'practice-theme';

export type Theme = 'light' | 'dark';

/** The theme in force: what was chosen here before, else what the machine prefers. */
export function currentTheme(): Theme {
  const chosen = localStorage.getItem(key);
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

/** Puts the theme on the page, and remembers it when it was chosen by hand. */
export function applyTheme(chosen?: Theme): void {
  if (chosen !== undefined) localStorage.setItem(key, chosen);
  document.documentElement.dataset['theme'] = currentTheme();
}
