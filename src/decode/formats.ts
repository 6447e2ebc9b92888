import { ConsoleDecoder, looksLikeConsole } from './console/consoleDecoder.ts';
import { ConsoleObjects } from './console/consoleObjects.ts';
import { behindPrefixes, PrefixedDecoder } from './console/prefixedDecoder.ts';
import { inColours, UncolouredDecoder } from './console/uncolouredDecoder.ts';
import type { CuttableDecoder, Decoder } from './decoder.ts';
import type { Decoded, Refused } from './format.ts';
import type { Head } from './head.ts';
import { jaegerSpans, jaegerTraces } from './jaeger/jaegerJson.ts';
import { LOGGED_DOCUMENTS } from './json/otherText.ts';
import { OtlpJsonDecoder } from './json/otlpJson.ts';
import type { Kernel } from './kernel/kernel.ts';
import { isLog, JSON_NEAR_MISSES, LOG_RECORDS, OTHER_NEAR_MISSES } from './nearMisses.ts';
import { OtlpProtobufDecoder } from './protobuf/otlpProtobuf.ts';
import { looksLikeOtlpProtobuf, looksLikeTempoAnswer } from './protobuf/sniff.ts';
import { TempoAnswerDecoder } from './protobuf/tempoAnswer.ts';
import type { SourceReport } from './sourceReport.ts';
import { zipkinV1, zipkinV2 } from './zipkin/zipkinJson.ts';

const otlpJson = (report: SourceReport, kernel: Kernel | null): CuttableDecoder => new OtlpJsonDecoder(report, kernel);
const otlpProtobuf = (report: SourceReport, kernel: Kernel | null): Decoder => new OtlpProtobufDecoder(report, kernel);

/** Containers in one log that have a decoder each. */
const MOST_CONTAINERS = 64;

/** What programs print to a console, also in colours and as it is collected from containers. */
const CONSOLES: readonly Decoded[] = [
  {
    matches: inColours(behindPrefixes(looksLikeConsole)),
    open: (report) => {
      const objects = new ConsoleObjects(report);
      const open = (): ConsoleDecoder => new ConsoleDecoder(report, objects);
      return new UncolouredDecoder(new PrefixedDecoder(report, open, MOST_CONTAINERS));
    },
  },
  {
    matches: inColours(behindPrefixes((head) => hasEnvelope(head) || hasLineOfOtlp(head))),
    // A document is a line, so that all containers can have the same decoder.
    open: (report, kernel) => new UncolouredDecoder(new PrefixedDecoder(report, () => otlpJson(report, kernel), 1)),
  },
  { matches: inColours(looksLikeConsole), open: (report) => new UncolouredDecoder(new ConsoleDecoder(report)) },
];

export const LINES_OF_OTLP: Decoded = { matches: hasLineOfOtlp, open: otlpJson };

/** What may stand anywhere in a log (lookOn.ts). */
export const IN_LOGS: readonly Decoded[] = [...CONSOLES, LINES_OF_OTLP];

const ENVELOPES: readonly Decoded[] = [
  { matches: hasEnvelope, open: otlpJson },
  { matches: hasJaegerTraces, open: jaegerTraces },
];

/** Beside what a program logs there may be its spans, further on too. */
const OTHER_SIGNALS: readonly Decoded[] = [{ matches: hasOtherSignals, open: otlpJson, mayBeLog: true }];

const BARE_SPANS: readonly Decoded[] = [
  { matches: isJaegerSpan, open: jaegerSpans },
  { matches: isZipkinV1, open: zipkinV1 },
  { matches: isZipkin, open: zipkinV2 },
];

/** JSON that is known by its keys, which may stand behind a long member (lookOn.ts). */
export const BY_KEYS: readonly Decoded[] = [...ENVELOPES, ...BARE_SPANS];

/** In detection order: the first that matches has it. */
export const FORMATS: readonly (Decoded | Refused)[] = [
  ...ENVELOPES,
  ...CONSOLES,
  ...OTHER_SIGNALS,
  ...JSON_NEAR_MISSES,
  ...BARE_SPANS,
  LOG_RECORDS,
  // Nothing known at the beginning: OTLP may come later.
  { matches: isCertainlyJson, open: otlpJson, mayBeLog: true },
  {
    matches: (head) => looksLikeTempoAnswer(head.bytes),
    open: (report, kernel) => new TempoAnswerDecoder(report, kernel),
  },
  { matches: (head) => looksLikeOtlpProtobuf(head.bytes), open: otlpProtobuf },
  LINES_OF_OTLP,
  { matches: (head) => head.isJson, open: otlpJson, mayBeLog: true },
  ...OTHER_NEAR_MISSES,
];

/** OTLP's envelope, what stands in it, or a wrapper that is known around it (json/otlpLevels.ts). */
function hasEnvelope(head: Head): boolean {
  return opensInEnvelope(
    head,
    'resourceSpans',
    'resource_spans',
    'batches',
    'scopeSpans',
    'scope_spans',
    'instrumentationLibrarySpans',
    'instrumentation_library_spans',
  );
}

function hasOtherSignals(head: Head): boolean {
  return opensInEnvelope(head, 'resourceLogs', 'resource_logs', 'resourceMetrics', 'resource_metrics');
}

/** `"batches":3` is of something else. */
function opensInEnvelope(head: Head, ...names: readonly string[]): boolean {
  return ['', 'result.', 'trace.', 'traces.', 'data.'].some((wrapper) =>
    head.opensAny(...names.map((name) => wrapper + name)),
  );
}

/** Traces of Jaeger, or an answer of its API with nothing in it or with an error. */
function hasJaegerTraces(head: Head): boolean {
  return (
    head.hasAnyKey('data.spans.traceID', 'spans.traceID') ||
    head.opensAny('data.processes') ||
    (head.hasKeys('data.traceID') && head.opensAny('data.spans')) ||
    head.hasKeys('data', 'total', 'limit', 'offset', 'errors')
  );
}

/** Log records name the span that they belong to. */
function isJaegerSpan(head: Head): boolean {
  const isOfSpan = head.hasAnyKey('operationName', 'startTime', 'references', 'process', 'processID');
  return head.hasKeys('traceID', 'spanID') && (isOfSpan || !isLog(head));
}

function isZipkin(head: Head): boolean {
  const isOfSpan = head.hasAnyKey('localEndpoint', 'remoteEndpoint', 'annotations', 'binaryAnnotations', 'parentId');
  return head.hasKeys('traceId', 'id') && !head.hasKeys('spanId') && (isOfSpan || !isLog(head));
}

function isZipkinV1(head: Head): boolean {
  return isZipkin(head) && head.hasAnyKey('binaryAnnotations', 'annotations.endpoint');
}

/** OTLP among lines of something else, on a line, behind text on it or indented: a log that the documents were written to. */
function hasLineOfOtlp(head: Head): boolean {
  return (
    /^[[{](.*|\s*)"(resourceSpans|resource_spans|batches|scopeSpans|scope_spans)"/m.test(head.text) ||
    LOGGED_DOCUMENTS.some((start) => head.text.includes(start))
  );
}

/**
 * A line feed before a brace is also how a protobuf message can begin; so can a quote behind them be, but no printable
 * character behind that: where it is the length of a message, the byte after it is a tag, and those are below a blank.
 */
function isCertainlyJson(head: Head): boolean {
  return head.isJson && /^[\s\ufeff]*[[{][\s[{]*("[ -\uffff]|[\]}])/.test(head.text);
}
