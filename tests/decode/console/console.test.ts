import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { goSpans, nodeConsole, phpConsole, pythonSpans } from '../../helpers/consoleText.ts';
import { prefixed } from '../../helpers/fixtureEncodings.ts';
import { mutated, randomNumbers } from '../../helpers/mutations.ts';
import { decode } from '../../helpers/otlpDecode.ts';
import { text } from '../../helpers/otlpEncodings.ts';
import { tableOfRequests, type Request, type Span } from '../../helpers/otlpReference.ts';
import { sdkJson, sdkSpans } from '../../helpers/otlpSdk.ts';
import { tableContent } from '../../helpers/otlpTable.ts';
import { sampleLines } from '../../helpers/zstdSamples.ts';

const sdk = sdkSpans();
const request: Request = JSON.parse(new TextDecoder().decode(sdkJson(sdk)), (key, value) =>
  key === 'intValue' ? String(value) : value,
);
const lines = (objects: readonly object[]): string => objects.map((each) => `${JSON.stringify(each)}\n`).join('');
const pretty = (objects: readonly object[]): string =>
  objects.map((each) => `${JSON.stringify(each, null, '\t')}\n`).join('');

/** Where others print too, as a container's log has it. */
function amongText(objects: readonly string[]): string {
  const other = ["Server's listening on :8080\n", '[INFO] GET /cart 200\n\n', '{"level":"info","msg":"done {"}\n'];
  return objects.map((each, i) => other[i % other.length] + each).join('');
}

/** The same requests, with every span changed to what an exporter prints of it. */
function like(change: (span: Span) => object, hasScope = true): Request {
  return JSON.parse(JSON.stringify(request), (key, value) => {
    if (key === 'scope' && !hasScope) return undefined;
    return key === 'spans' ? value.map((span: Span) => ({ ...span, flags: 0, ...change(span) })) : value;
  });
}

const time = (nanoseconds = '0'): bigint => BigInt(nanoseconds);
const whole = (nanoseconds: string | undefined): string => String(time(nanoseconds) - (time(nanoseconds) % 1000n));

/** Python prints microseconds, and no scope. */
const asPython = like(
  ({ startTimeUnixNano, endTimeUnixNano, events }) => ({
    startTimeUnixNano: whole(startTimeUnixNano),
    endTimeUnixNano: whole(endTimeUnixNano),
    events: events?.map((event) => ({ ...event, timeUnixNano: whole(event.timeUnixNano) })),
  }),
  false,
);

/** PHP prints no scope, and of the flags those that travel. */
const asPhp = like(({ flags = 0 }) => ({ flags: flags & 0xff }), false);

/** Node prints microseconds as doubles; so large a one has one digit of a fraction. The duration is as good as exact. */
const asNode = like(({ startTimeUnixNano, endTimeUnixNano }) => {
  const printed = String(Number(time(startTimeUnixNano) / 1000n) + Number(time(startTimeUnixNano) % 1000n) / 1000);
  const [micros, fraction = ''] = printed.split('.');
  const start = BigInt(micros) * 1000n + BigInt(fraction.padEnd(3, '0'));
  const end = start + time(endTimeUnixNano) - time(startTimeUnixNano);
  return { startTimeUnixNano: String(start), endTimeUnixNano: String(end) };
});

const OUTPUTS: readonly (readonly [name: string, format: string, content: string, same: Request, others: number])[] = [
  ['Go, one object to a line', 'Go stdouttrace', lines(goSpans(request)), request, 0],
  ['Go, pretty', 'Go stdouttrace', pretty(goSpans(request)), request, 0],
  ['Go, a list', 'Go stdouttrace', JSON.stringify(goSpans(request)), request, 0],
  ['Go, a pretty list', 'Go stdouttrace', JSON.stringify(goSpans(request), null, 2), request, 0],
  [
    'Go among other lines',
    'Go stdouttrace',
    amongText(goSpans(request).map((each) => `${JSON.stringify(each, null, 2)}\n`)),
    request,
    3,
  ],
  [
    'Python',
    'Python ConsoleSpanExporter',
    pythonSpans(request)
      .map((each) => `${JSON.stringify(each, null, 4)}\n`)
      .join(''),
    asPython,
    0,
  ],
  ['PHP', 'PHP ConsoleSpanExporter', phpConsole(request).join(''), asPhp, 0],
  ['PHP among other lines', 'PHP ConsoleSpanExporter', amongText(phpConsole(request)), asPhp, 3],
  ['Node', 'Node ConsoleSpanExporter', nodeConsole(sdk).join(''), asNode, 0],
  ['Node among other lines', 'Node ConsoleSpanExporter', amongText(nodeConsole(sdk)), asNode, 3],
];

/** As docker compose, kubectl and stern print them, and blanks that belong to what follows. */
const PREFIXES = [
  'app-1  | ',
  'shop_web.2 | 2026-05-01T12:00:00.123456789Z ',
  '[pod/app-7d9f8b6c5d-x2x4v/app] ',
  '[pod/app/app] 2026-05-01T14:00:00+02:00 ',
  '2026-05-01T12:00:00Z ',
  'app-7d9f8b6c5d-x2x4v app ',
  'shop app-0 app 2026-05-01T14:00:00.123456789+02:00 ',
];

describe('ConsoleDecoder', () => {
  test.each(OUTPUTS)('reads the same from %s as from OTLP', async (_name, format, content, same, others) => {
    const expected = tableContent(tableOfRequests([same]));
    for (const chunks of [[], [7], [1, 64, 4096, 3]]) {
      const decoded = await decode(content, { chunks, name: 'traces.pb' });
      expect([decoded.format, decoded.failure]).toEqual([format, null]);
      expect(tableContent(decoded.table)).toEqual(expected);
      expect(decoded.issues.map(({ code, severity, count }) => [code, severity, count])).toEqual(
        others === 0 ? [] : [['other-text', 'info', others]],
      );
    }
  });

  test.each(OUTPUTS)('reads the same from %s behind the prefixes of a log', async (_name, format, content, same) => {
    const expected = tableContent(tableOfRequests([same]));
    const bare = await decode(content);
    for (const prefix of PREFIXES) {
      for (const chunks of [[], [7], [1, 64, 4096, 3]]) {
        const decoded = await decode(prefixed(text(content), prefix), { chunks });
        expect([decoded.format, decoded.failure], prefix).toEqual([`${format}, in a container log`, null]);
        expect(tableContent(decoded.table), prefix).toEqual(expected);
        expect(decoded.issues.map(({ firstAt, ...issue }) => [issue, firstAt?.line])).toEqual(
          bare.issues.map(({ firstAt, ...issue }) => [issue, firstAt?.line]),
        );
      }
    }
  });

  test.each(OUTPUTS)('ends in a table or a sentence for damaged %s', async (name, _format, content) => {
    const random = randomNumbers(name.length);
    const bytes = new TextEncoder().encode(content);
    for (let i = 0; i < 60; i++) {
      const damaged = mutated(bytes, random);
      const whole = await decode(damaged);
      const pieces = await decode(damaged, { chunks: [7, 1, 50, 300] });
      const where = `case ${i}: ${Buffer.from(damaged).toString('base64').slice(0, 4000)}`;
      expect(whole.failure === null, where).toBe(whole.table.spanCount + whole.table.problems.duplicates > 0);
      expect(tableContent(pieces.table), where).toEqual(tableContent(whole.table));
      expect([pieces.failure, pieces.issues], where).toEqual([whole.failure, whole.issues]);
    }
  });
});

const SPAN = `{
  resource: { attributes: { 'service.name': 'dice', list: [Object] } },
  traceId: '14044f1ef10c4a11b57102a0f0ad0369',
  parentId: '36423bc1ce7532b0',
  traceState: 'ot=th:c',
  name: "roll 'em",
  id: '76b62ae0edf96dc2',
  kind: 2,
  timestamp: 1751361608089000,
  duration: 477.219,
  attributes: {},
  status: { code: 2, message: 'no dice' },
  events: [],
  links: []
}
`;

describe('PrefixedDecoder', () => {
  const log = (content: string): string => new TextDecoder().decode(prefixed(text(content), 'app-1  | '));

  test('hands lines that do not begin as the others on as they are, and says so', async () => {
    const content = `Attaching to app-1\n${log(SPAN)}container exited\n\n${log(SPAN)}gone\n`;
    for (const chunks of [[], [7], [1]]) {
      const { table, issues } = await decode(content, { chunks });
      expect(table.spanCount + table.problems.duplicates).toBe(2);
      expect(issues.map(({ code, severity, count, firstAt }) => [code, severity, count, firstAt?.line])).toEqual([
        ['other-text', 'info', 3, 1],
        ['no-prefix', 'warning', 3, 1],
      ]);
    }
  });

  test('reads OTLP in the log of a container, and names places as they are in the file', async () => {
    const lines = sampleLines().trimEnd().split('\n');
    lines.splice(3, 0, 'listening', '{"resourceSpans":x');
    const content = log(`${lines.join('\n')}\n`);
    const { table, issues, format } = await decode(content, { chunks: [50] });
    expect([table.spanCount, format]).toEqual([40, 'OTLP JSON Lines, in a container log']);
    const bytes = content.split('\n').slice(0, 3).join('\n').length + 1;
    expect(issues).toMatchObject([
      { code: 'other-text', count: 1, firstAt: { line: 4, byte: bytes } },
      { code: 'bad-json', count: 1, firstAt: { line: 5 } },
    ]);
  });
});

describe('ConsoleDecoder', () => {
  test('reads what version 1 of the JavaScript SDK prints', async () => {
    const { table, issues } = await decode(SPAN);
    expect(issues).toEqual([]);
    expect(tableContent(table).traces[0]).toMatchObject({
      origin: 1_751_361_608_089_000_000n,
      spans: [
        {
          parentId: [0x36423bc1, 0xce7532b0].join(),
          service: 'dice',
          name: "roll 'em",
          kind: 3,
          end: 477_219,
          status: 2,
          statusMessage: 'no dice',
          traceState: 'ot=th:c',
        },
      ],
    });
  });

  test('reads what Bun and Deno print, which is Node’s with double quotes and commas behind the last member', async () => {
    const quoted = SPAN.replaceAll("'", '"').replace('"roll "em"', '"roll \'em"');
    const content = quoted.replace('links: []', 'links: [],').replace('list: [Object] }', 'list: [Object], },');
    expect(content).toContain('traceId: "14044f1ef10c4a11b57102a0f0ad0369"');
    for (const before of ['', 'started\n']) {
      const { table, format } = await decode(before + content);
      expect(format).toBe('Node ConsoleSpanExporter');
      expect(tableContent(table)).toEqual(tableContent((await decode(SPAN)).table));
    }
  });

  test('reads the SDK’s span objects themselves, as JSON and as they are inspected', async () => {
    const spans = sdk.map((span) => ({
      name: span.name,
      spanContext: span.spanContext(),
      parentSpanContext: span.parentSpanContext,
      kind: span.kind,
      startTime: span.startTime,
      endTime: span.endTime,
      attributes: span.attributes,
      status: span.status,
      events: span.events,
      links: span.links,
      resource: { attributes: span.resource.attributes },
      instrumentationScope: span.instrumentationScope,
    }));
    const expected = tableContent(tableOfRequests([like(() => ({}))]));
    for (const content of [JSON.stringify(spans), inspect(spans, { depth: null })]) {
      const { table, format, issues } = await decode(content);
      expect([format, issues]).toEqual(['Node ReadableSpan dump', []]);
      expect(tableContent(table)).toEqual(expected);
    }
  });

  test('reads the SDK’s span objects behind their class, as console.log writes them', async () => {
    const expected = tableContent(tableOfRequests([like(() => ({}))]));
    const inspected = (value: unknown): string =>
      inspect(value, { depth: null }).replaceAll('attributes: {}', 'attributes: undefined');
    const dumps = sdk.map((span) => `${inspected(span)}\n`);
    expect(dumps.join('')).toContain('attributes: undefined');
    expect(dumps[0]).toMatch(/^SpanImpl \{\n/);
    for (const content of [dumps, dumps.map((each) => `<ref *1> ${each}`), [inspected(sdk)]]) {
      for (const chunks of [[], [7], [1]]) {
        const { table, format, issues } = await decode(amongText(content), { chunks });
        expect([table.spanCount, format]).toEqual([sdk.length, 'Node ReadableSpan dump']);
        expect(issues.map(({ code }) => code)).toEqual(['other-text']);
        expect(tableContent(table)).toEqual(expected);
      }
    }
  });

  test('says what console.log does not print of the SDK’s span objects', async () => {
    const all = tableContent(tableOfRequests([request])).traces.flatMap(({ spans }) => spans);
    for (const content of [sdk.map((span) => `${inspect(span)}\n`).join(''), inspect(sdk)]) {
      const { table, issues } = await decode(content);
      expect(issues).toMatchObject([{ code: 'not-printed', severity: 'warning', count: sdk.length }]);
      const printed = tableContent(table).traces.flatMap(({ spans }) => spans);
      expect(printed.map(({ name, end }) => [name, end])).toEqual(all.map(({ name, end }) => [name, end]));
      expect(printed.flatMap(({ events, links }) => [...events, ...links])).toEqual([]);
    }
  });

  test('reads what version 1 of the SDK is, with the events and links that were not printed left out', async () => {
    const content = `Span {
  attributes: { a: 1 },
  links: [ { context: [Object], attributes: [Object] } ],
  events: [ { name: 'e', attributes: [Object], time: [Array], droppedAttributesCount: 0 } ],
  status: { code: 0 },
  endTime: [ 1796006926, 245818894 ],
  name: 'GET',
  _spanContext: { traceId: 'f8683a0166113de54c88bba5485868c5', spanId: '1907523bd822d512', traceState: undefined },
  parentSpanId: '944cef6c6cd0959a',
  kind: 2,
  startTime: [ 1796006926, 234000000 ],
  resource: Resource { _attributes: { 'service.name': 'cart' } },
  _spanProcessor: MultiSpanProcessor { _spanProcessors: [ [SimpleSpanProcessor] ] }
}
`;
    const { table, issues } = await decode(content.replaceAll('\n', '\r\n'));
    expect(issues.map(({ code, count }) => [code, count])).toEqual([['not-printed', 1]]);
    expect(tableContent(table).traces[0].spans).toMatchObject([
      { parentId: [0x944cef6c, 0x6cd0959a].join(), service: 'cart', end: 11_818_894, kind: 3, events: [], links: [] },
    ]);
  });

  test.each([
    'Config {\n  port: 80\n}',
    'started {\n  port: 80',
    'server {\nlisten 80;',
    'try {\n  print("it\'s")',
    'Span {',
    'Span',
  ])('passes over what else stands behind a word, and loses no span: %j', async (other) => {
    for (const content of [`${other}\n${SPAN}`, `${SPAN}${other}`]) {
      for (const chunks of [[], [7], [1]]) {
        const { table, issues } = await decode(content, { chunks });
        expect([table.spanCount, issues.map(({ code }) => code)]).toEqual([1, ['other-text']]);
      }
    }
  });

  test('reads several exporters from one source', async () => {
    const content = SPAN + lines(goSpans(request)) + pretty(pythonSpans(request));
    const { table, format } = await decode(content);
    expect(format).toBe('console exporters');
    expect(table.spanCount + table.problems.duplicates).toBe(7);
  });

  test('leaves out a span that other text cuts short, and says where', async () => {
    const [head, tail] = SPAN.split("  id: '76b6");
    const content = `${head}GET /roll 200 in 3 ms\n  id: '76b6${tail}${SPAN}`;
    for (const chunks of [[], [7]]) {
      const { table, issues } = await decode(content, { chunks });
      expect(table.spanCount).toBe(1);
      expect(issues).toEqual([
        expect.objectContaining({ code: 'damaged-span', count: 1, firstAt: expect.objectContaining({ line: 1 }) }),
        // The text, and what is left of the span: nine lines that are no object any more.
        expect.objectContaining({ code: 'other-text', count: 10, firstAt: expect.objectContaining({ line: 7 }) }),
      ]);
    }
  });

  test('reads the spans behind one that was cut off, wherever it was', async () => {
    const spans = goSpans(request).map((each) => JSON.stringify(each));
    const [cut] = spans;
    for (let end = 1; end < cut.length; end++) {
      const content = [cut.slice(0, end), ...spans.slice(1), ''].join('\n');
      for (const chunks of [[], [7]]) {
        const { table, issues } = await decode(content, { chunks });
        const lost = spans.length - table.spanCount - table.problems.duplicates;
        expect(lost, cut.slice(0, end)).toBe(1);
        expect(issues, cut.slice(0, end)).toHaveLength(1);
      }
    }
  });

  test('reads printed objects all of which begin lines', async () => {
    const content = JSON.stringify(goSpans(request)).replaceAll('{', '\n{');
    for (const chunks of [[], [7]]) {
      const { table, issues } = await decode(content, { chunks });
      expect(table.spanCount + table.problems.duplicates).toBe(goSpans(request).length);
      expect(issues).toEqual([]);
    }
  });

  test('tells of a span at which the source ends', async () => {
    const { table, issues } = await decode(SPAN + SPAN.slice(0, 200));
    expect(table.spanCount).toBe(1);
    expect(issues).toEqual([
      expect.objectContaining({ code: 'damaged-span', firstAt: expect.objectContaining({ line: 16 }) }),
    ]);
  });

  test('leaves out what is too large or too deep', async () => {
    const large = SPAN.replace('no dice', 'x'.repeat(3000));
    const deep = SPAN.replace('attributes: {}', `attributes: ${'{ a: '.repeat(20)}1${' }'.repeat(20)}`);
    const { table, issues } = await decode(large + deep + SPAN, {
      limits: { unitBytes: 2000, depth: 10 },
      chunks: [100],
    });
    expect(table.spanCount).toBe(1);
    expect(issues.map(({ code, count, firstAt }) => [code, count, firstAt?.line])).toEqual([
      ['too-large', 1, 1],
      ['too-deep', 1, 16],
    ]);
  });

  test('counts spans without valid ids, and times that are none', async () => {
    const [first, second] = goSpans(request);
    const content = lines([
      { ...first, SpanContext: { TraceID: 'xyz', SpanID: '1' } },
      { ...second, StartTime: 'now', EndTime: '0001-01-01T00:00:00Z' },
    ]);
    const { table, issues } = await decode(content);
    expect([table.spanCount, table.problems.invalidIds]).toEqual([1, 1]);
    expect(issues.map(({ code, count }) => [code, count])).toEqual([
      ['invalid-id', 1],
      ['invalid-time', 1],
    ]);
  });
});
