import type { Diff } from './analyse/diff/model.ts';
import type { Issue } from './base/issues.ts';
import type { Fraction } from './base/units.ts';
import type { ThemeName } from './config/theme.ts';
import type { BudgetEdit } from './config/withBudgets.ts';
import type { ExportFormat } from './export/exportTraces.ts';
import type { FoundTrace } from './export/findTraces.ts';
import type { DatasetSummary, PathView, RequestPath, TraceDetail, TraceOrder, TraceRow } from './analyse/model.ts';

/**
 * The worker's messages; types only. A worker holds one dataset: opening another one starts another worker, and ending
 * the worker is how an opening is cancelled, at once and whatever it is busy with, while what was open stays open.
 * What it is compared with lies beside it in the same worker, and a message ends the reading of that.
 * The page asks with a request number and the answer carries it back. Spans never cross: only what is shown does.
 */

/** What the open dataset is held against: other files, or two stretches of itself, written as for `hopline diff`. */
export type Against =
  | { readonly type: 'files'; readonly files: readonly File[] }
  | { readonly type: 'stretches'; readonly before: string; readonly after: string };

/** Traces that are written out again; a path and a trace by their indexes. */
export type Exported =
  | { readonly type: 'dataset' }
  | { readonly type: 'path'; readonly path: number }
  | { readonly type: 'trace'; readonly trace: number };

export interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** What a dataset is analysed with: the config as it was dropped, and over it what was set on the page. */
export interface Rules {
  readonly config: NamedText | null;
  readonly edits: readonly BudgetEdit[];
}

export type ToWorker =
  | {
      readonly type: 'open';
      readonly request: number;
      readonly files: readonly File[];
      readonly rules: Rules;
    }
  /** Analyses the open dataset again. */
  | { readonly type: 'configure'; readonly request: number; readonly rules: Rules }
  | { readonly type: 'view'; readonly request: number; readonly path: number; readonly percentile: Fraction }
  | {
      readonly type: 'traces';
      readonly request: number;
      readonly path: number;
      readonly order: TraceOrder;
      readonly limit: number;
    }
  | { readonly type: 'trace'; readonly request: number; readonly trace: number }
  /** The traces whose id is this, or begins so. */
  | { readonly type: 'find'; readonly request: number; readonly id: string }
  | { readonly type: 'export'; readonly request: number; readonly what: Exported; readonly format: ExportFormat }
  /** Reads what comes after beside the open dataset, under the same config. */
  | { readonly type: 'compare'; readonly request: number; readonly against: Against; readonly percentile: Fraction }
  /** A comparison that is there, by its id, at another percentile. */
  | { readonly type: 'compareAt'; readonly request: number; readonly id: number; readonly percentile: Fraction }
  /** Stops reading what comes after, and forgets every comparison but the one that is still shown. Has no answer. */
  | { readonly type: 'stopComparing'; readonly request: number; readonly shown: number | null };

export type FromWorker =
  | { readonly type: 'progress'; readonly request: number; readonly progress: Progress }
  | { readonly type: 'opened'; readonly request: number; readonly dataset: OpenedDataset }
  /** Why, for a person: one clear sentence, or one a line for each source. */
  | { readonly type: 'failed'; readonly request: number; readonly message: string }
  | { readonly type: 'view'; readonly request: number; readonly path: number; readonly view: PathView }
  | { readonly type: 'traces'; readonly request: number; readonly path: number; readonly traces: readonly TraceRow[] }
  | { readonly type: 'trace'; readonly request: number; readonly trace: TraceDetail }
  | { readonly type: 'found'; readonly request: number; readonly traces: readonly FoundTrace[] }
  | { readonly type: 'exported'; readonly request: number; readonly file: Blob }
  | { readonly type: 'compared'; readonly request: number; readonly comparison: Comparison };

export interface Progress {
  /** Bytes of the files as they lie on disk. */
  readonly bytesRead: number;
  readonly bytesTotal: number;
  readonly spans: number;
  /** The file being read. */
  readonly source: string;
  readonly stage: 'reading' | 'analysing';
}

export interface OpenedDataset {
  readonly sources: readonly {
    readonly name: string;
    readonly bytes: number;
    readonly spans: number;
    readonly format: string;
  }[];
  readonly summary: DatasetSummary;
  /** Most requests first. */
  readonly paths: readonly RequestPath[];
  readonly issues: readonly Issue[];
  /** What the config names and the listed paths do not have, a sentence each: `hopline.yaml:3:5: no hop …`. */
  readonly unmatched: readonly string[];
  /** The config's. */
  readonly theme: ThemeName;
}

export interface Comparison {
  /** The number of the request that asked for it first: the one before may be shown still, where this one is given up. */
  readonly id: number;
  readonly diff: Diff;
  /** What was wrong with the files of the second set, and what either side left out. */
  readonly issues: readonly Issue[];
}

export type { ExportFormat } from './export/exportTraces.ts';
export type { FoundTrace } from './export/findTraces.ts';
export type { AttributeTexts, TraceDetail, TraceOrder, TraceRow, TraceSpan } from './analyse/model.ts';
