import { assertNever } from '../../base/assert.ts';
import type { CuttableDecoder, Passed } from '../decoder.ts';
import { lastFieldEnd } from '../pool/lastCut.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { RAN_OUT } from '../ranOut.ts';
import type { Position, SourceReport } from '../sourceReport.ts';
import { ProtobufAttributes } from './protobufAttributes.ts';
import { BEYOND_MESSAGE, ProtobufCursor, ProtobufError, WireType } from './protobufCursor.ts';
import { ProtobufKernel } from './protobufKernel.ts';
import { FIELDS, REQUEST, type Level, type Message, type Unit } from './protobufLevels.ts';
import { ProtobufMetrics } from './protobufMetrics.ts';
import { ProtobufOwners } from './protobufOwners.ts';
import { ProtobufSpan } from './protobufSpan.ts';

/** Bytes that are copied into the buffer at a time. */
const SLICE = 1 << 18;

/**
 * OTLP protobuf. The open messages are a stack of absolute ends that lasts from chunk to chunk; a unit (span, resource,
 * scope) says how long it is, so it is waited for and read once.
 *
 *     request             0a ── length ──┐
 *       resourceSpans     0a ─ resource ─┤  12 ── length ──┐
 *         scopeSpans                     │  0a ─ scope ─┤  12 ─ span ─┤  12 ─ span ─┤
 *
 * Damage inside a unit costs the unit; damage in an outer message costs what is left of it.
 */
export class OtlpProtobufDecoder implements CuttableDecoder {
  readonly format = 'OTLP protobuf';
  readonly lastCut = lastFieldEnd;
  isDone = false;

  readonly #report: SourceReport;
  readonly #cursor: ProtobufCursor;
  readonly #kernel: ProtobufKernel | null;
  readonly #span: ProtobufSpan;
  readonly #owners: ProtobufOwners;
  readonly #levels: Level[] = [];
  /** Bytes before this one (from the beginning of the source) are passed over. */
  #skipTo = 0;
  /** Bytes that must be there before the next step. */
  #needed = 0;
  #stepStart = 0;
  #resource = 0;
  #scope = 0;
  /** What is to come is another message. */
  #isEnding = false;

  constructor(report: SourceReport, kernel: Kernel | null) {
    this.#report = report;
    this.#cursor = new ProtobufCursor(kernel?.input);
    this.#kernel = ProtobufKernel.of(this.#cursor, report, kernel);
    const attributes = new ProtobufAttributes(this.#cursor, report);
    const metrics = new ProtobufMetrics(this.#cursor, report.memory);
    this.#span = new ProtobufSpan(this.#cursor, attributes, metrics, report);
    this.#owners = new ProtobufOwners(this.#cursor, attributes, metrics, report);
  }

  push(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length && !this.isDone; at += SLICE) {
      this.#cursor.append(chunk.subarray(at, at + SLICE));
      if (this.#cursor.end - this.#cursor.pos >= this.#needed) this.#run();
    }
  }

  endMessage(): void {
    if (!this.#end() && this.#skipTo !== Infinity && !this.isDone && !this.#report.sink.isFull) {
      const message = 'The input ends in the middle of a message; what came before was read.';
      this.#report.issue('truncated', 'error', message, this.#position());
    }
    this.#cursor.pos = this.#cursor.end;
    this.#levels.length = 0;
    this.#skipTo = 0;
    this.#needed = 0;
  }

  finish(): void {
    this.endMessage();
    this.#kernel?.flush();
    this.isDone = true;
  }

  get passed(): Passed {
    return { bytes: this.#cursor.offset + this.#cursor.pos, lines: 0, messages: 0 };
  }

  /** Between two fields of a request is as good as between two requests: one is appended to another on the wire. */
  settle(): boolean {
    const isWhole = this.#end();
    this.#kernel?.flush();
    return isWhole;
  }

  /** True where what is here ends where a field of a request does. */
  #end(): boolean {
    this.#isEnding = true;
    this.#run();
    this.#isEnding = false;
    const { offset, pos, end } = this.#cursor;
    return this.#levels.length === 0 && pos >= end && this.#skipTo <= offset + pos;
  }

  skip({ bytes }: Passed): void {
    this.#cursor.offset += bytes;
  }

  #run(): void {
    const cursor = this.#cursor;
    this.#needed = 0;
    for (;;) {
      try {
        while (this.#step());
        break;
      } catch (problem) {
        if (problem === RAN_OUT) {
          cursor.pos = this.#stepStart;
          break;
        }
        if (!(problem instanceof ProtobufError)) throw problem;
        this.#getLost(problem.message);
      }
    }
    const taken = cursor.offset + cursor.pos;
    if (!this.#report.isRecognised && taken > this.#report.limits.sniffBytes) this.isDone = true;
  }

  /** One field; false where the buffer has nothing more. Throws RAN_OUT where a tag or a length is cut off. */
  #step(): boolean {
    const cursor = this.#cursor;
    if (this.isDone || this.#report.sink.isFull) return false;
    const position = cursor.offset + cursor.pos;
    if (this.#skipTo > position) {
      cursor.pos = Math.min(cursor.end, this.#skipTo - cursor.offset);
      return cursor.pos < cursor.end;
    }
    const level = this.#levels.at(-1) ?? REQUEST;
    if (position >= level.end) {
      if (level.message === 'resourceSpans') this.#report.isRecognised = true;
      this.#levels.pop();
      return true;
    }
    if (cursor.pos >= cursor.end) return false;
    if (this.#kernel?.takeSpans(level, this.#resource, this.#scope) === true) return true;
    this.#stepStart = cursor.pos;
    const tag = cursor.varint();
    if (tag >> 3 === 0) throw new ProtobufError('a field has the number 0');
    if ((tag & 7) !== WireType.bytes) {
      cursor.skip(tag, Infinity);
      if (cursor.pos > cursor.end) throw RAN_OUT;
      return true;
    }
    const end = cursor.lengthWithin(level.end - cursor.offset);
    return this.#readField(FIELDS[level.message].get(tag), end);
  }

  #readField(part: Message | Unit | undefined, end: number): boolean {
    const cursor = this.#cursor;
    const { sink } = this.#report;
    switch (part) {
      case undefined:
        this.#skipTo = cursor.offset + end;
        return true;
      case 'request':
      case 'resourceSpans':
        if (this.#kernel?.wantsWhole(end) === true) {
          if (end > cursor.end && !this.#isEnding) return this.#waitFor(end);
          if (this.#kernel.takeResourceSpans(end)) return true;
        }
        this.#resource = sink.span.resource = sink.openResource();
        this.#report.memory.open();
        this.#levels.push({ message: part, length: end - cursor.pos, end: cursor.offset + end });
        return true;
      case 'scopeSpans':
        this.#scope = sink.span.scope = sink.openScope();
        this.#levels.push({ message: part, length: end - cursor.pos, end: cursor.offset + end });
        return true;
      case 'resource':
      case 'scope':
      case 'span':
        return this.#readUnit(part, end);
      default:
        assertNever(part);
    }
  }

  #readUnit(unit: Unit, end: number): boolean {
    const cursor = this.#cursor;
    const { limits, sink } = this.#report;
    if (end - cursor.pos > limits.unitBytes) {
      const message = `A span or resource of more than ${limits.unitBytes} bytes was left out.`;
      this.#report.issue('too-large', 'error', message, this.#position());
      this.#skipTo = cursor.offset + end;
      return true;
    }
    if (end > cursor.end) return this.#waitFor(end);
    this.#kernel?.flush();
    const bufferEnd = cursor.end;
    // What is wrong with a unit may not depend on what stands behind it.
    cursor.end = end;
    try {
      this.#read(unit, end);
      this.#report.endUnit();
      this.#report.isRecognised = true;
    } catch (problem) {
      sink.dropSpan();
      this.#report.dropUnit();
      if (!(problem instanceof ProtobufError) && problem !== RAN_OUT) throw problem;
      const reason = problem instanceof ProtobufError ? problem.message : BEYOND_MESSAGE;
      const message = `A ${unit} is damaged (${reason}) and was left out.`;
      this.#report.issue('bad-protobuf', 'error', message, this.#position());
      cursor.pos = end;
    } finally {
      cursor.end = bufferEnd;
    }
    return true;
  }

  /** The step is taken again when the bytes up to `end` are there. */
  #waitFor(end: number): boolean {
    this.#needed = end - this.#stepStart;
    this.#cursor.pos = this.#stepStart;
    return false;
  }

  #read(unit: Unit, end: number): void {
    switch (unit) {
      case 'span':
        return this.#span.read(end);
      case 'resource':
        return this.#owners.readResource(end, this.#resource);
      case 'scope':
        return this.#owners.readScope(end, this.#scope);
      default:
        assertNever(unit);
    }
  }

  /** What is left of the innermost message cannot be told into fields. */
  #getLost(problem: string): void {
    const level: Level | undefined = this.#levels.at(-1);
    const left = level ? `The rest of its ${level.message}` : 'The rest of the request';
    const message = `The bytes are no OTLP protobuf: ${problem}. ${left} was left out.`;
    this.#report.issue('bad-protobuf', 'error', message, this.#position());
    this.#skipTo = level?.end ?? Infinity;
  }

  #position(): Position {
    return { byte: this.#cursor.offset + this.#cursor.pos };
  }
}
