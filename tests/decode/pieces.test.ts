import { expect, test } from 'vitest';
import { everyEncoding, smallFixtures, type Fixture } from '../helpers/fixtureEncodings.ts';
import { decode, type DecodeInput } from '../helpers/otlpDecode.ts';
import { tableContent } from '../helpers/otlpTable.ts';

/** So many bytes are looked at before it is known what a source is; a larger one is worth a second way to read it. */
const LARGE = 1 << 16;

const { requests } = smallFixtures(600).reduce((most, one) => (spansIn(one) > spansIn(most) ? one : most));
// Archives are taken apart before anything is decoded.
const large = everyEncoding(requests).filter(
  ({ name, bytes }) => bytes.length > LARGE && !/tar|zip(?!kin)/i.test(name),
);

function spansIn({ requests }: Fixture): number {
  const scopes = requests
    .flatMap(({ resourceSpans = [] }) => resourceSpans)
    .flatMap(({ scopeSpans = [] }) => scopeSpans);
  return scopes.reduce((sum, { spans = [] }) => sum + spans.length, 0);
}

test('decodeSource has large sources of many encodings to read in pieces', () => {
  expect(large.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['Jaeger', 'Zipkin v2', 'Go’s console', 'protobuf records']),
  );
  expect(large.length).toBeGreaterThan(15);
});

test.each(large)('decodeSource keeps nothing of pieces that are overwritten: $name', async ({ bytes }) => {
  const outcome = async (input: DecodeInput) => {
    const { table, ...result } = await decode(bytes, input);
    return { content: tableContent(table), result };
  };
  const whole = await outcome({});
  for (const pieceBytes of [1009, 40_000])
    expect(await outcome({ isFile: true, pieceBytes }), `${pieceBytes} bytes`).toEqual(whole);
});
