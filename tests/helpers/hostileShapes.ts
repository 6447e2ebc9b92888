import { joined, text } from './otlpEncodings.ts';

/** Makes about so many bytes that try to cost more than others: long, many, nested, or never ending. */
export type Shape = (bytes: number) => Uint8Array;

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const SPAN = '00000000000000a1';

/** What a span has, by format: where long and many things can stand. */
const IN_A_SPAN: Readonly<Record<string, (members: string) => string>> = {
  OTLP: (members) =>
    `{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"${TRACE}","spanId":"${SPAN}"${members}}]}]}]}`,
  Jaeger: (members) => `{"data":[{"spans":[{"traceID":"1f","spanID":"a1"${members}}]}]}`,
  Zipkin: (members) => `[{"traceId":"1f","id":"a1"${members}}]`,
  Go: (members) => `{"SpanContext":{"TraceID":"${TRACE}","SpanID":"${SPAN}"}${members}}`,
};

/** Members of a span. Each is written into a span of every format, where it means something or is to be passed over. */
const MEMBERS: Readonly<Record<string, (bytes: number) => string>> = {
  'a long text': (bytes) => `,"name":"${'x'.repeat(bytes)}"`,
  'a text of escapes': (bytes) => `,"name":"${many('\\n', bytes)}"`,
  'a long key': (bytes) => `,"${'x'.repeat(bytes)}":1`,
  'an unknown list': (bytes) => `,"u":[${many('{"a":1},', bytes)}1]`,
  'many members': (bytes) => many(',"u":1', bytes),
  'one member again and again': (bytes) => many(',"attributes":[{"key":"a","value":{"stringValue":"b"}}]', bytes),
  'many attributes': (bytes) => `,"attributes":[${many('{"key":"a","value":{"stringValue":"b"}},', bytes)}{}]`,
  'many different attributes': (bytes) =>
    `,"attributes":[${counted((i) => `{"key":"a${i}","value":{"intValue":"${i}"}},`, bytes)}{}]`,
  'a long array': (bytes) =>
    `,"attributes":[{"key":"a","value":{"arrayValue":{"values":[${many('{"stringValue":"b"},', bytes)}{}]}}}]`,
  'a deep array': (bytes) => `,"attributes":[{"key":"a","value":${nested('{"arrayValue":{"values":[', ']}}', bytes)}}]`,
  'a long number': (bytes) => `,"kind":${'1'.repeat(bytes)}`,
  'a long time': (bytes) => `,"startTimeUnixNano":"${'1'.repeat(bytes)}"`,
  'many long numbers': (bytes) => `,"startTime":[${many('12345678901234567890,', bytes)}1]`,
  'long bytes': (bytes) => `,"attributes":[{"key":"a","value":{"bytesValue":"${'A'.repeat(bytes)}"}}]`,
  'many events': (bytes) => `,"events":[${many('{"name":"a"},', bytes)}{}]`,
  'many links': (bytes) => `,"links":[${many('{"spanId":"a"},', bytes)}{}]`,
  'many tags': (bytes) => `,"tags":[${many('{"key":"a","value":"b"},', bytes)}{}]`,
  'many different tags': (bytes) => `,"tags":{${counted((i) => `"${i}":"x",`, bytes)}"z":"1"}`,
  'many logs': (bytes) => `,"logs":[${many('{"timestamp":1,"fields":[]},', bytes)}{}]`,
  'many annotations': (bytes) => `,"annotations":[${many('{"timestamp":1,"value":"a"},', bytes)}{}]`,
};

const DOCUMENTS: Readonly<Record<string, (bytes: number) => string>> = {
  'open brackets': (bytes) => '['.repeat(bytes),
  'open braces': (bytes) => many('{"a":', bytes),
  'open wrappers': (bytes) => many('{"result":', bytes),
  blanks: (bytes) => ' '.repeat(bytes),
  'empty lines': (bytes) => many(' \r\n', bytes),
  quotes: (bytes) => '"'.repeat(bytes),
  zeros: (bytes) => '\0'.repeat(bytes),
  'byte order marks': (bytes) => many('\ufeff', bytes),
  'a text without an end': (bytes) => `{"resourceSpans":[{"x":"${'x'.repeat(bytes)}`,
  'a span without an end': (bytes) => `{"data":[{"spans":[{"x":"${'x'.repeat(bytes)}`,
  'no JSON, no lines': (bytes) => `{x${many('nonsense ', bytes)}`,
  'lines that are no JSON': (bytes) => many('nonsense\n', bytes),
  'documents that break off': (bytes) => many('{"resourceSpans":x\n', bytes),
  'documents that cut one another off': (bytes) => many('{"resourceSpans":[{"a":', bytes),
  'documents that cut off a text': (bytes) => many('{"resourceSpans":[{"a":[{"b', bytes),
  'empty documents': (bytes) => many('{}', bytes),
  'an endless list': (bytes) => `[${many('{},', bytes)}`,
  'a number without an end': (bytes) => `{"resourceSpans":${'1'.repeat(bytes)}`,
  'text with braces': (bytes) => many("it's { here\n", bytes),
  'objects that break off': (bytes) => many(`{"SpanContext": {"TraceID": "${TRACE}"\n`, bytes),
  'spans whose values begin lines': (bytes) => `${many('{"traceId":"1f","id":"a1","x":\n', bytes - 4)}{}\n{`,
  'objects whose values begin lines': (bytes) => `${many('{"SpanContext":\n', bytes - 4)}{}\n{`,
  'spans that break off behind a value that begins a line': (bytes) =>
    many('{"traceId":"1f","id":"a1","x":\n{"traceId":"1f","id":"a1","x":1\n', bytes),
  'objects that break off behind a value that begins a line': (bytes) =>
    many('{"SpanContext":\n{"SpanContext":1\n', bytes),
  'documents of a span': (bytes) => many(`${IN_A_SPAN.OTLP('')}\n`, bytes),
  'resources without spans': (bytes) => `{"resourceSpans":[${many('{"resource":{}},', bytes)}`,
  'one resource again and again': (bytes) => `{"resourceSpans":[{${many('"resource":{},', bytes)}`,
  'scopes without spans': (bytes) => `{"resourceSpans":[{"scopeSpans":[${many('{"scope":{}},', bytes)}`,
  'metrics without a name before': (bytes) =>
    `{"resourceMetrics":[{"scopeMetrics":[{"metrics":[${many('{"gauge":{},"name":"process.memory.usage"},', bytes)}`,
  'points of a metric': (bytes) =>
    `{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"process.memory.usage","gauge":{"dataPoints":[${many('{"asInt":"1","timeUnixNano":"1"},', bytes)}{}]}}]}]}]}`,
  'spans of Jaeger': (bytes) => `{"data":[{"spans":[${many('{"traceID":"1f","spanID":"a1"},', bytes)}`,
  'spans and processes of Jaeger': (bytes) =>
    `{"data":[{"spans":[${counted((i) => `{"traceID":"1f","spanID":"a1","processID":"p${i}"},`, bytes / 2)}{}],` +
    `"processes":{${counted((i) => `"p${i}":{},`, bytes / 2)}"q":{}}}]}`,
  'spans of Zipkin': (bytes) => `[${many('{"traceId":"1f","id":"a1"},', bytes)}`,
  'spans of Node': (bytes) => many(`{ traceId: '${TRACE}', id: '${SPAN}' }\n`, bytes),
};

const MESSAGES: Readonly<Record<string, Shape>> = {
  'one tag': (bytes) => new Uint8Array(bytes).fill(0x0a),
  'empty fields': (bytes) => repeated(Uint8Array.of(0x0a, 0), bytes),
  'numbers without an end': (bytes) => new Uint8Array(bytes).fill(0xff),
  'unknown fields': (bytes) => protobufSpan(repeated(Uint8Array.of(0xf8, 0x07, 1), bytes)),
  'damaged spans': (bytes) => repeated(Uint8Array.of(0x0a, 4, 0x12, 2, 0x12, 9), bytes),
  'spans of nothing': (bytes) => repeated(Uint8Array.of(0x0a, 6, 0x12, 4, 0x12, 2, 0x0a, 0), bytes),
  'messages of a span': (bytes) => repeated(protobufSpan(new Uint8Array()), bytes),
  'a long name': (bytes) => protobufSpan(field(0x2a, new Uint8Array(bytes).fill(0x61))),
  'many events': (bytes) => protobufSpan(repeated(field(0x5a, field(0x12, text('event'))), bytes)),
  'many attributes': (bytes) => protobufSpan(repeated(attribute('k', field(0x0a, text('v'))), bytes)),
  'many different attributes': (bytes) =>
    protobufSpan(joined(Array.from({ length: bytes / 20 }, (_, i) => attribute(`k${i}`, field(0x0a, text('v')))))),
  'a long array': (bytes) =>
    protobufSpan(attribute('k', field(0x2a, repeated(field(0x0a, field(0x0a, text('v'))), bytes)))),
  'a deep array': (bytes) => {
    // From the inside out: each is the tag and the length of what it is around.
    const around: Uint8Array[] = [];
    for (let size = 0; size < bytes; size += around[around.length - 1].length) {
      around.push(header(around.length % 2 === 0 ? 0x0a : 0x2a, size));
    }
    return protobufSpan(attribute('k', joined(around.toReversed())));
  },
};

/** All of them, by what they are. */
export const HOSTILE_SHAPES: ReadonlyMap<string, Shape> = new Map([
  ...Object.entries(IN_A_SPAN).flatMap(([format, inASpan]) =>
    Object.entries(MEMBERS).map(
      ([name, members]) =>
        [`${name} in a span of ${format}`, (bytes: number) => text(inASpan(members(bytes)))] as const,
    ),
  ),
  ...Object.entries(DOCUMENTS).map(([name, document]) => [name, (bytes: number) => text(document(bytes))] as const),
  ...Object.entries(MESSAGES).map(([name, message]) => [`${name}, protobuf`, message] as const),
]);

function many(piece: string, bytes: number): string {
  return piece.repeat(Math.ceil(bytes / piece.length));
}

function counted(piece: (i: number) => string, bytes: number): string {
  return Array.from({ length: Math.ceil(bytes / piece(100).length) }, (_, i) => piece(i)).join('');
}

function nested(open: string, close: string, bytes: number): string {
  const times = Math.ceil(bytes / (open.length + close.length));
  return open.repeat(times) + close.repeat(times);
}

function repeated(piece: Uint8Array, bytes: number): Uint8Array {
  return joined(Array.from({ length: Math.ceil(bytes / piece.length) }, () => piece));
}

function attribute(key: string, value: Uint8Array): Uint8Array {
  return field(0x4a, joined([field(0x0a, text(key)), field(0x12, value)]));
}

function protobufSpan(fields: Uint8Array): Uint8Array {
  const ids = [Uint8Array.of(0x0a, 16), new Uint8Array(16).fill(1), Uint8Array.of(0x12, 8), new Uint8Array(8).fill(1)];
  return field(0x0a, field(0x12, field(0x12, joined([...ids, fields]))));
}

/** A length-delimited field. */
function field(tag: number, content: Uint8Array): Uint8Array {
  return joined([header(tag, content.length), content]);
}

/** What stands before the content of such a field. */
function header(tag: number, length: number): Uint8Array {
  const bytes: number[] = [tag];
  let rest = length;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  return Uint8Array.of(...bytes, rest);
}
