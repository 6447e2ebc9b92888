import { stopFull } from './failure.ts';
import { TRACE_ID, TRACE_SLOTS, TRACE_TABLE, TRACE_TABLE_SLOTS, TRACES } from './layout.ts';

/** The batch's traces by their ids: open addressing, slot → trace + 1. */

export let traceCount: u32 = 0;

const MASK: u32 = TRACE_TABLE_SLOTS - 1;
const FEW: u32 = TRACES >> 4;

/** Spans of one trace often come one after another. */
let lastTrace: u32 = 0;

export function resetTraces(): void {
  if (traceCount > FEW) memory.fill(TRACE_TABLE, 0, TRACE_TABLE_SLOTS << 2);
  else rollBackTraces(0);
  traceCount = 0;
  lastTrace = 0;
}

export function rollBackTraces(count: u32): void {
  while (traceCount > count) {
    traceCount--;
    store<u32>(TRACE_TABLE + (load<u32>(TRACE_SLOTS + (traceCount << 2)) << 2), 0);
  }
  lastTrace = 0;
}

/** The trace's number. `first` and `second` are the halves of its id as they lie in memory: see `idWords` of columns.ts. */
export function traceIndex(first: u64, second: u64): u32 {
  if (traceCount !== 0 && isTrace(lastTrace, first, second)) return lastTrace;
  // The halves one after the other, because they may be equal in all of a file.
  let slot = <u32>((((first * 0x9e3779b97f4a7c15) ^ second) * 0xd6e8feb86659fd93) >> 40) & MASK;
  while (true) {
    const entry = load<u32>(TRACE_TABLE + (slot << 2));
    if (entry === 0) return (lastTrace = addTrace(first, second, slot));
    if (isTrace(entry - 1, first, second)) return (lastTrace = entry - 1);
    slot = (slot + 1) & MASK;
  }
}

/* @inline */ function isTrace(trace: u32, first: u64, second: u64): bool {
  const id = TRACE_ID + (trace << 4);
  return load<u64>(id) === first && load<u64>(id, 8) === second;
}

function addTrace(first: u64, second: u64, slot: u32): u32 {
  const trace = traceCount;
  if (trace === TRACES) stopFull();
  store<u64>(TRACE_ID + (trace << 4), first);
  store<u64>(TRACE_ID + (trace << 4), second, 8);
  store<u32>(TRACE_SLOTS + (trace << 2), slot);
  store<u32>(TRACE_TABLE + (slot << 2), trace + 1);
  traceCount = trace + 1;
  return trace;
}
