import { Moon, Sun, SunMoon } from 'lucide-react';
import type { ThemeName } from '../../config/theme.ts';
import { useHopline } from '../state/hoplineStore.ts';
import { themeOf } from '../state/selectors.ts';
import styles from './TopBar.module.css';

const NEXT: Record<ThemeName, ThemeName> = { auto: 'light', light: 'dark', dark: 'auto' };
const ICONS = { auto: SunMoon, light: Sun, dark: Moon };
const WORDS: Record<ThemeName, string> = { auto: 'as the system', light: 'light', dark: 'dark' };

/** Steps through the three themes; its name says which one holds. */
export function ThemeButton() {
  const theme = useHopline(themeOf);
  const setTheme = useHopline(({ setTheme }) => setTheme);
  const Icon = ICONS[theme];
  const label = `Theme: ${WORDS[theme]}`;
  return (
    <button
      type="button"
      className={styles.icon}
      aria-label={label}
      title={`${label}. Next: ${WORDS[NEXT[theme]]}`}
      onClick={() => setTheme(NEXT[theme])}
    >
      <Icon size={16} aria-hidden="true" />
    </button>
  );
}
