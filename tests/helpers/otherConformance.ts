import { expect } from 'vitest';
import { gzipSync } from 'node:zlib';
import { decode } from './otlpDecode.ts';
import { text } from './otlpEncodings.ts';
import { tableOfRequests, type Request } from './otlpReference.ts';
import { tableContent } from './otlpTable.ts';

const CHUNKINGS = [[], [7], [1, 64, 4096, 3]];

/** Each of these texts, in chunks of any size, zipped and under a wrong name, gives the table that the same traces give as OTLP. */
export async function expectSameAsOtlp(request: Request, documents: readonly string[], format: string): Promise<void> {
  const expected = tableContent(tableOfRequests([request]));
  for (const document of documents) {
    const inputs = [
      ...CHUNKINGS.map((chunks) => ({ bytes: text(document), chunks, name: 'traces.pb.gz' })),
      { bytes: new Uint8Array(gzipSync(document)), chunks: [100], name: 'otlp.json' },
    ];
    for (const { bytes, chunks, name } of inputs) {
      const { table, ...result } = await decode(bytes, { chunks, name });
      const where = `${document.slice(0, 200)}, chunks ${chunks.join()}`;
      expect(tableContent(table), where).toEqual(expected);
      expect([result.failure, result.issues, result.format.split(',')[0]], where).toEqual([null, [], format]);
    }
  }
}
