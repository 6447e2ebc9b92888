import { createStore, useStore } from 'zustand';
import { errorText } from '../../base/errorText.ts';
import type { Fraction } from '../../base/units.ts';
import type { Against, Comparison, Progress } from '../../protocol.ts';
import { sortFiles } from '../input/sortFiles.ts';
import { toLabel } from '../state/datasetSlice.ts';
import { hopline } from '../state/hoplineStore.ts';
import { isSameDataset, type Failure, type Opened } from '../state/opened.ts';
import type { DatasetWorker } from '../worker/datasetWorker.ts';
import { toShown, type Shown } from './shown.ts';

/** The comparison: beside what is open, which it never changes. */
export interface CompareState {
  readonly isOpen: boolean;
  /** What comes after, on its way in; without progress where nothing is read. */
  readonly reading: { readonly label: string; readonly progress: Progress | null } | null;
  /** Stays until the next one is there: a wrong file costs nothing. */
  readonly shown: Shown | null;
  /** It is asked again what to compare, though there is something to go back to. */
  readonly isChoosing: boolean;
  /** Why the last attempt came to nothing. */
  readonly failure: Failure | null;
  /** What an action that leaves no trace on the page has done. */
  readonly announcement: string | null;

  readonly start: () => void;
  readonly compareFiles: (files: readonly File[]) => Promise<void>;
  readonly compareStretches: (before: string, after: string) => Promise<void>;
  /** Gives up what is read. */
  readonly cancel: () => void;
  /** Asks again what to compare, or goes back to what was compared. */
  readonly chooseAgain: (isChoosing: boolean) => void;
  readonly choosePath: (path: number) => void;
  readonly setPercentile: (percentile: Fraction) => Promise<void>;
  readonly announce: (announcement: string) => void;
  readonly fail: (title: string, error: unknown) => void;
  readonly dismissFailure: () => void;
  readonly close: () => void;
}

const IDLE = { reading: null, failure: null, announcement: null } as const;
const NOTHING = { ...IDLE, shown: null, isChoosing: false } as const;

export const compare = createStore<CompareState>()((set, get) => {
  /** Count what was begun or given up, so that an answer that comes too late is dropped. */
  let attempts = 0;
  let wishes = 0;
  let worker: DatasetWorker | null = null;

  /** Reading ends; of what was compared, `shown` can still be asked for. */
  const stop = (shown: Shown | null): void => {
    attempts++;
    worker?.stopComparing(shown?.id ?? null);
  };

  const run = async (label: string, toAgainst: () => Against | Promise<Against>, sides: Shown['sides']) => {
    const { opened, percentile, path } = hopline.getState();
    if (opened?.type !== 'traces') return;
    stop(get().shown);
    const attempt = attempts;
    const isCurrent = (): boolean => attempt === attempts;
    worker = opened.worker;
    set({ ...IDLE, reading: { label, progress: null } });
    try {
      const against = await toAgainst();
      if (!isCurrent()) return;
      const comparison = await opened.worker.compare(against, percentile, (progress) => {
        if (isCurrent()) set({ reading: { label, progress } });
      });
      if (!isCurrent()) return;
      const shown = toShown(comparison, sides, path);
      wishes++;
      stop(shown);
      set({ ...IDLE, shown, isChoosing: false });
    } catch (error) {
      if (!isCurrent()) return;
      set({ reading: null });
      get().fail('This could not be compared', error);
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
    cancel: () => {
      stop(get().shown);
      set({ ...IDLE, announcement: 'Cancelled.' });
    },
    chooseAgain: (isChoosing) => {
      stop(get().shown);
      set({ ...IDLE, isChoosing });
    },
    choosePath: (path) => {
      const { shown } = get();
      if (shown !== null) set({ shown: { ...shown, path } });
    },
    setPercentile: async (percentile) => {
      const asked = get().shown;
      if (worker === null || asked === null) return;
      const wish = ++wishes;
      try {
        const { diff }: Comparison = await worker.compareAt(asked.id, percentile);
        const { shown } = get();
        if (wish === wishes && shown !== null) set({ shown: { ...shown, diff }, failure: null });
      } catch (error) {
        if (wish === wishes) get().fail('This could not be compared', error);
      }
    },
    announce: (announcement) => set({ announcement }),
    fail: (title, error) => set({ failure: { title, message: errorText(error) } }),
    dismissFailure: () => set({ failure: null }),
    close: () => {
      if (!get().isOpen) return;
      stop(null);
      wishes++;
      worker = null;
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
