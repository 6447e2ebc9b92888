/**
 * Colours by meaning. Marks carry a tone, never a colour, so one Scene serves every theme.
 * Text tones keep 4.5 : 1 against the background, lines and bars that carry meaning 3 : 1 (WCAG 2.2, 1.4.3 and 1.4.11).
 */
export type ThemeName = 'auto' | 'light' | 'dark';

export const TONES = {
  background: { light: '#fbfbfa', dark: '#0e1013' },
  text: { light: '#17191c', dark: '#eceef1' },
  dim: { light: '#686d75', dark: '#8d949e' },
  line: { light: '#8b9199', dark: '#646c77' },
  grid: { light: '#dfe2e6', dark: '#2a2f36' },
  box: { light: '#ffffff', dark: '#15181c' },
  boxLine: { light: '#dfe2e6', dark: '#2a2f36' },
  track: { light: '#eceef0', dark: '#23282e' },
  pill: { light: '#f1f2f4', dark: '#1c2026' },
  onFill: { light: '#ffffff', dark: '#0e1013' },
  client: { light: '#b0438c', dark: '#f08ac9' },
  edge: { light: '#7c5cd6', dark: '#a78bfa' },
  gateway: { light: '#2b6fd6', dark: '#6ea8fe' },
  service: { light: '#0a8070', dark: '#3ecfb2' },
  data: { light: '#a06508', dark: '#f0b14a' },
  bad: { light: '#c8322b', dark: '#ff6b5e' },
} as const;

export type Tone = keyof typeof TONES;
