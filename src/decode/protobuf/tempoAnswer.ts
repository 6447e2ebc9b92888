import type { Decoder } from '../decoder.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { MOST_SERVER_WORDS } from '../serverWords.ts';
import type { Position, SourceReport } from '../sourceReport.ts';
import { OtlpProtobufDecoder } from './otlpProtobuf.ts';
import { tagOf, WireType } from './protobufCursor.ts';

/** Of TraceByIDResponse (Tempo, pkg/tempopb/tempo.proto). */
const TRACE = tagOf(1, WireType.bytes);
const STATUS = tagOf(3, WireType.varint);
const MESSAGE = tagOf(4, WireType.bytes);
/** Of PartialStatus. */
const PARTIAL = 1;

/** A number has ten bytes at most. */
const LARGEST_SCALE = 128 ** 10;
const decoder = new TextDecoder();

/**
 * Tempo's answer to GET /api/v2/traces/{id} as protobuf: what is in its trace goes to the decoder of OTLP.
 *
 *     0a bc 04   0a 95 02 …    12 03 08 b9 60    18 01            22 09 "too large"
 *     trace      TracesData    metrics           status PARTIAL   message
 */
export class TempoAnswerDecoder implements Decoder {
  readonly format = 'OTLP protobuf';

  readonly #report: SourceReport;
  readonly #trace: OtlpProtobufDecoder;
  /** Bytes of the source that were taken. */
  #byte = 0;
  /** The field that is being read, and what is to come of its content; no tag is 0. */
  #tag = 0;
  #left = 0;
  /** A tag, length or number, as far as it has come, and what its next bits are worth. */
  #number = 0;
  #scale = 1;
  #partialAt: Position | null = null;
  #message: number[] = [];

  constructor(report: SourceReport, kernel: Kernel | null) {
    this.#report = report;
    this.#trace = new OtlpProtobufDecoder(report, kernel);
  }

  get isDone(): boolean {
    return this.#trace.isDone;
  }

  push(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length;) {
      const part = chunk.subarray(at, at + Math.max(1, this.#left));
      at += part.length;
      this.#byte += part.length;
      if (this.#left === 0) this.#readNumber(part[0]);
      else this.#readContent(part);
    }
  }

  endMessage(): void {
    const isCut = this.#tag !== 0 || this.#scale > 1;
    // What ends in the middle of something is told by the decoder of the trace.
    if (this.#trace.settle() && isCut && this.#left !== Infinity && !this.isDone && !this.#report.sink.isFull) {
      const message = 'The input ends in the middle of a message; what came before was read.';
      this.#report.issue('truncated', 'error', message, { byte: this.#byte });
    }
    this.#trace.endMessage();
    if (this.#partialAt !== null) {
      this.#report.partialAnswer(decoder.decode(Uint8Array.from(this.#message)), this.#partialAt);
    }
    this.#tag = 0;
    this.#number = 0;
    this.#scale = 1;
    this.#left = 0;
    this.#partialAt = null;
    this.#message = [];
  }

  finish(): void {
    this.endMessage();
    this.#trace.finish();
  }

  /** One byte of a tag, or of the number or length behind it. */
  #readNumber(byte: number): void {
    this.#number += (byte & 0x7f) * this.#scale;
    this.#scale *= 128;
    if (this.#scale > LARGEST_SCALE) return this.#getLost();
    if (byte >= 0x80) return;
    const number = this.#number;
    this.#number = 0;
    this.#scale = 1;
    if (this.#tag === 0) this.#startField(number);
    else if ((this.#tag & 7) === WireType.varint) {
      if (this.#tag === STATUS && number === PARTIAL) this.#partialAt = { byte: this.#byte - 2 };
      this.#tag = 0;
    } else this.#startContent(number);
  }

  #startField(tag: number): void {
    this.#tag = tag;
    const wireType = tag & 7;
    if (tag < 8) this.#getLost();
    else if (wireType === WireType.fixed64) this.#startContent(8);
    else if (wireType === WireType.fixed32) this.#startContent(4);
    else if (wireType !== WireType.varint && wireType !== WireType.bytes) this.#getLost();
  }

  #startContent(length: number): void {
    this.#left = length;
    const trace = this.#trace;
    if (length === 0) this.#tag = 0;
    else if (this.#tag === TRACE) trace.skip({ bytes: this.#byte - trace.passed.bytes, lines: 0, messages: 0 });
  }

  #readContent(part: Uint8Array): void {
    this.#left -= part.length;
    if (this.#tag === TRACE) this.#trace.push(part);
    else if (this.#tag === MESSAGE) this.#message.push(...part.subarray(0, MOST_SERVER_WORDS - this.#message.length));
    if (this.#left > 0) return;
    if (this.#tag === TRACE) this.#trace.endMessage();
    this.#tag = 0;
  }

  /** The rest cannot be told into fields. */
  #getLost(): void {
    const message = 'What stands behind the trace is no protobuf, and was left out.';
    this.#report.issue('bad-protobuf', 'error', message, { byte: this.#byte });
    this.#tag = 0;
    this.#left = Infinity;
  }
}
