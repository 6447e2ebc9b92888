import fc from 'fast-check';
import { expect, test } from 'vitest';
import { looksLikeTempoAnswer } from '../../../src/decode/protobuf/sniff.ts';
import { decodeBothWays as decode } from '../../helpers/decodeBothWays.ts';
import { ordinaryRequest } from '../../helpers/ordinaryRequest.ts';
import { arbitraryRequest } from '../../helpers/otlpArbitrary.ts';
import { joined, text, toProtobuf, toTempoAnswer } from '../../helpers/otlpEncodings.ts';
import { tableOfRequests, type Request } from '../../helpers/otlpReference.ts';
import { tableContent } from '../../helpers/otlpTable.ts';
import { arbitraryTraces } from '../../helpers/wireArbitrary.ts';

/** metrics {inspectedBytes: 12345}; status PARTIAL; message "too large". */
const METRICS = [0x12, 0x03, 0x08, 0xb9, 0x60];
const PARTIAL = [0x18, 0x01];
const MESSAGE = [0x22, 0x09, ...text('too large')];

function request(service: string, id: string): Request {
  const attributes = [{ key: 'service.name', value: { stringValue: service } }];
  const span = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: id.padStart(16, '0'), name: 'op' };
  return { resourceSpans: [{ resource: { attributes }, scopeSpans: [{ spans: [span] }] }] };
}

const both: Request = {
  resourceSpans: [...(request('web', 'a1').resourceSpans ?? []), ...(request('cart', 'b1').resourceSpans ?? [])],
};
const answer = toTempoAnswer(both);

test('TempoAnswerDecoder says that a trace is only a part of it, and what Tempo says about that', async () => {
  for (const chunks of [[], [1], [7]]) {
    const bytes = joined([answer, Uint8Array.of(...METRICS, ...PARTIAL, ...MESSAGE)]);
    const { table, issues, format } = await decode(bytes, { chunks });
    expect([table.spanCount, format]).toEqual([2, 'OTLP protobuf']);
    expect(issues).toEqual([
      {
        code: 'partial-answer',
        severity: 'warning',
        message: 'The server answered with a part of a trace: “too large”.',
        count: 1,
        firstAt: { source: 'trace.txt', byte: answer.length + METRICS.length },
      },
    ]);
  }
  const { issues } = await decode(joined([answer, Uint8Array.of(...PARTIAL)]));
  expect(issues).toMatchObject([{ message: 'The server answered with a part of a trace.' }]);
});

test('TempoAnswerDecoder says nothing of an answer that is complete', async () => {
  for (const end of [METRICS, [...METRICS, 0x18, 0x00], []]) {
    const { table, issues } = await decode(joined([answer, Uint8Array.of(...end)]));
    expect([table.spanCount, issues]).toEqual([2, []]);
  }
});

test('TempoAnswerDecoder counts bytes as they stand in the answer', async () => {
  const damaged = answer.slice();
  // The tag behind the last span's trace id.
  damaged[answer.lastIndexOf(0x9c) + 1] = 0x07;
  const alone = await decode(damaged.subarray(answer.length - toProtobuf(both).length));
  const { table, issues } = await decode(damaged, { chunks: [5] });
  expect(table.spanCount).toBe(1);
  expect(issues).toMatchObject([{ code: 'bad-protobuf' }]);
  expect(issues[0].firstAt?.byte).toBe((alone.issues[0].firstAt?.byte ?? 0) + answer.length - toProtobuf(both).length);
});

test('TempoAnswerDecoder reads what comes before the place where an answer is cut off or damaged', async () => {
  const first = toTempoAnswer(request('web', 'a1'));
  // Just behind the first service, where the trace that is inside looks whole.
  const between = answer.length - first.length + 2;
  for (const [end, spans] of [
    [answer.length - 3, 1],
    [between, 1],
  ]) {
    const { table, issues } = await decode(answer.subarray(0, end));
    expect([table.spanCount, issues.map(({ code }) => code)]).toEqual([spans, ['truncated']]);
  }
  // A wire type that there is not, the field 0, and a length without an end.
  for (const junk of [
    [0x1f, 1],
    [0x02, 1],
    [0x0a, ...new Uint8Array(12).fill(0xff)],
  ]) {
    const { table, issues } = await decode(joined([answer, Uint8Array.of(...junk, ...PARTIAL)]));
    expect([table.spanCount, issues.map(({ code }) => code)]).toEqual([2, ['bad-protobuf']]);
  }
});

test('looksLikeTempoAnswer tells a trace that is wrapped from one that is not', () => {
  expect(looksLikeTempoAnswer(answer)).toBe(true);
  expect(looksLikeTempoAnswer(answer.subarray(0, 60))).toBe(true);
  expect(looksLikeTempoAnswer(toProtobuf(both))).toBe(false);
  expect(
    looksLikeTempoAnswer(toTempoAnswer({ resourceSpans: [{ scopeSpans: both.resourceSpans?.[0].scopeSpans ?? [] }] })),
  ).toBe(true);
});

test('looksLikeTempoAnswer never takes ordinary exports for an answer of Tempo', () => {
  for (const requests of [ordinaryRequest, arbitraryRequest]) {
    fc.assert(
      fc.property(requests, (one) => {
        expect(looksLikeTempoAnswer(toProtobuf(one))).toBe(false);
      }),
      { numRuns: 200, seed: 20260512 },
    );
  }
  fc.assert(
    fc.property(arbitraryTraces, (bytes) => {
      expect(looksLikeTempoAnswer(bytes)).toBe(false);
    }),
    { numRuns: 200, seed: 20260512 },
  );
});

test('looksLikeTempoAnswer never takes Jaeger’s protobuf for an answer of Tempo', () => {
  // Batch { spans = 1 { trace_id = 1, span_id = 2, operation_name = 3 } }
  const bytes = (length: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ minLength: length, maxLength: length });
  fc.assert(
    fc.property(bytes(16), bytes(8), (traceId, spanId) => {
      const span = joined([Uint8Array.of(0x0a, 16), traceId, Uint8Array.of(0x12, 8), spanId, text('\u001a\u0002op')]);
      expect(looksLikeTempoAnswer(joined([Uint8Array.of(0x0a, span.length), span]))).toBe(false);
      // One whose trace id is made of fields.
      const odd = joined([Uint8Array.of(0x12, 14), traceId.subarray(2)]);
      const other = joined([Uint8Array.of(0x0a, 16), odd, Uint8Array.of(0x12, 8), spanId]);
      expect(looksLikeTempoAnswer(joined([Uint8Array.of(0x0a, other.length), other]))).toBe(false);
    }),
    { numRuns: 200, seed: 20260512 },
  );
});

test('TempoAnswerDecoder gives the table that the trace alone gives, for any requests', async () => {
  await fc.assert(
    fc.asyncProperty(ordinaryRequest, async (one) => {
      const groups = (one.resourceSpans ?? []).filter(({ scopeSpans = [] }) => scopeSpans.length > 0);
      fc.pre(groups.length > 0);
      const { table } = await decode(toTempoAnswer({ resourceSpans: groups }), { chunks: [50, 3] });
      expect(tableContent(table)).toEqual(tableContent(tableOfRequests([{ resourceSpans: groups }])));
    }),
    { numRuns: 50, seed: 20260512 },
  );
});
