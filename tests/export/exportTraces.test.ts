import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EXPORT_FORMATS, exportTraces, type ExportFormat } from '../../src/export/exportTraces.ts';
import { SpanFlag, type SpanTable } from '../../src/store/spanTable.ts';
import { TracesData } from '../bench/otlpProto.ts';
import { everyEncoding, smallFixtures } from '../helpers/fixtureEncodings.ts';
import { arbitraryRequest } from '../helpers/otlpArbitrary.ts';
import { decode } from '../helpers/otlpDecode.ts';
import { joined } from '../helpers/otlpEncodings.ts';
import { tableOfRequests, type Request, type Span } from '../helpers/otlpReference.ts';
import { sdkProtobuf, sdkSpans } from '../helpers/otlpSdk.ts';
import { tableContent } from '../helpers/otlpTable.ts';

const SHARED = '../shared/data';

function bytesOf(table: SpanTable, format: ExportFormat, traces?: Iterable<number>): Uint8Array {
  return joined([...exportTraces(table, format, traces)]);
}

function textOf(table: SpanTable, traces?: Iterable<number>): string {
  return new TextDecoder('utf-8', { fatal: true }).decode(bytesOf(table, 'otlp-json', traces));
}

/** What is there to be written: what was repaired on the way in is not in the file a second time. */
function written({ problems, ...table }: SpanTable) {
  const { duplicates: _, invalidIds: __, negativeDurations: ___, ...left } = problems;
  const flags = table.flags.map((bits) => bits & ~SpanFlag.endsBeforeStart);
  return { left, traces: tableContent({ ...table, problems, flags }).traces };
}

async function expectRoundTrip(table: SpanTable, where: string): Promise<void> {
  for (const format of EXPORT_FORMATS) {
    const { table: again, issues } = await decode(bytesOf(table, format));
    expect(written(again), `${where}, ${format}`).toEqual(written(table));
    expect(issues, `${where}, ${format}`).toEqual([]);
    expect(Buffer.compare(bytesOf(again, format), bytesOf(table, format)), `${where}, ${format}`).toBe(0);
  }
}

/** As a protobuf library that knows only the `.proto` has it, with OTLP/JSON's ids and names. */
function reflected(bytes: Uint8Array): unknown {
  const plain = TracesData.toObject(TracesData.decode(bytes), { longs: String, bytes: String, json: true });
  return JSON.parse(JSON.stringify(plain), (key, value) =>
    /^(traceId|spanId|parentSpanId)$/.test(key) ? Buffer.from(value, 'base64').toString('hex') : value,
  );
}

/** What is empty may be left away, and the two leave different things away: lists, times of zero, keys of no letter. */
function withoutDefaults(value: unknown): Request {
  return JSON.parse(JSON.stringify(value), (key, item) =>
    (Array.isArray(item) && item.length === 0) ||
    (key.endsWith('UnixNano') && item === '0') ||
    (key === 'key' && item === '')
      ? undefined
      : item,
  );
}

const ONE: Request = {
  resourceSpans: [
    {
      resource: { attributes: [{ key: 'service.name', value: { stringValue: 'cart' } }] },
      scopeSpans: [
        {
          scope: { name: 'http', version: '2' },
          spans: [
            {
              traceId: '0af7651916cd43dd8448eb211c80319c',
              spanId: '00f067aa0ba902b7',
              parentSpanId: '00f067aa0ba90200',
              traceState: 'ot=th:c',
              flags: 0x101,
              name: 'GET "/cart"',
              kind: 2,
              startTimeUnixNano: '1760000000123456789',
              endTimeUnixNano: '1760000000123456790',
              attributes: [
                { key: 'n', value: { intValue: '-7' } },
                { key: 'n', value: { doubleValue: 2 } },
                { key: 'big', value: { intValue: '9007199254740993' } },
                { key: 'hash', value: { bytesValue: 'aGk=' } },
                {
                  key: 'list',
                  value: { arrayValue: { values: [{ boolValue: true }, {}, { stringValue: 'a' }] } },
                },
                { key: 'map', value: { kvlistValue: { values: [{ key: '1', value: { doubleValue: 2 } }] } } },
              ],
              events: [{ timeUnixNano: '1760000000123456789', name: 'retry', attributes: [] }],
              links: [{ traceId: '0af7651916cd43dd8448eb211c80319d', spanId: '00f067aa0ba902b8' }],
              status: { code: 2, message: 'too late' },
            },
          ],
        },
      ],
    },
  ],
};

describe('exportTraces', () => {
  test('writes OTLP/JSON as the specification has it, every type of value with it', () => {
    const expected = structuredClone(ONE);
    expect(JSON.parse(textOf(tableOfRequests([ONE])))).toEqual(withoutDefaults(expected));
  });

  test('writes protobuf that a library reads the same things from', () => {
    const table = tableOfRequests([ONE]);
    expect(reflected(bytesOf(table, 'otlp-proto'))).toEqual(JSON.parse(textOf(table)));
  });

  test('writes what the SDK’s serialiser wrote, so far as the store keeps it', async () => {
    const { table } = await decode(sdkProtobuf(sdkSpans()));
    await expectRoundTrip(table, 'SDK');
  });

  test('gives the same table again, for any table', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(arbitraryRequest, { minLength: 1, maxLength: 3 }), async (requests) => {
        await expectRoundTrip(tableOfRequests(requests), 'random');
      }),
      { numRuns: 300, seed: 20260512 },
    );
  });

  test('gives the same table again, whatever the traces came in', async () => {
    for (const { name, bytes } of smallFixtures(12).flatMap(({ requests }) => everyEncoding(requests))) {
      await expectRoundTrip((await decode(bytes)).table, name);
    }
  });

  test('gives protobuf and JSON that say the same, for any table', () => {
    fc.assert(
      fc.property(fc.array(arbitraryRequest, { minLength: 1, maxLength: 3 }), (requests) => {
        const table = tableOfRequests(requests);
        const text = textOf(table);
        expect(withoutDefaults(reflected(bytesOf(table, 'otlp-proto')))).toEqual(
          withoutDefaults(text === '' ? {} : JSON.parse(text)),
        );
      }),
      { numRuns: 300, seed: 20260512 },
    );
  });

  test('writes a resource once for all of its spans, however often it came', () => {
    const table = tableOfRequests([0, 1, 2].map((n) => request({ spanId: `000000000000000${n + 1}` })));
    const { resourceSpans }: Request = JSON.parse(textOf(table));
    expect(resourceSpans?.map(({ scopeSpans }) => scopeSpans?.map(({ spans }) => spans?.length))).toEqual([[3]]);
  });

  test('writes whole traces of about a thousand spans a line, and as protobuf one request', async () => {
    const table = tableOfRequests(
      Array.from({ length: 2500 }, (_, i) =>
        request({ traceId: hex(1 + Math.floor(i / 5), 32), spanId: hex(1 + i, 16) }),
      ),
    );
    const lines = textOf(table).trimEnd().split('\n');
    expect(lines.map((line) => line.match(/"spanId"/g)?.length)).toEqual([1000, 1000, 500]);
    const { resourceSpans } = withoutDefaults(reflected(bytesOf(table, 'otlp-proto')));
    expect(resourceSpans?.length).toBe(3);
    await expectRoundTrip(table, 'many');
  });

  test('writes a large trace alone as one document, and tears it only beyond 20,000 spans', () => {
    const table = tableOfRequests([
      ...Array.from({ length: 20_001 }, (_, i) => request({ spanId: hex(1 + i, 16) })),
      ...Array.from({ length: 1500 }, (_, i) => request({ traceId: hex(7, 32), spanId: hex(1 + i, 16) })),
    ]);
    const spansOfLines = (traces: number[]) =>
      textOf(table, traces)
        .trimEnd()
        .split('\n')
        .map((line) => line.match(/"spanId"/g)?.length);
    expect(spansOfLines([0])).toEqual([1500]);
    expect(spansOfLines([1])).toEqual([20_000, 1]);
  });

  test('writes the traces that are asked for, whole and alone', async () => {
    const table = tableOfRequests([1, 2, 3].map((n) => request({ traceId: hex(n, 32) })));
    const { table: again } = await decode(bytesOf(table, 'otlp-proto', [1, 0]));
    expect(tableContent(again).traces).toEqual(tableContent(table).traces.slice(0, 2));
  });

  test('leaves a span without a time without one, though its trace has no exact times any more', async () => {
    const table = tableOfRequests([
      request({ spanId: hex(1, 16), startTimeUnixNano: '1760000000123456789', endTimeUnixNano: '1760000000123456790' }),
      request({ spanId: hex(2, 16) }),
    ]);
    expect(textOf(table)).toContain('"startTimeUnixNano":"0","endTimeUnixNano":"0"');
    expect(textOf(table)).toContain('"startTimeUnixNano":"1760000000123456789"');
  });

  test('leaves a span whose parent’s id was none without its parent, and not the root of its trace', async () => {
    const times = (start: number): Partial<Span> => ({
      startTimeUnixNano: String(1_760_000_000_000_000_000n + BigInt(start)),
      endTimeUnixNano: '1760000000000001000',
    });
    const content = [
      request({ spanId: hex(1, 16), name: 'root', ...times(500) }),
      request({ spanId: hex(2, 16), name: 'earlier', parentSpanId: 'short', ...times(0) }),
      request({ spanId: 'f'.repeat(16), name: 'all ones', parentSpanId: hex(1, 16), ...times(600) }),
    ];
    const { table } = await decode(content.map((each) => JSON.stringify(each)).join('\n'));
    expect(rootOf(table)).toBe(hex(1, 16));
    for (const format of EXPORT_FORMATS) {
      const { table: again } = await decode(bytesOf(table, format));
      expect(rootOf(again), format).toBe(hex(1, 16));
      expect(again.problems.orphans, format).toBe(1);
      expect(Buffer.compare(bytesOf(again, format), bytesOf(table, format)), format).toBe(0);
    }
    expect(textOf(table)).toContain('"parentSpanId":"fffffffffffffffe","name":"earlier"');
  });

  test('writes text that is UTF-8 where the input was not: strict readers refuse the whole of it else', async () => {
    const json = JSON.stringify(request({ name: 'GET xyz' }));
    const broken = Buffer.from(json);
    broken[json.indexOf('xyz')] = 0xff;
    const { table } = await decode(broken);
    expect(textOf(table)).toContain('GET \uFFFDyz');
    expect(JSON.stringify(reflected(bytesOf(table, 'otlp-proto')))).toContain('GET \uFFFDyz');
  });

  test('writes an integer beyond 64 bits as its digits', async () => {
    // As many digits as base64 has letters.
    const numbers = ['12345678901234567890', '123456789012345678901234', '-9223372036854775809'];
    const table = tableOfRequests([
      request({ attributes: numbers.map((intValue) => ({ key: 'beyond', value: { intValue } })) }),
    ]);
    for (const format of EXPORT_FORMATS) {
      const [{ spans }] = tableContent((await decode(bytesOf(table, format))).table).traces;
      expect(spans[0].attributes, format).toEqual(numbers.map((digits) => ['beyond', 1, digits]));
    }
  });

  test('writes zeros with the sign that they had, and tells resources apart by it', async () => {
    const zero = (value: number) => ({ key: 'zero', value: { doubleValue: value } });
    const of = (id: number, value: number): Request => {
      const [group] = request({ spanId: hex(id, 16), attributes: [zero(value)] }).resourceSpans ?? [];
      return { resourceSpans: [{ ...group, resource: { attributes: [zero(value)] } }] };
    };
    const table = tableOfRequests([of(1, 0), of(2, -0)]);
    for (const format of EXPORT_FORMATS) {
      const { table: again } = await decode(bytesOf(table, format));
      const spans = tableContent(again).traces.flatMap((trace) => trace.spans);
      expect(
        spans.map(({ resource, attributes }) => [resource, attributes]),
        format,
      ).toEqual([
        [[['zero', 4, 0]], [['zero', 4, 0]]],
        [[['zero', 4, -0]], [['zero', 4, -0]]],
      ]);
    }
  });

  test('writes doubles in lists and maps as doubles, also those that are whole or no numbers', async () => {
    const values = [2, -0, 0, 1e20, -1e300, 'NaN', '-Infinity'].map((doubleValue) => ({ doubleValue }));
    const list = { arrayValue: { values: [...values, { intValue: '2' }] } };
    const map = { kvlistValue: { values: [{ key: 'list', value: list }] } };
    const table = tableOfRequests([request({ attributes: [{ key: 'map', value: map }] })]);
    expect(textOf(table)).toContain(
      '{"values":[{"doubleValue":2},{"doubleValue":-0},{"doubleValue":0},{"doubleValue":100000000000000000000},{"doubleValue":-1e+300},{"doubleValue":"NaN"},{"doubleValue":"-Infinity"},{"intValue":"2"}]}',
    );
    await expectRoundTrip(table, 'doubles');
  });

  test('writes nothing where there is nothing', () => {
    expect(EXPORT_FORMATS.map((format) => bytesOf(tableOfRequests([]), format).length)).toEqual([0, 0]);
  });
});

describe.skipIf(!existsSync(SHARED))('exportTraces on files from public repositories', () => {
  const files = existsSync(SHARED)
    ? readdirSync(SHARED, { recursive: true, encoding: 'utf8' }).filter((file) => /^[ABCEFGHI]_[^/]*\//.test(file))
    : [];

  test.each(files)('exportTraces gives the table of %s again', async (file) => {
    const { table, failure } = await decode(readFileSync(`${SHARED}/${file}`));
    expect(table.spanCount > 0).toBe(failure === null);
    if (table.spanCount > 0) await expectRoundTrip(table, file);
  });
});

/** The first trace's, its span id. */
function rootOf(table: SpanTable): string {
  return tableContent(table).traces[0].spans[0].spanId;
}

function request(span: Partial<Span>): Request {
  const given = { traceId: hex(9, 32), spanId: hex(1, 16), ...span };
  return {
    resourceSpans: [
      {
        resource: { attributes: [{ key: 'service.name', value: { stringValue: 'cart' } }] },
        scopeSpans: [{ scope: { name: 'http' }, spans: [given] }],
      },
    ],
  };
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
