import { traceIdText, type SpanTable } from '../store/spanTable.ts';

/** Digits of a trace id of 16 bytes, and of the old ones of 8, which are the second half of one. */
const DIGITS = 32;
const OLD_DIGITS = 16;

/**
 * The traces whose id is `id`, or begins with it: hex digits, large or small. Traces stand in ascending order of their
 * id, so these are neighbours.
 *
 *     4bf9         →   4bf92f3577b34da6a3ce929d0e0e4736
 *     16 digits    →   a trace whose first 8 bytes are zero, before one that begins so
 */
export function findTraces(table: SpanTable, id: string): number[] {
  const wanted = id.toLowerCase();
  if (!/^[0-9a-f]{1,32}$/.test(wanted)) return [];
  const old = wanted.length === OLD_DIGITS ? beginningWith(table, wanted.padStart(DIGITS, '0')) : [];
  return old.length > 0 ? old : beginningWith(table, wanted);
}

function beginningWith(table: SpanTable, prefix: string): number[] {
  let from = 0;
  let to = table.traceCount;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (traceIdText(table, middle) < prefix) from = middle + 1;
    else to = middle;
  }
  const found: number[] = [];
  for (let trace = from; trace < table.traceCount && traceIdText(table, trace).startsWith(prefix); trace++) {
    found.push(trace);
  }
  return found;
}
