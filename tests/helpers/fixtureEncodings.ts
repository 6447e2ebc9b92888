import { readFileSync, readdirSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { inspect } from 'node:util';
import { toPaxTar, toStreamedZip, toTar, toZip } from './archiveFiles.ts';
import { goSpans, nodeSpans, phpConsole, pythonSpans } from './consoleText.ts';
import { toCriLog, toDockerLog, toJsonLog, toTextSequence } from './containerLogs.ts';
import { toJaeger } from './jaegerEncoding.ts';
import { encodings, text, toProtobuf, type Encoding } from './otlpEncodings.ts';
import type { Request, Span } from './otlpReference.ts';
import { toZipkin, toZipkinV1 } from './zipkinEncoding.ts';

/** The traces of a file under fixtures/, as requests. */
export interface Fixture {
  readonly name: string;
  readonly requests: readonly Request[];
}

/** All fixtures, of each as many spans from its beginning as a test can afford to read many times; whole traces. */
export function smallFixtures(mostSpans: number): Fixture[] {
  const names = readdirSync('fixtures').filter((name) => /\.otlp\.jsonl(\.gz)?$/.test(name));
  return names.map((name) => {
    const bytes = readFileSync(`fixtures/${name}`);
    const content = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
    // The demo is one service a line: its first lines hold spans of every kind.
    const lines = content.split('\n', 40).filter((line) => line !== '');
    return {
      name,
      requests: firstTraces(
        lines.map((line): Request => JSON.parse(line)),
        mostSpans,
      ),
    };
  });
}

/** The same traces in every format, framing, compression and archive that is read. */
export function everyEncoding(requests: readonly Request[]): Encoding[] {
  const whole = { resourceSpans: requests.flatMap(({ resourceSpans = [] }) => resourceSpans) };
  const otlp = encodings(requests);
  const jaeger = toJaeger(whole);
  const zipkin = toZipkin(whole);
  const files = [
    { name: 'a.jsonl', bytes: text(requests.map((request) => `${JSON.stringify(request)}\n`).join('')) },
    { name: 'b/c.binpb', bytes: toProtobuf(whole) },
  ];
  const inARow = (spans: readonly object[], indent?: number): Uint8Array =>
    text(spans.map((span) => `${JSON.stringify(span, null, indent)}\n`).join(''));
  const nodes = nodeSpans(whole);
  const half = nodes.length >> 1;
  const log = (spans: readonly object[], prefix: string): string =>
    new TextDecoder().decode(prefixed(inspected(spans, true), prefix));
  return [
    ...otlp,
    { name: 'zip', bytes: toZip(files) },
    { name: 'streamed zip', bytes: toStreamedZip(files) },
    { name: 'tar', bytes: toTar(files) },
    { name: 'pax tar, gzip', bytes: gzipSync(toPaxTar(files)) },
    { name: 'Jaeger', bytes: text(JSON.stringify(jaeger)) },
    { name: 'Jaeger, processes first, indented', bytes: text(JSON.stringify(toJaeger(whole, 'before'), null, 1)) },
    { name: 'Jaeger’s spans', bytes: text(JSON.stringify(toJaeger(whole, 'in the spans').data[0])) },
    { name: 'Zipkin v2', bytes: text(JSON.stringify(zipkin)) },
    { name: 'Zipkin v2, a span a line', bytes: inARow(zipkin) },
    { name: 'Zipkin v1', bytes: text(JSON.stringify(toZipkinV1(whole))) },
    { name: 'Go’s console', bytes: inARow(goSpans(whole), 2) },
    { name: 'Go’s console, collected by compose', bytes: prefixed(inARow(goSpans(whole), 2), 'app-1  | ') },
    {
      name: 'JSON Lines, collected by kubectl',
      bytes: prefixed(files[0].bytes, '[pod/app-7d9f8b/app] 2026-05-01T12:00:00.123456789Z '),
    },
    { name: 'JSON Lines, as Kubernetes keeps it', bytes: toCriLog(files[0].bytes) },
    { name: 'Go’s console, as Docker keeps it', bytes: toDockerLog(inARow(goSpans(whole), 2)) },
    { name: 'JSON Lines, in records of a logger', bytes: toJsonLog(files[0].bytes) },
    { name: 'Go’s console, in records of a logger', bytes: toJsonLog(inARow(goSpans(whole), 2)) },
    { name: 'JSON text sequence', bytes: toTextSequence(files[0].bytes) },
    { name: 'Python’s console', bytes: inARow(pythonSpans(whole), 4) },
    { name: 'PHP’s console', bytes: text(phpConsole(whole).join('')) },
    { name: 'Node’s console', bytes: inspected(nodes) },
    {
      name: 'Node’s console in colours, collected by compose from two containers',
      bytes: text(
        inTurns(log(nodes.slice(0, half), '\u001b[36mapp-1  | \u001b[0m'), log(nodes.slice(half), 'cart-1 | ')),
      ),
    },
  ];
}

/** As console.dir prints them. */
function inspected(spans: readonly object[], colors = false): Uint8Array {
  return text(spans.map((span) => `${inspect(span, { depth: 3, colors })}\n`).join(''));
}

/** The lines of several logs in turns, three of each. */
export function inTurns(...logs: readonly string[]): string {
  const lines = logs.map((log) => log.split('\n').slice(0, -1));
  const all: string[] = [];
  for (let at = 0; lines.some(({ length }) => at < length); at += 3)
    all.push(...lines.flatMap((each) => each.slice(at, at + 3)));
  return all.map((line) => `${line}\n`).join('');
}

/** Every line with the prefix, as tools write it that collect what containers print. */
export function prefixed(log: Uint8Array, prefix: string): Uint8Array {
  return text(new TextDecoder().decode(log).replace(/^(?!$(?![\s\S]))/gm, prefix));
}

/** The first traces, with their resources, as long as they have no more spans than that; at least one. */
function firstTraces(requests: readonly Request[], mostSpans: number): Request[] {
  const counts = new Map<string, number>();
  for (const { traceId } of requests.flatMap(spansOf)) counts.set(traceId, (counts.get(traceId) ?? 0) + 1);
  const kept = new Set<string>();
  let spans = 0;
  for (const [traceId, count] of counts) {
    if (kept.size > 0 && spans + count > mostSpans) continue;
    kept.add(traceId);
    spans += count;
  }
  return requests
    .map(({ resourceSpans = [] }) => ({
      resourceSpans: resourceSpans.flatMap((group) => {
        const scopeSpans = (group.scopeSpans ?? []).flatMap((of) => {
          const own = (of.spans ?? []).filter(({ traceId }) => kept.has(traceId));
          return own.length === 0 ? [] : [{ ...of, spans: own }];
        });
        return scopeSpans.length === 0 ? [] : [{ ...group, scopeSpans }];
      }),
    }))
    .filter(({ resourceSpans }) => resourceSpans.length > 0);
}

function spansOf({ resourceSpans = [] }: Request): readonly Span[] {
  return resourceSpans.flatMap(({ scopeSpans = [] }) => scopeSpans.flatMap(({ spans = [] }) => spans));
}
