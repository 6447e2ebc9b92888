import { describe, expect, test } from 'vitest';
import { decode, type Decoded } from '../../helpers/otlpDecode.ts';
import { tableContent } from '../../helpers/otlpTable.ts';

const TRACE = '14044f1ef10c4a11b57102a0f0ad0369';
const goSpan = (kind: unknown, code: unknown): string =>
  JSON.stringify({
    Name: 'GET',
    SpanContext: { TraceID: TRACE, SpanID: '76b62ae0edf96dc2' },
    SpanKind: kind,
    StartTime: '2026-05-01T12:00:00Z',
    EndTime: '2026-05-01T12:00:01Z',
    Status: { Code: code },
  });
const nodeSpan = (kind: number | undefined, code: number | null): string =>
  `{ traceId: '${TRACE}', name: 'GET', id: '76b62ae0edf96dc2', kind: ${kind}, timestamp: 1751361608089000, duration: 1, status: { code: ${code} } }`;
const pythonSpan = (kind: unknown, code: unknown): string =>
  JSON.stringify({
    name: 'GET',
    context: { trace_id: `0x${TRACE}`, span_id: '0x76b62ae0edf96dc2', trace_state: '[]' },
    kind,
    start_time: '2026-05-01T12:00:00Z',
    end_time: '2026-05-01T12:00:01Z',
    status: { status_code: code },
  });
const phpSpan = (kind: unknown, code: unknown): string =>
  JSON.stringify({
    name: 'GET',
    context: { trace_id: TRACE, span_id: '76b62ae0edf96dc2', trace_state: '' },
    parent_span_id: '',
    kind,
    start: 5,
    end: 6,
    status: { code },
  });

describe('ConsoleDecoder', () => {
  test.each([
    ['Go’s', goSpan(3, 'Error')],
    ['Go’s numbers', goSpan(3, 1)],
    ['Node’s', nodeSpan(2, 2)],
    ['Python’s', pythonSpan('SpanKind.CLIENT', 'ERROR')],
    ['PHP’s', phpSpan('KIND_CLIENT', 'Error')],
    ['PHP’s numbers', phpSpan(1, 'Error')],
  ])('reads kinds and status codes from %s', async (_name, content) => {
    expect(enumsOf(await decode(content))).toEqual([3, 2]);
  });

  test.each([
    ['Go’s kind −1', goSpan(-1, 'Error'), 0, 2],
    ['Go’s kind 2.5', goSpan(2.5, 'Error'), 0, 2],
    ['Go’s kind 6', goSpan(6, 'Error'), 0, 2],
    ['Go’s kind 10¹⁰', goSpan(1e10, 'Error'), 0, 2],
    ['Go’s code −1', goSpan(3, -1), 3, 0],
    ['Go’s code “constructor”', goSpan(3, 'constructor'), 3, 0],
    ['Node’s kind −1', nodeSpan(-1, 2), 0, 2],
    ['Node’s kind −3', nodeSpan(-3, 2), 0, 2],
    ['Node’s kind 2.5', nodeSpan(2.5, 2), 0, 2],
    ['Node’s kind 5', nodeSpan(5, 2), 0, 2],
    ['Node’s code 3', nodeSpan(2, 3), 3, 0],
    ['Node’s code −1', nodeSpan(2, -1), 3, 0],
    ['Python’s kind “OTHER”', pythonSpan('SpanKind.OTHER', 'ERROR'), 0, 2],
    ['PHP’s kind 5', phpSpan(5, 'Error'), 0, 2],
    ['PHP’s kind “KIND_OTHER”', phpSpan('KIND_OTHER', 'Error'), 0, 2],
    ['PHP’s code 2', phpSpan('KIND_CLIENT', 2), 3, 0],
    ['Python’s code “toString”', pythonSpan('SpanKind.CLIENT', 'toString'), 3, 0],
  ])('reads %s as unspecified and says so', async (_name, content, kind, status) => {
    const decoded = await decode(`starting\n${content}\n`);
    expect(enumsOf(decoded)).toEqual([kind, status]);
    expect(decoded.issues.map(({ code, severity, count, firstAt }) => [code, severity, count, firstAt?.line])).toEqual([
      ['unknown-enum', 'warning', 1, 2],
      ['other-text', 'info', 1, 1],
    ]);
  });

  test('takes Go’s doubles for doubles by their type, also those that are written as integers are', async () => {
    const values = [
      ['FLOAT64', 2],
      ['FLOAT64SLICE', [2, 0.5]],
      ['INT64SLICE', [2]],
    ].map(([Type, Value], i) => ({ Key: `${i}`, Value: { Type, Value } }));
    const { table } = await decode(JSON.stringify({ ...JSON.parse(goSpan(3, 'Error')), Attributes: values }));
    expect(tableContent(table).traces[0].spans[0].attributes).toEqual([
      ['0', 4, 2],
      ['1', 5, '[2.0,0.5]'],
      ['2', 5, '[2]'],
    ]);
  });

  test('reads kinds and codes that are missing as unspecified', async () => {
    for (const content of [goSpan(undefined, undefined), pythonSpan(undefined, undefined), nodeSpan(undefined, null)]) {
      const decoded = await decode(content);
      expect([enumsOf(decoded), decoded.issues]).toEqual([[0, 0], []]);
    }
  });
});

function enumsOf({ table }: Decoded): number[] {
  const [{ kind, status }] = tableContent(table).traces[0].spans;
  return [kind, status];
}
