import { expect } from 'vitest';
import { decodeBothWays } from './decodeBothWays.ts';
import { encodings } from './otlpEncodings.ts';
import { tableOfRequests, type Request } from './otlpReference.ts';
import { tableContent } from './otlpTable.ts';

const CHUNKINGS = [[], [7], [1, 64, 4096, 3]];
/** Names say nothing: these are all wrong for most encodings. */
const NAMES = ['traces.png', 'traces.json', 'traces.pb.gz'];

/** Every encoding of these requests, in chunks of any size and under any name, gives the table that the reference gives. */
export async function expectEveryEncoding(requests: readonly Request[]): Promise<void> {
  const expected = tableContent(tableOfRequests(requests));
  for (const { name, bytes } of encodings(requests)) {
    for (const [index, chunks] of CHUNKINGS.entries()) {
      const { table, failure, issues } = await decodeBothWays(bytes, { chunks, name: NAMES[index] });
      const where = `${name}, chunks ${chunks.join()}`;
      expect(tableContent(table), where).toEqual(expected);
      expect({ failure, issues }, where).toEqual({ failure: null, issues: [] });
    }
  }
}
