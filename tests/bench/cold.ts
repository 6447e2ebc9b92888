import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeProtobuf, type BenchFile, type BenchFiles } from './files.ts';
import { ratios, spread, type Times } from './measure.ts';
import type { ReaderName } from './readers.ts';
import { print, printTable, processCost, type ProcessCost, type Run } from './run.ts';

/** P4 and P6: a process of its own, seconds from its start, memory at its peak. */
export async function measureCold(run: Run, { jsonl, protobuf, spans }: BenchFiles): Promise<void> {
  const lines = await compareProcesses(run, 'JSON Lines, each in a process of its own', jsonl, spans, [
    'Hopline numbers',
    'Hopline diagram',
    'Hopline table',
    'JSON.parse',
    'JSON.parse, kept',
    'byte-sum',
  ]);
  run.record('P4', ratios(lines('Hopline numbers').seconds, lines('byte-sum').seconds), spans);
  const peaks = lines('Hopline numbers').megabytes;
  run.record(
    'P6 peak',
    peaks.map((peak) => (peak * 1024 * 1024) / spans),
    spans,
  );
  run.record('P6 objects', ratios(peaks, lines('JSON.parse, kept').megabytes), spans);
  await compareProcesses(run, 'Protobuf, each in a process of its own', protobuf, spans, [
    'Hopline numbers',
    'Hopline table',
    'protobufjs',
    'byte-sum',
  ]);
}

/** P7: ten times as many spans. Only in a large run: it writes some gigabytes. */
export async function measureLinear(run: Run, wanted: number): Promise<void> {
  const once = writeProtobuf(run.folder, wanted);
  const tenTimes = writeProtobuf(run.folder, wanted * 10);
  const costs: ProcessCost[] = [];
  const times = await run.compare('Protobuf to every number, once and ten times', {
    once: async () => processCost('Hopline numbers', once.protobuf, once.spans).seconds,
    'ten times': async () => {
      const cost = processCost('Hopline numbers', tenTimes.protobuf, tenTimes.spans);
      costs.push(cost);
      return cost.seconds;
    },
  });
  run.record('P7', ratios(times['ten times'], times.once), tenTimes.spans);
  run.record(
    'P7 memory',
    costs.map(({ megabytes }) => (megabytes * 1024 * 1024) / 1e9),
    tenTimes.spans,
  );
}

/** P13. */
export async function measureStart(run: Run, commandLine: string): Promise<void> {
  if (!existsSync(commandLine)) return print('\nThe start was left out: the command line is not built');
  const seconds = (options: readonly string[]) => async (): Promise<number> => {
    const started = performance.now();
    const { status } = spawnSync(process.execPath, options);
    if (status !== 0) throw new Error(`node ${options.join(' ')} failed`);
    return (performance.now() - started) / 1000;
  };
  const times = await run.compare('Start', {
    'hopline --help': seconds([commandLine, '--help']),
    'node -e 0': seconds(['-e', '0']),
  });
  run.record('P13', ratios(times['hopline --help'], times['node -e 0']), run.runs, 'starts');
}

interface Costs {
  readonly seconds: Times;
  readonly megabytes: Times;
}

async function compareProcesses<Name extends ReaderName>(
  run: Run,
  title: string,
  file: BenchFile,
  spans: number,
  names: readonly Name[],
): Promise<(name: Name) => Costs> {
  const costs = new Map<Name, ProcessCost[]>(names.map((name) => [name, []]));
  for (let turn = 0; turn < run.runs; turn++) {
    for (const name of names) costs.get(name)?.push(processCost(name, file, name === 'byte-sum' ? null : spans));
  }
  const of = (name: Name): Costs => ({
    seconds: (costs.get(name) ?? []).map(({ seconds }) => seconds),
    megabytes: (costs.get(name) ?? []).map(({ megabytes }) => megabytes),
  });
  print(`\n${title}: seconds from its start, memory at its peak`);
  printTable(
    ['', 's', 'peak MB'],
    names.map((name) => [name, spread(of(name).seconds, 3), spread(of(name).megabytes, 0)]),
  );
  return of;
}
