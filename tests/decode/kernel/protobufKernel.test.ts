import { describe, expect, test } from 'vitest';
import { loadKernel } from '../../../src/decode/kernel/kernel.ts';
import { decodeBothWays } from '../../helpers/decodeBothWays.ts';
import { decode } from '../../helpers/otlpDecode.ts';
import { joined, toProtobuf } from '../../helpers/otlpEncodings.ts';
import { tableOfRequests, type AnyValue, type Request, type Span } from '../../helpers/otlpReference.ts';
import { sdkProtobuf, sdkSpans } from '../../helpers/otlpSdk.ts';
import { tableContent } from '../../helpers/otlpTable.ts';
import { takenByKernel } from '../../helpers/takenByKernel.ts';

function span(id: number, more: Partial<Span> = {}): Span {
  return {
    traceId: '0af7651916cd43dd8448eb211c80319c',
    spanId: id.toString(16).padStart(16, '0'),
    name: `span ${id % 3}`,
    kind: 2,
    startTimeUnixNano: `${1_760_000_000_000_000_000n + BigInt(id)}`,
    endTimeUnixNano: `${1_760_000_000_000_000_900n + BigInt(id)}`,
    ...more,
  };
}

function request(spans: readonly Span[], service = 'cart'): Request {
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: service } }] };
  return { resourceSpans: [{ resource, scopeSpans: [{ scope: { name: 'http', version: '1' }, spans: [...spans] }] }] };
}

const value = (value: AnyValue): Partial<Span> => ({ attributes: [{ key: 'key', value }] });

describe('ProtobufKernel', () => {
  test('ProtobufKernel takes what the SDK writes, but for an array of fractions', async () => {
    const spans = sdkSpans().filter(({ attributes }) => !('sizes' in attributes));
    expect(await takenByKernel(sdkProtobuf(spans))).toBe(spans.length);
    expect(await takenByKernel(sdkProtobuf(sdkSpans()))).toBe(spans.length);
  });

  test.each<[string, AnyValue]>([
    ['a text', { stringValue: 'GET' }],
    ['a text beyond ASCII', { stringValue: 'zwölf ☕' }],
    ['no text', { stringValue: '' }],
    ['true', { boolValue: true }],
    ['false', { boolValue: false }],
    ['a small number', { intValue: '7' }],
    ['a negative number', { intValue: '-7' }],
    ['a number of 32 bits', { intValue: '4294967295' }],
    ['the largest number that is held exactly', { intValue: '9007199254740991' }],
    ['a fraction', { doubleValue: -0.1 }],
    [
      'an array',
      { arrayValue: { values: [{ stringValue: 'a"\\\n\u0001b' }, { intValue: '-12' }, { boolValue: true }] } },
    ],
    ['an array of nothing', { arrayValue: { values: [{}] } }],
    ['an empty array', { arrayValue: { values: [] } }],
    ['a map', { kvlistValue: { values: [{ key: 'a', value: { arrayValue: { values: [{ intValue: '1' }] } } }] } }],
    ['bytes', { bytesValue: 'aGk=' }],
    ['no bytes', { bytesValue: '' }],
  ])('ProtobufKernel takes %s as it is', async (_name, attribute) => {
    const content = request([span(1, value(attribute)), span(2, value(attribute))]);
    const bytes = toProtobuf(content);
    expect(await takenByKernel(bytes)).toBe(2);
    const { table } = await decodeBothWays(bytes);
    expect(tableContent(table)).toEqual(tableContent(tableOfRequests([content])));
  });

  test.each<[string, Partial<Span>]>([
    ['a number beyond 2⁵³', value({ intValue: '9007199254740993' })],
    ['an array of fractions', value({ arrayValue: { values: [{ doubleValue: 1.5 }] } })],
    ['an array of texts beyond ASCII', value({ arrayValue: { values: [{ stringValue: 'ö' }] } })],
    ['a value without anything in it', value({})],
    ['a trace id of zeros', { traceId: '0'.repeat(32) }],
    ['a span id of a wrong length', { spanId: '0102' }],
    ['a parent id of a wrong length', { parentSpanId: '0102' }],
  ])('ProtobufKernel leaves %s to the TypeScript decoder', async (_name, odd) => {
    const content = request([span(1), span(2, odd), span(3)]);
    const bytes = toProtobuf(content);
    expect(await takenByKernel(bytes)).toBe(0);
    await decodeBothWays(bytes);
    // What comes before it and after it is the kernel's all the same.
    const among = joined([toProtobuf(request([span(4)])), bytes, toProtobuf(request([span(5)]))]);
    expect(await takenByKernel(among)).toBe(2);
    expect((await decodeBothWays(among)).table.spanCount).toBeGreaterThanOrEqual(4);
  });

  test('ProtobufKernel takes the spans of a message that is too large to be waited for, around one that is odd', async () => {
    const filler = 'x'.repeat(500);
    const spans = Array.from({ length: 6000 }, (_, i) =>
      span(i + 1, value(i === 3000 ? {} : { stringValue: `${i % 7}${filler}` })),
    );
    const bytes = toProtobuf(request(spans));
    expect(bytes.length).toBeGreaterThan(2 ** 21);
    expect(await takenByKernel(bytes)).toBe(spans.length - 1);
    const { table } = await decodeBothWays(bytes, { chunks: [100_000, 7] });
    expect(table.spanCount).toBe(spans.length);
  });

  test('ProtobufKernel comes to the same wherever a message is cut, and wherever a chunk ends', async () => {
    const bytes = toProtobuf(
      request([span(1, value({ stringValue: 'GET' })), span(2, { ...value({}), status: { code: 2 } })]),
    );
    for (let cut = 1; cut < bytes.length; cut++) {
      await decodeBothWays(bytes.slice(0, cut));
      const { table } = await decodeBothWays(bytes, { chunks: [cut, bytes.length] });
      expect(table.spanCount).toBe(2);
    }
  });

  test('ProtobufKernel comes to the same in batches of any size', async () => {
    const requests = Array.from({ length: 9 }, (_, i) =>
      request([span(i + 1), span(i + 100, value({ intValue: '5' }))], `s${i % 2}`),
    );
    const bytes = joined(requests.map(toProtobuf));
    const expected = tableContent((await decode(bytes, { kernel: null })).table);
    const kernel = await loadKernel();
    if (kernel === null) throw new Error('no kernel');
    for (const batchBytes of [1, 200, 400]) {
      kernel.batchBytes = batchBytes;
      expect(tableContent((await decode(bytes, { kernel })).table), `${batchBytes} bytes`).toEqual(expected);
    }
  });

  test('ProtobufKernel hands a batch on when it has no room for more texts or spans', async () => {
    const texts = Array.from({ length: 300 }, (_, i) =>
      request([
        span(i + 1, {
          attributes: Array.from({ length: 500 }, (_, j) => ({
            key: 'k',
            value: { stringValue: (i * 500 + j).toString(36) },
          })),
        }),
      ]),
    );
    const tiny = request(
      Array.from({ length: 70_000 }, (_, i) => ({
        traceId: 'ab'.repeat(16),
        spanId: (i + 1000).toString(16).padStart(16, '0'),
      })),
    );
    const bytes = joined([...texts, tiny].map(toProtobuf));
    const fast = (await decode(bytes)).table;
    const plain = (await decode(bytes, { kernel: null })).table;
    expect(fast.spanCount).toBe(70_300);
    expect(fast.attributes.strings.count).toBe(plain.attributes.strings.count);
    expect(fast.spanId).toEqual(plain.spanId);
  });
});
