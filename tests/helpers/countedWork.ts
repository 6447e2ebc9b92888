import { Session } from 'node:inspector/promises';
import { setFlagsFromString } from 'node:v8';
import { watchBuiltIns, type BuiltIns } from './watchBuiltIns.ts';

/** What running some code came to: counted, not timed, and so the same on every machine. */
export interface Work extends BuiltIns {
  /** How often blocks of code under src/ ran: bodies of functions and of loops, branches. */
  readonly blocks: number;
}

/** Counts the work of each by V8's own counters, which coverage is made of, and by what built-in functions were given. */
export async function countWork(runs: readonly (() => unknown)[]): Promise<Work[]> {
  // Optimised code does without some of its counters.
  setFlagsFromString('--no-opt');
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  const counted: Work[] = [];
  for (const run of runs) {
    const { seen, stop } = watchBuiltIns();
    try {
      await run();
    } finally {
      stop();
    }
    // Taking the counters sets them back.
    const { result } = await session.post('Profiler.takePreciseCoverage');
    let blocks = 0;
    for (const { url, functions } of result) {
      if (!url.includes('/src/') || url.includes('/node_modules/')) continue;
      for (const { ranges } of functions) for (const { count } of ranges) blocks += count;
    }
    counted.push({ ...seen, blocks });
  }
  await session.post('Profiler.stopPreciseCoverage');
  session.disconnect();
  setFlagsFromString('--opt');
  return counted;
}
