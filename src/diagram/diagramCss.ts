import { FONT_FAMILY } from '../config/geometry.ts';
import { TONES, type ThemeName, type Tone } from '../config/theme.ts';

/**
 * The style sheet of one diagram, every rule below `scope` (a selector), so that several diagrams on one page, each
 * with its own theme, do not touch one another. `page` takes the colours from the page's custom properties `--edge` …
 */
export function diagramCss(scope: string, theme: ThemeName | 'page', tones: readonly Tone[]): string {
  const rules = [
    `${scope} text{font-family:${FONT_FAMILY};white-space:pre}`,
    ...colourRules(scope, tones, (tone) =>
      theme === 'page' ? `var(--${tone})` : TONES[tone][theme === 'dark' ? 'dark' : 'light'],
    ),
  ];
  if (theme === 'auto') {
    const dark = colourRules(scope, tones, (tone) => TONES[tone].dark);
    rules.push(`@media (prefers-color-scheme:dark){${dark.join('')}}`);
  }
  return rules.join('');
}

/** For the page: everything that a diagram that can be used needs, colours from the page's custom properties. */
export function pageDiagramCss(): string {
  const scope = '.hopline';
  const tones = Object.keys(TONES).filter((name): name is Tone => name in TONES);
  return [
    diagramCss(scope, 'page', tones),
    `${scope}{display:block}`,
    `${scope} .part{cursor:pointer;outline:none}`,
    `${scope} .part .ring{display:none;fill:none;pointer-events:none}`,
    `${scope} .part:focus-visible .ring,${scope} .part.is-selected .ring{display:inline}`,
    `${scope} .part:focus-visible .ring{stroke:var(--text);stroke-width:2}`,
    `${scope} .part.is-selected .ring{stroke:var(--text);stroke-width:1.5}`,
    `${scope} .part.is-selected:focus-visible .ring{stroke-width:3}`,
    `${scope} .part .hit{fill:none;stroke:transparent;stroke-width:14;pointer-events:stroke}`,
    `${scope} .part:hover .s-line,${scope} .part.is-selected .s-line{stroke:var(--text)}`,
    `${scope} .part:hover .s-boxLine{stroke:var(--line)}`,
  ].join('');
}

function colourRules(scope: string, tones: readonly Tone[], colour: (tone: Tone) => string): string[] {
  return tones.map((tone) => `${scope} .f-${tone}{fill:${colour(tone)}}${scope} .s-${tone}{stroke:${colour(tone)}}`);
}
