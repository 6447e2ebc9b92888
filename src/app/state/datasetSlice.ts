import type { StateCreator } from 'zustand';
import type { NamedText, OpenedDataset } from '../../protocol.ts';
import { fetchDemo } from '../input/fetchDemo.ts';
import { sortFiles } from '../input/sortFiles.ts';
import { DatasetWorker, EndedError, startAhead } from '../worker/datasetWorker.ts';
import { withEdits } from './budgetSlice.ts';
import type { DatasetSlice, HoplineState } from './hoplineState.ts';
import type { Opened, OpenedTraces } from './opened.ts';

/** How long the page draws a dataset that has come, and has a use for every core: what can wait, waits for so long. */
const DRAWING_MS = 500;

export const createDatasetSlice: StateCreator<HoplineState, [], [], DatasetSlice> = (set, get) => {
  /** Counts openings, so that one overtaken while it looked at its files gives up. */
  let attempts = 0;
  /** Of the traces that are being read: whether they were opened. */
  let reading: Promise<boolean> | null = null;

  const fail = (title: string, error: unknown): void => {
    if (error instanceof EndedError) return;
    set({ failure: { title, message: error instanceof Error ? error.message : String(error) } });
  };

  const show = (opened: Opened): void => {
    const before = get().opened;
    const isSame = before?.type === 'traces' && opened.type === 'traces' && opened.worker === before.worker;
    if (!isSame) set({ editing: null });
    if (before?.type === 'traces' && !isSame) before.worker.retire(DRAWING_MS);
    set({ opened, answer: null, trace: null, peek: null, isPresenting: false, failure: null, announcement: null });
  };

  const openTraces = async (files: readonly File[], config: NamedText | null, isDemo: boolean): Promise<boolean> => {
    const worker = new DatasetWorker();
    const label = toLabel(files);
    const startedAtMs = performance.now();
    set({ opening: { label, worker, startedAtMs, progress: null, bytesPerSecond: null }, failure: null });
    try {
      const { edits } = get();
      const dataset = await worker.open(files, await withEdits(config, edits), (progress) => {
        const seconds = (performance.now() - startedAtMs) / 1000;
        const bytesPerSecond = seconds > 0 ? progress.bytesRead / seconds : null;
        set({ opening: { label, worker, startedAtMs, progress, bytesPerSecond } });
      });
      show({ ...toOpened(label, isDemo, worker, dataset), config });
      if (get().edits !== edits) await configure(config);
      const unread = dataset.issues.find(({ code }) => code === 'unreadable-source');
      if (unread !== undefined)
        set({ failure: { title: `Not all of ${label} could be read`, message: unread.message } });
      return true;
    } catch (error) {
      worker.end();
      fail(`${label} could not be opened`, error);
      return false;
    } finally {
      if (get().opening?.worker === worker) set({ opening: null });
      setTimeout(startAhead, DRAWING_MS);
    }
  };

  const read = async (...input: Parameters<typeof openTraces>): Promise<void> => {
    const mine = (reading = openTraces(...input));
    await mine;
    if (reading === mine) reading = null;
  };

  const configure = async (config: NamedText | null): Promise<void> => {
    const { opened } = get();
    if (opened?.type !== 'traces')
      throw new Error('It holds budgets for traces: open the traces first, or drop both together.');
    const dataset = await opened.worker.configure(await withEdits(config, get().edits));
    const { opened: now } = get();
    if (now?.type === 'traces' && now.worker === opened.worker) show({ ...now, config, paths: dataset.paths, dataset });
  };

  const openDiagram = async (file: File): Promise<void> => {
    const { readDiagram } = await import('../../diagram/readDiagram.ts');
    const { path, view, options } = readDiagram(await file.text());
    show({ type: 'diagram', label: file.name, paths: [path], view });
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
    failure: null,
    announcement: null,
    answer: null,

    open: async (files) => {
      const attempt = ++attempts;
      try {
        const { traces, config, diagram } = await sortFiles(files);
        if (attempt !== attempts) return;
        // A config that comes alone is meant for the traces before it, and waits for them.
        const isConfigAlone = traces.length === 0 && diagram === null;
        if (isConfigAlone && reading !== null && (!(await reading) || attempt !== attempts)) return;
        get().opening?.worker.end();
        if (traces.length > 0) await read(traces, config, false);
        else if (diagram !== null) await openDiagram(diagram);
        else if (config !== null) await configure(config);
      } catch (error) {
        if (attempt === attempts) fail(`${toLabel(files)} could not be opened`, error);
      }
    },
    openDemo: async () => {
      const attempt = ++attempts;
      const demo = await fetchDemo();
      if (demo === null) setTimeout(startAhead, DRAWING_MS);
      else if (attempt === attempts) await read([demo.traces], demo.config, true);
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

export function toLabel(files: readonly File[]): string {
  const [first] = files;
  if (first === undefined) return 'Nothing';
  return files.length === 1 ? first.name : `${files.length} files`;
}
