import { MESSAGE_END, type Bytes } from '../bytes/readBytes.ts';
import { CONTAINERS } from '../containers.ts';
import { toEnd, type Mark, type PackedFile, type Unpacked } from './packedFile.ts';

/** Bytes of content that go over at once. */
const CONTENT_BYTES = 1 << 20;
/** Compressed bytes that are taken in at once. */
const TAKEN_BYTES = 1 << 15;
/** Buffers on their way and back, so that unpacking is ahead of decoding by no more than this. */
const BUFFERS = 6;

export interface UnpackerLine {
  /** See `Line`. */
  readonly read: (place: unknown, start: number, end: number) => Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
  readonly send: (unpacked: Unpacked, transfer: ArrayBuffer[]) => void;
}

/** Unpacks one file in a worker, as fast as its content is taken (unpackElsewhere.ts). */
export class Unpacker {
  readonly #line: UnpackerLine;
  readonly #spare: ArrayBuffer[] = Array.from({ length: BUFFERS }, () => new ArrayBuffer(CONTENT_BYTES));
  #wake: () => void = () => {};
  #taken = 0;

  constructor(line: UnpackerLine) {
    this.#line = line;
  }

  giveBack(buffer: ArrayBuffer): void {
    this.#spare.push(buffer);
    this.#wake();
  }

  async run(file: PackedFile): Promise<void> {
    let content = new Uint8Array(await this.#buffer());
    let length = 0;
    let marks: Mark[] = [];
    const send = (end: Unpacked['end']): void => {
      const { buffer } = content;
      this.#line.send({ content: content.subarray(0, length), marks, taken: this.#taken, end }, [buffer]);
      length = 0;
      marks = [];
    };
    let error: unknown;
    try {
      for await (const part of this.#open(file, (damage) => marks.push({ at: length, damage }))) {
        if (part === MESSAGE_END) marks.push({ at: length, damage: null });
        for (let at = 0; at < part.length;) {
          if (length === content.length) {
            send(null);
            content = new Uint8Array(await this.#buffer());
          }
          const fitting = part.subarray(at, at + content.length - length);
          content.set(fitting, length);
          length += fitting.length;
          at += fitting.length;
        }
      }
    } catch (thrown) {
      error = thrown ?? null;
    }
    send(toEnd(error));
  }

  #open({ container: name, place, size, limits }: PackedFile, onDamage: (message: string) => void): Bytes {
    const container = CONTAINERS.find((candidate) => candidate.name === name);
    if (container === undefined) throw new Error(`there is no container ${name}`);
    return container.open({
      bytes: this.#read(place, size),
      limits,
      onDamage: ({ message }) => onDamage(message),
      isCopied: true,
    });
  }

  /**
   * In memory of their own: where there is no WebAssembly, the one before is looked at again. In small pieces: of what it
   * has read ahead nothing came out yet.
   */
  async *#read(place: unknown, size: number): Bytes {
    for await (const piece of this.#line.read(place, 0, size)) {
      for (let at = 0; at < piece.length; at += TAKEN_BYTES) {
        const part = piece.slice(at, at + TAKEN_BYTES);
        this.#taken += part.length;
        yield part;
      }
    }
  }

  async #buffer(): Promise<ArrayBuffer> {
    for (;;) {
      const buffer = this.#spare.pop();
      if (buffer !== undefined) return buffer;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}
