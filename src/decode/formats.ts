import { ConsoleDecoder, looksLikeConsole } from './console/consoleDecoder.ts';
import { behindPrefixes, PrefixedDecoder } from './console/prefixedDecoder.ts';
import type { Decoder } from './decoder.ts';
import type { Decoded, Refused } from './format.ts';
import type { Head } from './head.ts';
import { jaegerSpans, jaegerTraces } from './jaeger/jaegerJson.ts';
import { OtlpJsonDecoder } from './json/otlpJson.ts';
import type { Kernel } from './kernel/kernel.ts';
import { JSON_NEAR_MISSES, OTHER_NEAR_MISSES } from './nearMisses.ts';
import { OtlpProtobufDecoder } from './protobuf/otlpProtobuf.ts';
import { looksLikeOtlpProtobuf } from './protobuf/sniff.ts';
import type { SourceReport } from './sourceReport.ts';
import { zipkinV1, zipkinV2 } from './zipkin/zipkinJson.ts';

const otlpJson = (report: SourceReport, kernel: Kernel | null): Decoder => new OtlpJsonDecoder(report, kernel);
const otlpProtobuf = (report: SourceReport, kernel: Kernel | null): Decoder => new OtlpProtobufDecoder(report, kernel);

/** In detection order: the first that matches has it. */
export const FORMATS: readonly (Decoded | Refused)[] = [
  { matches: hasEnvelope, open: otlpJson },
  { matches: hasJaegerTraces, open: jaegerTraces },
  {
    matches: behindPrefixes(looksLikeConsole),
    open: (report) => new PrefixedDecoder(report, new ConsoleDecoder(report)),
  },
  {
    matches: behindPrefixes((head) => hasEnvelope(head) || hasLineOfOtlp(head)),
    open: (report, kernel) => new PrefixedDecoder(report, otlpJson(report, kernel)),
  },
  { matches: looksLikeConsole, open: (report) => new ConsoleDecoder(report) },
  ...JSON_NEAR_MISSES,
  { matches: (head) => head.hasKeys('traceID', 'spanID'), open: jaegerSpans },
  { matches: isZipkinV1, open: zipkinV1 },
  { matches: isZipkin, open: zipkinV2 },
  // Nothing known at the beginning: OTLP may come later.
  { matches: isCertainlyJson, open: otlpJson },
  { matches: (head) => looksLikeOtlpProtobuf(head.bytes), open: otlpProtobuf },
  { matches: (head) => head.isJson || hasLineOfOtlp(head), open: otlpJson },
  ...OTHER_NEAR_MISSES,
];

/** OTLP's envelope, or a wrapper that is known around it (json/otlpLevels.ts). */
function hasEnvelope(head: Head): boolean {
  const names = [
    'resourceSpans',
    'resource_spans',
    'batches',
    'resourceLogs',
    'resource_logs',
    'resourceMetrics',
    'resource_metrics',
  ];
  return ['', 'result.', 'trace.', 'traces.', 'data.'].some((wrapper) =>
    head.hasAnyKey(...names.map((name) => wrapper + name)),
  );
}

/** Traces of Jaeger, or an answer of its API with nothing in it or with an error. */
function hasJaegerTraces(head: Head): boolean {
  return (
    head.hasAnyKey('data.traceID', 'data.spans.traceID', 'data.processes', 'spans.traceID') ||
    head.hasKeys('data', 'total', 'limit', 'offset', 'errors')
  );
}

function isZipkin(head: Head): boolean {
  return head.hasKeys('traceId', 'id') && !head.hasKeys('spanId');
}

function isZipkinV1(head: Head): boolean {
  return isZipkin(head) && head.hasAnyKey('binaryAnnotations', 'annotations.endpoint');
}

/** A line of OTLP among lines of something else: a log that the documents were written to. */
function hasLineOfOtlp(head: Head): boolean {
  return /^[[{].*"(resourceSpans|resource_spans|batches)"/m.test(head.text);
}

/**
 * A line feed before a brace is also how a protobuf message can begin; so can a quote behind them be, but no printable
 * character behind that: where it is the length of a message, the byte after it is a tag, and those are below a blank.
 */
function isCertainlyJson(head: Head): boolean {
  return head.isJson && /^[\s\ufeff]*[[{][\s[{]*("[ -\uffff]|[\]}])/.test(head.text);
}
