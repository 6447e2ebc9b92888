import { PADDING_ZEROS } from '../base/traceIds.ts';
import { traceIdText, type SpanTable } from '../store/spanTable.ts';

/** A trace by its index in the dataset, and its id as hex. */
export interface FoundTrace {
  readonly trace: number;
  readonly traceId: string;
}

/** Of a trace id of 16 bytes; one of 8 is the second half of one. */
const DIGITS = 32;

/**
 * The traces whose id is `id`, or begins with it: hex digits, large or small. The zeros that pad an
 * id may be left out.
 *
 *     4bf9               →   4bf92f3577b34da6a3ce929d0e0e4736
 *     a3ce929d           →   0000000000000000a3ce929d0e0e4736, as the picture and the page name it
 *     a3ce929d0e0e4736   →   the same, before a trace that begins so
 */
export function findTraces(table: SpanTable, id: string): FoundTrace[] {
  const wanted = id.toLowerCase();
  if (!/^[0-9a-f]{1,32}$/.test(wanted)) return [];
  const whole = beginningWith(table, wanted.padStart(DIGITS, '0'));
  if (whole.length > 0) return whole;
  const found = beginningWith(table, wanted);
  if (wanted.startsWith('0')) return found;
  for (let zeros = PADDING_ZEROS; zeros + wanted.length < DIGITS; zeros++) {
    found.push(...beginningWith(table, '0'.repeat(zeros) + wanted));
  }
  return found;
}

/** Traces stand in ascending order of their id, so these are neighbours. */
function beginningWith(table: SpanTable, prefix: string): FoundTrace[] {
  let from = 0;
  let to = table.traceCount;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (traceIdText(table, middle) < prefix) from = middle + 1;
    else to = middle;
  }
  const found: FoundTrace[] = [];
  for (let trace = from; trace < table.traceCount; trace++) {
    const traceId = traceIdText(table, trace);
    if (!traceId.startsWith(prefix)) break;
    found.push({ trace, traceId });
  }
  return found;
}
