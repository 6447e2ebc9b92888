import type { SpanBatch } from '../../store/spanBatch.ts';
import { wasm } from './assembly/index.ts?kernel';
import { kernelBatch } from './kernelBatch.ts';
import { isKernelExports, StopReason, type KernelEntry, type KernelExports } from './kernelExports.ts';
import { WasmPool } from './wasmPool.ts';

const kernels = new WasmPool(wasm, isKernelExports, (exports) => new Kernel(exports));

/**
 * A kernel for one source; give it back with `release`. Null where there is none to be had, as WasmPool says: the
 * TypeScript decoders then do all of the work. Never rejects.
 */
export function loadKernel(): Promise<Kernel | null> {
  return kernels.take();
}

/**
 * The WebAssembly module from the outside: input goes into its memory, entries turn it into a batch of spans there.
 * The memory never grows, so views of it stay good. Positions are those in `input`.
 */
export class Kernel {
  /** The decoder's buffer, as long as it has room for what is to be read as one. Zeros are kept behind what is in it. */
  readonly input: Uint8Array<ArrayBuffer>;
  /** Where the entry that ran last left off: behind the last unit that it took. */
  taken = 0;
  /**
   * A batch of so many bytes of input takes no more: enough that strings come again in it, few enough to stay in caches,
   * and more than a chunk of the pool, of which the rest would else be a batch of its own, with its strings once more.
   */
  batchBytes = 16 << 20;
  readonly #exports: KernelExports;

  constructor(exports: KernelExports) {
    this.#exports = exports;
    // This is also what takes the memory.
    exports.reset();
    this.input = new Uint8Array(exports.memory.buffer, exports.input.value, exports.inputBytes.value);
  }

  /** Lets an entry take what it can of the input between `pos` and `end`. */
  run(entry: KernelEntry, pos: number, end: number): StopReason {
    const exports = this.#exports;
    try {
      exports[entry](this.input.byteOffset + pos, this.input.byteOffset + end);
    } catch (error) {
      // Leaving from the depth of the kernel is a trap; one that gives no reason is a fault of ours.
      if (exports.stop.value === StopReason.done) throw error;
      exports.rollBack();
    }
    this.taken = exports.taken.value - this.input.byteOffset;
    return stopReason(exports.stop.value);
  }

  /** Line feeds in all that was ever taken as JSON: what counts is the difference. */
  get lines(): number {
    return this.#exports.lines.value;
  }

  /** What was taken since `reset`, as views of the kernel's memory: to be used before anything else is asked of it. */
  batch(): SpanBatch {
    return kernelBatch(this.#exports);
  }

  /** Begins an empty batch. */
  reset(): void {
    this.#exports.reset();
  }

  /** The source is read: the next one may have the kernel. */
  release(): void {
    this.reset();
    kernels.giveBack(this);
  }
}

function stopReason(value: number): StopReason {
  switch (value) {
    case StopReason.done:
    case StopReason.odd:
    case StopReason.ranOut:
    case StopReason.full:
      return value;
    default:
      throw new Error(`the kernel stopped for an unknown reason, ${value}`);
  }
}
