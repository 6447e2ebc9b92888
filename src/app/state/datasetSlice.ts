import type { StateCreator } from 'zustand';
import { errorText } from '../../base/errorText.ts';
import { formatInteger } from '../../base/format.ts';
import type { NamedText, OpenedDataset } from '../../protocol.ts';
import { configFault } from '../input/configFault.ts';
import { fetchDemo } from '../input/fetchDemo.ts';
import { sortFiles } from '../input/sortFiles.ts';
import { textOf } from '../input/textOf.ts';
import { DatasetWorker, EndedError, startAhead } from '../worker/datasetWorker.ts';
import { countText } from '../parts/words.ts';
import { judgements } from './budgets.ts';
import type { DatasetSlice, HoplineState } from './hoplineState.ts';
import { isSameDataset, type Failure, type Opened, type OpenedTraces, type Opening } from './opened.ts';
import { unmatchedTitle } from './unmatchedTitle.ts';

/** How long the page draws a dataset that has come, and has a use for every core: what can wait, waits for so long. */
const DRAWING_MS = 500;

/** A config may be one for many services, and the traces those of one; the table of budgets lists all. */
const UNMATCHED_TOLD = 5;

interface TracesToOpen {
  /** Which opening of all it is. */
  readonly attempt: number;
  readonly files: readonly File[];
  readonly config: NamedText | null;
  readonly isDemo: boolean;
  /** A config that came with them and has a fault: the traces are opened all the same. */
  readonly leftOut: { readonly name: string; readonly why: string } | null;
}

export const createDatasetSlice: StateCreator<HoplineState, [], [], DatasetSlice> = (set, get) => {
  /** Counts openings, so that one overtaken while it looked at its files gives up. */
  let attempts = 0;
  /** The one that what is open came with, and the last one that was a config alone. */
  let openedBy = 0;
  let lastConfig = 0;
  /** Until all traces that are being read are open, or are not going to be. */
  let reading: Promise<unknown> | null = null;
  /** What is being read, the last drop at the end: it is shown, and ends the others once it is known to hold traces. */
  const openings = new Map<DatasetWorker, Opening>();

  const showOpening = (): void => set({ opening: [...openings.values()].at(-1) ?? null });

  const endOpenings = (until: DatasetWorker | null = null): void => {
    for (const worker of openings.keys()) {
      if (worker === until) return;
      worker.end();
    }
  };

  const fail = (title: string, error: unknown): void => {
    if (error instanceof EndedError) return;
    set({ failure: { title, message: errorText(error) } });
  };

  const show = (opened: Opened): void => {
    const before = get().opened;
    const isSame = isSameDataset(before, opened);
    if (before?.type === 'traces' && !isSame) before.worker.retire(DRAWING_MS);
    // Of the same traces, judged anew, what is open and what is typed is of them still.
    const others = isSame ? {} : { trace: null, peek: null, isPresenting: false, editing: null };
    set({ opened, answer: null, announcement: null, ...others });
  };

  const openTraces = async ({ attempt, files, config, isDemo, leftOut }: TracesToOpen): Promise<void> => {
    const worker = new DatasetWorker();
    const label = toLabel(files);
    const startedAtMs = performance.now();
    openings.set(worker, { label, worker, startedAtMs, progress: null, bytesPerSecond: null });
    set({ failure: null });
    showOpening();
    try {
      const { edits } = get();
      const dataset = await worker.open(files, { config, edits }, (progress) => {
        const seconds = (performance.now() - startedAtMs) / 1000;
        const bytesPerSecond = seconds > 0 ? progress.bytesRead / seconds : null;
        openings.set(worker, { label, worker, startedAtMs, progress, bytesPerSecond });
        showOpening();
        if (progress.spans > 0) endOpenings(worker);
      });
      endOpenings(worker);
      openings.delete(worker);
      openedBy = attempt;
      show({ ...toOpened(label, isDemo, worker, dataset), config });
      if (get().edits !== edits) await configure(config);
      const were = files.length === 1 ? 'was' : 'were';
      const failure = failureOf([
        leftOut && { title: `${label} ${were} opened without ${leftOut.name}`, message: leftOut.why },
        told(`Not all of ${label} could be read`, unreadIn(dataset)),
        unmatchedIn(get().opened),
      ]);
      if (failure !== null) set({ failure });
    } catch (error) {
      worker.end();
      const isAlsoLeftOut = leftOut !== null && !(error instanceof EndedError);
      fail(`${label} could not be opened`, isAlsoLeftOut ? `${errorText(error)}\n${leftOut.why}` : error);
    } finally {
      openings.delete(worker);
      showOpening();
      setTimeout(startAhead, DRAWING_MS);
    }
  };

  const read = async (traces: TracesToOpen): Promise<void> => {
    const mine = (reading = Promise.all([reading, openTraces(traces)]));
    await mine;
    if (reading === mine) reading = null;
  };

  const configure = async (config: NamedText | null): Promise<void> => {
    const { opened } = get();
    if (opened?.type !== 'traces')
      throw new Error('It holds budgets for traces: open the traces first, or drop both together.');
    const dataset = await opened.worker.configure({ config, edits: get().edits });
    const { opened: now } = get();
    if (now?.type !== 'traces' || now.worker !== opened.worker) return;
    show({ ...now, config, paths: dataset.paths, dataset });
  };

  /** It is meant for the traces before it, and waits for them; where they do not come, for those that are open. */
  const useConfig = async (attempt: number, config: NamedText): Promise<void> => {
    lastConfig = attempt;
    if (reading === null) set({ failure: null });
    while (reading !== null) await reading;
    // Where there are none, that the traces could not be opened is told already.
    const isTold = get().opened?.type !== 'traces' && get().failure !== null;
    const isOvertaken = attempt < lastConfig || attempt < openedBy;
    if (isTold || isOvertaken) return;
    await configure(config);
    const { opened, failure, announce } = get();
    const bounds = opened?.paths.reduce((sum, path) => sum + judgements(path).length, 0) ?? 0;
    announce(`${config.name} holds: ${countText(bounds, 'budget')} in these traces.`);
    if (attempt === lastConfig) set({ failure: failureOf([failure, unmatchedIn(get().opened)]) });
  };

  const openDiagram = async (attempt: number, file: File): Promise<void> => {
    const { readDiagram } = await import('../../diagram/readDiagram.ts');
    const { path, view, options } = readDiagram(await textOf(file));
    endOpenings();
    openedBy = attempt;
    show({ type: 'diagram', label: file.name, paths: [path], view });
    set({ failure: null });
    get().follow({
      ...get(),
      path: null,
      percentile: view.percentile,
      selection: 'auto',
      openLayers: options.openLayers,
    });
  };

  return {
    opened: null,
    opening: null,
    isStarting: true,
    failure: null,
    announcement: null,
    answer: null,

    open: async (files) => {
      const attempt = ++attempts;
      try {
        const { traces, config, diagram } = await sortFiles(files);
        if (attempt !== attempts) return;
        if (traces.length > 0) {
          const why = config === null ? null : await configFault(config);
          if (attempt !== attempts) return;
          const leftOut = config === null || why === null ? null : { name: config.name, why };
          await read({ attempt, files: traces, config: leftOut === null ? config : null, isDemo: false, leftOut });
        } else if (diagram !== null) await openDiagram(attempt, diagram);
        else if (config !== null) await useConfig(attempt, config);
      } catch (error) {
        if (attempt === attempts || attempt === lastConfig) fail(`${toLabel(files)} could not be opened`, error);
      }
    },
    openDemo: async () => {
      const attempt = ++attempts;
      const demo = await fetchDemo();
      const isDue = demo !== null && attempt === attempts;
      const done = isDue
        ? read({ attempt, files: [demo.traces], config: demo.config, isDemo: true, leftOut: null })
        : null;
      set({ isStarting: false });
      if (demo === null) setTimeout(startAhead, DRAWING_MS);
      await done;
    },
    configure,
    cancel: () => {
      get().opening?.worker.end();
      set({ announcement: 'Cancelled.' });
    },
    fail,
    announce: (announcement) => set({ announcement }),
    dismissFailure: () => set({ failure: null }),
    setAnswer: (answer) => set({ answer }),
  };
};

function toOpened(
  label: string,
  isDemo: boolean,
  worker: DatasetWorker,
  dataset: OpenedDataset,
): Omit<OpenedTraces, 'config'> {
  return { type: 'traces', label, isDemo, paths: dataset.paths, dataset, worker };
}

/** A sentence for each file, or all that are one thing, of which nothing or not everything was read. */
function unreadIn({ issues, sources }: OpenedDataset): readonly string[] {
  return issues.flatMap(({ code, message, firstAt }) => {
    if (code === 'unreadable-source') return [message];
    const source = firstAt?.source ?? '';
    const isTold = sources.some(({ name, spans }) => name === source && spans === 0);
    return code === 'unreadable' && !isTold ? [`${source}: ${message}`] : [];
  });
}

/** A misspelt name bounds nothing, and nothing that is judged would say so. */
function unmatchedIn(opened: Opened | null): Failure | null {
  if (opened?.type !== 'traces') return null;
  const { unmatched } = opened.dataset;
  const others = unmatched.length - UNMATCHED_TOLD;
  const rest = others > 0 ? [`${formatInteger(others)} more ${others === 1 ? 'is' : 'are'} listed under Budgets.`] : [];
  return told(unmatchedTitle(opened), [...unmatched.slice(0, UNMATCHED_TOLD), ...rest]);
}

/** One line a message; null where there is none. */
function told(title: string, messages: readonly string[]): Failure | null {
  return messages.length === 0 ? null : { title, message: messages.join('\n') };
}

/** Several at once are told under the title of the first. */
function failureOf(failures: readonly (Failure | null)[]): Failure | null {
  const [first, ...others] = failures.filter((failure) => failure !== null);
  if (first === undefined) return null;
  return { title: first.title, message: [first, ...others].map(({ message }) => message).join('\n') };
}

export function toLabel(files: readonly File[]): string {
  const [first] = files;
  if (first === undefined) return 'Nothing';
  return files.length === 1 ? first.name : `${files.length} files`;
}
