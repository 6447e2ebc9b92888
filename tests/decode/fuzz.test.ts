import { expect, test } from 'vitest';
import { mutated, randomNumbers } from '../helpers/mutations.ts';
import { decodeBothWays as decode } from '../helpers/decodeBothWays.ts';
import { encodings } from '../helpers/otlpEncodings.ts';
import type { Request } from '../helpers/otlpReference.ts';
import { sdkJson, sdkSpans } from '../helpers/otlpSdk.ts';
import { tableContent } from '../helpers/otlpTable.ts';

const CASES = 60;
const json: Request = JSON.parse(new TextDecoder().decode(sdkJson(sdkSpans())));
const requests = (json.resourceSpans ?? []).map((group): Request => ({ resourceSpans: [group] }));

/**
 * Whatever is wrong with the bytes, decoding ends, throws nothing, and does not depend on how they are cut into
 * chunks: a unit that was taken back and read again has left nothing behind.
 */
test.each(encodings(requests))(
  'decodeSource ends in a table or a sentence for damaged $name',
  async ({ name, bytes }) => {
    const random = randomNumbers(name.length);
    for (let i = 0; i < CASES; i++) {
      const damaged = mutated(bytes, random);
      const whole = await decode(damaged);
      const where = `case ${i}: ${Buffer.from(damaged).toString('base64').slice(0, 4000)}`;
      expect(whole.failure === null, where).toBe(whole.table.spanCount + whole.table.problems.duplicates > 0);
      expect(whole.failure, where).not.toBe('');
      // How much of damaged gzip can be read does depend on them.
      if (name.includes('gzip')) continue;
      const pieces = await decode(damaged, { chunks: [7, 1, 50, 300] });
      expect(tableContent(pieces.table), where).toEqual(tableContent(whole.table));
      expect(pieces.failure, where).toBe(whole.failure);
      expect(pieces.issues, where).toEqual(whole.issues);
    }
  },
);
