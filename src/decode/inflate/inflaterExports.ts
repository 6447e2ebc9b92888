/** An address or a count, read afresh after each call. */
type InflaterNumber = WebAssembly.Global<'i32'>;

/** What assembly/index.ts exports, by the same names. The numbers are `export let` of type usize or u32 there. */
export interface InflaterExports {
  readonly memory: WebAssembly.Memory;
  /** To be called once, before the rest. */
  readonly takeMemory: () => void;
  /** Where input lies, and how much of it has room. */
  readonly input: InflaterNumber;
  readonly inputBytes: InflaterNumber;
  /** A deflate stream begins at `input`. */
  readonly start: () => void;
  /**
   * Goes on with it, as far as the input, which goes to `end`, and the room for the output allow; `isWhole` where nothing
   * comes behind. Returns one of Stop.
   */
  readonly run: (end: number, isWhole: boolean) => number;
  /** What the last run gave. */
  readonly outputStart: InflaterNumber;
  readonly outputEnd: InflaterNumber;
  /** Of all that came out since `start`: the complement of its CRC-32. */
  readonly register: InflaterNumber;
  /** Moves what is not taken of the input to its beginning; returns how much that is. */
  readonly keepRest: (end: number) => number;
  /** Once the stream has ended: the address behind it. */
  readonly taken: () => number;
}

/** What ended a run. */
export const Stop = {
  /** Nearly all of the input is taken, and the rest has to wait for what stands behind it. */
  input: 0,
  /** There is no more room for output: take what is there, and go on. */
  output: 1,
  /** The stream has ended. */
  end: 2,
  /** It is no deflate stream. What came out before is what it came to. */
  damage: 3,
  /** It goes on behind the whole of the input. */
  cutOff: 4,
} as const;

/** The module is ours and was compiled with this file: one export tells it from another. */
export function isInflaterExports(
  exports: WebAssembly.Exports | InflaterExports,
): exports is WebAssembly.Exports & InflaterExports {
  return 'keepRest' in exports && exports['memory'] instanceof WebAssembly.Memory;
}
