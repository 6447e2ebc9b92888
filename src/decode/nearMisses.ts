import type { Refused } from './format.ts';
import type { Head } from './head.ts';

const OVER_OTLP = 'export it as OTLP instead (the OTLP exporter of the SDK, or the file exporter of the Collector)';
/** For what may never have been traces. */
export const READABLE = 'Hopline reads OTLP, Jaeger and Zipkin traces';
const THROUGH_COLLECTOR = 'turn it into OTLP with the Collector (its receiver for this format, and its file exporter)';

/** TraceByIDResponse (tempo, pkg/tempopb/tempo.proto). */
const TEMPO_ANSWER = ['trace', 'metrics', 'status', 'message'];

/** What people have on disk and take for traces, by its keys: refused by name, in detection order. */
export const JSON_NEAR_MISSES: readonly Refused[] = [
  {
    name: 'OpenAPI document',
    what: 'this is an OpenAPI document, which describes an API and holds no traces',
    advice: 'drop what the API answers instead',
    matches: (head) => head.hasAnyKey('openapi', 'swagger', 'components.schemas'),
  },
  {
    name: 'Elasticsearch bulk file',
    what: 'this is an Elasticsearch bulk file of Jaeger spans',
    advice: 'fetch the traces from Jaeger as OTLP (GET /api/v3/traces/{trace_id})',
    matches: (head) => head.hasKeys('operationName') && head.hasAnyKey('index', 'create', 'startTimeMillis'),
  },
  {
    name: 'Elasticsearch or OpenSearch documents',
    what: 'these are span documents of Elasticsearch or OpenSearch',
    advice: OVER_OTLP,
    matches: (head) =>
      head.hasAnyKey('hits.hits', '_source.traceId', '_source.traceID') ||
      (head.hasKeys('@timestamp') && head.hasAnyKey('traceId', 'trace.id') && !isLog(head)),
  },
  {
    name: 'Jaeger storage JSON',
    what: 'this is Jaeger’s storage model as protobuf JSON (base64 ids, times as text)',
    advice: 'fetch the trace from Jaeger as OTLP (GET /api/v3/traces/{trace_id})',
    matches: (head) => head.hasKeys('spans.traceId', 'spans.operationName'),
  },
  {
    name: 'Tempo search answer',
    what: 'this is an answer of Tempo’s search, which lists traces without their spans’ parents',
    advice: 'fetch a trace by its id (GET /api/v2/traces/{trace_id})',
    matches: (head) =>
      head.hasAnyKey('rootTraceName', 'rootServiceName', 'traces.rootTraceName', 'traces.rootServiceName'),
  },
  {
    name: 'empty Tempo answer',
    what: 'this is an answer of Tempo’s with no trace in it',
    advice: 'the id may be wrong, or outside of the time asked for',
    matches: (head) => head.hasKeys('trace', 'metrics') && head.topKeys.every((key) => TEMPO_ANSWER.includes(key)),
  },
  {
    name: 'SkyWalking segment',
    what: 'this is a SkyWalking segment',
    advice: THROUGH_COLLECTOR,
    matches: (head) => head.hasAnyKey('serviceInstanceName', 'serviceInstance', 'traceSegmentId'),
  },
  {
    name: 'AWS X-Ray traces',
    what: 'this is an answer of AWS X-Ray',
    advice: THROUGH_COLLECTOR,
    matches: (head) => head.hasAnyKey('Traces.Segments', 'Segments.Document'),
  },
  {
    name: 'Datadog traces',
    what: 'these are Datadog spans',
    advice: THROUGH_COLLECTOR,
    matches: (head) => head.hasKeys('trace_id', 'span_id', 'meta') && head.hasAnyKey('resource', 'metrics'),
  },
  {
    name: 'ClickHouse rows',
    what: 'these are rows of the Collector’s ClickHouse table (otel_traces)',
    advice: OVER_OTLP,
    matches: (head) => head.hasKeys('TraceId', 'SpanId', 'SpanName'),
  },
  {
    name: 'Chrome trace',
    what: 'this is a Chrome trace (trace events of a profiler)',
    advice: `open it in Perfetto; ${READABLE}`,
    matches: (head) => head.hasAnyKey('traceEvents') || head.hasKeys('ph', 'ts', 'pid'),
  },
  {
    name: 'HAR',
    what: 'this is a HAR file (requests that a browser recorded)',
    advice: READABLE,
    matches: (head) => head.hasKeys('log.entries'),
  },
  {
    name: 'flat span records',
    what: 'these are flat span records, one object a span, without OTLP’s resourceSpans around them',
    advice: OVER_OTLP,
    mayBeLog: true,
    matches: (head) => (head.hasKeys('trace_id', 'span_id') || head.hasKeys('traceId', 'spanId')) && !isLog(head),
  },
];

/** What a program logs as JSON, with the ids of the span in which it did. */
export const LOG_RECORDS: Refused = {
  name: 'log records',
  what: 'these are log records, which name spans and hold none',
  advice: READABLE,
  mayBeLog: true,
  matches: (head) => isLog(head) && head.hasAnyKey(...TRACE_IDS),
};

/** As loggers and their conventions name it, the Elastic Common Schema's too. */
const TRACE_IDS = ['trace_id', 'traceId', 'traceID', 'trace.id', 'dd.trace_id', 'logging.googleapis.com/trace'];

/** Text that is no JSON, and files that are no text, by how they begin. */
export const OTHER_NEAR_MISSES: readonly Refused[] = [
  text(
    'Collector debug output',
    'this is the output of the Collector’s debug exporter',
    OVER_OTLP,
    /(^|\s)ResourceSpans #\d/,
  ),
  text('.NET console exporter', 'this is the output of .NET’s console exporter', OVER_OTLP, /^Activity\.TraceId:/m),
  text('Java logging exporter', 'this is the output of Java’s logging exporter', OVER_OTLP, /LoggingSpanExporter/),
  text('protobuf text', 'this is OTLP in protobuf’s text format', OVER_OTLP, /^resource_spans\s*:?\s*\{/m),
  markup(
    'HTML',
    'this is an HTML page',
    'perhaps a login page was saved instead of the download',
    /<!doctype html|<html[\s>]/i,
  ),
  markup('SVG', 'this is an SVG picture', READABLE, /<svg[\s>]/),
  // A line of syslog begins with a bracket too, and a number in it.
  markup('XML', 'this is an XML file', OVER_OTLP, /^[\s\ufeff]*<[?!a-z_]/i),
  magic('PDF', 'this is a PDF', '%PDF-'),
  magic('PNG', 'this is a PNG image', '\x89PNG'),
  magic('JPEG', 'this is a JPEG image', '\xff\xd8\xff'),
  magic('GIF', 'this is a GIF image', 'GIF8'),
  magic('WebP', 'this is a WebP image', 'WEBP', 8),
  magic('Parquet', 'this is a Parquet file', 'PAR1'),
  magic('Arrow', 'this is an Arrow file', 'ARROW1'),
  magic('Avro', 'this is an Avro file', 'Obj\x01'),
  magic('SQLite', 'this is an SQLite database', 'SQLite format 3'),
  magic('program', 'this is a program', '\x7fELF'),
  magic('program', 'this is a program', 'MZ'),
  archive('zip archive', 'this is a zip archive', 'PK\x03\x04'),
  archive('tar archive', 'this is a tar archive', 'ustar', 257),
  archive('7z archive', 'this is a 7z archive', '7z\xbc\xaf\x27\x1c'),
  archive('xz', 'this is xz-compressed', '\xfd7zXZ\x00'),
  archive('bzip2', 'this is bzip2-compressed', 'BZh'),
  archive('lz4', 'this is LZ4-compressed', '\x04\x22\x4d\x18'),
  archive('snappy', 'this is Snappy-compressed', 'sNaPpY', 4),
  {
    name: 'zeros',
    what: 'this is a file of zeros, as an empty tar archive is',
    advice: READABLE,
    mayBeLog: true,
    matches: (head) => head.bytes.length > 0 && head.bytes.every((byte) => byte === 0),
  },
  text(
    'JSON value',
    'this is JSON without traces, a single value',
    OVER_OTLP,
    /^\s*(null|true|false|-?\d+(\.\d+)?([eE][-+]?\d+)?|"([^"\\\n]|\\.)*")\s*$/,
  ),
  {
    name: 'CSV',
    what: 'this is a CSV file',
    advice: OVER_OTLP,
    matches: (head) => isText(head) && /^[\w ."-]+([,;\t][\w ."-]*){2,}\r?\n/.test(head.text.slice(head.start)),
  },
  { name: 'text', what: 'this is plain text', advice: OVER_OTLP, mayBeLog: true, matches: isText },
];

function text(name: string, what: string, advice: string, pattern: RegExp): Refused {
  return { name, what, advice, mayBeLog: true, matches: (head) => pattern.test(head.text) };
}

function markup(name: string, what: string, advice: string, pattern: RegExp): Refused {
  return { name, what, advice, matches: (head) => head.bytes[head.start] === 0x3c && pattern.test(head.text) };
}

function magic(name: string, what: string, bytes: string, at = 0): Refused {
  return { name, what, advice: READABLE, matches: (head) => head.startsWith(bytes, at) };
}

function archive(name: string, what: string, bytes: string, at = 0): Refused {
  return { name, what, advice: 'unpack it first', matches: (head) => head.startsWith(bytes, at) };
}

/** Keys that loggers write and no span has. */
export function isLog(head: Head): boolean {
  return head.hasAnyKey('msg', 'message', 'level', 'log.level', 'severity', 'levelname', 'logger', 'logger_name');
}

/** No control characters but those of text, and no more than a few bytes that are not UTF-8. */
function isText(head: Head): boolean {
  const isPrintable = (byte: number): boolean => byte >= 0x20 || TEXT_CONTROLS.includes(byte);
  return head.bytes.length > 0 && head.bytes.every(isPrintable) && head.text.split('\ufffd').length < 8;
}

/** Tab, line feed, form feed, carriage return, escape (of terminal colours). */
const TEXT_CONTROLS = [0x09, 0x0a, 0x0c, 0x0d, 0x1b];
