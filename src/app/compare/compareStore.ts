import { createStore, useStore } from 'zustand';
import { errorText } from '../../base/errorText.ts';
import type { Fraction } from '../../base/units.ts';
import type { Against, Comparison, Progress } from '../../protocol.ts';
import { sortFiles } from '../input/sortFiles.ts';
import { toLabel } from '../state/datasetSlice.ts';
import { hopline } from '../state/hoplineStore.ts';
import { isSameDataset, type Opened } from '../state/opened.ts';
import type { DatasetWorker } from '../worker/datasetWorker.ts';
import { toShown, type Shown } from './shown.ts';

/** The comparison: beside what is open, which it never changes. */
export interface CompareState {
  readonly isOpen: boolean;
  /** What comes after, on its way in; without progress where nothing is read. */
  readonly reading: { readonly label: string; readonly progress: Progress | null } | null;
  readonly shown: Shown | null;
  /** Why the last attempt came to nothing. */
  readonly failure: string | null;
  /** What an action that leaves no trace on the page has done. */
  readonly announcement: string | null;

  readonly start: () => void;
  readonly compareFiles: (files: readonly File[]) => Promise<void>;
  readonly compareStretches: (before: string, after: string) => Promise<void>;
  /** Gives up what is read or shown, and asks again what to compare. */
  readonly chooseAgain: () => void;
  readonly choosePath: (path: number) => void;
  readonly setPercentile: (percentile: Fraction) => Promise<void>;
  readonly announce: (announcement: string) => void;
  readonly fail: (error: unknown) => void;
  readonly close: () => void;
}

const NOTHING = { reading: null, shown: null, failure: null, announcement: null } as const;

export const compare = createStore<CompareState>()((set, get) => {
  /** Counts what was begun or given up, so that an answer that comes too late is dropped. */
  let attempts = 0;
  let worker: DatasetWorker | null = null;

  const stop = (): void => {
    attempts++;
    worker?.stopComparing();
    worker = null;
  };

  const run = async (label: string, toAgainst: () => Against | Promise<Against>, sides: Shown['sides']) => {
    const { opened, percentile, path } = hopline.getState();
    if (opened?.type !== 'traces') return;
    stop();
    const attempt = attempts;
    const isCurrent = (): boolean => attempt === attempts;
    worker = opened.worker;
    set({ ...NOTHING, reading: { label, progress: null } });
    try {
      const against = await toAgainst();
      if (!isCurrent()) return;
      const comparison = await opened.worker.compare(against, percentile, (progress) => {
        if (isCurrent()) set({ reading: { label, progress } });
      });
      if (isCurrent()) set({ reading: null, shown: toShown(comparison, sides, path) });
    } catch (error) {
      if (isCurrent()) set({ ...NOTHING, failure: errorText(error) });
    }
  };

  return {
    isOpen: false,
    ...NOTHING,

    start: () => {
      if (hopline.getState().opened?.type === 'traces') set({ isOpen: true });
    },
    compareFiles: async (files) => {
      const label = toLabel(files);
      await run(
        label,
        async () => {
          const { traces, config, diagram } = await sortFiles(files);
          if (config !== null)
            throw new Error(`${config.name} is a config: that of what is open holds for both. Choose traces alone.`);
          if (diagram !== null)
            throw new Error(
              `${diagram.name} is a picture without its traces: choose the traces that it was drawn from.`,
            );
          return { type: 'files', files: traces };
        },
        { before: hopline.getState().opened?.label ?? '', after: label },
      );
    },
    compareStretches: async (before, after) => {
      await run(`${before} and ${after}`, () => ({ type: 'stretches', before, after }), { before, after });
    },
    chooseAgain: () => {
      stop();
      set(NOTHING);
    },
    choosePath: (path) => {
      const { shown } = get();
      if (shown !== null) set({ shown: { ...shown, path } });
    },
    setPercentile: async (percentile) => {
      if (worker === null) return;
      const attempt = ++attempts;
      try {
        const comparison: Comparison = await worker.compareAt(percentile);
        const { shown } = get();
        if (attempt === attempts && shown !== null) set({ shown: { ...shown, diff: comparison.diff }, failure: null });
      } catch (error) {
        if (attempt === attempts) get().fail(error);
      }
    },
    announce: (announcement) => set({ announcement }),
    fail: (error) => set({ failure: errorText(error) }),
    close: () => {
      if (!get().isOpen) return;
      stop();
      set({ ...NOTHING, isOpen: false });
    },
  };
});

// What is compared belongs to the dataset that is open, under its config; budgets have no part in it.
hopline.subscribe(({ opened }, { opened: before }) => {
  if (opened === before) return;
  if (!isSameDataset(opened, before) || configOf(opened) !== configOf(before)) compare.getState().close();
});

function configOf(opened: Opened | null) {
  return opened?.type === 'traces' ? opened.config : null;
}

export function useCompare<T>(selector: (state: CompareState) => T): T {
  return useStore(compare, selector);
}
