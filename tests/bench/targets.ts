import { formatInteger } from '../../src/base/format.ts';
import { spread, type Times } from './measure.ts';

/**
 * What Hopline must do, as ratios taken inside one run: absolute times drift from machine to machine. `P…` are the
 * names that the figures are known by. "byte-sum" is a loop in JavaScript that adds up every byte of the file: the
 * least that any reader in JavaScript can cost.
 */
export interface Target {
  readonly what: string;
  /** `atLeast`: higher is better. */
  readonly bound: 'atLeast' | 'atMost';
  readonly value: number;
  readonly unit: '×' | 'ms' | 'bytes' | 'GB' | 'tasks';
  /** How many spans (P11 view: traces) it is asked for. Of fewer, fixed costs say more than Hopline does. */
  readonly size: number;
}

const MILLION = 1_000_000;

const atLeast = (value: number, what: string): Target => ({ what, bound: 'atLeast', value, unit: '×', size: MILLION });
const atMost = (
  value: number,
  what: string,
  { unit = '×', size = MILLION }: Partial<Pick<Target, 'unit' | 'size'>> = {},
): Target => ({ what, bound: 'atMost', value, unit, size });

export const TARGETS = {
  P1: atLeast(8, 'JSON Lines to span table, as fast as JSON.parse a line'),
  'P1 shuffled': atLeast(8, '… with the keys of every object shuffled'),
  'P1 unique': atLeast(4, '… with half of the values unique'),
  'P1 pretty': atLeast(3, '… indented'),
  P2: atLeast(12, 'JSON Lines to span table, as fast as JSON.parse and a walk into the same columns'),
  P3: atLeast(4, 'protobuf to span table, as fast as protobufjs'),
  'P3 walk': atLeast(10, 'protobuf to span table, as fast as protobufjs and a walk into the same columns'),
  P4: atMost(1, 'JSON Lines to every number, cold process ÷ byte-sum'),
  'P5 ClickHouse': atMost(0.75, 'the same ÷ time of ClickHouse for quantiles by service and name'),
  'P5 memory': atMost(0.25, '… and of its memory'),
  'P5 DuckDB': atMost(0.1, 'the same ÷ time of DuckDB for quantiles by service and name'),
  'P6 store': atMost(150, 'the span table, a span, all attributes in it', { unit: 'bytes' }),
  'P6 peak': atMost(280, 'the process at its peak, a span', { unit: 'bytes' }),
  'P6 objects': atMost(1 / 6, 'the process at its peak ÷ keeping parsed objects'),
  P7: atMost(11, 'ten times the spans of protobuf ÷ once', { size: 10 * MILLION }),
  'P7 memory': atMost(2.5, '… at its peak', { unit: 'GB', size: 10 * MILLION }),
  'P8 numbers': atMost(1.6, 'Chromium, drop to diagram ÷ draining file.stream()'),
  'P8 diagram': atMost(2, '… of 100,000 spans', { size: 100_000 }),
  'P8 tasks': atMost(0, '… tasks of more than 50 ms on the main thread', { unit: 'tasks' }),
  P9: atLeast(1.4, 'two workers, as fast as one'),
  'P10 gzip': atMost(1.2, 'gzip to span table ÷ decompression alone'),
  'P10 zstd': atMost(1.2, 'zstd to span table ÷ decompression alone'),
  'P10 page': atMost(1.2, 'Chromium, gzip, drop to diagram ÷ DecompressionStream alone'),
  'P11 view': atMost(1, 'the numbers at another percentile, over 30 hops', { unit: 'ms', size: 100_000 }),
  'P11 frame': atMost(16, 'main thread at another percentile, with the diagram of 30 hops', {
    unit: 'ms',
    size: 30_000,
  }),
  'P11 again': atMost(0.3, 'the whole analysis again ÷ byte-sum'),
  P12: atMost(43 / 20, 'one trace, file to critical path ÷ byte-sum (Jaeger UI’s own client code: 43)', {
    size: 100_000,
  }),
  P13: atMost(3, 'hopline --help ÷ node -e 0', { size: 0 }),
} as const satisfies Record<string, Target>;

export type TargetName = keyof typeof TARGETS;

/** What was measured beside what was wanted. A target is met where the median meets it. */
export interface Figure {
  readonly target: TargetName;
  /** One value a run. */
  readonly values: Times;
  readonly on: Amount;
}

/** `{ count: 100000, of: 'spans' }` */
export interface Amount {
  readonly count: number;
  readonly of: 'spans' | 'traces' | 'starts';
}

/** A size is met that is short of what is asked by less than a trace or so. */
const ALMOST = 0.99;

/** `["P1", "JSON Lines …", "1,000,000 spans", "≥ 8 ×", "9.10 (8.70–9.60)", "met"]` */
export function figureRow({ target, values, on }: Figure, median: number): readonly string[] {
  const { what, bound, value, unit, size } = TARGETS[target];
  const isMet = bound === 'atLeast' ? median >= value : median <= value;
  const digits = unit === 'bytes' || unit === 'tasks' ? 0 : 2;
  const wanted = `${bound === 'atLeast' ? '≥' : '≤'} ${Number(value.toFixed(2))} ${unit}`;
  const verdict = isMet ? 'met' : 'missed';
  return [
    target,
    what,
    `${formatInteger(on.count)} ${on.of}`,
    wanted,
    spread(values, digits),
    on.count < size * ALMOST ? `asked of ${formatInteger(size)}` : verdict,
  ];
}
