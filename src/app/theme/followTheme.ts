import { pageDiagramCss } from '../../diagram/diagramCss.ts';
import { TONES } from '../../config/theme.ts';
import type { HoplineState } from '../state/hoplineState.ts';
import { themeOf } from '../state/selectors.ts';

interface Store {
  getState(): HoplineState;
  subscribe(listener: () => void): () => void;
}

/**
 * Makes every tone a custom property that knows both themes, so the page and its diagram take their colours from one
 * place, and makes the chosen theme the page's colour scheme.
 */
export function followTheme(store: Store): () => void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`:root { ${toProperties()} } ${pageDiagramCss()}`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  const apply = (): void => {
    const theme = themeOf(store.getState());
    document.documentElement.style.colorScheme = theme === 'auto' ? 'light dark' : theme;
  };
  apply();
  return store.subscribe(apply);
}

function toProperties(): string {
  return Object.entries(TONES)
    .map(([tone, { light, dark }]) => `--${tone}: light-dark(${light}, ${dark});`)
    .join(' ');
}
