import { gzipSync } from 'node:zlib';
import { TracesData } from '../bench/otlpProto.ts';
import type { Request } from './otlpReference.ts';

const encoder = new TextEncoder();
/** Field 2 of Tempo's answer: inspectedBytes. */
const TEMPO_METRICS = Uint8Array.of(0x12, 0x03, 0x08, 0xb9, 0x60);

/** One way to write requests into a file. */
export interface Encoding {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The same requests in every encoding and framing that is read (design: formats, sections 2 and 3). */
export function encodings(requests: readonly Request[]): Encoding[] {
  const whole = merged(requests);
  const lines = requests.map((request) => JSON.stringify(request));
  const jsonl = text(lines.join('\n') + '\n');
  const bare = toProtobuf(whole);
  const framed = toRecords(requests.map(toProtobuf));
  return [
    { name: 'one JSON document', bytes: text(JSON.stringify(whole)) },
    { name: 'one JSON document, indented', bytes: text(JSON.stringify(whole, null, 2)) },
    { name: 'JSON Lines', bytes: jsonl },
    {
      name: 'JSON Lines with a byte order mark, blank lines and CRLF',
      bytes: text(`\ufeff\r\n \n${lines.join('\r\n\r\n')}`),
    },
    { name: 'indented documents in a row', bytes: text(requests.map((r) => JSON.stringify(r, null, '\t')).join('')) },
    { name: 'a list of requests', bytes: text(JSON.stringify(requests)) },
    {
      name: 'an answer of Jaeger’s api_v3',
      bytes: text(requests.map((r) => JSON.stringify({ result: r })).join('\n')),
    },
    {
      name: 'an answer of Tempo’s API, v2',
      bytes: text(JSON.stringify({ trace: whole, metrics: { inspectedBytes: '1' } })),
    },
    { name: 'an answer of Tempo’s API, v1', bytes: text(tempoJson(whole)) },
    { name: 'an answer of Tempo’s API, v2, as protobuf', bytes: joined([toTempoAnswer(whole), TEMPO_METRICS]) },
    { name: 'JSON with names of protobuf and of old', bytes: text(oldNames(whole)) },
    { name: 'bare protobuf', bytes: bare },
    { name: 'protobuf records', bytes: framed },
    { name: 'protobuf delimited by varints', bytes: toDelimited(requests.map(toProtobuf)) },
    { name: 'JSON records', bytes: toRecords(lines.map(text)) },
    { name: 'JSON Lines, gzip', bytes: gzipSync(jsonl) },
    { name: 'JSON Lines, gzip of two members', bytes: joined(lines.map((line) => gzipSync(text(line + '\n')))) },
    { name: 'bare protobuf, gzip in gzip', bytes: gzipSync(gzipSync(bare)) },
    { name: 'JSON Lines, zstd', bytes: toZstd(jsonl) },
    { name: 'JSON Lines, zstd of a frame a line', bytes: joined(lines.map((line) => toZstd(text(line + '\n')))) },
    { name: 'protobuf records, zstd', bytes: toZstd(framed) },
    { name: 'JSON records, zstd', bytes: toZstd(toRecords(lines.map(text))) },
    { name: 'JSON in zstd blocks', bytes: toRecords(lines.map((line) => toZstd(text(line)))) },
    { name: 'protobuf in zstd blocks', bytes: toRecords(requests.map((request) => toZstd(toProtobuf(request)))) },
    { name: 'protobuf in zstd blocks, gzip', bytes: gzipSync(toRecords(requests.map((r) => toZstd(toProtobuf(r))))) },
  ];
}

export function toProtobuf(request: Request): Uint8Array {
  return TracesData.encode(TracesData.fromObject(withBase64Ids(request))).finish();
}

/** Tempo's TraceByIDResponse: the trace is its field 1. */
export function toTempoAnswer(request: Request): Uint8Array {
  return joined([Uint8Array.of((1 << 3) | 2), toDelimited([toProtobuf(request)])]);
}

/** Each behind its length as a varint. */
export function toDelimited(messages: readonly Uint8Array[]): Uint8Array {
  return joined(messages.flatMap((message) => [varint(message.length), message]));
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
  return Uint8Array.of(...bytes, rest);
}

/** Four bytes of length, big-endian, before each. */
export function toRecords(messages: readonly Uint8Array[]): Uint8Array {
  const prefix = (length: number) => Uint8Array.of(length >>> 24, length >>> 16, length >>> 8, length);
  return joined(messages.flatMap((message) => [prefix(message.length), message]));
}

/** A zstd frame of uncompressed blocks (RFC 8878, 3.1.1): a valid file that needs no compressor. */
export function toZstd(content: Uint8Array, checksum?: number): Uint8Array {
  const descriptor = checksum === undefined ? 0xa0 : 0xa4;
  const pieces: Uint8Array[] = [Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, descriptor, ...littleEndian(content.length, 4))];
  for (let at = 0; at === 0 || at < content.length; at += 100_000) {
    const block = content.subarray(at, at + 100_000);
    const isLast = at + 100_000 >= content.length;
    pieces.push(Uint8Array.of(...littleEndian(block.length * 8 + (isLast ? 1 : 0), 3)), block);
  }
  if (checksum !== undefined) pieces.push(Uint8Array.of(...littleEndian(checksum, 4)));
  return joined(pieces);
}

export function joined(pieces: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(pieces));
}

export function text(content: string): Uint8Array {
  return encoder.encode(content);
}

function merged(requests: readonly Request[]): Request {
  return { resourceSpans: requests.flatMap((request) => request.resourceSpans ?? []) };
}

function littleEndian(value: number, length: number): number[] {
  return Array.from({ length }, (_, i) => Math.floor(value / 256 ** i) & 0xff);
}

/** jsonpb: base64 ids, enums by name. */
function tempoJson(request: Request): string {
  const kinds = ['UNSPECIFIED', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'];
  const { resourceSpans } = withBase64Ids(request);
  return JSON.stringify({ batches: resourceSpans }, (key, value) => {
    if (key === 'kind') return `SPAN_KIND_${kinds[value]}`;
    if (key === 'code') return `STATUS_CODE_${['UNSET', 'OK', 'ERROR'][value]}`;
    return value;
  });
}

/** snake_case keys, instrumentation libraries, times and whole numbers as numbers, ids in capitals. */
function oldNames(request: Request): string {
  const json = JSON.stringify(request, (key, value) =>
    /^(traceId|spanId|parentSpanId)$/.test(key) ? value.toUpperCase() : value,
  );
  return json
    .replaceAll('"scopeSpans":', '"instrumentationLibrarySpans":')
    .replaceAll('"scope":', '"instrumentationLibrary":')
    .replaceAll(
      /"([a-z]+[A-Z][A-Za-z]*)":/g,
      (_, key: string) => `"${key.replaceAll(/[A-Z]/g, (c) => `_${c.toLowerCase()}`)}":`,
    )
    .replaceAll(/"([a-z_]*time_unix_nano|int_value)":"(-?\d+)"/g, '"$1":$2');
}

function withBase64Ids(request: Request): { resourceSpans: unknown } {
  return JSON.parse(JSON.stringify(request), (key, value) =>
    /^(traceId|spanId|parentSpanId)$/.test(key) ? Buffer.from(value, 'hex').toString('base64') : value,
  );
}
