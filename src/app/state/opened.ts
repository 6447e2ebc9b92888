import type { PathView, RequestPath } from '../../analyse/model.ts';
import type { NamedText, OpenedDataset, Progress } from '../../protocol.ts';
import type { DatasetWorker } from '../worker/datasetWorker.ts';

/** What the page shows: traces held by a worker, or a diagram read back from an SVG, which has no traces behind it. */
export type Opened = OpenedTraces | OpenedDiagram;

export interface OpenedTraces {
  readonly type: 'traces';
  /** The file's name; `3 files` where there are several. */
  readonly label: string;
  readonly isDemo: boolean;
  readonly paths: readonly RequestPath[];
  readonly dataset: OpenedDataset;
  /** As it was dropped. */
  readonly config: NamedText | null;
  readonly worker: DatasetWorker;
}

export interface OpenedDiagram {
  readonly type: 'diagram';
  readonly label: string;
  /** The one path of the diagram. */
  readonly paths: readonly RequestPath[];
  /** At the percentile that the SVG showed. */
  readonly view: PathView;
}

/** Files on their way in. */
export interface Opening {
  readonly label: string;
  readonly worker: DatasetWorker;
  /** On the clock of `performance.now()`. */
  readonly startedAtMs: number;
  readonly progress: Progress | null;
  /** Bytes on disk per second so far; null until it can be told. */
  readonly bytesPerSecond: number | null;
}

/** Something went wrong; what was open is still open. */
export interface Failure {
  readonly title: string;
  /** May have several lines, one a source. */
  readonly message: string;
}

/** The same traces, though they may be judged anew. */
export function isSameDataset(one: Opened | null, other: Opened | null): boolean {
  return one?.type === 'traces' && other?.type === 'traces' && one.worker === other.worker;
}
