import { describe, expect, test } from 'vitest';
import { decodeBothWays } from '../../helpers/decodeBothWays.ts';
import { decode } from '../../helpers/otlpDecode.ts';
import { tableContent } from '../../helpers/otlpTable.ts';
import { sampleLines } from '../../helpers/zstdSamples.ts';

const DOCUMENTS = sampleLines().trimEnd().split('\n');
const START_UP = [
  '2024-01-01T00:00:00.000Z\tinfo\tservice@v0.91.0/service.go:145\tStarting otelcol...\t{"Version": "0.91.0"}',
  '[INFO] Everything is ready. {"kind": "exporter", "trace_id": "5b8aa5a2d2c872e8"}',
  '',
  '\u001b[32mLISTENING\u001b[0m on :4317, größer als je zuvor',
  '   indented: yes',
];

/** In one piece and in small ones: the spans, and the Issues with count and line. */
async function read(content: string) {
  const { table, issues } = await decodeBothWays(content);
  for (const chunks of [[7], [61], [5000, 1]]) {
    const inPieces = await decode(content, { chunks, kernel: null });
    expect(inPieces.issues).toEqual(issues);
    expect(tableContent(inPieces.table)).toEqual(tableContent(table));
  }
  return { spans: table.spanCount, told: issues.map((each) => told(each)) };
}

function told({ code, severity, count, firstAt }: Awaited<ReturnType<typeof decode>>['issues'][number]): string {
  return `${code}, ${severity}: ${count} at ${firstAt?.line}`;
}

describe('OtlpJsonDecoder passes over lines of other text, and counts them', () => {
  test('in front of the first document', async () => {
    const content = [...START_UP, ...DOCUMENTS, ''].join('\n');
    expect(await read(content)).toEqual({ spans: 40, told: ['other-text, info: 4 at 1'] });
  });

  test('among the documents, and behind the last of them', async () => {
    const content = DOCUMENTS.map((each) => `${each}\nGET /health 200\n`).join('');
    expect(await read(content)).toEqual({ spans: 40, told: [`other-text, info: ${DOCUMENTS.length} at 2`] });
    expect(await read(`${DOCUMENTS.join('\n')}\nbye`)).toEqual({
      spans: 40,
      told: [`other-text, info: 1 at ${DOCUMENTS.length + 1}`],
    });
  });

  test('around documents that are indented', async () => {
    const indented = DOCUMENTS.map((each) => JSON.stringify(JSON.parse(each), null, 2));
    const content = [...START_UP, ...indented.map((each) => `${each}\nGET /health 200`), ''].join('\n');
    expect(await read(content)).toEqual({ spans: 40, told: [`other-text, info: ${4 + DOCUMENTS.length} at 1`] });
  });

  test('however long a line is', async () => {
    const content = [`x${'y'.repeat(9000)}`, ...DOCUMENTS].join('\n');
    expect(await read(content)).toEqual({ spans: 40, told: ['other-text, info: 1 at 1'] });
  });
});

describe('OtlpJsonDecoder reads a document behind text on its line', () => {
  const resource = JSON.stringify(JSON.parse(DOCUMENTS[0]).resourceSpans[0]).replace(
    /^.*?(?="scopeSpans")/,
    '{"resource":{"attributes":[]},',
  );
  const spans = resource.split('"spanId"').length - 1;
  test.each([
    ['that a logger puts there', '12:00:00.000 [main] INFO o.e.OtlpJsonLoggingSpanExporter - ', DOCUMENTS],
    ['in brackets', '[INFO] ', DOCUMENTS],
    ['that holds braces', '[\'a\', {"b": 1}] größer ', DOCUMENTS],
    ['that begins in a column of its own', '\u001b[32mLOG\u001b[0m\t', DOCUMENTS],
    ['of a resource alone, as Java’s logging exporter writes it', '2026-01-01 12:00:00 INFO ', [resource]],
  ])('%s', async (_what, before, documents) => {
    const content = documents.map((each) => `GET /health 200\n${before}${each}\n`).join('');
    expect(await read(content)).toEqual({
      spans: documents === DOCUMENTS ? 40 : spans,
      told: [`other-text, info: ${documents.length} at 1`, `text-before, info: ${documents.length} at 2`],
    });
  });

  test('of a Collector that is read with the names of its pods', async () => {
    const { spans, told: issues } = await read(DOCUMENTS.map((each) => `[pod/app-7d9f/app] ${each}\n`).join(''));
    expect({ spans, issues }).toEqual({ spans: 40, issues: [] });
  });
});

describe('OtlpJsonDecoder takes no line for other text', () => {
  const [document] = DOCUMENTS;
  test.each([
    ['that is the end of a document', document.slice(document.indexOf('{"key"') + 2)],
    ['that is the end of a document and begins in a word', document.slice(document.indexOf('{"key"') + 3)],
    ['that is the end of a document, and of it no more than brackets', document.slice(-4)],
    ['that holds bytes of no text', 'so\u0000far'],
  ])('%s', async (_what, line) => {
    const content = [line, ...DOCUMENTS].join('\n');
    expect(await read(content)).toEqual({ spans: 40, told: ['bad-json, error: 1 at 1'] });
  });

  test('behind what is no JSON, wherever a chunk ends', async () => {
    const line = `[pod/app]\u0001${document}`;
    expect(await read([line, line, line, ...DOCUMENTS].join('\n'))).toEqual({
      spans: 40,
      told: ['bad-json, error: 3 at 1'],
    });
  });

  test('that is a list of requests, whatever stands between its brackets', async () => {
    for (const list of [
      `[\n\n${DOCUMENTS.join(',\n')}\n]`,
      `[[${DOCUMENTS.join(',')}]]`,
      `[]\n${DOCUMENTS.join('\n')}`,
    ])
      expect(await read(list)).toEqual({ spans: 40, told: [] });
  });
});

test('OtlpJsonDecoder passes over zeros between documents, and says so', async () => {
  const zeros = '\0'.repeat(10_000);
  for (const content of [
    zeros + DOCUMENTS.join('\n'),
    `${DOCUMENTS[0]}\n${zeros}${DOCUMENTS.slice(1).join('\n')}`,
    DOCUMENTS[0] + zeros + DOCUMENTS.slice(1).join('\n'),
    DOCUMENTS.join('\n') + zeros,
  ]) {
    const { spans, told } = await read(content);
    expect([spans, told.map((each) => each.replace(/ at \d+$/, ''))]).toEqual([40, ['zeros, warning: 1']]);
  }
  const { table, failure } = await decode('\0'.repeat(100_000) + DOCUMENTS.join('\n'));
  expect([table.spanCount, failure]).toEqual([40, null]);
});

describe('OtlpJsonDecoder goes on with a document that begins where the one before it is cut off, wherever that is,', () => {
  const span = (id: number): object => ({
    traceId: '0af7651916cd43dd8448eb211c80319c',
    spanId: `00000000000000a${id}`,
    name: 'a\\b',
    startTimeUnixNano: '1760000000000000001',
  });
  const richSpan = (id: number): object => ({
    ...span(id),
    kind: 2,
    endTimeUnixNano: 1760000000,
    attributes: [
      { key: 'a', value: { boolValue: true } },
      { key: 'b', value: { arrayValue: { values: [{ doubleValue: 1.5 }, { intValue: 7 }] } } },
      { key: 'c', value: { kvlistValue: { values: [{ key: 'd', value: { stringValue: 'e' } }] } } },
    ],
    events: [{ timeUnixNano: '1760000000000000001', name: 'f', attributes: [] }],
    links: [{ traceId: '0af7651916cd43dd8448eb211c80319c', spanId: '00000000000000aa' }],
    status: { code: 1, message: 'g' },
    unknown: { h: [{ i: null }] },
  });
  const document = (...spans: object[]): string =>
    JSON.stringify({
      resourceSpans: [
        {
          resource: { attributes: [{ key: 'service.name', value: { stringValue: 's' } }] },
          schemaUrl: 'u',
          scopeSpans: [{ scope: { name: 's', version: '1' }, spans }],
        },
      ],
    });
  const first = document(richSpan(1), span(2));
  const spanEnds = [first.indexOf(`,${JSON.stringify(span(2))}`), first.length - ']}]}]}'.length];
  const cuts = Array.from({ length: first.length - 1 }, (_, at) => at + 1);

  test('on its line', async () => {
    for (const cut of cuts) {
      const content = `${first.slice(0, cut)}${document(span(3))}\n${document(span(4))}\n`;
      const { spans, told } = await read(content);
      const before = spanEnds.filter((end) => end <= cut).length;
      expect([cut, spans]).toEqual([cut, before + 2]);
      expect([cut, told]).toEqual([cut, ['cut-off, error: 1 at 1']]);
    }
  });

  test('on the next line', async () => {
    for (const cut of cuts) {
      const content = `${first.slice(0, cut)}\n${document(span(3))}\n${document(span(4))}`;
      const { table, issues } = await decodeBothWays(content);
      const before = spanEnds.filter((end) => end <= cut).length;
      expect([cut, table.spanCount, issues.length]).toEqual([cut, before + 2, 1]);
    }
  });

  test('behind zeros, as a loss of power leaves them', async () => {
    for (const cut of cuts) {
      const content = `${first.slice(0, cut)}${'\0'.repeat(9)}${document(span(3))}\n${document(span(4))}`;
      const { table, issues } = await decodeBothWays(content, { chunks: cut % 2 === 0 ? [] : [cut] });
      const before = spanEnds.filter((end) => end <= cut).length;
      expect([cut, table.spanCount, issues.length]).toEqual([cut, before + 2, 1]);
    }
  });

  test('which an envelope that is not known is not, with a request in it', async () => {
    const { spans, told } = await read(`{"answer":${document(span(1))}}\n${document(span(2))}\n`);
    expect([spans, told]).toEqual([1, ['other-document, warning: 1 at 1']]);
  });
});
