import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { formatInteger } from '../../src/base/format.ts';
import { table as columns } from '../../src/cli/table.ts';
import { writeBenchFiles, type BenchFile, type BenchFiles } from './files.ts';
import { interleaved, median, ratios, spread, type Times } from './measure.ts';
import { READERS, readTable, type ReaderName } from './readers.ts';
import { tableBytes } from './tableBytes.ts';

/**
 * `npm run bench -- [--spans 100000] [--runs 5]`: what reading costs beside the usual ways to read. Ratios first: they
 * hold from machine to machine, seconds do not. Files come from the page cache; a case in a process of its own is
 * timed from that process's start, and its memory is that process's high-water mark.
 */
const { values: flags } = parseArgs({
  options: {
    spans: { type: 'string', default: '100000' },
    runs: { type: 'string', default: '5' },
    /** Run one reader in this process and print what it cost: for the children. */
    child: { type: 'string' },
    file: { type: 'string' },
  },
});

if (flags.child !== undefined && flags.file !== undefined) await runChild(flags.child as ReaderName, flags.file);
else await runAll(Number(flags.spans), Number(flags.runs));

async function runChild(reader: ReaderName, path: string): Promise<void> {
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

async function runAll(spans: number, runs: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'hopline-bench-'));
  try {
    const files = writeBenchFiles(folder, spans);
    print(
      `Hopline benchmark · ${formatInteger(files.spans)} spans · Node ${process.versions.node} · ${availableParallelism()} cores (${cpus()[0]?.model.trim()})`,
    );
    print(`medians of ${runs} interleaved runs (min–max)`);
    await assertSameSpans(files);
    await reportIngest('JSON Lines', files.jsonl, 'JSON.parse', files.spans, runs);
    await reportIngest('protobuf', files.protobuf, 'protobufjs', files.spans, runs);
    await reportColdProcess('JSON Lines', files.jsonl, ['JSON.parse', 'JSON.parse, kept'], files.spans, runs);
    await reportColdProcess('protobuf', files.protobuf, ['protobufjs'], files.spans, runs);
    const { bytes, strings } = tableBytes(await readTable(files.jsonl.path));
    print(
      `\nSpan table: ${(bytes / files.spans).toFixed(1)} bytes a span with all attributes, of which ${(strings / files.spans).toFixed(1)} are strings`,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Speed means nothing where the result is wrong. */
async function assertSameSpans({ jsonl, protobuf, spans, durations }: BenchFiles): Promise<void> {
  for (const { path } of [jsonl, protobuf]) {
    const table = await readTable(path);
    const sum = table.end.reduce((total, end, row) => total + end - table.start[row], 0);
    if (table.spanCount !== spans || sum !== durations)
      throw new Error(`${path}: ${table.spanCount} spans, ${sum} ns; wanted ${spans}, ${durations}`);
  }
}

async function reportIngest(
  format: string,
  file: BenchFile,
  rival: ReaderName,
  spans: number,
  runs: number,
): Promise<void> {
  const names = ['Hopline table', rival, 'byte-sum'] as const;
  const times = await interleaved(
    Object.fromEntries(names.map((name) => [name, () => secondsOf(name, file.path, spans)])),
    runs,
  );
  const ours = times['Hopline table'];
  print(`\n${format}, ${(file.bytes / 1e6).toFixed(1)} MB, file to result in a warm process`);
  print(
    `  Hopline is ${spread(ratios(times[rival], ours))} × as fast as ${rival}, and takes ${spread(ratios(ours, times['byte-sum']))} × the byte-sum`,
  );
  printTable(
    ['', 's', 'MB/s', 'spans/s'],
    names.map((name) => [
      name,
      spread(times[name], 3),
      (file.bytes / 1e6 / median(times[name])).toFixed(0),
      formatInteger(spans / median(times[name])),
    ]),
  );
}

async function secondsOf(reader: ReaderName, path: string, spans: number): Promise<number> {
  const started = performance.now();
  const result = await READERS[reader](path);
  if (reader !== 'byte-sum' && result !== spans) throw new Error(`${reader} found ${result} spans of ${spans}`);
  return (performance.now() - started) / 1000;
}

async function reportColdProcess(
  format: string,
  file: BenchFile,
  rivals: readonly ReaderName[],
  spans: number,
  runs: number,
): Promise<void> {
  const names = ['Hopline diagram', 'Hopline table', ...rivals, 'byte-sum'] as const;
  const memory = new Map<string, number[]>(names.map((name) => [name, []]));
  const child = (name: ReaderName) => async (): Promise<number> => {
    const { seconds, megabytes } = spawnReader(name, file.path, spans);
    memory.get(name)?.push(megabytes);
    return seconds;
  };
  const times: Readonly<Record<string, Times>> = await interleaved(
    Object.fromEntries(names.map((name) => [name, child(name)])),
    runs,
  );
  const floor = memory.get('byte-sum') ?? [];
  print(`\n${format}, each in a process of its own: seconds from its start, memory at its peak`);
  print(`  disk to diagram takes ${spread(ratios(times['Hopline diagram'], times['byte-sum']))} × the byte-sum`);
  printTable(
    ['', 's', 'peak MB', 'bytes a span above the byte-sum'],
    names.map((name) => {
      const peaks = memory.get(name) ?? [];
      return [
        name,
        spread(times[name], 3),
        spread(peaks, 0),
        (((median(peaks) - median(floor)) * 1024 * 1024) / spans).toFixed(0),
      ];
    }),
  );
}

function spawnReader(
  reader: ReaderName,
  path: string,
  spans: number,
): { readonly seconds: number; readonly megabytes: number } {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [process.argv[1] ?? '', '--child', reader, '--file', path],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`${reader} failed: ${stderr}`);
  const { result, seconds, megabytes }: { result: number; seconds: number; megabytes: number } = JSON.parse(stdout);
  if (reader !== 'byte-sum' && result !== spans) throw new Error(`${reader} found ${result} spans of ${spans}`);
  return { seconds, megabytes };
}

function printTable(headings: readonly string[], rows: readonly (readonly string[])[]): void {
  const lines = columns(
    headings.map((heading, index) => ({ heading, isRight: index > 0 })),
    rows,
  );
  for (const line of lines) print(`    ${line}`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
