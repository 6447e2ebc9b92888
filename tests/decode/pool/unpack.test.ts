import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { fakeWorkers, smallPool, type FakeWorkers } from '../../helpers/fakeWorkers.ts';
import { decode, type DecodeInput } from '../../helpers/otlpDecode.ts';
import { joined, toRecords, toZstd } from '../../helpers/otlpEncodings.ts';
import { tableContent } from '../../helpers/otlpTable.ts';

const CHUNK_BYTES = 300_000;

/** More than two of the parts in which a worker hands content on. */
const LINES = Array.from({ length: 9000 }, (_, i) => {
  const id = (i + 1).toString(16).padStart(16, '0');
  const span = {
    traceId: `${id}${id}`,
    spanId: id,
    name: `GET /item/${i % 97}`,
    startTimeUnixNano: '1',
    endTimeUnixNano: `${i + 2}`,
  };
  const attributes = [{ key: 'url.full', value: { stringValue: `https://shop.example/${'x'.repeat(i % 160)}/${i}` } }];
  return `${JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [{ ...span, attributes }] }] }] })}\n`;
});
const TEXT = new TextEncoder().encode(LINES.join(''));
const GZIP = gzipSync(TEXT);

async function outcome(bytes: Uint8Array, input: DecodeInput = {}) {
  const { table, ...result } = await decode(bytes, { isFile: true, ...input });
  return { content: tableContent(table), result };
}

async function pooled(bytes: Uint8Array, fake: FakeWorkers, input: DecodeInput = {}) {
  const { workers, log } = fakeWorkers(fake);
  const pool = smallPool(workers, CHUNK_BYTES);
  const found = await outcome(bytes, { ...input, pool });
  pool.end();
  return { found, log };
}

function changed(bytes: Uint8Array, at: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[at] ^= 0x55;
  return copy;
}

describe('decodeSource has a compressed file unpacked by a worker', () => {
  const blocks = LINES.slice(0, 40).map((line) => new TextEncoder().encode(line));
  const records = toRecords(blocks.map(toZstd));
  test.each<[string, Uint8Array]>([
    ['gzip', GZIP],
    ['gzip of two members', joined([gzipSync(TEXT.subarray(0, 5000)), gzipSync(TEXT.subarray(5000))])],
    ['gzip, cut off', GZIP.subarray(0, GZIP.length - 999)],
    ['gzip, damaged', changed(GZIP, GZIP.length >>> 1)],
    ['gzip with a wrong checksum', changed(GZIP, GZIP.length - 6)],
    ['gzip with something behind it', joined([GZIP, new TextEncoder().encode('that is no gzip')])],
    ['gzip of nearly nothing', gzipSync(LINES[0])],
    ['gzip in gzip', gzipSync(GZIP)],
    ['zstd', toZstd(TEXT)],
    ['zstd in gzip', gzipSync(toZstd(TEXT))],
    ['zstd with a wrong checksum', toZstd(TEXT, 1)],
    ['zstd, cut off', joined([toZstd(TEXT.subarray(0, 5000)), toZstd(TEXT).subarray(0, 4)])],
    ['blocks of zstd', records],
    ['blocks of zstd, one with a wrong checksum', joined([records, toRecords([toZstd(blocks[0], 1)])])],
    ['blocks of zstd, some of them damaged', changed(changed(records, 900), 5000)],
  ])('%s: the table, the Issues and the errors are those of unpacking here', async (_, bytes) => {
    const expected = await outcome(bytes);
    const { found, log } = await pooled(bytes, { count: 1 });
    expect(found).toEqual(expected);
    expect(log.parts).toBeGreaterThan(0);
  });

  test.each([0, 1, 2])('%i parts before the worker ends: what it gave is passed over', async (part) => {
    for (const bytes of [GZIP, changed(GZIP, GZIP.length - 6), toZstd(TEXT), records, changed(records, 900)]) {
      const { found } = await pooled(bytes, { count: 1, endsAtPart: (number) => number === part });
      expect(found).toEqual(await outcome(bytes));
    }
  });

  test('where it is large enough: a small one, one that is no file and one that is plain are read here', async () => {
    const { workers, log } = fakeWorkers({ count: 1 });
    const pool = Object.assign(smallPool(workers, CHUNK_BYTES), { packedBytes: GZIP.length + 1 });
    await outcome(GZIP, { pool });
    Object.assign(pool, { packedBytes: 0 });
    await outcome(GZIP, { pool, isFile: false });
    await outcome(TEXT, { pool });
    expect(log.parts).toBe(0);
    await outcome(GZIP, { pool });
    expect(log.parts).toBeGreaterThan(2);
    pool.end();
  });

  test('which ends when nobody takes more: at the limit of spans, and on an abort', async () => {
    const limited = await pooled(GZIP, { count: 1 }, { limits: { spans: 10 } });
    expect(limited.found.content).toEqual((await outcome(GZIP, { limits: { spans: 10 } })).content);
    expect(limited.found.result.issues.map(({ code }) => code)).toEqual(['limit']);
    expect(limited.log.ended).toBeGreaterThan(0);
    const { workers, log } = fakeWorkers({ count: 1 });
    const abort = new AbortController();
    const pool = smallPool({ ...workers, start: () => ({ send: () => {}, end: () => void log.ended++ }) }, CHUNK_BYTES);
    abort.signal.addEventListener('abort', () => pool.end());
    setTimeout(() => abort.abort(new Error('enough')), 20);
    await expect(outcome(GZIP, { pool, signal: abort.signal })).rejects.toThrow('enough');
    expect(log.ended).toBeGreaterThan(0);
  });
});
