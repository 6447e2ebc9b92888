import type { RequestPath } from '../analyse/model.ts';
import { formatInteger } from '../base/format.ts';

/**
 * What has to be known of the data behind a path, the most words first; empty where there is nothing.
 *
 *     12 of 4,805 traces repaired: 8 orphans adopted, 4 clocks shifted · input read only in part
 *     12 of 4,805 traces repaired · input read only in part
 */
export function dataNotes({ notes, traces }: RequestPath): readonly string[] {
  if (notes === undefined) return [];
  const {
    repairedTraces,
    adopted,
    cut,
    backwards,
    timeless = 0,
    shifted,
    outside,
    summaries,
    summarised,
    isPartial,
  } = notes;
  const repaired =
    repairedTraces === 0 ? [] : [`${formatInteger(repairedTraces)} of ${counted(traces, 'trace', 'traces')} repaired`];
  const repairs = [
    ...some(adopted, 'orphan adopted', 'orphans adopted'),
    ...some(shifted, 'clock shifted', 'clocks shifted'),
    ...some(backwards, 'negative duration set to 0', 'negative durations set to 0'),
    ...some(timeless, 'span without a start time put at 1970', 'spans without a start time put at 1970'),
    ...some(cut, 'cycle cut', 'cycles cut'),
    ...some(outside, 'span outside the root left out', 'spans outside the root left out'),
  ];
  const others = [
    ...some(summaries, 'summary span', 'summary spans').map(
      (words) => `${words} counted as ${formatInteger(summarised)}`,
    ),
    ...(isPartial ? ['input read only in part'] : []),
  ];
  const detailed = repaired.map((words) => `${words}: ${repairs.join(', ')}`);
  return [[...detailed, ...others].join(' · '), [...repaired, ...others].join(' · ')];
}

function some(count: number, one: string, many: string): string[] {
  return count === 0 ? [] : [counted(count, one, many)];
}

function counted(count: number, one: string, many: string): string {
  return `${formatInteger(count)} ${count === 1 ? one : many}`;
}
