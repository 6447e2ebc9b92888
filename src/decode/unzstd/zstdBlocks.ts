import { Decompress } from 'fzstd';
import { errorText } from '../../base/errorText.ts';
import { DamagedError } from '../bytes/readBytes.ts';
import { WasmPool } from '../kernel/wasmPool.ts';
import { wasm } from './assembly/index.ts?kernel';
import { isUnzstdExports, type UnzstdExports } from './unzstdExports.ts';

/** Decodes zstd's frames, one after the other, block by block. Throws DamagedError. */
export interface ZstdBlocks {
  /** A frame begins; `window` is how far back it may copy from, in bytes. */
  start(header: Uint8Array, window: number, hasChecksum: boolean): void;
  /** The content of a block, which begins with its header; good until the next is asked for. */
  decode(block: Uint8Array): readonly Uint8Array[];
  /** The frame ends; `checksum` as it stands there, if it does. False where the content is known not to be that of it. */
  end(checksum: Uint8Array): boolean;
  /** For whoever needs it next. */
  release(): void;
}

const wasmBlocks = new WasmPool(wasm, isUnzstdExports, (exports) => new WasmBlocks(exports));
/** Of a long window: it goes with its decoder. */
const MOST_KEPT_BYTES = 32 << 20;

/** Those of fzstd where there is no WebAssembly. Never rejects. */
export async function loadZstdBlocks(): Promise<ZstdBlocks> {
  return (await wasmBlocks.take()) ?? new FzstdBlocks();
}

class WasmBlocks implements ZstdBlocks {
  readonly #exports: UnzstdExports;

  constructor(exports: UnzstdExports) {
    this.#exports = exports;
  }

  start(_header: Uint8Array, window: number, hasChecksum: boolean): void {
    this.#exports.start(window, hasChecksum);
  }

  decode(block: Uint8Array): readonly Uint8Array[] {
    const { memory, input, run, outputStart, outputEnd } = this.#exports;
    const header = block[0] | (block[1] << 8) | (block[2] << 16);
    new Uint8Array(memory.buffer, input.value).set(block.subarray(3));
    let hasMemory: number;
    try {
      hasMemory = run((header >> 1) & 3, header >> 3);
    } catch {
      throw new DamagedError('the zstd data is damaged');
    }
    if (hasMemory === 0) throw new RangeError('there is not enough memory for the window of the zstd data');
    const length = outputEnd.value - outputStart.value;
    return length === 0 ? [] : [new Uint8Array(memory.buffer, outputStart.value, length)];
  }

  end(checksum: Uint8Array): boolean {
    if (checksum.length === 0) return true;
    const { buffer, byteOffset } = checksum;
    return new DataView(buffer, byteOffset).getInt32(0, true) === this.#exports.checksum();
  }

  release(): void {
    if (this.#exports.memory.buffer.byteLength <= MOST_KEPT_BYTES) wasmBlocks.giveBack(this);
  }
}

/** Compares no checksums: numbers of 64 bits take JavaScript many times as long as all that is left to do with the bytes. */
export class FzstdBlocks implements ZstdBlocks {
  readonly #content: Uint8Array[] = [];
  #frame: Decompress | null = null;

  start(header: Uint8Array): void {
    this.#content.length = 0;
    this.#frame = new Decompress((content) => {
      if (content.length > 0) this.#content.push(content);
    });
    this.#push(header);
  }

  decode(block: Uint8Array): readonly Uint8Array[] {
    this.#push(block);
    return this.#content.splice(0);
  }

  end(checksum: Uint8Array): boolean {
    this.#push(checksum);
    this.#push(new Uint8Array(), true);
    return true;
  }

  release(): void {
    this.#frame = null;
  }

  /** It keeps what it is given. */
  #push(piece: Uint8Array, isLast = false): void {
    try {
      this.#frame?.push(piece.slice(), isLast);
    } catch (error) {
      throw new DamagedError(`the zstd data is damaged (${errorText(error)})`);
    }
  }
}
