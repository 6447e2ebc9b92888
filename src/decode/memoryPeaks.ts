import { MEMORY_UNITS, memoryGauge, OWNER_KEYS, peakKey, POD_KEYS } from '../config/memoryGauges.ts';
import type { SpanSink } from '../store/spanSink.ts';

/** A metric of OTLP (metrics.proto): a gauge, or a sum that goes up and down. */
export interface Levels {
  readonly name: string;
  readonly unit: string;
  readonly points: readonly LevelPoint[];
}

export interface LevelPoint {
  /** Nanoseconds since 1970, as text: only whether two are the same matters. */
  readonly time: string;
  readonly value: number;
  readonly attributes: Texts;
}

/** Attributes whose values are text. */
export type Texts = ReadonlyMap<string, string>;

/** The most that one pod used by one gauge. */
export interface PodPeak {
  /** Of its resource, what says whose it is and which it is. */
  readonly pod: readonly (readonly [key: string, text: string])[];
  /** Of config/memoryGauges.ts. */
  readonly gauge: string;
  readonly bytes: number;
}

type Pod = PodPeak['pod'];

/** Pods and gauges that are kept: a file may claim any number. */
const MOST_PEAKS = 100_000;

/**
 * The highest memory of each pod, over a whole source. At its end every pod becomes a resource without spans, which
 * says whose it is and what its peak was, so that peaks go wherever resources go:
 *
 *     resource  service.name cart, k8s.pod.name cart-7f
 *     metric    jvm.memory.used   at 1: eden 10, old 30     at 2: eden 25, old 31
 *     becomes   service.name cart, k8s.pod.name cart-7f, max(jvm.memory.used) 56
 */
export class MemoryPeaks {
  /** Stays set when they are written. */
  hasAny = false;

  readonly #peaks = new Map<string, PodPeak>();
  /** Null until the open resource is known: its metrics may stand before it. */
  #pod: Pod | null = null;
  #waiting: Omit<PodPeak, 'pod'>[] = [];
  #passedOver = 0;

  /** Of the source, or of a part of it. */
  get list(): readonly PodPeak[] {
    return [...this.#peaks.values()];
  }

  /** Memory that was read and is not kept. */
  get passedOver(): number {
    return this.#passedOver + this.#waiting.length;
  }

  /** What follows is measured on another resource. */
  open(): void {
    this.#passedOver = this.passedOver;
    this.#pod = null;
    this.#waiting = [];
  }

  /** The attributes of the resource that is open. */
  setResource(attributes: Texts): void {
    const keys = [...OWNER_KEYS, POD_KEYS.find((key) => attributes.has(key)) ?? POD_KEYS[0]];
    const pod = keys.map((key) => [key, attributes.get(key) ?? ''] as const).filter(([, text]) => text !== '');
    this.#pod = pod;
    for (const waiting of this.#waiting) this.keep({ pod, ...waiting });
    this.#waiting = [];
  }

  /** A metric of the resource that is open; false where it does not say how much memory is used. */
  add({ name, unit, points }: Levels): boolean {
    const gauge = memoryGauge(name);
    if (gauge === null || !Object.hasOwn(MEMORY_UNITS, unit)) return false;
    const { only } = gauge;
    const byTime = new Map<string, number>();
    for (const { time, value, attributes } of points) {
      const isWanted = only === undefined || (attributes.get(only.key) ?? only.value) === only.value;
      if (isWanted && value >= 0) byTime.set(time, (byTime.get(time) ?? 0) + value);
    }
    let level = Number.NEGATIVE_INFINITY;
    for (const value of byTime.values()) level = Math.max(level, value);
    if (!Number.isFinite(level)) return false;
    const peak = { gauge: gauge.name, bytes: level * MEMORY_UNITS[unit] };
    if (this.#pod === null) this.#waiting.push(peak);
    else this.keep({ pod: this.#pod, ...peak });
    return true;
  }

  /** Memory of nobody in particular (a host's processes, say) has no hop to be shown on, and is not kept. */
  keep(peak: PodPeak): void {
    const key = JSON.stringify([peak.gauge, peak.pod]);
    const known = this.#peaks.get(key);
    const isOfService = peak.pod.some(([name]) => name === 'service.name');
    if (!isOfService || (known === undefined && this.#peaks.size >= MOST_PEAKS)) {
      this.#passedOver++;
      return;
    }
    this.hasAny = true;
    if (known === undefined || peak.bytes > known.bytes) this.#peaks.set(key, peak);
  }

  /** The source is at its end. */
  writeTo(sink: SpanSink): void {
    const { attributes: writer, strings } = sink;
    for (const { pod, gauge, bytes } of this.#peaks.values()) {
      writer.begin();
      for (const [key, text] of pod) writer.addString(strings.intern(key), strings.intern(text));
      writer.addDouble(strings.intern(peakKey(gauge)), bytes);
      sink.fillResource(sink.openResource());
    }
    this.#peaks.clear();
  }
}
