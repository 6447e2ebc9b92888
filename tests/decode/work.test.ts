import { describe, expect, test } from 'vitest';
import { loadKernel } from '../../src/decode/kernel/kernel.ts';
import { StopReason } from '../../src/decode/kernel/kernelExports.ts';
import { countWork } from '../helpers/countedWork.ts';
import { everyEncoding, smallFixtures } from '../helpers/fixtureEncodings.ts';
import { DECODERS, readAsFound, readBy } from '../helpers/fuzzing.ts';
import { HOSTILE_SHAPES } from '../helpers/hostileShapes.ts';
import { mutated, randomNumbers } from '../helpers/mutations.ts';
import { watchBuiltIns } from '../helpers/watchBuiltIns.ts';

/**
 * No input takes more than so many steps a byte, whatever is in it and in however small chunks it comes. Steps are
 * counted (helpers/countedWork.ts), so it does not matter how fast the machine is: blocks of code that ran, and what
 * built-in functions walked over. What costs most a byte is an empty document, `{}`, with some 55 a byte, and
 * twice as much where it may be a span of Zipkin.
 */
const STEPS_A_BYTE = 200;
/** To make a builder, a decoder, and a table of nothing. */
const STEPS_AT_LEAST = 20_000;
/** Buffers begin with so much, and grow by doubling. */
const LEAST_BUFFER = 1 << 18;
const BYTES = 16_000;
const CHUNKS = [61];

describe('every decoder', () => {
  test.each(DECODERS)('%s takes steps in proportion to the bytes, and buffers too', async (_, open) => {
    const shapes = [...HOSTILE_SHAPES].map(([name, shape]) => ({ name, bytes: shape(BYTES) }));
    const read = (bytes: Uint8Array) => () => readBy(open, bytes, { kernel: null, chunks: CHUNKS });
    const works = await countWork(shapes.map(({ bytes }) => read(bytes)));
    for (const [i, { name, bytes }] of shapes.entries()) {
      const { blocks, walked, largest } = works[i];
      expect(blocks + walked, name).toBeLessThan(STEPS_AT_LEAST + STEPS_A_BYTE * bytes.length);
      expect(largest, name).toBeLessThan(LEAST_BUFFER + 4 * bytes.length);
    }
  });

  test.each(DECODERS)('%s keeps nothing that is longer than the limit of a span', (_, open) => {
    const limits = { unitBytes: 4096, stringBytes: 4096, sniffBytes: 8192 };
    for (const [name, shape] of HOSTILE_SHAPES) {
      if (!/^(a|one) .*(in a span|without an end|protobuf)/.test(name)) continue;
      const bytes = shape(LEAST_BUFFER);
      const { seen, stop } = watchBuiltIns();
      readBy(open, bytes, { kernel: null, chunks: [1000], limits });
      stop();
      expect(seen.largest, name).toBeLessThan(LEAST_BUFFER);
    }
  });
});

test('decodeSource takes steps in proportion to what comes out of damaged containers', async () => {
  const random = randomNumbers(17);
  const [{ requests }] = smallFixtures(12);
  const files = everyEncoding(requests).flatMap(({ name, bytes }) =>
    [bytes, mutated(bytes, random), mutated(bytes, random)].map((each, i) => ({ name: `${name}, ${i}`, bytes: each })),
  );
  const read = (bytes: Uint8Array) => () => readAsFound(bytes, { kernel: null, chunks: CHUNKS });
  const works = await countWork(files.map(({ bytes }) => read(bytes)));
  for (const [i, { name, bytes }] of files.entries()) {
    // Nothing of these fixtures is more than twenty times smaller than what is in it; what opens it is made as well.
    const most = 2 * STEPS_AT_LEAST + STEPS_A_BYTE * 20 * bytes.length;
    expect(works[i].blocks + works[i].walked, name).toBeLessThan(most);
    expect(works[i].largest, name).toBeLessThan(LEAST_BUFFER + 80 * bytes.length);
  }
});

test('the kernel is offered what it could not take no more often than it doubles', async () => {
  const kernel = await loadKernel();
  if (kernel === null) throw new Error('no kernel');
  const run = kernel.run.bind(kernel);
  let again = 0;
  kernel.run = (entry, pos, end) => {
    const reason = run(entry, pos, end);
    if (reason === StopReason.ranOut) again += end - kernel.taken;
    return reason;
  };
  for (const [, open] of DECODERS) {
    for (const [name, shape] of HOSTILE_SHAPES) {
      const bytes = shape(BYTES);
      again = 0;
      readBy(open, bytes, { kernel, chunks: CHUNKS });
      expect(again, name).toBeLessThan(4 * bytes.length);
    }
  }
});
