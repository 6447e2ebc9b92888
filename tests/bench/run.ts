import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { table as columns } from '../../src/cli/table.ts';
import type { BenchFile } from './files.ts';
import { interleaved, median, spread, type Times } from './measure.ts';
import { READERS, releaseThreads, type ReaderName } from './readers.ts';
import { figureRow, type Amount, type Figure, type TargetName } from './targets.ts';

/** One run of the benchmark: how often, where files may be written, and what came out so far. */
export class Run {
  readonly figures: Figure[] = [];
  readonly folder: string;
  readonly runs: number;

  constructor(folder: string, runs: number) {
    this.folder = folder;
    this.runs = runs;
  }

  /** Beside its target at the end. */
  record(target: TargetName, values: Times, count: number, of: Amount['of'] = 'spans'): void {
    this.figures.push({ target, values, on: { count, of } });
  }

  /** Cases that take turns, and what each took, printed. */
  async compare<Name extends string>(
    title: string,
    cases: Readonly<Record<Name, () => Promise<number>>>,
    extra: readonly { readonly heading: string; readonly cell: (name: Name, times: Times) => string }[] = [],
  ): Promise<Record<Name, Times>> {
    const times = await interleaved(cases, this.runs);
    const names = Object.keys(times) as Name[];
    print(`\n${title}`);
    printTable(
      ['', 's', ...extra.map(({ heading }) => heading)],
      names.map((name) => [name, spread(times[name], 3), ...extra.map(({ cell }) => cell(name, times[name]))]),
    );
    return times;
  }

  printFigures(): void {
    print(`\nTargets and figures: medians of ${this.runs} interleaved runs (min–max)`);
    printTable(
      ['', '', 'on', 'target', 'figure', ''],
      this.figures.map((figure) => figureRow(figure, median(figure.values))),
    );
  }
}

/** Seconds that a reader takes in this process. Throws where it does not find `spans` (null: is not asked). */
export async function secondsOf(reader: ReaderName, { path }: BenchFile, spans: number | null): Promise<number> {
  const started = performance.now();
  const result = await READERS[reader](path);
  if (spans !== null && result !== spans) throw new Error(`${reader} found ${result} spans of ${spans}`);
  return (performance.now() - started) / 1000;
}

export interface ProcessCost {
  /** From the process's start. */
  readonly seconds: number;
  /** At its peak. */
  readonly megabytes: number;
}

/** A reader in a process of its own. */
export function processCost(reader: ReaderName, { path }: BenchFile, spans: number | null): ProcessCost {
  const options = ['--max-old-space-size=16000', process.argv[1] ?? '', '--child', reader, '--file', path];
  const { stdout, stderr, status } = spawnSync(process.execPath, options, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${reader} failed: ${stderr}`);
  const cost: ProcessCost & { readonly result: number } = JSON.parse(stdout);
  if (spans !== null && cost.result !== spans) throw new Error(`${reader} found ${cost.result} spans of ${spans}`);
  return cost;
}

/** What `processCost` starts. */
export async function runChild(reader: ReaderName, path: string): Promise<void> {
  releaseThreads();
  const result = await READERS[reader](path);
  const megabytes = peakMegabytes();
  process.stdout.write(JSON.stringify({ result, seconds: performance.now() / 1000, megabytes }));
}

/** A child's `maxRSS` starts at that of the process that made it, so where Linux tells this process's own, take that. */
function peakMegabytes(): number {
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(
    existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : '',
  );
  return (kilobytes ? Number(kilobytes[1]) : process.resourceUsage().maxRSS) / 1024;
}

export function megabytesASecond({ bytes }: BenchFile) {
  return { heading: 'MB/s', cell: (_: string, times: Times) => (bytes / 1e6 / median(times)).toFixed(0) };
}

export function printTable(headings: readonly string[], rows: readonly (readonly string[])[]): void {
  const lines = columns(
    headings.map((heading, index) => ({ heading, isRight: index > 0 && heading !== '' })),
    rows,
  );
  for (const line of lines) print(`    ${line}`);
}

export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
