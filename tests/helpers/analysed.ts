import { analyse, type Analysis } from '../../src/analyse/analyse.ts';
import type { RequestPath } from '../../src/analyse/model.ts';
import { NO_CONFIG, type HoplineConfig } from '../../src/config/hoplineConfig.ts';
import { traceText, type Resources } from './traceText.ts';

/** The analysis of traces drawn as text. */
export function analysed(text: string, config: HoplineConfig = NO_CONFIG, resources: Resources = {}): Analysis {
  return analyse(traceText(text, resources), config);
}

/** The one path of traces drawn as text. */
export function onlyPath(text: string, config: HoplineConfig = NO_CONFIG, resources: Resources = {}): RequestPath {
  const { paths } = analysed(text, config, resources);
  if (paths.length !== 1) throw new Error(`${paths.length} paths: ${paths.map(({ name }) => name).join(', ')}`);
  return paths[0];
}

/** By hop: path time and own time at p50, ms. With one trace these are the trace's own. `async` where it is such. */
export function hopTimes(path: RequestPath): Record<string, readonly [path: number, own: number] | 'async'> {
  return Object.fromEntries(
    path.hops.map(({ id, isAsync }, i) => {
      const { shareMs, ownMs } = path.at.p50.hops[i];
      return [id, isAsync || ownMs === null ? 'async' : ([round(shareMs), round(ownMs)] as const)];
    }),
  );
}

/** By line, `a → b`: the same where it is measured, `—` where it is not, `async` and `adopted` where it is such. */
export function lineTimes(path: RequestPath): Record<string, readonly [path: number, own: number] | string> {
  return Object.fromEntries(
    path.boundaries.map(({ from, to, isAsync, isAdopted }, i) => {
      const { shareMs, ownMs } = path.at.p50.boundaries[i];
      const kind = isAsync ? 'async' : isAdopted ? 'adopted' : '—';
      return [`${from} → ${to}`, ownMs === null ? kind : ([round(shareMs), round(ownMs)] as const)];
    }),
  );
}

/** By hop: its visits. */
export function hopVisits(path: RequestPath): Record<string, number> {
  return Object.fromEntries(path.hops.map(({ id, visits }) => [id, round(visits)]));
}

/** To the nanosecond. */
function round(ms: number): number {
  return Math.round(ms * 1e6) / 1e6;
}
