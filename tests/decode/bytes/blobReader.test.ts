import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BlobReader } from '../../../src/decode/bytes/blobReader.ts';

const CONTENT = Uint8Array.from({ length: 5000 }, (_, i) => (i * 7) % 251);

/** A file of the page whose streams are counted, and give at most `most` bytes at a time. */
class CountedBlob extends Blob {
  opened = 0;
  cancelled = 0;
  readonly #most: number;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array<ArrayBuffer>, most = 700) {
    super([bytes]);
    this.#bytes = bytes;
    this.#most = most;
  }

  override slice(start = 0, end = this.#bytes.length): Blob {
    const bytes = this.#bytes.subarray(start, end);
    const stream = (): ReadableStream<Uint8Array<ArrayBuffer>> => this.#streamOf(bytes);
    return Object.assign(new Blob([bytes.slice()]), { stream });
  }

  #streamOf(bytes: Uint8Array): ReadableStream<Uint8Array<ArrayBuffer>> {
    this.opened++;
    let at = 0;
    return new ReadableStream({
      type: 'bytes',
      pull: (controller) => {
        const request = controller.byobRequest;
        const view = request?.view;
        if (!request || !(view instanceof Uint8Array)) throw new Error('it is read into given buffers');
        const piece = bytes.subarray(at, at + Math.min(this.#most, view.length));
        if (piece.length === 0) {
          controller.close();
          return request.respond(0);
        }
        view.set(piece);
        at += piece.length;
        request.respond(piece.length);
      },
      cancel: () => void this.cancelled++,
    });
  }
}

/** All bytes of a part. Every piece is overwritten when the next but one has come, as a browser does. */
async function partOf(reader: BlobReader, blob: Blob, start: number, end: number, id: unknown = 1): Promise<number[]> {
  const bytes: number[] = [];
  for await (const piece of reader.pieces(blob, start, end, id)) bytes.push(...piece);
  return bytes;
}

describe('BlobReader', () => {
  test('BlobReader gives the bytes of any parts, in any order', async () => {
    const part = fc
      .tuple(fc.nat({ max: 5000 }), fc.nat({ max: 5000 }))
      .map(([a, b]) => [Math.min(a, b), Math.max(a, b)]);
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 5 }), fc.integer({ min: 1, max: 3000 }), async (parts, most) => {
        const reader = new BlobReader();
        const blob = new CountedBlob(CONTENT, most);
        for (const [start, end] of parts)
          expect(await partOf(reader, blob, start, end)).toEqual([...CONTENT.subarray(start, end)]);
      }),
      { seed: 21, numRuns: 100 },
    );
  });

  test('BlobReader reads on in the same stream where one part ends and the next begins, and closes it elsewhere', async () => {
    const reader = new BlobReader();
    const blob = new CountedBlob(CONTENT);
    await partOf(reader, blob, 0, 1000);
    await partOf(reader, blob, 1000, 2500);
    expect([blob.opened, blob.cancelled]).toEqual([1, 0]);
    await partOf(reader, blob, 4000, 5000);
    expect([blob.opened, blob.cancelled]).toEqual([2, 1]);
    reader.close();
    expect(blob.cancelled).toBe(2);
  });

  test('BlobReader takes a file for another one by its number, wherever the part begins', async () => {
    const reader = new BlobReader();
    const other = CONTENT.map((byte) => 255 - byte);
    await partOf(reader, new CountedBlob(CONTENT), 0, 1000, 1);
    expect(await partOf(reader, new CountedBlob(other), 1000, 1500, 2)).toEqual([...other.subarray(1000, 1500)]);
  });

  test('BlobReader reads again after a part that was given up', async () => {
    const reader = new BlobReader();
    const blob = new CountedBlob(CONTENT);
    for await (const _ of reader.pieces(blob, 0, 3000, 1)) break;
    expect(await partOf(reader, blob, 0, 3000)).toEqual([...CONTENT.subarray(0, 3000)]);
  });

  test('BlobReader says that a file became shorter, instead of waiting for what is gone', async () => {
    const blob = new CountedBlob(CONTENT);
    await expect(partOf(new BlobReader(), blob, 4000, 6000)).rejects.toThrow('the file became shorter');
  });

  test('BlobReader reads a part at once where streams take no buffers', async () => {
    const plain = Object.assign(new Blob([CONTENT]), {});
    const slice = plain.slice.bind(plain);
    plain.slice = (start?: number, end?: number): Blob =>
      Object.assign(slice(start, end), { stream: () => new ReadableStream<Uint8Array<ArrayBuffer>>() });
    expect(await partOf(new BlobReader(), plain, 100, 2100)).toEqual([...CONTENT.subarray(100, 2100)]);
  });
});
