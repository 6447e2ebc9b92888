/** An address, read afresh after each call. */
type UnzstdNumber = WebAssembly.Global<'i32'>;

/** What assembly/index.ts exports, by the same names. The numbers are `export let` of type usize there. */
export interface UnzstdExports {
  /** It grows: views of it are good until the next call. */
  readonly memory: WebAssembly.Memory;
  /** Where a block is put, without its header. */
  readonly input: UnzstdNumber;
  /** A frame begins. */
  readonly start: (windowBytes: number, hasChecksum: boolean) => void;
  /** Decodes the block; `type` and `size` are those of its header. 0 where there is no memory. Traps where it is damaged. */
  readonly run: (type: number, size: number) => number;
  /** What the block before came to. */
  readonly outputStart: UnzstdNumber;
  readonly outputEnd: UnzstdNumber;
  /** The lower half of XXH64, of all content of a frame that has a checksum. */
  readonly checksum: () => number;
}

/** The module is ours and was compiled with this file: one export tells it from another. */
export function isUnzstdExports(
  exports: WebAssembly.Exports | UnzstdExports,
): exports is WebAssembly.Exports & UnzstdExports {
  return 'checksum' in exports && exports['memory'] instanceof WebAssembly.Memory;
}
