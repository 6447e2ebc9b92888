import type { PathView, RequestPath } from '../../analyse/model.ts';
import type { Fraction } from '../../base/units.ts';
import type { Layer } from '../../config/layers.ts';
import type { ThemeName } from '../../config/theme.ts';
import type { PercentileKey } from '../../config/percentiles.ts';
import type { BudgetEdit } from '../../config/withBudgets.ts';
import type { NamedText } from '../../protocol.ts';
import type { Failure, Opened, Opening } from './opened.ts';

/** The facts of the page. Everything else is derived: selectors.ts. */
export interface HoplineState extends DatasetSlice, BudgetSlice, ViewSlice {}

export interface DatasetSlice {
  readonly opened: Opened | null;
  readonly opening: Opening | null;
  /** Until it is known whether there is a demo to open. */
  readonly isStarting: boolean;
  readonly failure: Failure | null;
  /** Said to screen readers: what an action that leaves no trace on the page has done. */
  readonly announcement: string | null;
  /** The worker's last view at a percentile in between, with the path and the percentile that were asked for. */
  readonly answer: { readonly path: RequestPath; readonly percentile: Fraction; readonly view: PathView } | null;

  /** Files of one drop: traces become one dataset, a `hopline.yaml` its config, an SVG of ours a diagram. Never rejects. */
  readonly open: (files: readonly File[]) => Promise<void>;
  readonly openDemo: () => Promise<void>;
  /** Analyses what is open again. Rejects where the config is none, or no traces are open. */
  readonly configure: (config: NamedText | null) => Promise<void>;
  readonly cancel: () => void;
  /** Shows an error beside what is open; an ended worker's is no error. */
  readonly fail: (title: string, error: unknown) => void;
  readonly dismissFailure: () => void;
  readonly announce: (announcement: string) => void;
  readonly setAnswer: (answer: NonNullable<DatasetSlice['answer']>) => void;
}

export interface BudgetSlice {
  /** What was set on the page, over the config; kept in the browser. */
  readonly edits: readonly BudgetEdit[];
  /** What was cleared last, until another bound is set: it can be brought back. */
  readonly cleared: readonly BudgetEdit[];
  /** False where the browser keeps nothing: they hold until the page is left. */
  readonly areEditsKept: boolean;
  /** The bound of the chosen part, or of the path, that is being typed. */
  readonly editing: PercentileKey | null;

  readonly startEditing: (part: Selection | null, percentile: PercentileKey) => void;
  /** Where it is still this bound. */
  readonly stopEditing: (part: Selection | null, percentile: PercentileKey) => void;
  /** On the shown path; null takes the bound away. What to say beside the field, null where all is said. Never rejects. */
  readonly setBudget: (
    part: Selection | null,
    percentile: PercentileKey,
    duration: string | null,
  ) => Promise<string | null>;
  /** Of the paths that are open. */
  readonly clearBudgets: () => Promise<void>;
  readonly undoClear: () => Promise<void>;
  readonly restoreBudgets: (edits: readonly BudgetEdit[]) => void;
  readonly noteKept: (areEditsKept: boolean) => void;
}

/** A hop or a boundary, as an address that outlives the picture. */
export type Selection =
  | { readonly type: 'hop'; readonly id: string }
  | { readonly type: 'boundary'; readonly from: string; readonly to: string };

/** A path by name; the entry tells two paths of one name apart, null takes the first. */
export interface PathKey {
  readonly name: string;
  readonly entry: string | null;
}

/** What a link carries. */
export interface Link {
  /** Null: the first of the list. */
  readonly path: PathKey | null;
  readonly percentile: Fraction;
  /** `auto` is the hop that the finding names; null is nothing, after Esc. */
  readonly selection: Selection | 'auto' | null;
  readonly openLayers: readonly Layer[];
  /** Null: as the config has it. */
  readonly theme: ThemeName | null;
}

export const TABS = ['traces', 'hops', 'boundaries', 'runtimes', 'budgets', 'quality'] as const;
export type Tab = (typeof TABS)[number];

export interface ViewSlice extends Link {
  readonly tab: Tab;
  readonly isBottomOpen: boolean;
  /** Index of the trace in the dialog; null where it is closed. */
  readonly trace: number | null;
  readonly isHelpOpen: boolean;
  readonly isSearching: boolean;
  readonly isPresenting: boolean;
  /** Under the pointer or the focus in the picture: the details show it meanwhile. */
  readonly peek: Selection | null;

  readonly follow: (link: Link) => void;
  readonly choosePath: (path: RequestPath) => void;
  readonly setPercentile: (percentile: Fraction) => void;
  readonly peekAt: (peek: Selection | null) => void;
  readonly select: (selection: Selection | null) => void;
  readonly toggleLayer: (layer: Layer) => void;
  readonly setTheme: (theme: ThemeName) => void;
  readonly showTab: (tab: Tab) => void;
  readonly toggleBottom: () => void;
  readonly showTrace: (trace: number | null) => void;
  readonly present: (isPresenting: boolean) => void;
  readonly showHelp: (isHelpOpen: boolean) => void;
  readonly search: (isSearching: boolean) => void;
}
