import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { fflateInflate } from '../../../src/decode/inflate/fflate.ts';
import { load } from '../../../src/pipeline.ts';
import { toStreamedZip, toZip, type ArchivedFile } from '../../helpers/archiveFiles.ts';
import { memorySource } from '../../helpers/otlpDecode.ts';
import { joined, text } from '../../helpers/otlpEncodings.ts';

const LOCAL_HEADER = 0x04034b50;
const CENTRAL_HEADER = 0x02014b50;
const END = 0x06054b50;
const NAMES = ['a.json', 'b.json', 'c.json'] as const;
const FILES: readonly ArchivedFile[] = NAMES.map((name, i) => ({ name, bytes: trace(i + 1) }));

function trace(id: number): Uint8Array {
  const [startTimeUnixNano, endTimeUnixNano] = ['1700000000000000000', '1700000000001000000'];
  const ids = { traceId: String(id).padStart(32, '0'), spanId: String(id).padStart(16, '0') };
  const span = { ...ids, name: 'op', kind: 2, startTimeUnixNano, endTimeUnixNano };
  return text(JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] }));
}

/** Where the header of the second file is. */
function second(zip: Uint8Array, signature: number): number {
  const view = new DataView(zip.buffer);
  const places = [...zip.keys()].filter((at) => at + 4 <= zip.length && view.getUint32(at, true) === signature);
  return places[1];
}

/** The zip with another number in the second file's header. */
function changed(zip: Uint8Array, signature: number, field: number, change: (value: number) => number): Uint8Array {
  const bytes = zip.slice();
  const view = new DataView(bytes.buffer);
  const at = second(bytes, signature) + field;
  view.setUint32(at, change(view.getUint32(at, true)), true);
  return bytes;
}

async function read(zip: Uint8Array, isFile = true) {
  const { sources, issues } = await load([memorySource(zip, { name: 'all.zip', isFile })]);
  const told = issues.map(({ code, firstAt, message }) => `${code} at ${firstAt?.source}: ${message}`);
  return { spans: sources.map(({ name, spans }) => `${name}: ${spans}`), told };
}

const ALL = NAMES.map((name) => `all.zip/${name}: 1`);

describe('a zip that lies in a file', () => {
  test.each([toZip, toStreamedZip])(
    'is read by its directory, whatever sizes stand before the contents',
    async (write) => {
      for (const size of [0, 1, 1_000_000, 0xffffffff]) {
        const zip = changed(write(FILES), LOCAL_HEADER, 18, () => size);
        expect(await read(zip)).toEqual({ spans: ALL, told: [] });
      }
    },
  );

  test.each([
    ['deflated, too short', 6, -20, /damaged at all.zip\/b.json: Reading ended early: the deflated data is cut off/],
    ['stored, too short', 0, -20, /wrong-checksum at all.zip\/b.json/],
    ['stored, too long', 0, 20, /wrong-checksum at all.zip\/b.json/],
    ['stored, far too long', 0, 1e9, /wrong-checksum at all.zip\/b.json/],
  ] as const)('loses a file alone whose size in the directory is wrong: %s', async (_, level, by, told) => {
    const result = await read(changed(toZip(FILES, level), CENTRAL_HEADER, 20, (size) => size + by));
    expect(result.spans.filter((each) => !each.startsWith('all.zip/b.json'))).toEqual([ALL[0], ALL[2]]);
    expect(result.told.join('\n')).toMatch(told);
    expect(result.told.every((each) => each.includes('all.zip/b.json'))).toBe(true);
  });

  test('reads a deflated file to its end, where its size in the directory reaches into the next one', async () => {
    for (const by of [20, 1e9]) {
      const zip = changed(toZip(FILES), CENTRAL_HEADER, 20, (size) => size + by);
      expect(await read(zip)).toEqual({ spans: ALL, told: [] });
    }
  });

  test('says of a file that it is not where the directory has it, and reads the others', async () => {
    for (const place of [3, 1e9]) {
      expect(await read(changed(toZip(FILES), CENTRAL_HEADER, 42, () => place))).toEqual({
        spans: [ALL[0], ALL[2]],
        told: [
          'unreadable-source at all.zip/b.json: No span could be read from 1 of 3 sources: ' +
            'all.zip/b.json: it is not where the directory of the zip archive has it',
        ],
      });
    }
  });

  test('is read with a comment behind it, and with sizes and places of 64 bits', async () => {
    const zip = toZip(FILES);
    const end = zip.length - 22;
    const comment = zip.slice();
    comment.set([30, 0], end + 20);
    // Its directory alone can be read where a size before the contents is wrong.
    const wrong = (bytes: Uint8Array): Uint8Array => changed(bytes, LOCAL_HEADER, 18, () => 5);
    expect(await read(wrong(joined([comment, text('PK\u0005\u0006'), new Uint8Array(26)])))).toEqual({
      spans: ALL,
      told: [],
    });
    expect(await read(wrong(toZip64(zip)))).toEqual({ spans: ALL, told: [] });
  });

  test('is read from front to back where its directory is damaged or missing', async () => {
    const zip = toZip(FILES);
    const directory = zip.slice();
    directory[second(zip, CENTRAL_HEADER)] ^= 1;
    const noEnd = zip.slice();
    noEnd[zip.length - 22] ^= 1;
    const nothing = zip.slice();
    nothing.fill(0, zip.length - 22 + 8);
    for (const bytes of [directory, noEnd, nothing, zip.subarray(0, second(zip, CENTRAL_HEADER))])
      expect((await read(bytes)).spans).toEqual(ALL);
  });
});

test('a zip that is read from front to back says behind which file it makes no sense any more', async () => {
  const { spans, told } = await read(
    changed(toZip(FILES), LOCAL_HEADER, 18, (size) => size + 20),
    false,
  );
  expect(spans).toEqual(ALL.slice(0, 2));
  expect(told).toEqual([
    'damaged at all.zip: Reading an archive ended early: behind “b.json” stands no file: ' +
      'the size that is given for it may be wrong. What came before was read.',
  ]);
});

test('what stands behind the end of deflated bytes is not kept, nor asked for without end', async () => {
  let asked = 0;
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield deflateRawSync('content');
    for (; asked < 1000; asked++) yield new Uint8Array(1 << 16);
  }
  const found: Uint8Array[] = [];
  for await (const chunk of fflateInflate(bytes())) found.push(chunk);
  expect(new TextDecoder().decode(joined(found))).toBe('content');
  expect(asked).toBeLessThan(10);
});

/** The same zip, as one of more than 4 GB would have it: all numbers are full, and stand in fields of 64 bits. */
function toZip64(zip: Uint8Array): Uint8Array {
  const start = new DataView(zip.buffer).getUint32(zip.length - 6, true);
  const headers: Uint8Array[] = [];
  for (let at = start; new DataView(zip.buffer).getUint32(at, true) === CENTRAL_HEADER;) {
    const view = new DataView(zip.buffer, at);
    const length = 46 + view.getUint16(28, true) + view.getUint16(30, true);
    const header = joined([zip.subarray(at, at + length), new Uint8Array(28)]);
    const put = new DataView(header.buffer);
    put.setUint16(30, view.getUint16(30, true) + 28, true);
    put.setUint16(length, 1, true);
    put.setUint16(length + 2, 24, true);
    for (const [i, field] of [24, 20, 42].entries()) {
      put.setUint32(length + 4 + 8 * i, view.getUint32(field, true), true);
      put.setUint32(field, 0xffffffff, true);
    }
    headers.push(header);
    at += length;
  }
  const directory = joined(headers);
  const end = new Uint8Array(56 + 20 + 22);
  const put = new DataView(end.buffer);
  put.setUint32(0, 0x06064b50, true);
  put.setUint32(40, directory.length, true);
  put.setUint32(48, start, true);
  put.setUint32(56, 0x07064b50, true);
  put.setUint32(64, start + directory.length, true);
  put.setUint32(76, END, true);
  put.setUint32(88, 0xffffffff, true);
  put.setUint32(92, 0xffffffff, true);
  return joined([zip.subarray(0, start), directory, end]);
}
