import { analyse } from '../../src/analyse/analyse.ts';
import { NO_CONFIG } from '../../src/config/hoplineConfig.ts';
import { writeOneTrace, type BenchFiles } from './files.ts';
import { tableOfHops } from './hops.ts';
import { ratios } from './measure.ts';
import { everyNumberOf, readTable } from './readers.ts';
import { secondsOf, type Run } from './run.ts';

const HOPS = 30;
const PERCENTILES = Array.from({ length: 99 }, (_, i) => (i + 1) / 100);
const SPANS_OF_ONE_TRACE = 100_000;

/** P11 without its picture: the analysis made again, and the numbers at another percentile. */
export async function measureAnalysis(run: Run, { jsonl, spans }: BenchFiles, traces: number): Promise<void> {
  const table = await readTable(jsonl.path);
  const everyNumber = await everyNumberOf();
  const again = await run.compare('The whole analysis again', {
    analysis: async () => secondsFor(() => everyNumber(table)),
    'byte-sum': () => secondsOf('byte-sum', jsonl, null),
  });
  run.record('P11 again', ratios(again.analysis, again['byte-sum']), spans);
  const analysis = analyse(tableOfHops(traces, HOPS), NO_CONFIG);
  const views = await run.compare(`Numbers at ${PERCENTILES.length} percentiles over ${HOPS} hops`, {
    views: async () => secondsFor(() => PERCENTILES.forEach((percentile) => analysis.view(0, percentile))),
  });
  run.record(
    'P11 view',
    views.views.map((seconds) => (seconds * 1000) / PERCENTILES.length),
    traces,
    'traces',
  );
}

/** P12. */
export async function measureOneTrace(run: Run): Promise<void> {
  const file = writeOneTrace(run.folder, SPANS_OF_ONE_TRACE);
  const times = await run.compare('One trace, file to critical path', {
    Hopline: () => secondsOf('Hopline critical path', file, SPANS_OF_ONE_TRACE),
    'byte-sum': () => secondsOf('byte-sum', file, null),
  });
  run.record('P12', ratios(times.Hopline, times['byte-sum']), SPANS_OF_ONE_TRACE);
}

function secondsFor(work: () => void): number {
  const started = performance.now();
  work();
  return (performance.now() - started) / 1000;
}
