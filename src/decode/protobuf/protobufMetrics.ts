import { memoryGauge } from '../../config/memoryGauges.ts';
import type { MemoryPeaks, LevelPoint } from '../memoryPeaks.ts';
import { tagOf, WireType, type ProtobufCursor } from './protobufCursor.ts';

/** Metric (metrics.proto). */
const NAME = tagOf(1, WireType.bytes);
const UNIT = tagOf(3, WireType.bytes);
const GAUGE = tagOf(5, WireType.bytes);
const SUM = tagOf(7, WireType.bytes);
/** Gauge, and Sum. */
const POINTS = tagOf(1, WireType.bytes);
const TEMPORALITY = tagOf(2, WireType.varint);
const MONOTONIC = tagOf(3, WireType.varint);
const DELTA = 1;
/** NumberDataPoint. */
const TIME = tagOf(3, WireType.fixed64);
const DOUBLE = tagOf(4, WireType.fixed64);
const INTEGER = tagOf(6, WireType.fixed64);
const POINT_ATTRIBUTES = tagOf(7, WireType.bytes);
/** Resource, KeyValue, AnyValue. */
const RESOURCE_ATTRIBUTES = tagOf(1, WireType.bytes);
const KEY = tagOf(1, WireType.bytes);
const VALUE = tagOf(2, WireType.bytes);
const STRING = tagOf(1, WireType.bytes);

const decoder = new TextDecoder();

/** The few metrics of OTLP protobuf that are read (config/memoryGauges.ts). Each lies whole between the cursor and `end`. */
export class ProtobufMetrics {
  readonly #cursor: ProtobufCursor;
  readonly #peaks: MemoryPeaks;

  constructor(cursor: ProtobufCursor, peaks: MemoryPeaks) {
    this.#cursor = cursor;
    this.#peaks = peaks;
  }

  /** Whose metrics follow, if metrics follow. Moves nothing. */
  lookAtResource(end: number): void {
    const { pos } = this.#cursor;
    const attributes = new Map<string, string>();
    this.#fields(end, (tag) => {
      if (tag !== RESOURCE_ATTRIBUTES) return false;
      this.#addAttribute(attributes, this.#cursor.lengthWithin(end));
      return true;
    });
    this.#peaks.setResource(attributes);
    this.#cursor.pos = pos;
  }

  /** False where it says nothing about memory. */
  readMetric(end: number): boolean {
    let name = '';
    let unit = '';
    const points: LevelPoint[] = [];
    this.#fields(end, (tag) => {
      if (tag === NAME) name = this.#text(end);
      else if (tag === UNIT) unit = this.#text(end);
      else if ((tag === GAUGE || tag === SUM) && memoryGauge(name) !== null) {
        points.push(...this.#levels(this.#cursor.lengthWithin(end)));
      } else return false;
      return true;
    });
    return this.#peaks.add({ name, unit, points });
  }

  /** None where it is a counter of what was ever allocated, or of what came since the last time. */
  #levels(end: number): LevelPoint[] {
    const points: LevelPoint[] = [];
    let isLevel = true;
    this.#fields(end, (tag) => {
      if (tag === POINTS) points.push(this.#point(this.#cursor.lengthWithin(end)));
      else if (tag === TEMPORALITY) isLevel &&= this.#cursor.varint() !== DELTA;
      else if (tag === MONOTONIC) isLevel &&= this.#cursor.varint() === 0;
      else return false;
      return true;
    });
    return isLevel ? points : [];
  }

  #point(end: number): LevelPoint {
    const cursor = this.#cursor;
    const attributes = new Map<string, string>();
    let time = '';
    let value = Number.NaN;
    this.#fields(end, (tag) => {
      if (tag === DOUBLE) value = cursor.double();
      else if (tag === TIME || tag === INTEGER) {
        cursor.fixed64();
        if (tag === TIME) time = `${cursor.high} ${cursor.low}`;
        else value = (cursor.high | 0) * 2 ** 32 + cursor.low;
      } else if (tag === POINT_ATTRIBUTES) this.#addAttribute(attributes, cursor.lengthWithin(end));
      else return false;
      return true;
    });
    return { time, value, attributes };
  }

  /** Values that are no text count as empty. */
  #addAttribute(attributes: Map<string, string>, end: number): void {
    let key = '';
    let text = '';
    this.#fields(end, (tag) => {
      if (tag === KEY) key = this.#text(end);
      else if (tag === VALUE) {
        const valueEnd = this.#cursor.lengthWithin(end);
        this.#fields(valueEnd, (inner) => {
          if (inner === STRING) text = this.#text(valueEnd);
          return inner === STRING;
        });
      } else return false;
      return true;
    });
    attributes.set(key, text);
  }

  #text(limit: number): string {
    const cursor = this.#cursor;
    const end = cursor.lengthWithin(limit);
    const text = decoder.decode(cursor.bytes.subarray(cursor.pos, end));
    cursor.pos = end;
    return text;
  }

  /** `read` is asked for every field, the cursor behind its tag; it answers whether it read it. */
  #fields(end: number, read: (tag: number) => boolean): void {
    const cursor = this.#cursor;
    while (cursor.pos < end) {
      const tag = cursor.varint();
      if (!read(tag)) cursor.skip(tag, end);
    }
    cursor.expectEnd(end);
  }
}
