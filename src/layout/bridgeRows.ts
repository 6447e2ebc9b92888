import type { PartChange, PathDiff } from '../analyse/diff/model.ts';
import type { Milliseconds } from '../base/units.ts';
import type { Layer } from '../config/layers.ts';
import type { Tone } from '../config/theme.ts';
import { signed, type Amount } from './bridgeAmounts.ts';

/** A row of a bridge: the total before or after, or a change between them. */
export interface BridgeRow {
  readonly name: string;
  readonly layer: Layer | null;
  readonly startMs: Milliseconds;
  readonly endMs: Milliseconds;
  /** Where the bar may end instead: 95 %. */
  readonly interval: { readonly lowMs: Milliseconds; readonly highMs: Milliseconds } | null;
  readonly amount: Amount;
  readonly words: string;
  readonly tone: Tone;
  readonly isBad: boolean;
}

/** More rows than a person compares; then the smallest changes stand together. */
const MOST_ROWS = 24;

/**
 * The rows from before to after, in the order of the path. What would print as 0 and is not proven stands together at
 * the end, before the total.
 *
 *     changes   +0.1  0  +3.6  0  0   →   before, +0.1, +3.6, 3 others, after
 *
 * `quanta` are those of the parts, `before` and `after` those of the totals.
 */
export function bridgeRows(
  { total, parts }: PathDiff,
  quanta: readonly number[],
  before: number,
  after: number,
): BridgeRow[] {
  const shown = chosen(parts, quanta);
  const rows: BridgeRow[] = [];
  let at = total.beforeMs;
  const push = (row: Omit<BridgeRow, 'startMs' | 'endMs' | 'amount'>, changeMs: Milliseconds, whole: number): void => {
    rows.push({
      ...row,
      startMs: at,
      endMs: at + changeMs,
      amount: signed(whole),
    });
    at += changeMs;
  };
  parts.forEach((part, index) => {
    if (!shown.has(index)) return;
    const { lowMs = null, highMs = null } = part.interval ?? {};
    push(
      {
        name: part.name,
        layer: part.of === 'hop' ? part.layer : null,
        interval: lowMs === null || highMs === null ? null : { lowMs: at + lowMs, highMs: at + highMs },
        words: wordsOf(part),
        tone: toneOf(part),
        isBad: part.verdict === 'slower',
      },
      part.changeMs,
      quanta[index],
    );
  });
  const others = parts.flatMap((part, index) => (shown.has(index) ? [] : [{ part, whole: quanta[index] }]));
  if (others.length > 0) {
    push(
      {
        name: others.length === 1 ? '1 other' : `${others.length} others`,
        layer: null,
        interval: null,
        words: '',
        tone: 'line',
        isBad: false,
      },
      others.reduce((sum, { part }) => sum + part.changeMs, 0),
      others.reduce((sum, { whole }) => sum + whole, 0),
    );
  }
  const totalRow = (name: string, endMs: Milliseconds, whole: number): BridgeRow => ({
    name,
    layer: null,
    startMs: 0,
    endMs,
    interval: null,
    amount: { sign: '', quanta: whole },
    words: '',
    tone: 'dim',
    isBad: false,
  });
  return [totalRow('before', total.beforeMs, before), ...rows, totalRow('after', total.afterMs, after)];
}

/** Indexes of the parts that have a row of their own. */
function chosen(parts: readonly PartChange[], quanta: readonly number[]): ReadonlySet<number> {
  const telling = parts.flatMap((part, index) => (quanta[index] !== 0 || isTold(part) ? [index] : []));
  const first = telling.toSorted(
    (a, b) =>
      Number(isTold(parts[b])) - Number(isTold(parts[a])) ||
      Math.abs(parts[b].changeMs) - Math.abs(parts[a].changeMs) ||
      a - b,
  );
  return new Set(first.slice(0, MOST_ROWS));
}

function isTold({ verdict, presence }: PartChange): boolean {
  return verdict === 'slower' || verdict === 'faster' || presence !== 'both';
}

function toneOf({ verdict, presence, layer }: PartChange): Tone {
  if (verdict === 'slower') return 'bad';
  return verdict === 'faster' || presence !== 'both' ? layer : 'line';
}

function wordsOf({ verdict, presence }: PartChange): string {
  if (presence !== 'both') return presence;
  switch (verdict) {
    case 'slower':
      return '▲ slower';
    case 'faster':
      return '▼ faster';
    case 'unproven':
      return '';
    case 'insufficient':
      return 'unjudged';
  }
}
