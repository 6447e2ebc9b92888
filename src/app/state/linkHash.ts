import { LAYERS, type Layer } from '../../config/layers.ts';
import { PERCENTILE_RANGE } from '../../config/percentiles.ts';
import type { ThemeName } from '../../config/theme.ts';
import type { Link, Selection } from './hoplineState.ts';
import { DEFAULT_LINK } from './viewSlice.ts';

/**
 * A link's part behind the `#`. It names things as the picture does and carries no data.
 *
 *     #v=1&path=GET+%2Fcatalog%2F%3Aid&entry=cf.workers&p=99&hop=postgres+%C2%B7+primary&open=data&theme=dark
 *
 * What is as by default is left out, so the plain page has no hash at all.
 */
const VERSION = '1';

export function toHash(link: Link): string {
  const values = new URLSearchParams();
  if (link.path !== null && fits(link.path.name, link.path.entry)) {
    values.set('path', link.path.name);
    if (link.path.entry !== null) values.set('entry', link.path.entry);
  }
  if (link.percentile !== DEFAULT_LINK.percentile) values.set('p', String(toPercent(link.percentile)));
  if (link.selection === null) values.set('hop', '');
  else if (link.selection !== 'auto') setSelection(values, link.selection);
  if (link.openLayers.length > 0) values.set('open', link.openLayers.join(' '));
  if (link.theme !== null) values.set('theme', link.theme);
  return values.size === 0 ? '' : `#v=${VERSION}&${values.toString()}`;
}

/** Whatever is missing, malformed or of another version is as by default. */
export function parseHash(hash: string): Link {
  const values = new URLSearchParams(hash.replace(/^#/, ''));
  if (values.get('v') !== VERSION) return DEFAULT_LINK;
  const name = values.get('path');
  return {
    path: name === null ? null : { name, entry: values.get('entry') },
    percentile: toFraction(values.get('p')),
    selection: toSelection(values),
    openLayers: [...new Set((values.get('open') ?? '').split(' '))].filter(isLayer),
    theme: toTheme(values.get('theme')),
  };
}

/** A name of a megabyte would be an address that nobody can send, and that takes the browser its time. */
const LONGEST = 2000;

function fits(...names: readonly (string | null)[]): boolean {
  return names.every((name) => name === null || name.length <= LONGEST);
}

/** 0.991 × 100 is 99.10000000000001. */
function toPercent(percentile: number): number {
  return Math.round(percentile * 1e6) / 1e4;
}

function toFraction(text: string | null): number {
  const percent = text === null ? NaN : Number(text);
  if (!(percent > 0 && percent < 100)) return DEFAULT_LINK.percentile;
  const { least, most } = PERCENTILE_RANGE;
  return Math.min(most, Math.max(least, Math.round(percent * 1e4) / 1e6));
}

function setSelection(values: URLSearchParams, selection: Selection): void {
  if (selection.type === 'hop') {
    if (fits(selection.id)) values.set('hop', selection.id);
  } else if (fits(selection.from, selection.to)) {
    values.set('from', selection.from);
    values.set('to', selection.to);
  }
}

function toSelection(values: URLSearchParams): Link['selection'] {
  const hop = values.get('hop');
  if (hop !== null) return hop === '' ? null : { type: 'hop', id: hop };
  const from = values.get('from');
  const to = values.get('to');
  return from !== null && to !== null ? { type: 'boundary', from, to } : 'auto';
}

function toTheme(text: string | null): ThemeName | null {
  return text === 'auto' || text === 'light' || text === 'dark' ? text : null;
}

function isLayer(text: string): text is Layer {
  return LAYERS.some((layer) => layer === text);
}
