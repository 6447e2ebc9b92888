import { expect, test } from 'vitest';
import { expectEveryEncoding } from '../helpers/otlpConformance.ts';
import { decodeBothWays as decode } from '../helpers/decodeBothWays.ts';
import { tableOfRequests, type Request } from '../helpers/otlpReference.ts';
import { sdkJson, sdkProtobuf, sdkSpans } from '../helpers/otlpSdk.ts';
import { tableContent } from '../helpers/otlpTable.ts';

const spans = sdkSpans();
const json: Request = JSON.parse(new TextDecoder().decode(sdkJson(spans)));

test('decodeSource gives the same table for the JSON and the protobuf that the SDK writes', async () => {
  const fromJson = await decode(sdkJson(spans));
  const fromProtobuf = await decode(sdkProtobuf(spans));
  expect(fromJson.format).toBe('OTLP JSON');
  expect(fromProtobuf.format).toBe('OTLP protobuf');
  expect(tableContent(fromJson.table)).toEqual(tableContent(fromProtobuf.table));
  expect(tableContent(fromJson.table).traces[0].spans).toMatchObject([
    { name: 'GET /cart/:id', service: 'shop / gateway', start: -1_543_211, end: 5_000_000, kind: 2 },
    { name: 'Cart/Get', kind: 3, parent: 0 },
    {
      service: 'shop / cart',
      parent: 1,
      statusMessage: 'too late',
      status: 2,
      attributes: [
        ['ratio', 4, 0.25],
        ['negative', 3, -7],
        ['tags', 5, '["a","b \\"quoted\\""]'],
        ['sizes', 5, '[1,2.5]'],
        ['text', 1, 'zwölf ☕ 🚀 \u0000 \n'],
      ],
      events: [['exception', 1_000_001, [['exception.type', 1, 'Timeout']]]],
    },
  ]);
});

test('decodeSource gives the reference’s table for what the SDK writes', async () => {
  expect(tableContent((await decode(sdkJson(spans))).table)).toEqual(tableContent(tableOfRequests([plain(json)])));
});

test('decodeSource gives one table for every encoding, framing, chunking and name', async () => {
  const groups = plain(json).resourceSpans ?? [];
  await expectEveryEncoding(groups.map((group) => ({ resourceSpans: [group] })));
});

/** What the SDK writes beyond the specification: whole numbers as numbers. */
function plain(request: Request): Request {
  return JSON.parse(JSON.stringify(request), (key, value) => (key === 'intValue' ? String(value) : value));
}
