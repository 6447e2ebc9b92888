import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeBothWays as decode } from '../helpers/decodeBothWays.ts';
import { oddRequest, plainRequest } from '../helpers/oddJson.ts';
import { arbitraryRequest, arbitraryStyle, styledJson } from '../helpers/otlpArbitrary.ts';
import { toProtobuf, toRecords } from '../helpers/otlpEncodings.ts';
import { referenceTable, tableOfRequests } from '../helpers/otlpReference.ts';
import { tableContent } from '../helpers/otlpTable.ts';

const chunks = fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 5 });

test('OtlpJsonDecoder reads any valid JSON as JSON.parse does, in chunks of any size', async () => {
  const documents = fc.array(fc.tuple(arbitraryRequest, arbitraryStyle), { minLength: 1, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(documents, chunks, async (inputs, sizes) => {
      const texts = inputs.map(([request, style]) => styledJson(request, style));
      const { table, issues } = await decode(texts.join('\n'), { chunks: sizes });
      expect(tableContent(table)).toEqual(tableContent(referenceTable(texts)));
      expect(issues).toEqual([]);
    }),
    { numRuns: 500, seed: 20260512 },
  );
});

test('OtlpJsonDecoder reads odd values as a walk over what JSON.parse gives does, in chunks of any size', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(oddRequest, arbitraryStyle), { minLength: 1, maxLength: 3 }),
      chunks,
      async (inputs, sizes) => {
        const texts = inputs.map(([request, style]) => styledJson(request, { ...style, isOdd: true }));
        const { table } = await decode(texts.join('\n'), { chunks: sizes });
        expect(tableContent(table)).toEqual(tableContent(tableOfRequests(texts.map(plainRequest))));
      },
    ),
    { numRuns: 500, seed: 20260512 },
  );
});

test('OtlpProtobufDecoder reads any valid message as it was meant, in chunks of any size', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(arbitraryRequest, { minLength: 1, maxLength: 3 }), chunks, async (requests, sizes) => {
      const { table, issues } = await decode(
        toRecords(requests.map(toProtobuf).filter((message) => message.length > 0)),
        { chunks: sizes },
      );
      expect(tableContent(table)).toEqual(tableContent(tableOfRequests(requests)));
      expect(issues).toEqual([]);
    }),
    { numRuns: 500, seed: 20260512 },
  );
});
