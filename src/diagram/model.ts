import type { PathView, RequestPath } from '../analyse/model.ts';
import type { Layer } from '../config/layers.ts';
import type { PercentileKey } from '../config/percentiles.ts';
import type { ThemeName } from '../config/theme.ts';

/** An exemplar without its dataset: trace numbers and ids mean nothing outside of it. */
export interface PackedView extends Omit<PathView, 'exemplar'> {
  readonly exemplar: {
    readonly totalMs: number;
    readonly stretches: readonly (readonly [account: number, endMs: number])[];
  } | null;
}

export interface PackedPath extends Omit<RequestPath, 'at' | 'histogram'> {
  readonly at: Readonly<Record<PercentileKey, PackedView>>;
}

export interface Model {
  readonly hopline: 1;
  readonly options: { readonly width: number; readonly theme: ThemeName; readonly openLayers: readonly Layer[] };
  readonly path: PackedPath;
  readonly view: PercentileKey | PackedView;
}

export function packView({ exemplar: shown, ...rest }: PathView): PackedView {
  return {
    ...rest,
    exemplar: shown && {
      totalMs: shown.totalMs,
      stretches: shown.segments.map(({ hop, boundary, endMs }) => [hop ?? -1 - (boundary ?? 0), endMs] as const),
    },
  };
}

export function unpackView({ exemplar: packed, ...rest }: PackedView): PathView {
  if (packed === null) return { ...rest, exemplar: null };
  const segments = packed.stretches.map(([account, endMs], at) => ({
    hop: account >= 0 ? account : null,
    boundary: account >= 0 ? null : -1 - account,
    startMs: packed.stretches[at - 1]?.[1] ?? 0,
    endMs,
  }));
  return { ...rest, exemplar: { trace: null, traceId: null, totalMs: packed.totalMs, segments } };
}

export function packPath({ histogram: _, at, ...rest }: RequestPath): PackedPath {
  return { ...rest, at: { p50: packView(at.p50), p95: packView(at.p95), p99: packView(at.p99) } };
}

export function unpackPath({ at, ...rest }: PackedPath): RequestPath {
  return {
    ...rest,
    at: { p50: unpackView(at.p50), p95: unpackView(at.p95), p99: unpackView(at.p99) },
    histogram: null,
  };
}

/** What a schema cannot say: lists that belong together are as long as one another, indexes and names lead somewhere. */
export function contradictionIn({ path: checked, view: shown }: Model): string | null {
  const ids = new Set(checked.hops.map(({ id }) => id));
  if (ids.size < checked.hops.length) return 'two hops have the same name';
  if (checked.boundaries.some(({ from, to }) => !ids.has(from) || !ids.has(to))) return 'a boundary leads to no hop';
  const views = [checked.at.p50, checked.at.p95, checked.at.p99, ...(typeof shown === 'string' ? [] : [shown])];
  for (const { hops, boundaries, exemplar: trace, finding, totalMs } of views) {
    if (hops.length !== checked.hops.length || boundaries.length !== checked.boundaries.length)
      return 'an estimate is missing';
    if (finding.hop !== null && finding.hop >= hops.length) return 'the finding names no hop';
    const sum = [...hops, ...boundaries].reduce((total, { shareMs }) => total + shareMs, 0);
    if (Math.abs(sum - totalMs) > 1e-6 * Math.max(1, totalMs)) return 'its shares do not add up to its total';
    let before = 0;
    for (const [account, endMs] of trace?.stretches ?? []) {
      const isKnown = account >= 0 ? account < hops.length : -1 - account < boundaries.length;
      if (!isKnown || endMs < before || endMs > (trace?.totalMs ?? 0) * (1 + 1e-6))
        return 'its exemplar is not in order';
      before = endMs;
    }
  }
  return null;
}
