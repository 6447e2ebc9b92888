import { expect, test } from 'vitest';
import { decode } from '../helpers/otlpDecode.ts';
import { joined, text, toTempoAnswer } from '../helpers/otlpEncodings.ts';

const LONG = 'too large '.repeat(100);
const request = {
  resourceSpans: [
    {
      scopeSpans: [
        { spans: [{ traceId: '0af7651916cd43dd8448eb211c80319c', spanId: '00000000000000a1', name: 'op' }] },
      ],
    },
  ],
};
/** A field 4 of 1,000 bytes. */
const MESSAGE = joined([Uint8Array.of(0x18, 0x01, 0x22, 0xe8, 0x07), text(LONG)]);

test.each<[string, string | Uint8Array]>([
  ['OTLP JSON', JSON.stringify({ trace: request, status: 'PARTIAL', message: LONG })],
  ['OTLP JSON with an error', JSON.stringify({ error: { httpCode: 500, message: LONG } })],
  ['Tempo’s protobuf', joined([toTempoAnswer(request), MESSAGE])],
  ['Jaeger', JSON.stringify({ data: [], total: 0, limit: 0, offset: 0, errors: [{ code: 500, msg: LONG }] })],
])('decodeSource repeats of what a server said in %s no more than 500 letters', async (_, content) => {
  const { issues } = await decode(content);
  const said = issues.map(({ message }) => /“(.*)”/.exec(message)?.[1]);
  expect(said).toContain(LONG.slice(0, 500));
});
