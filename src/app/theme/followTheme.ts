import { TONES, type ThemeName } from '../../config/theme.ts';

interface Store {
  getState(): { readonly theme: ThemeName };
  subscribe(listener: () => void): () => void;
}

/** Makes every tone a custom property that knows both themes, and the chosen theme the page's colour scheme. */
export function followTheme(store: Store): () => void {
  const tones = new CSSStyleSheet();
  tones.replaceSync(`:root { ${toProperties()} }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, tones];
  const apply = (): void => {
    const { theme } = store.getState();
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
