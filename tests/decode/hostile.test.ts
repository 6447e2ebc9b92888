import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { LIMITS } from '../../src/config/limits.ts';
import { decodeSource } from '../../src/decode/decodeSource.ts';
import { SpanTableBuilder } from '../../src/store/spanTableBuilder.ts';
import { decodeBothWays as decode } from '../helpers/decodeBothWays.ts';
import { decode as decodeOneWay } from '../helpers/otlpDecode.ts';
import { joined, text, toProtobuf, toRecords } from '../helpers/otlpEncodings.ts';
import { randomNumbers } from '../helpers/mutations.ts';
import type { AnyValue, Request, Span } from '../helpers/otlpReference.ts';

const TRACE = '0af7651916cd43dd8448eb211c80319c';

function span(id: number, more: Partial<Span> = {}): Span {
  return { traceId: TRACE, spanId: id.toString(16).padStart(16, '0'), name: `span ${id}`, ...more };
}

function request(...spans: Span[]): Request {
  return { resourceSpans: [{ scopeSpans: [{ spans }] }] };
}

const line = (...spans: Span[]): string => `${JSON.stringify(request(...spans))}\n`;
const repeated = (piece: string, times: number): string => piece.repeat(times);

test('decodeSource says what rubbish is', async () => {
  const random = randomNumbers(7);
  const rubbish = Uint8Array.from({ length: 100_000 }, () => random(256));
  expect((await decode(rubbish)).failure).toBe(
    'this is a binary file of a kind that Hopline does not know; Hopline reads OTLP, Jaeger and Zipkin traces',
  );
  expect((await decode(new Uint8Array())).failure).toBe('it is empty');
  expect((await decode(' \n \n')).failure).toBe('nothing that looks like traces was found in it');
});

test('decodeSource knows OTLP protobuf without a span for what it is', async () => {
  // A request of a ResourceSpans of an empty ScopeSpans.
  const empty = Uint8Array.of(0x0a, 2, 0x12, 0);
  for (const bytes of [empty, toRecords([empty])]) {
    expect((await decode(bytes)).failure).toBe('this is OTLP protobuf, but there is no span in it');
  }
});

test('decodeSource survives 100,000 brackets, closed or not', async () => {
  for (const [open, close, told] of [
    ['[', ']', []],
    ['{"a":', '}', ['other-document']],
    ['{"result":', '}', []],
  ] as const) {
    for (const content of [repeated(open, 100_000), repeated(open, 100_000) + '1' + repeated(close, 100_000)]) {
      const { table, issues } = await decode(`${content}\n${line(span(1))}`, { chunks: [1000] });
      expect(table.spanCount, open).toBe(content.endsWith(close) ? 1 : 0);
      expect(issues.map(({ code }) => code)).toEqual(content.endsWith(close) ? told : ['truncated']);
    }
  }
});

test('decodeSource survives 100,000 documents that cut one another off, and reads on behind them', async () => {
  for (const document of ['[{"resourceSpans":', '{"resourceSpans":[{"a":"', '{"resourceSpans":[{"a":[{"']) {
    const { table, issues } = await decode(`${repeated(document, 100_000)}\n${line(span(1))}`, { chunks: [1000] });
    expect(table.spanCount, document).toBe(1);
    expect(issues.map(({ code }) => code)).toEqual(['cut-off', 'bad-json']);
  }
});

test('decodeSource leaves out attributes that are nested too deep, and nothing else', async () => {
  const nested = (levels: number): AnyValue => {
    let value: AnyValue = { stringValue: 'x' };
    for (let i = 0; i < levels; i++) value = { arrayValue: { values: [value] } };
    return value;
  };
  const attributes = [
    { key: 'deep', value: nested(40) },
    { key: 'allowed', value: nested(20) },
  ];
  for (const bytes of [text(line(span(1, { attributes }))), toProtobuf(request(span(1, { attributes })))]) {
    const { table, issues } = await decode(bytes, { limits: { depth: 20 } });
    const list = table.attributes;
    expect(list.strings.text(list.shapeKey[table.shape[0]])).toBe('allowed');
    expect(list.strings.text(list.values.at(table.offset[0]))).toBe(`${repeated('[', 20)}"x"${repeated(']', 20)}`);
    expect(issues).toMatchObject([{ code: 'too-deep', count: 1 }]);
  }
  const deep = `{"arrayValue":{"values":[`;
  const bomb = repeated(deep, 100_000) + repeated(']}}', 100_000);
  const { table, issues } = await decode(
    `{"resourceSpans":[{"scopeSpans":[{"spans":[{"attributes":[{"key":"a","value":${bomb}}],"spanId":"00000000000000a1","traceId":"${TRACE}"}]}]}]}`,
  );
  expect(table.spanCount).toBe(1);
  expect(issues).toMatchObject([{ code: 'too-deep' }]);
});

test('decodeSource reads what is there of lengths that claim more', async () => {
  const message = toProtobuf(request(span(1), span(2)));
  const cutRecord = joined([toRecords([message]), Uint8Array.of(0x7f, 0xff, 0xff, 0xff), message]);
  const { table, issues } = await decode(cutRecord);
  expect(table.spanCount + table.problems.duplicates).toBe(4);
  expect(issues).toMatchObject([{ code: 'damaged' }]);
  // resource_spans of 2³²−1 bytes, scope_spans of 2³¹, a span of 2³⁰.
  const claims = Uint8Array.of(
    0x0a,
    0xff,
    0xff,
    0xff,
    0xff,
    0x0f,
    0x12,
    0x80,
    0x80,
    0x80,
    0x80,
    0x08,
    0x12,
    0x80,
    0x80,
    0x80,
    0x80,
    0x04,
  );
  const claimed = await decode(joined([claims, message]));
  expect(claimed.table.spanCount).toBe(0);
  expect(claimed.issues).toMatchObject([{ code: 'too-large' }, { code: 'truncated' }]);
  expect(claimed.failure).toBe('byte 18: A span or resource of more than 67108864 bytes was left out.');
});

test('decodeSource gives up where nothing can be recognised in the first bytes', async () => {
  const spaces = gzipSync(new Uint8Array(20_000_000).fill(0x20));
  const bomb = joined(Array.from({ length: 200 }, () => spaces));
  for (const bytes of [bomb, gzipSync(bomb)]) {
    const { failure, bytes: taken } = await decode(bytes, { chunks: [10_000] });
    expect(failure).toBe('nothing that looks like traces was found in its first 4 MiB; the rest was not read');
    expect(taken).toBeLessThan(bytes.length / 10 + 100_000);
  }
  const zeros = await decode(gzipSync(new Uint8Array(50_000_000)), { chunks: [1000] });
  expect(zeros.failure).toBe(
    'this is a file of zeros, as an empty tar archive is, in its first 4 MiB; the rest was not read; Hopline reads OTLP, Jaeger and Zipkin traces',
  );
  const endless = await decode(gzipSync(text(`{"text":"${repeated('x', 8_000_000)}`)), { chunks: [1000] });
  expect(endless.failure).toBe(
    'this is JSON, but no OTLP: its keys are “text”, and none is “resourceSpans”, in its first 4 MiB; the rest was not read',
  );
});

test('decodeSource passes over a value of any size without keeping it', async () => {
  const { table, issues } = await decode(
    `{"x":"${repeated('y', 3_000_000)}","resourceSpans":[{"z":[${repeated('{"a":"]"},', 300_000)}1]}],"w":0}\n${line(span(1))}`,
    { chunks: [65_536] },
  );
  expect(table.spanCount).toBe(1);
  expect(issues).toEqual([]);
});

test('decodeSource passes over numbers and words that are cut by a chunk', async () => {
  const [, members] = line(span(1)).split(/^\{/);
  for (let size = 1; size < 12; size++) {
    const { table, issues } = await decode(`{"a":1234567,"b":-1.5e+10,"c":null,${members}`, { chunks: [size] });
    expect(table.spanCount).toBe(1);
    expect(issues).toEqual([]);
  }
});

test('decodeSource leaves out a unit that is larger than the limit, and reads the rest', async () => {
  const large = span(1, { attributes: [{ key: 'large', value: { stringValue: repeated('x', 300_000) } }] });
  const spans = request(large, span(2));
  for (const bytes of [text(JSON.stringify(spans)), toProtobuf(spans)]) {
    const { table, issues } = await decode(bytes, { chunks: [4096], limits: { unitBytes: 100_000 } });
    expect(table.spanCount).toBe(1);
    expect(issues).toMatchObject([{ code: 'too-large', count: 1 }]);
  }
});

test('decodeSource reads an attribute of 10 MB that comes in small pieces', async () => {
  const value = repeated('0123456789', 1_000_000);
  const spans = request(span(1, { attributes: [{ key: 'large', value: { stringValue: value } }] }), span(2));
  for (const bytes of [text(JSON.stringify(spans)), toProtobuf(spans)]) {
    const { table, issues } = await decode(bytes, { chunks: [500] });
    expect(table.spanCount).toBe(2);
    expect(table.attributes.strings.text(table.attributes.values.at(table.offset[0]))).toBe(value);
    expect(issues).toEqual([]);
  }
});

test('decodeSource reads a trace that is 100,000 deep', async () => {
  const id = (depth: number): string => depth.toString(16).padStart(16, '0');
  const spans = Array.from({ length: 100_000 }, (_, i) => span(i + 1, i === 0 ? {} : { parentSpanId: id(i) }));
  const { table } = await decode(spans.map((one) => line(one)).join(''));
  expect(table.spanCount).toBe(100_000);
  expect(table.subtreeEnd.every((end) => end === 100_000)).toBe(true);
  expect(table.parent[99_999]).toBe(99_998);
});

test('decodeSource keeps text that is not UTF-8 readable and says so', async () => {
  const [before, after] = line(span(1, { name: 'a?b' })).split('?');
  const { table, issues } = await decode(
    joined([text(before), Uint8Array.of(0xff, 0xc3), text(after), text(line(span(2)))]),
  );
  expect(table.spanCount).toBe(2);
  expect(table.attributes.strings.text(table.name[0])).toBe('a\ufffd\ufffdb');
  const firstAt = { source: 'trace.txt' };
  expect(issues).toMatchObject([{ code: 'bad-utf8', severity: 'warning', count: 1, firstAt }]);
  expect(issues[0]?.firstAt).toEqual(firstAt);
});

test('decodeSource goes on at the next line that can start a document', async () => {
  const broken = [
    '"},{"key":"a","value":{"stringValue":"b"}}]}]}]}]}',
    '{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"',
    '{"resourceSpans":[{"resource":{',
    '{"resourceSpans":[{"scopeSpans":[{"spans":[{"name":tru',
    '{"resourceSpans":[{"x":"\\u12"}]}]}',
    ']',
    '{"resourceSpans" [',
  ];
  const lines = broken.flatMap((bad, i) => [`${bad}\n`, line(span(i + 1))]);
  const { table, issues } = await decode(lines.join(''));
  expect(table.spanCount).toBe(broken.length);
  expect(issues.map(({ code, firstAt }) => [code, firstAt?.line])).toEqual([['bad-json', 1]]);
  expect(issues[0].count).toBe(broken.length);
});

test('decodeSource takes no key whose first quote is another byte', async () => {
  const attributes = [{ key: 'a', value: { stringValue: 'b' } }];
  const good = line(span(1, { attributes }), span(2, { attributes, kind: 2 }));
  for (const key of ['"spanId"', '"name"', '"kind"', '"key"', '"value"', '"stringValue"']) {
    const { issues } = await decode(good.replace(key, `x${key.slice(1)}`));
    expect(issues, key).toMatchObject([{ code: 'bad-json', count: 1 }]);
  }
});

test('decodeSource says where JSON ends to be JSON', async () => {
  const { issues, failure } = await decode('{\n  "resourceSpans": [\n    nonsense\n  ]\n}\n');
  const message =
    'This is no JSON: a value was expected where "n" stands. Reading went on at the next line that starts a document.';
  expect(issues).toEqual([
    { code: 'bad-json', severity: 'error', message, count: 1, firstAt: { source: 'trace.txt', line: 3, byte: 27 } },
  ]);
  expect(failure).toBe(`line 3: ${message}`);
});

test('decodeSource counts lines in indented documents too', async () => {
  const attributes = Array.from({ length: 9 }, (_, i) => ({
    key: `key ${i % 3}`,
    value: { stringValue: `value ${i}` },
  }));
  const spans = Array.from({ length: 50 }, (_, i) =>
    span(i + 1, { attributes, events: [{ name: 'event', attributes }] }),
  );
  const document = JSON.stringify(request(...spans), null, 2);
  for (const chunks of [[], [7], [300]]) {
    const { table, issues } = await decode(`${document}\nnonsense\n`, { chunks });
    expect(table.spanCount).toBe(50);
    expect(issues).toMatchObject([
      { code: 'other-text', firstAt: { line: document.split('\n').length + 1, byte: document.length + 1 } },
    ]);
  }
});

test('decodeSource stops at the limit of spans and says so', async () => {
  const lines = Array.from({ length: 50 }, (_, i) => line(span(i + 1))).join('');
  for (const bytes of [
    text(lines),
    toRecords(Array.from({ length: 50 }, (_, i) => toProtobuf(request(span(i + 1))))),
  ]) {
    const { table, issues, failure } = await decode(bytes, { limits: { spans: 20 }, chunks: [300] });
    expect(table.spanCount).toBe(20);
    expect(failure).toBeNull();
    expect(issues).toMatchObject([{ code: 'limit', severity: 'error', count: 1 }]);
  }
});

test('decodeSource stops at the limit of resources and scopes, though there is no span in them, and says so', async () => {
  const empty: Request = { resourceSpans: Array.from({ length: 40 }, () => ({ scopeSpans: [{ scope: {} }] })) };
  // How many more fit in depends on what is appended at a time.
  const requests = [request(span(1)), ...Array.from({ length: 3000 }, () => empty), request(span(2))];
  for (const bytes of [
    text(requests.map((each) => `${JSON.stringify(each)}\n`).join('')),
    toRecords(requests.map((each) => toProtobuf(each))),
  ]) {
    for (const kernel of [undefined, null]) {
      const input = { limits: { owners: 100 }, chunks: [300], ...(kernel === null && { kernel }) };
      const { table, issues, failure, bytes: read } = await decodeOneWay(bytes, input);
      expect(table.spanCount).toBe(1);
      expect(failure).toBeNull();
      expect(issues).toMatchObject([{ code: 'limit', severity: 'error', count: 1 }]);
      expect(issues[0].message).toMatch(
        /^The limit of .*resources or scopes.* is reached: 1 spans were loaded, and what came after was left out\.$/,
      );
      expect(read).toBeLessThan(bytes.length);
    }
  }
});

test('decodeSource counts spans without valid ids and loads the rest', async () => {
  const spans = [
    span(0),
    span(1, { traceId: 'abc' }),
    span(2, { spanId: 'xyz4567890123456' }),
    span(3),
    span(4, { parentSpanId: 'no id' }),
  ];
  const { table, issues } = await decode(line(...spans));
  expect(table.spanCount).toBe(2);
  expect(table.problems).toMatchObject({ invalidIds: 3, orphans: 1 });
  expect(issues).toMatchObject([{ code: 'invalid-id', count: 3 }]);
});

test('decodeSource reads kinds and status codes that there are none of as unspecified, and says so', async () => {
  const strange = [span(1, { kind: 6 }), span(2, { status: { code: 3 } }), span(3, { kind: 2, status: { code: 2 } })];
  for (const bytes of [text(line(...strange)), toProtobuf(request(...strange))]) {
    const { table, issues } = await decode(bytes);
    expect([...table.kind, ...table.status]).toEqual([0, 0, 2, 0, 0, 2]);
    expect(issues).toMatchObject([{ code: 'unknown-enum', severity: 'warning', count: 2 }]);
  }
});

test('decodeSource rejects with the reason when it is aborted', async () => {
  const reason = new Error('the user pressed Cancel');
  await expect(decode(line(span(1)), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  for (const bytes of [text(repeated(line(span(1)), 100_000)), gzipSync(text(repeated(line(span(1)), 100_000)))]) {
    const controller = new AbortController();
    const decoding = decode(bytes, { chunks: [5000], signal: controller.signal });
    setTimeout(() => controller.abort(reason), 1);
    await expect(decoding).rejects.toBe(reason);
  }
});

test('decodeSource reads what comes before a file can no longer be read', async () => {
  const chunks = [text(line(span(1))), text(line(span(2)).slice(0, 40))];
  const stream = (): ReadableStream<Uint8Array> =>
    new ReadableStream({
      pull(controller) {
        const chunk = chunks.shift();
        if (chunk) controller.enqueue(chunk);
        else controller.error(new Error('the disk was pulled out'));
      },
    });
  const builder = new SpanTableBuilder();
  const result = await decodeSource({ name: 'usb.json', size: 1000, stream }, builder, { limits: LIMITS });
  expect(builder.spanCount).toBe(1);
  expect(result.failure).toBeNull();
  expect(builder.issues.list()).toMatchObject([
    { code: 'unreadable', message: 'Reading ended early: the disk was pulled out. What came before was read.' },
    { code: 'truncated', firstAt: { source: 'usb.json', line: 2 } },
  ]);
});
