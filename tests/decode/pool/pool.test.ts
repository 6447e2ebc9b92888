import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { LIMITS } from '../../../src/config/limits.ts';
import { decodeSource } from '../../../src/decode/decodeSource.ts';
import type { Source } from '../../../src/decode/source.ts';
import { SpanTableBuilder } from '../../../src/store/spanTableBuilder.ts';
import { arbitraryRequest } from '../../helpers/otlpArbitrary.ts';
import { fakeWorkers, smallPool, type FakeWorkers } from '../../helpers/fakeWorkers.ts';
import { mutated, randomNumbers } from '../../helpers/mutations.ts';
import { decode, memorySource, type DecodeInput } from '../../helpers/otlpDecode.ts';
import { encodings, joined, text, toProtobuf, toRecords, toZstd } from '../../helpers/otlpEncodings.ts';
import type { Request, Span } from '../../helpers/otlpReference.ts';
import { tableContent } from '../../helpers/otlpTable.ts';
import { tableColumns } from '../../helpers/tableColumns.ts';

/** What a source comes to: everything in the table, every Issue with its place, and what is said of it. */
async function outcome(content: Uint8Array | string, input: DecodeInput = {}) {
  const { table, ...result } = await decode(content, input);
  return { content: tableContent(table), columns: tableColumns(table), result };
}

/** The same, decoded by a pool. */
async function pooled(content: Uint8Array | string, chunkBytes: number, fake: FakeWorkers, input: DecodeInput = {}) {
  const { workers, log } = fakeWorkers(fake);
  const pool = smallPool(workers, chunkBytes);
  const found = await outcome(content, { ...input, pool });
  pool.end();
  return { ...found, log };
}

/** Every chunk begins with a search for its end. */
const LEAST_FILE_CHUNK = 500;

/**
 * With any number of workers, and with none: the same columns. Without chunks: the same content and Issues; which lists
 * of attributes share their values depends on what was read at once.
 */
async function expectSame(
  bytes: Uint8Array | string,
  chunkBytes: number,
  fakes: readonly FakeWorkers[],
  name?: string,
) {
  const alone = await pooled(bytes, chunkBytes, { count: 0 });
  const whole = await outcome(bytes);
  expect({ content: alone.content, result: alone.result }, name).toEqual({
    content: whole.content,
    result: whole.result,
  });
  for (const fake of fakes) {
    const { columns, result } = await pooled(bytes, chunkBytes, fake, { chunks: [333] });
    expect({ columns, result }, name).toEqual({ columns: alone.columns, result: alone.result });
  }
  // Workers that read the file themselves cut it elsewhere: the same content, and the same columns whoever decodes.
  const fileBytes = Math.max(chunkBytes, LEAST_FILE_CHUNK);
  const fileAlone = await pooled(bytes, fileBytes, { count: 0 }, { isFile: true });
  expect({ content: fileAlone.content, result: fileAlone.result }, name).toEqual({
    content: whole.content,
    result: whole.result,
  });
  for (const fake of fakes.slice(-1)) {
    const { columns, result } = await pooled(bytes, fileBytes, fake, { isFile: true });
    expect({ columns, result }, name).toEqual({ columns: fileAlone.columns, result: fileAlone.result });
  }
}

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const id = (n: number): string => n.toString(16).padStart(16, '0');
const span = (n: number, more: Partial<Span> = {}): Span => ({
  traceId: n % 3 === 0 ? TRACE : `${TRACE.slice(0, 24)}${id(Math.floor(n / 5)).slice(8)}`,
  spanId: id(n),
  name: `GET /item/${n % 7}`,
  attributes: [{ key: `key ${n % 4}`, value: { stringValue: `value ${n % 11}` } }],
  ...more,
});
const request = (...spans: Span[]): Request => ({
  resourceSpans: [
    {
      resource: { attributes: [{ key: 'service.name', value: { stringValue: `shop ${spans.length}` } }] },
      scopeSpans: [{ spans }],
    },
  ],
});
const requests = (count: number): Request[] =>
  Array.from({ length: count }, (_, i) =>
    request(...Array.from({ length: 1 + (i % 4) }, (_, j) => span(i * 4 + j + 1))),
  );
const lines = (count: number): string[] => requests(count).map((content) => JSON.stringify(content));
const LOGS = '{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{"stringValue":"x"}},{}]}]}]}';
const METRICS = '{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"m"}]}]}]}';

/** Sources that are anything but even, by name. */
const ODD: Readonly<Record<string, string | Uint8Array>> = {
  'lines cut off and overwritten': lines(60)
    .map((line, i) =>
      i % 7 === 3 ? line.slice(0, 90) : i % 11 === 5 ? `${line.slice(0, 50)}\u0001${line.slice(50)}` : line,
    )
    .join('\n'),
  'a damaged line at every chunk’s end': lines(90)
    .map((line, i) => (i % 3 === 2 ? line.slice(0, -3) : line))
    .join('\n'),
  'blank lines, CRLF and no line feed at the end': lines(40).join('\r\n\r\n \t\r\n'),
  'lines of a log between': lines(40)
    .flatMap((line, i) => [line, `2026-01-02 INFO exported ${i}`])
    .join('\n'),
  'a line longer than many chunks': [
    ...lines(5),
    JSON.stringify(request(...Array.from({ length: 200 }, (_, i) => span(i + 1000)))),
    ...lines(20),
  ].join('\n'),
  'other signals between, invalid ids': lines(40)
    .flatMap((line, i) => [line, ...(i % 3 === 0 ? [LOGS] : []), ...(i % 5 === 0 ? [METRICS] : [])])
    .map((line, i) => (i % 4 === 1 ? line.replace(/"spanId":"[0-9a-f]{4}/, '"spanId":"zz') : line))
    .join('\n'),
  'texts that are not UTF-8': joined(
    lines(30).map((line, i) => {
      const bytes = text(`${line}\n`);
      if (i % 6 === 2) bytes[bytes.indexOf(0x2f)] = 0xff;
      return bytes;
    }),
  ),
  'indented documents in a row': requests(30)
    .map((content) => JSON.stringify(content, null, 2))
    .join('\n'),
  'one list of requests over many lines': `[${lines(30).join(',\n')}]`,
  'one document on one line': JSON.stringify({ resourceSpans: requests(40).flatMap((r) => r.resourceSpans ?? []) }),
  'lines, then an indented document, then lines': [
    ...lines(20),
    ...requests(8).map((content) => JSON.stringify(content, null, 1)),
    ...lines(20),
  ].join('\n'),
  'nothing but other signals': `${LOGS}\n${METRICS}\n`.repeat(20),
  'nothing that is known': '{"a":1}\n'.repeat(200),
  'bare protobuf': joined(requests(40).map(toProtobuf)),
  'bare protobuf, cut off': joined(requests(40).map(toProtobuf)).slice(0, -30),
  'bare protobuf with other fields between': joined(
    requests(40).flatMap((content, i) => [
      toProtobuf(content),
      i % 6 === 3 ? Uint8Array.of(0x10, 5) : Uint8Array.of(0x22, 1, 9),
    ]),
  ),
  'protobuf records, one damaged, the last cut off': toRecords(
    requests(40)
      .map(toProtobuf)
      .map((bytes, i) => (i === 17 ? bytes.map((byte, at) => (at === 30 ? 0xff : byte)) : bytes)),
  ).slice(0, -9),
  'protobuf records of more than a chunk': toRecords([
    ...requests(5).map(toProtobuf),
    toProtobuf({ resourceSpans: requests(50).flatMap((r) => r.resourceSpans ?? []) }),
    ...requests(5).map(toProtobuf),
  ]),
  'zstd blocks, two of them damaged': toRecords(
    lines(40).map((line, i) =>
      toZstd(text(i % 9 === 1 ? line.slice(0, 80) : line)).map((byte, at) =>
        i % 15 === 7 && at === 9 ? byte | 6 : byte,
      ),
    ),
  ),
  'gzip that is cut off': gzipSync(text(lines(400).join('\n'))).slice(0, -700),
};

describe.each(Object.entries(ODD))('decodeSource on %s', (_name, content) => {
  test.each([64, 700, 5000])(
    'decodeSource comes to the same with any number of workers, in chunks of %i bytes',
    async (chunkBytes) => {
      await expectSame(content, chunkBytes, [{ count: 1 }, { count: 3 }]);
    },
  );

  test('decodeSource comes to the same where workers fail and end', async () => {
    await expectSame(content, 500, [
      { count: 3, failsAt: (order) => order % 3 === 1 },
      { count: 2, endsAt: (order) => order === 2 || order === 5 },
      { count: 2, endsAt: () => true },
    ]);
  });
});

test('decodeSource comes to the same with a pool for every encoding', async () => {
  for (const { name, bytes } of encodings(requests(50))) await expectSame(bytes, 900, [{ count: 2 }], name);
});

test('decodeSource comes to the same with a pool for any requests and any chunk size', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(arbitraryRequest, { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 1, max: 3000 }),
      fc.integer({ min: 1, max: 3 }),
      fc.boolean(),
      async (content, chunkBytes, count, isProtobuf) => {
        const bytes = isProtobuf
          ? toRecords(content.map(toProtobuf))
          : text(content.map((one) => JSON.stringify(one)).join('\n'));
        await expectSame(bytes, chunkBytes, [{ count }]);
      },
    ),
    { seed: 3, numRuns: 16 },
  );
});

test('decodeSource comes to the same with a pool on damaged files', async () => {
  const random = randomNumbers(31);
  const samples = [
    text(lines(30).join('\n')),
    toRecords(requests(30).map(toProtobuf)),
    joined(requests(30).map(toProtobuf)),
  ];
  for (let run = 0; run < 24; run++) {
    const bytes = mutated(samples[run % samples.length], random);
    await expectSame(bytes, 100 + random(2000), [{ count: 1 + random(3) }], `run ${run}`);
  }
}, 150_000);

test('decodeSource comes to the same where threads cannot share memory, as in the page', async () => {
  vi.stubGlobal('SharedArrayBuffer', undefined);
  try {
    for (const { name, bytes } of encodings(requests(50))) {
      await expectSame(bytes, 900, [{ count: 2, failsAt: (order) => order % 3 === 1 }], name);
    }
  } finally {
    vi.unstubAllGlobals();
  }
});

test('decodeSource decodes parts of a file itself while the workers have enough to do', async () => {
  const line = `${JSON.stringify(request(span(1), span(2)))}\n`;
  const chunkBytes = 1000;
  const linesAChunk = Math.ceil((chunkBytes + 1) / line.length);
  const { log } = await pooled(line.repeat(linesAChunk * 100), chunkBytes, { count: 1 }, { isFile: true });
  // Of a hundred chunks the first one is always decoded here.
  expect(log.orders).toBeGreaterThan(10);
  expect(log.orders).toBeLessThan(99);
});

test('decodeSource leaves most of a large source to the pool, and reads a small one alone', async () => {
  const content = `${lines(500).join('\n')}\n`;
  const { log } = await pooled(content, 2000, { count: 2 });
  expect(log.started).toBe(2);
  expect(log.orders).toBeGreaterThan((content.length / 2000) * 0.9);
  const { workers, log: unused } = fakeWorkers({ count: 2 });
  await decode(content, { pool: smallPool(workers, 2000, content.length + 1) });
  expect(unused.started).toBe(0);
});

describe('decodeSource on a large file', () => {
  const content = new TextEncoder().encode(`${lines(500).join('\n')}\n`);

  test('leaves the reading to the workers: nothing but the places to cut is read here', async () => {
    const { workers, log } = fakeWorkers({ count: 2 });
    let bytesHere = 0;
    const pool = smallPool(workers, 100_000);
    const read = async (start: number, end: number): Promise<Uint8Array> => {
      bytesHere += Math.min(end, content.length) - start;
      return content.slice(start, end);
    };
    const source: Source = {
      ...memorySource(content, { chunks: [1000] }),
      file: {
        place: content,
        read,
        async *pieces(start, end) {
          yield read(start, end);
        },
      },
    };
    const builder = new SpanTableBuilder();
    const positions: number[] = [];
    const onBytes = (bytes: number): void => void positions.push(bytes);
    const result = await decodeSource(source, builder, { limits: LIMITS, pool, onBytes });
    pool.end();
    expect(builder.spanCount).toBe((await decode(content)).table.spanCount);
    expect(result.bytes).toBe(content.length);
    expect(positions.at(-1)).toBe(content.length);
    expect(log.orders).toBeGreaterThan(0);
    // The first chunk, and 64 KiB at each cut.
    expect(bytesHere).toBeLessThan(100_000 + (log.orders + 4) * 65_536 + 200_000);
  });

  test('keeps what came before the place where the file cannot be read any more', async () => {
    const { workers } = fakeWorkers({ count: 2, failsAt: () => true });
    const pool = smallPool(workers, 2000);
    const half = content.length / 2;
    const read = async (start: number, end: number): Promise<Uint8Array> => {
      if (start > half) throw new Error('the disk was taken out');
      return content.slice(start, end);
    };
    async function* pieces(start: number, end: number): AsyncGenerator<Uint8Array> {
      yield read(start, end);
    }
    const source = { ...memorySource(content), file: { place: content, read, pieces } };
    const builder = new SpanTableBuilder();
    await decodeSource(source, builder, { limits: LIMITS, pool });
    pool.end();
    expect(builder.issues.list()).toMatchObject([
      { code: 'unreadable', message: 'Reading ended early: the disk was taken out. What came before was read.' },
    ]);
    expect(builder.spanCount).toBeGreaterThan(400);
  });
});

test('decodeSource starts the pool behind so many bytes of a source whose size says nothing', async () => {
  const content = `${lines(500).join('\n')}\n`;
  const { workers, log } = fakeWorkers({ count: 2 });
  const pool = smallPool(workers, 2000, content.length / 4);
  const source: Source = { ...memorySource(text(content), { chunks: [700] }), size: null };
  await decodeSource(source, new SpanTableBuilder(), { limits: LIMITS, pool });
  expect(log.orders * 2000).toBeGreaterThan(content.length * 0.4);
  expect(log.orders * 2000).toBeLessThan(content.length * 0.65);
});

test('decodeSource goes by the compressed size where a source is compressed: from so many bytes on it is left to the pool', async () => {
  const content = `${lines(500).join('\n')}\n`;
  const bytes = gzipSync(content);
  for (const [packedBytes, least, most] of [
    [bytes.length, 0.8, 1.4],
    [bytes.length + 1, 0, 0],
  ]) {
    const { workers, log } = fakeWorkers({ count: 2 });
    await decode(bytes, { pool: Object.assign(smallPool(workers, 2000, 1e9), { packedBytes }) });
    expect(log.orders * 2000).toBeGreaterThanOrEqual(content.length * least);
    expect(log.orders * 2000).toBeLessThanOrEqual(content.length * most);
  }
});

test('decodeSource has no more than two chunks a worker under way', async () => {
  const { workers } = fakeWorkers({ count: 2 });
  let underWay = 0;
  let most = 0;
  const pool = smallPool(workers, 1000);
  const decodeChunk = pool.decode.bind(pool);
  pool.decode = async (chunk) => {
    most = Math.max(most, ++underWay);
    try {
      return await decodeChunk(chunk);
    } finally {
      underWay--;
    }
  };
  await decode(lines(300).join('\n'), { pool });
  expect(most).toBe(4);
});

test('decodeSource tells how much of a source stands behind the spans that are appended, not how much was read ahead', async () => {
  const SPANS = 800;
  const content = text(
    `${Array.from({ length: SPANS }, (_, n) => JSON.stringify(request(span(n + 1000)))).join('\n')}\n`,
  );
  const chunkBytes = 2000;
  const ahead: number[] = [];
  class Told extends SpanTableBuilder {
    override append(...batch: Parameters<SpanTableBuilder['append']>): number {
      const count = super.append(...batch);
      ahead.push((this.fractionRead - this.spanCount / SPANS) * content.length);
      return count;
    }
  }
  const builder = new Told();
  await decodeSource(memorySource(content, { chunks: [500] }), builder, {
    limits: LIMITS,
    pool: smallPool(fakeWorkers({ count: 3 }).workers, chunkBytes),
    onBytes: (bytes) => {
      builder.fractionRead = bytes / content.length;
    },
  });
  // The first 64 KiB are read at once, to see what it is.
  const behindHead = ahead.filter((_, i) => (i + 1) * chunkBytes > 70_000);
  expect(behindHead.length).toBeGreaterThan(40);
  for (const bytes of behindHead) expect(Math.abs(bytes)).toBeLessThan(2 * chunkBytes);
});

test('decodeSource stops reading at the limit of spans, and loads the same spans with a pool', async () => {
  const content = lines(400).join('\n');
  const input = { limits: { spans: 123 }, chunks: [500] };
  const expected = await decode(content, input);
  const result = await decode(content, { ...input, pool: smallPool(fakeWorkers({ count: 3 }).workers, 1000) });
  expect(tableContent(result.table)).toEqual(tableContent(expected.table));
  expect(result.issues.map(({ code }) => code)).toEqual(['limit']);
  expect(result.bytes).toBeLessThan(content.length / 2);
});

test('decodeSource gives up cutting a source whose lines are longer than anything that is read whole', async () => {
  const long = JSON.stringify(request(...Array.from({ length: 400 }, (_, i) => span(i + 1))));
  const content = [...lines(20), long, long, ...lines(20)].join('\n');
  const limits = { unitBytes: 20_000 };
  const { content: found, result, log } = await pooled(content, 1000, { count: 2 }, { limits });
  const whole = await outcome(content, { limits });
  expect({ found, result }).toEqual({ found: whole.content, result: whole.result });
  expect(log.orders).toBeGreaterThan(0);
});

test('decodeSource rejects at once when it is aborted, though a worker never answers', async () => {
  const controller = new AbortController();
  const reason = new Error('the user pressed Cancel');
  const { workers } = fakeWorkers({ count: 1 });
  const pool = smallPool({ ...workers, start: () => ({ send() {}, end() {} }) }, 1000);
  controller.signal.addEventListener('abort', () => pool.end());
  const decoding = decode(lines(300).join('\n'), { pool, signal: controller.signal });
  setTimeout(() => controller.abort(reason), 20);
  await expect(decoding).rejects.toBe(reason);
});

test('WorkerPool lends the buffers of batches to workers again, and keeps none that they have no use for', async () => {
  const line = (n: number, kind: string): string =>
    `${JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span(n)] }] }] }).replace('"name"', `"kind":${kind},"name"`)}\n`;
  // A kind by its name is for the TypeScript decoder: such a chunk comes back as many columns of their own.
  const spareOf = async (kind: string): Promise<number> => {
    const lines = Array.from({ length: 400 }, (_, n) => line(n + 1, kind)).join('');
    const { log } = await pooled(lines, 2000, { count: 2 });
    expect(log.orders).toBeGreaterThan(20);
    return log.spare;
  };
  expect(await spareOf('2')).toBeGreaterThan(5);
  expect(await spareOf('"SPAN_KIND_SERVER"')).toBe(0);
});
