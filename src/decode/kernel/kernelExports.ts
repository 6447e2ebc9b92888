/** An address or a count, read afresh after each call. All of them are below 2³¹. */
type KernelNumber = WebAssembly.Global<'i32'>;

/**
 * What assembly/index.ts exports, by the same names. The numbers are `export let` of type usize or u32 there; `input` and
 * the columns are addresses. A column belongs to the field of SpanBatch (store/spanBatch.ts) with nearly the same name.
 */
export interface KernelExports {
  readonly memory: WebAssembly.Memory;
  /** Begins an empty batch. */
  readonly reset: () => void;
  /** Takes back what was read behind `taken`: to be called after a trap. */
  readonly rollBack: () => void;
  /** Fills the columns of spans, for the batch as it is. */
  readonly putInOrder: () => void;

  /**
   * Where input lies, and how much of it, with the zeros behind its end, has room. All entries take addresses, `pos` of
   * the first byte and `end` behind the last. An entry takes whole units and moves `taken` behind each. It returns, or
   * traps with the reason in `stop` (see StopReason); `rollBack` then takes everything since `taken` out of the batch.
   */
  readonly input: KernelNumber;
  readonly inputBytes: KernelNumber;
  readonly taken: KernelNumber;
  readonly stop: KernelNumber;
  /** One whole element of a `resourceSpans` list, as JSON; it may go on behind `end`. */
  readonly jsonResourceSpans: (pos: number, end: number) => void;
  /** The elements of a `spans` list from the one at `pos` on, as many as there are. Their resource and scope are number 0. */
  readonly jsonSpans: (pos: number, end: number) => void;
  /** Line feeds in all that was ever taken as JSON. */
  readonly lines: KernelNumber;
  /** One whole ResourceSpans message (trace.proto), without its tag and length. */
  readonly protobufResourceSpans: (pos: number, end: number) => void;
  /** Fields of a ScopeSpans message as long as they are spans. Their resource and their scope are number 0. */
  readonly protobufSpans: (pos: number, end: number) => void;

  readonly stringCount: KernelNumber;
  readonly stringOffsets: KernelNumber;
  readonly stringHashes: KernelNumber;
  readonly stringBytes: KernelNumber;
  /** 0 where a byte of a string is 0x80 or above. */
  readonly isAscii: KernelNumber;

  readonly shapeCount: KernelNumber;
  readonly shapeKey: KernelNumber;
  readonly shapeType: KernelNumber;
  readonly shapeUp: KernelNumber;
  readonly valueCount: KernelNumber;
  readonly values: KernelNumber;
  readonly valueTypes: KernelNumber;
  readonly numberCount: KernelNumber;
  readonly numbers: KernelNumber;

  readonly spanCount: KernelNumber;
  readonly traceCount: KernelNumber;
  readonly traceId: KernelNumber;
  readonly spanPlace: KernelNumber;
  readonly spanTree: KernelNumber;
  readonly spanTrace: KernelNumber;
  readonly spanId: KernelNumber;
  readonly spanParentId: KernelNumber;
  readonly spanStart: KernelNumber;
  readonly spanEnd: KernelNumber;
  readonly spanName: KernelNumber;
  readonly spanResource: KernelNumber;
  readonly spanScope: KernelNumber;
  readonly spanShape: KernelNumber;
  readonly spanOffset: KernelNumber;
  readonly spanFacts: KernelNumber;
  readonly spanTraceState: KernelNumber;
  readonly spanStatusMessage: KernelNumber;
  /** Not 0 where a span has one. */
  readonly hasTraceStates: KernelNumber;
  readonly hasStatusMessages: KernelNumber;

  readonly eventCount: KernelNumber;
  readonly eventSpan: KernelNumber;
  readonly eventWide: KernelNumber;
  readonly eventNarrow: KernelNumber;
  readonly eventShape: KernelNumber;
  readonly eventOffset: KernelNumber;
  readonly linkCount: KernelNumber;
  readonly linkSpan: KernelNumber;
  readonly linkWide: KernelNumber;
  readonly linkNarrow: KernelNumber;
  readonly linkShape: KernelNumber;
  readonly linkOffset: KernelNumber;

  readonly resourceCount: KernelNumber;
  readonly resourceShape: KernelNumber;
  readonly resourceOffset: KernelNumber;
  readonly scopeCount: KernelNumber;
  readonly scopeShape: KernelNumber;
  readonly scopeOffset: KernelNumber;
  readonly scopeName: KernelNumber;
  readonly scopeVersion: KernelNumber;

  readonly negativeDurations: KernelNumber;
}

/** Why an entry stopped before the end, by the numbers that `stop` holds. */
export const StopReason = {
  /** It took everything. */
  done: 0,
  /** What begins at `taken` is not the ordinary case: the TypeScript decoder reads that unit. */
  odd: 1,
  /** What begins at `taken` does not end before `end`. */
  ranOut: 2,
  /** The batch has no room for what begins at `taken`: hand the batch on, then go on. Odd where the batch was empty. */
  full: 3,
} as const;
export type StopReason = (typeof StopReason)[keyof typeof StopReason];

/** The exports that take input. */
export type KernelEntry = {
  [Name in keyof KernelExports]: KernelExports[Name] extends (pos: number, end: number) => void ? Name : never;
}[keyof KernelExports];

/** The module is ours and was compiled with this file: one export tells it from another. */
export function isKernelExports(
  exports: WebAssembly.Exports | KernelExports,
): exports is WebAssembly.Exports & KernelExports {
  return 'protobufResourceSpans' in exports && exports['memory'] instanceof WebAssembly.Memory;
}
