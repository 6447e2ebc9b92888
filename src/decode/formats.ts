import type { Decoder } from './decoder.ts';
import { OtlpJsonDecoder } from './json/otlpJson.ts';
import { OtlpProtobufDecoder } from './protobuf/otlpProtobuf.ts';
import { looksLikeOtlpProtobuf } from './protobuf/sniff.ts';
import type { SourceReport } from './sourceReport.ts';

/** A format of traces that is read. To add one: a file with its Decoder, and a line in the list. */
export interface Format {
  /** By the bytes alone; `head` is at most HEAD_BYTES of them. */
  matches(head: Uint8Array): boolean;
  open(report: SourceReport): Decoder;
}

/** In detection order. */
export const FORMATS: readonly Format[] = [
  { matches: looksLikeJson, open: (report) => new OtlpJsonDecoder(report) },
  { matches: looksLikeOtlpProtobuf, open: (report) => new OtlpProtobufDecoder(report) },
];

function looksLikeJson(head: Uint8Array): boolean {
  let p = 0;
  while (p < head.length && [0x20, 0x0a, 0x0d, 0x09, 0xef, 0xbb, 0xbf].includes(head[p])) p++;
  return p === head.length || head[p] === 0x7b || head[p] === 0x5b;
}
