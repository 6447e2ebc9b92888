/** An address or a count, read afresh after each call. WebAssembly gives it signed: `>>> 0` makes it an address again. */
type KernelNumber = WebAssembly.Global<'i32'>;

/**
 * What assembly/index.ts exports, by the same names. The numbers are `export let` of type usize or u32 there; `input` and
 * the columns are addresses. A column belongs to the field of SpanBatch (store/spanBatch.ts) with nearly the same name.
 */
export interface KernelExports extends WebAssembly.Exports {
  readonly memory: WebAssembly.Memory;
  /** Begins an empty batch. */
  readonly reset: () => void;

  /**
   * Where input lies: at the end of memory, so that there is more room for it when the memory grows. All entries take
   * addresses, `pos` of the first byte and `end` behind the last; 64 bytes behind `end` are readable and belong to us.
   * An entry takes whole units and moves `taken` behind each. It returns, or traps with the reason in `stop`
   * (0: it has taken all up to `end`; see StopReason) and with everything since `taken` out of the batch again.
   */
  readonly input: KernelNumber;
  readonly taken: KernelNumber;
  readonly stop: KernelNumber;
  /** One whole ResourceSpans message (trace.proto), without its tag and length. */
  readonly protobufResourceSpans: (pos: number, end: number) => void;
  /** One whole Span message. Its resource and its scope are number 0. */
  readonly protobufSpan: (pos: number, end: number) => void;

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
  readonly spanTrace: KernelNumber;
  readonly spanId: KernelNumber;
  readonly spanParentId: KernelNumber;
  readonly spanStart: KernelNumber;
  readonly spanEnd: KernelNumber;
  readonly spanKind: KernelNumber;
  readonly spanStatus: KernelNumber;
  readonly spanMarks: KernelNumber;
  readonly spanName: KernelNumber;
  readonly spanTraceState: KernelNumber;
  readonly spanFlags: KernelNumber;
  readonly spanResource: KernelNumber;
  readonly spanScope: KernelNumber;
  readonly spanShape: KernelNumber;
  readonly spanOffset: KernelNumber;
  readonly messageCount: KernelNumber;
  readonly messageSpan: KernelNumber;
  readonly messageText: KernelNumber;

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
