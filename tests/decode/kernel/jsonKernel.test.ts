import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadKernel } from '../../../src/decode/kernel/kernel.ts';
import { decodeBothWays } from '../../helpers/decodeBothWays.ts';
import { mutated, randomNumbers } from '../../helpers/mutations.ts';
import { decode } from '../../helpers/otlpDecode.ts';
import { ordinaryRequest } from '../../helpers/ordinaryRequest.ts';
import { arbitraryStyle, styledJson } from '../../helpers/otlpArbitrary.ts';
import { text } from '../../helpers/otlpEncodings.ts';
import { referenceTable } from '../../helpers/otlpReference.ts';
import { sdkJson, sdkSpans } from '../../helpers/otlpSdk.ts';
import { tableContent } from '../../helpers/otlpTable.ts';
import { takenByKernel } from '../../helpers/takenByKernel.ts';
import { documentOf, spanJson } from '../../helpers/jsonDocument.ts';

describe('JsonKernel', () => {
  test('JsonKernel takes what the SDK writes', async () => {
    // Its array of fractions is the one thing that is odd.
    const spans = sdkSpans().filter(({ attributes }) => !('sizes' in attributes));
    expect(await takenByKernel(sdkJson(spans))).toBe(spans.length);
  });

  test.each([
    '"unknown":[{"deep":["x",null,"}]\\""]},1.5e3,true]',
    '"droppedAttributesCount":0,"unknown":-1.5E+3',
    '"parentSpanId":"","traceState":"a=b","flags":257,"kind":3',
    '"parentSpanId":"00000000000000A2","status":{"code":2,"message":"too late","unknown":{}}',
    '"status":{}',
    '"startTimeUnixNano":1760000000000000001,"endTimeUnixNano":"9"',
    '"name":"a","events":[{"timeUnixNano":"5","name":"e","attributes":[{"key":"k","value":{"intValue":"1"}}]},{}],"links":[]',
    '"links":[{"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"00000000000000b2","flags":3},{}]',
    '"attributes":[{"value":{"stringValue":"first"},"key":"k"},{"key":"no value"},{"value":{"boolValue":true}}]',
  ])('JsonKernel takes a span with %s', async (members) => {
    expect(await takenByKernel(documentOf(spanJson(members)))).toBe(1);
    await decodeBothWays(documentOf(spanJson(members)));
  });

  test.each([
    '"name":"a","name":"b"',
    '"events":[],"events":[{}]',
    '"status":{"code":1,"code":2}',
    '"start_time_unix_nano":"5"',
    '"startTimeUnixNano":""',
    '"startTimeUnixNano":"18446744073709551615"',
    '"kind":"SPAN_KIND_SERVER"',
    '"status":{"code":"STATUS_CODE_ERROR"}',
    '"kind":null',
    '"name":null',
    '"attributes":null',
    '"attributes":[null]',
    '"events":[null]',
    '"links":[{"traceId":"","spanId":""}]',
  ])('JsonKernel leaves a span with %s to the TypeScript decoder', async (members) => {
    // The others of its list are the kernel's all the same.
    expect(await takenByKernel(documentOf(spanJson(), spanJson(members), spanJson()))).toBe(2);
    await decodeBothWays(documentOf(spanJson(members)));
  });

  test.each([
    ['a trace id in base64', `{"traceId":"CvdlGRbNQ92ESOshHIAxnA==","spanId":"00000000000000a1"}`],
    ['a trace id of zeros', `{"traceId":"${'0'.repeat(32)}","spanId":"00000000000000a1"}`],
    ['no id', '{"name":"a"}'],
    ['a parent id of a wrong length', spanJson('"parentSpanId":"0102"')],
    ['a kind that OTLP does not have', spanJson('"kind":7')],
    ['a control character in a string', spanJson('"name":"a\u0001"')],
    ['an escape that is none', spanJson(String.raw`"name":"a\x"`)],
    ['no number', spanJson('"flags":01x')],
    ['no comma', spanJson('"name":"a" "kind":1')],
    ['a comma too many', spanJson('"name":"a",')],
    ['a list for an object', spanJson('"status":[]')],
  ])('JsonKernel leaves a span with %s to the TypeScript decoder, Issues and all', async (_name, odd) => {
    expect(await takenByKernel(documentOf(odd))).toBe(0);
    await decodeBothWays(documentOf(odd));
    // What comes before it and after it is the kernel's all the same.
    const lines = `${documentOf(spanJson(), spanJson())}\n${documentOf(spanJson(), odd)}\n${documentOf(spanJson())}\n`;
    expect(await takenByKernel(lines)).toBe(4);
    await decodeBothWays(lines);
  });

  test('JsonKernel reads resources and scopes wherever they stand, and keeps apart those that differ', async () => {
    const element = (resource: string, scope: string, id: string): string =>
      `{"scopeSpans":[{"spans":[{"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"${id}"}]${scope}}]${resource}}`;
    const resource = (name: string): string =>
      `,"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"${name}"}}]}`;
    const elements = [
      element(resource('a'), ',"scope":{"name":"x","version":"1"}', '00000000000000a1'),
      element(resource('b'), ',"scope":{"name":"x","version":"2"}', '00000000000000a2'),
      element('', '', '00000000000000a3'),
      element(resource('a'), ',"scope":{}', '00000000000000a4'),
    ];
    const reversed = elements.map((json) =>
      JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(json)).toReversed())),
    );
    const json = `{"resourceSpans":[${[...elements, ...reversed.map((one) => one.replaceAll('000a', '000b'))].join()}]}`;
    expect(await takenByKernel(json)).toBe(8);
    await decodeBothWays(json);
    const { table } = await decodeBothWays(json);
    expect(
      Array.from(table.resource, (slot) => table.attributes.strings.text(table.resources.service[slot])).toSorted(),
    ).toEqual(['a', 'a', 'a', 'a', 'b', 'b', 'unknown_service', 'unknown_service']);
  });

  test('JsonKernel comes to the same wherever a document is cut, and wherever a chunk ends', async () => {
    const json = `${documentOf(
      spanJson(
        '"name":"GET","kind":2,"attributes":[{"key":"a","value":{"stringValue":"x\\ny"}},{"key":"b","value":{"doubleValue":1.5}}]',
      ),
      spanJson('"events":[{"timeUnixNano":"5","name":"e"}],"unknown":[true,"\\""],"status":{"code":2}'),
    )}\n`;
    const bytes = text(json);
    for (let cut = 1; cut < bytes.length; cut++) {
      await decodeBothWays(bytes.slice(0, cut));
      const { table } = await decodeBothWays(bytes, { chunks: [cut, bytes.length] });
      expect(table.spanCount + table.problems.duplicates).toBe(2);
    }
  });

  test('JsonKernel knows the line behind what it took', async () => {
    const indented = JSON.stringify(JSON.parse(documentOf(spanJson('"name":"a"'), spanJson('"name":"a"'))), null, 2);
    const { issues } = await decodeBothWays(`${indented}\n${indented}\n\n${indented}\n{"resourceSpans":[{}}\n`);
    const linesBefore = indented.split('\n').length * 3 + 1;
    expect(issues).toMatchObject([{ code: 'bad-json', firstAt: { line: linesBefore + 1 } }]);
  });

  test('JsonKernel takes the spans of an element that is too large to be waited for, around one that is odd', async () => {
    const filler = 'x'.repeat(300);
    const spans = Array.from({ length: 6000 }, (_, i) => {
      const id = (i + 1).toString(16).padStart(16, '0');
      const value = i === 3000 ? '{"bytesValue":"aGk="}' : `{"stringValue":"${i % 7}${filler}"}`;
      return `{"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"${id}","attributes":[{"key":"k","value":${value}}]}`;
    });
    const json = documentOf(...spans);
    expect(json.length).toBeGreaterThan(2 ** 21);
    expect(await takenByKernel(json)).toBe(spans.length - 1);
    for (const chunks of [[], [100_000, 7]]) {
      const { table } = await decodeBothWays(json, { chunks });
      expect(table.spanCount).toBe(spans.length);
    }
  });

  test('JsonKernel is left alone by a source whose spans are all odd, and by a span larger than its memory', async () => {
    const odd = documentOf(...Array.from({ length: 200 }, () => spanJson('"kind":"SPAN_KIND_SERVER"')));
    await decodeBothWays(`${odd}\n`.repeat(5));
    const large = `${documentOf(spanJson(`"name":"${'x'.repeat(5 << 20)}"`))}\n`;
    const { table } = await decodeBothWays(large + documentOf(spanJson('"name":"a"')), { chunks: [1 << 18] });
    expect(table.spanCount).toBe(2);
  });

  test('JsonKernel comes to the same as the reference for ordinary requests in any style, in batches of any size', async () => {
    const kernel = await loadKernel();
    if (kernel === null) throw new Error('no kernel');
    const { batchBytes } = kernel;
    const documents = fc.array(fc.tuple(ordinaryRequest, arbitraryStyle), { minLength: 1, maxLength: 4 });
    const sizes = fc.array(fc.integer({ min: 1, max: 4000 }), { maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(documents, sizes, fc.constantFrom(1, 300, batchBytes), async (inputs, chunks, bytes) => {
        const texts = inputs.map(([request, style]) => styledJson(request, style));
        kernel.batchBytes = bytes;
        const { table, issues } = await decode(texts.join('\n'), { chunks, kernel });
        expect(tableContent(table)).toEqual(tableContent(referenceTable(texts)));
        expect(issues).toEqual([]);
      }),
      { numRuns: 150, seed: 20260512 },
    );
    kernel.batchBytes = batchBytes;
    kernel.release();
  });

  test('JsonKernel comes to the same as the TypeScript decoder on damaged requests', async () => {
    expect.hasAssertions();
    const random = randomNumbers(5);
    const samples = fc.sample(fc.array(ordinaryRequest, { minLength: 2, maxLength: 4 }), { numRuns: 60, seed: 5 });
    for (const requests of samples) {
      const lines = requests.map((request) => JSON.stringify(request, null, random(3) === 0 ? 2 : undefined));
      for (let i = 0; i < 5; i++)
        await decodeBothWays(mutated(text(lines.join('\n')), random), { chunks: random(2) === 0 ? [] : [50, 7] });
    }
  });
});

test('JsonKernel tells many traces apart, and quickly, whose ids are one of 64 bits written twice', async () => {
  const COUNT = 60_000;
  const spans = Array.from({ length: COUNT }, (_, i) => {
    const half = (i + 1).toString(16).padStart(16, '0');
    return `{"traceId":"${half}${half}","spanId":"${half}","name":"a","startTimeUnixNano":"1","endTimeUnixNano":"2"}`;
  });
  const { table } = await decode(`{"resourceSpans":[{"scopeSpans":[{"spans":[${spans.join(',')}]}]}]}`);
  expect(table.traceCount).toBe(COUNT);
});
