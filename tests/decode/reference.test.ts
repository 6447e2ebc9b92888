import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Decoded } from '../../src/decode/format.ts';
import { loadKernel } from '../../src/decode/kernel/kernel.ts';
import { OtlpProtobufDecoder } from '../../src/decode/protobuf/otlpProtobuf.ts';
import { decodeBothWays as decode } from '../helpers/decodeBothWays.ts';
import { oddRequest, plainRequest } from '../helpers/oddJson.ts';
import { arbitraryRequest, arbitraryStyle, styledJson } from '../helpers/otlpArbitrary.ts';
import { toProtobuf, toRecords } from '../helpers/otlpEncodings.ts';
import { referenceTable, tableOfRequests } from '../helpers/otlpReference.ts';
import { readBy } from '../helpers/fuzzing.ts';
import { reflectedRequest } from '../helpers/otlpReflection.ts';
import { tableContent } from '../helpers/otlpTable.ts';
import { arbitraryTraces } from '../helpers/wireArbitrary.ts';

const chunks = fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 5 });

test('OtlpJsonDecoder reads any valid JSON as JSON.parse does, in chunks of any size', async () => {
  const documents = fc.array(fc.tuple(arbitraryRequest, arbitraryStyle), { minLength: 1, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(documents, chunks, async (inputs, sizes) => {
      const texts = inputs.map(([request, style]) => styledJson(request, style));
      const { table, issues } = await decode(texts.join('\n'), { chunks: sizes });
      expect(tableContent(table)).toEqual(tableContent(referenceTable(texts)));
      // Of a member that comes twice the first one may be anything.
      const others = issues.filter(({ code }) => code !== 'odd-attribute' && code !== 'wrong-form');
      expect(others).toEqual([]);
    }),
    { numRuns: 300, seed: 20260512 },
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
    { numRuns: 300, seed: 20260512 },
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
    { numRuns: 300, seed: 20260512 },
  );
});

test('OtlpProtobufDecoder reads whatever the wire format allows as protobufjs does, in chunks of any size', async () => {
  const kernel = await loadKernel();
  if (kernel === null) throw new Error('no kernel');
  const open: Decoded['open'] = (report, its) => new OtlpProtobufDecoder(report, its);
  fc.assert(
    fc.property(arbitraryTraces, chunks, (message, sizes) => {
      const expected = tableContent(tableOfRequests([reflectedRequest(message)]));
      for (const input of [{ kernel }, { kernel: null }, { kernel, chunks: sizes }]) {
        expect(readBy(open, message, input).content).toEqual(expected);
      }
    }),
    { numRuns: 300, seed: 20260512 },
  );
});
