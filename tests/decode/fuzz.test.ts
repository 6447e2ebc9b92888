import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadKernel, type Kernel } from '../../src/decode/kernel/kernel.ts';
import { everyEncoding, smallFixtures, type Fixture } from '../helpers/fixtureEncodings.ts';
import { DECODERS, readAsFound, readBy } from '../helpers/fuzzing.ts';
import { mutated, randomNumbers, spliced } from '../helpers/mutations.ts';
import type { Request } from '../helpers/otlpReference.ts';
import { sdkJson, sdkSpans } from '../helpers/otlpSdk.ts';

/**
 * Whatever is wrong with the bytes, reading ends, throws nothing, and comes to the same with the kernel and without it,
 * however the bytes are cut into chunks: a unit that was taken back and read again has left nothing behind.
 *
 *     fixtures × encodings    async.otlp.jsonl as one JSON document, protobuf records in zstd, Jaeger, zip …
 *       damaged               cut, flipped, a piece repeated, lost or written elsewhere
 *       spliced               a piece of another encoding of the same traces put in
 *       read                  as what it is found to be, and by every decoder all the same
 */
const SPANS = 12;
const DAMAGED = 5;
const CHUNKS = [7, 1, 50, 300];
const sdk: Request = JSON.parse(new TextDecoder().decode(sdkJson(sdkSpans())));
const fixtures: readonly Fixture[] = [
  ...smallFixtures(SPANS),
  // Every kind of value, a link, letters beyond ASCII; a request for each service.
  { name: 'spans of the SDK', requests: (sdk.resourceSpans ?? []).map((group) => ({ resourceSpans: [group] })) },
];
let kernel: Kernel | null = null;

beforeAll(async () => {
  kernel = await loadKernel();
  if (kernel === null) throw new Error('no kernel');
});
afterAll(() => kernel?.release());

test.each(fixtures)('decodeSource ends in a table or a sentence for damaged $name', async ({ name, requests }) => {
  const random = randomNumbers(name.length);
  const all = everyEncoding(requests);
  for (const encoding of all) {
    for (let i = 0; i <= DAMAGED; i++) {
      const other = all[random(all.length)];
      const damaged = i === DAMAGED ? spliced(encoding.bytes, other.bytes, random) : mutated(encoding.bytes, random);
      const where = `${encoding.name}, case ${i}: ${quoted(damaged)}`;
      const whole = await readAsFound(damaged, { kernel });
      const { traces, problems } = whole.content;
      expect(traces.length + problems.duplicates > 0 || whole.failures.length > 0, where).toBe(true);
      expect(await readAsFound(damaged, { kernel: null }), where).toEqual(whole);
      // How much of damaged deflate can be read does depend on the chunks.
      if (!/gzip|zip/.test(encoding.name + other.name))
        expect(await readAsFound(damaged, { kernel, chunks: CHUNKS }), where).toEqual(whole);
    }
  }
});

test.each(fixtures)('every decoder reads to the end of damaged $name in any format', ({ name, requests }) => {
  const random = randomNumbers(name.length + 1000);
  for (const { name: encoding, bytes } of everyEncoding(requests)) {
    if (/zip|zstd|tar/.test(encoding)) continue;
    const damaged = mutated(bytes, random);
    for (const [format, open] of DECODERS) {
      const where = `${encoding} as ${format}: ${quoted(damaged)}`;
      const whole = readBy(open, damaged, { kernel });
      expect(readBy(open, damaged, { kernel: null, chunks: CHUNKS }), where).toEqual(whole);
    }
  }
});

function quoted(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').slice(0, 4000);
}
