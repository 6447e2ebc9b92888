import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { StatusCode } from '../../src/store/spanTable.ts';
import { decode, type Decoded } from '../helpers/otlpDecode.ts';
import { tableContent } from '../helpers/otlpTable.ts';

/** Files from public repositories, and what an independent script counted in them. They are not part of this one. */
const FOLDER = '../shared/data';

interface Answer {
  readonly file: string;
  readonly spans: number;
  readonly traces: number;
  readonly orphans: number;
  readonly services: number;
  readonly errors: number;
  readonly events: number;
  readonly links: number;
  readonly spans_on_cycles: number;
  readonly notes?: Readonly<Record<string, number>>;
}

const answers: Answer[] = existsSync(FOLDER)
  ? readFileSync(`${FOLDER}/ANSWERS.jsonl`, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
  : [];
/** Not formats of traces to whoever counted; what is in them is held against another file below. */
const CONSOLE = ['buildx__otlp.json', 'buildx__bktraces.json', 'openinference__all-spans.json'];
const opened = answers.filter(({ file, notes }) => /^[ABCEFGH]_/.test(file) && notes?.['zipkin v1'] === undefined);
/**
 * In Zipkin v1 a span may hold both sides of a call, which become two; and the services of all sides are counted, not
 * only those of the first.
 */
const ZIPKIN_V1: Readonly<Record<string, readonly [spans: number, services: number, events: number]>> = {
  'F_zipkin/zipkin-ui__messaging-kafka-v1.json': [28, 2, 16],
  'F_zipkin/contrib__zipkin_v1_multiple_batches.json': [5, 4, 1],
  'F_zipkin/contrib__zipkin_v2_notimestamp.json': [1, 1, 0],
  'F_zipkin/telegraf__brave-tracer-example-v1.json': [3, 1, 0],
  'F_zipkin/trainticket__contacts-v1.json': [4080, 13, 0],
  'F_zipkin/trainticket__F2-fail-basic-2-v1.json': [321, 17, 0],
};
/** How the sentence begins that says what the file is. */
const REFUSED: readonly (readonly [file: string, sentence: string])[] = [
  ['I_broken/fluent-bit__trace-error-cases.json', 'this is JSON, but no OTLP: its keys are “resourceSpans_missing”'],
  ['K_near_miss/opensearch__jaeger-span-index.ndjson', 'this is an Elasticsearch bulk file of Jaeger spans'],
  ['K_near_miss/gresearch__tempo-search-trace.json', 'this is an answer of Tempo’s search'],
  ['K_near_miss/oltp-arrow__2_traces.json', 'these are flat span records'],
  ['K_near_miss/jaeger-clickhouse__example_trace.json', 'this is Jaeger’s storage model'],
  ['K_near_miss/skywalking__segment-template.json', 'this is a SkyWalking segment'],
  ['K_near_miss/jaeger-idl__openapi.json', 'this is an OpenAPI document'],
  [
    'K_near_miss/opensearch__otel-services-traces-samples.json',
    'these are span documents of Elasticsearch or OpenSearch',
  ],
];

/** What is wrong with each of the broken ones: spans that are loaded, spans whose ids are none, Issues. */
const BROKEN: Readonly<Record<string, readonly [spans: number, invalidIds: number, issues: readonly string[]]>> = {
  'otlp2parquet__trace_invalid_base64.json': [0, 1, ['invalid-id']],
  'otlp2parquet__trace_invalid_kind.json': [1, 0, ['unknown-enum']],
  'otlp2parquet__trace_mixed_encoding.json': [0, 1, ['invalid-id']],
  'duckdb-otlp__malformed.jsonl': [0, 1, ['other-text', 'invalid-id', 'bad-json', 'other-document']],
  'duckdb-otlp__traces_deep_nesting.jsonl': [1, 0, []],
  'duckdb-otlp__traces_large_attrs.jsonl': [1, 0, []],
  'tracelens__otlp-all-zero-id.json': [0, 2, ['invalid-id']],
  'tracelens__otlp-duplicate-span.json': [2, 0, []],
  'tracelens__otlp-no-root.json': [2, 0, []],
  'tracelens__otlp-multiple-roots.json': [2, 0, []],
  'tracelens__otlp-child-outside-parent.json': [2, 0, []],
  'tracelens__otlp-jsonl-invalid-line.jsonl': [2, 0, ['bad-json']],
  'ottl-playground__traces-self-parent.json': [2, 0, []],
  'otel-gui__sample-trace-links.json': [0, 1, ['invalid-id']],
  'otel-gui__sample-trace-orphan-span.json': [3, 0, []],
  'jaeger-ui__otlp2jaeger-in-error.json': [1, 0, []],
  'jaeger__trace_invalid_json.json': [1, 0, ['no-time', 'invalid-time']],
  'jaeger__trace_scan_error.json': [1, 0, ['no-time', 'bad-json']],
};

/** Files in which some or all ids are none: those spans are not loaded. */
const INVALID_IDS: Readonly<Record<string, number>> = {
  'E_jaeger/crisp__15.json': 1,
  'E_jaeger/crisp__18.json': 3,
  'E_jaeger/jaeger-ui__tracegraph-testTrace.json': 11,
  'A_otlp_json/otel-gui__sample-trace-error.json': 3,
  'A_otlp_json/langwatch__claude_code.json': 1,
  'G_tempo_api/trace_analyzer__sample-trace.json': 17,
  'G_tempo_api/trace_analyzer__parallel-siblings.json': 7,
  'H_old_odd/perses__example_otlp.json': 3,
  'H_old_odd/odigos__bats-traces-masked.json': 12,
};

describe.skipIf(answers.length === 0)('decodeSource on files from public repositories', () => {
  test.each(opened)('decodeSource finds in $file what others found', async (answer) => {
    const { table, failure } = await decode(read(answer.file));
    const { problems } = table;
    const invalidIds = INVALID_IDS[answer.file] ?? 0;
    expect(problems.invalidIds).toBe(invalidIds);
    expect(table.spanCount + problems.duplicates).toBe(answer.spans - invalidIds);
    expect(failure === null).toBe(answer.spans > invalidIds);
    if (invalidIds > 0) return;
    expect(counted(table)).toEqual({
      traces: answer.traces,
      // A cycle is cut where it begins, and what is cut out is an orphan here.
      orphans: answer.orphans + (answer.spans_on_cycles > 0 ? problems.cycles : 0),
      services: answer.services,
      errors: answer.errors,
      events: answer.events,
      links: answer.links,
    });
  });

  test.each(Object.entries(ZIPKIN_V1))(
    'decodeSource makes both sides of the calls in %s',
    async (file, [spans, services, events]) => {
      const { table, failure, format } = await decode(read(file));
      const answer = answers.find((one) => one.file === file);
      expect([failure, format]).toEqual([null, 'Zipkin v1 JSON']);
      expect(table.spanCount).toBe(spans);
      expect(counted(table)).toEqual({
        traces: answer?.traces,
        orphans: answer?.orphans,
        errors: answer?.errors,
        links: 0,
        services,
        events,
      });
    },
  );

  test.each(['authenticate_error', 'pushbytes'])(
    'decodeSource finds the same in the OTLP and the Jaeger file of the trace %s',
    async (name) => {
      const otlp = outline((await decode(read(`A_otlp_json/perses__${name}_otlp.json`))).table);
      const jaeger = outline((await decode(read(`E_jaeger/perses__${name}_jaeger.json`))).table);
      expect(jaeger).toEqual(otlp);
      expect(jaeger).toHaveLength(3);
    },
  );

  test.each(['buildx__otlp.json', 'buildx__bktraces.json'])(
    'decodeSource finds in the console output %s what the Jaeger file of the same trace has',
    async (file) => {
      const printed = await decode(read(`K_near_miss/${file}`));
      const jaeger = await decode(read('E_jaeger/buildx__jaeger.json'));
      expect([printed.format, printed.failure, printed.issues]).toEqual(['Go stdouttrace', null, []]);
      // In Jaeger's one span has a second reference.
      expect(counted(printed.table)).toEqual({ ...counted(jaeger.table), links: 0 });
      const inBoth = ({ table }: Decoded) =>
        outline(table).map(({ spanId, parent, name, service, start, status, events }) => {
          return { spanId, parent, name, service, start, status, events };
        });
      expect(inBoth(printed)).toEqual(inBoth(jaeger));
    },
  );

  test('decodeSource reads a dump of the Node SDK’s span objects', async () => {
    const { table, format, failure, issues } = await decode(read('K_near_miss/openinference__all-spans.json'));
    expect([format, failure, issues]).toEqual(['Node ReadableSpan dump', null, []]);
    expect(counted(table)).toEqual({ traces: 10, orphans: 0, services: 1, errors: 0, events: 2, links: 0 });
  });

  test.each(REFUSED)('decodeSource refuses %s: %s', async (file, sentence) => {
    const { table, failure, issues } = await decode(read(file));
    expect(table.spanCount).toBe(0);
    expect(failure?.slice(0, sentence.length)).toBe(sentence);
    expect(issues).toEqual([]);
  });

  test.each(Object.entries(BROKEN))(
    'decodeSource reads what is whole in %s',
    async (file, [spans, invalidIds, codes]) => {
      const { table, issues, failure } = await decode(read(`I_broken/${file}`));
      expect(table.spanCount + table.problems.duplicates).toBe(spans);
      expect(table.problems.invalidIds).toBe(invalidIds);
      expect(issues.map(({ code }) => code)).toEqual(codes);
      expect(failure === null).toBe(spans > 0);
    },
  );

  test('decodeSource is asked about every file', () => {
    const known = new Set([
      ...opened.map(({ file }) => file),
      ...Object.keys(ZIPKIN_V1),
      ...REFUSED.map(([file]) => file),
    ]);
    for (const file of Object.keys(BROKEN)) known.add(`I_broken/${file}`);
    for (const file of CONSOLE) known.add(`K_near_miss/${file}`);
    expect(answers.map(({ file }) => file).filter((file) => !known.has(file))).toEqual([]);
  });
});

/** Spans in what both formats say: times in microseconds; attributes without order, and a list as its text. */
function outline(table: Decoded['table']) {
  const plain = (list: readonly (readonly unknown[])[]): unknown =>
    list.map(([key, , value]) => [key, value]).toSorted((a, b) => String(a[0]).localeCompare(String(b[0])));
  return tableContent(table).traces.flatMap(({ traceId, origin, spans }) =>
    spans.map((span) => ({
      traceId,
      spanId: span.spanId,
      parent: span.parent,
      kind: span.kind,
      status: span.status,
      statusMessage: span.statusMessage,
      name: span.name,
      service: span.service,
      scope: span.scope,
      start: (origin + BigInt(span.start)) / 1000n,
      duration: Math.floor((span.end - span.start) / 1000),
      attributes: plain(span.attributes),
      resource: plain(span.resource),
      events: span.events.map(([name]) => name),
    })),
  );
}

function read(file: string): Uint8Array {
  return new Uint8Array(readFileSync(`${FOLDER}/${file}`));
}

function counted(table: Decoded['table']) {
  return {
    traces: table.traceCount,
    orphans: table.problems.orphans,
    services: new Set(Array.from(table.resource, (slot) => table.resources.service[slot])).size,
    errors: table.status.filter((status) => status === StatusCode.error).length,
    events: table.events.time.length,
    links: table.links.shape.length,
  };
}
