import type { ByteReader } from '../bytes/byteReader.ts';
import { DamagedError, type Bytes } from '../bytes/readBytes.ts';
import { WasmPool } from '../kernel/wasmPool.ts';
import { wasm } from './assembly/index.ts?kernel';
import { isInflaterExports, Stop, type InflaterExports } from './inflaterExports.ts';

const inflaters = new WasmPool(wasm, isInflaterExports, (exports) => new Inflater(exports));

/** Give it back with `release`. Null where there is none to be had. Never rejects. */
export function loadInflater(): Promise<Inflater | null> {
  return inflaters.take();
}

/** The WebAssembly module from the outside: one deflate stream (RFC 1951) after the other. */
export class Inflater {
  readonly #exports: InflaterExports;
  readonly #input: Uint8Array<ArrayBuffer>;

  constructor(exports: InflaterExports) {
    exports.takeMemory();
    this.#exports = exports;
    this.#input = new Uint8Array(exports.memory.buffer, exports.input.value, exports.inputBytes.value);
  }

  /**
   * What the stream holds that `reader` stands before; behind it, when it has ended. A piece is good until the next is
   * asked for. Throws DamagedError, which names it by `what`.
   */
  async *inflate(reader: ByteReader, what: string): Bytes {
    const exports = this.#exports;
    const input = this.#input;
    const { buffer, byteOffset } = input;
    exports.start();
    let length = 0;
    for (;;) {
      const piece = await reader.some(input.length - length);
      if (piece !== null) input.set(piece, length);
      length += piece?.length ?? 0;
      let stop: number = Stop.output;
      while (stop === Stop.output) {
        stop = exports.run(byteOffset + length, piece === null);
        const start = exports.outputStart.value;
        const end = exports.outputEnd.value;
        if (end > start) yield new Uint8Array(buffer, start, end - start);
      }
      if (stop === Stop.damage) throw new DamagedError(`the ${what} data is damaged`);
      if (stop === Stop.cutOff) throw new DamagedError(`the ${what} data is cut off: its end is missing`);
      if (stop === Stop.end) return reader.giveBack(input.slice(exports.taken() - byteOffset, length));
      length = exports.keepRest(byteOffset + length);
    }
  }

  /** CRC-32 of what came out of the last stream. */
  get crc32(): number {
    return ~this.#exports.register.value >>> 0;
  }

  release(): void {
    inflaters.giveBack(this);
  }
}
