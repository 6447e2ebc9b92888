import type { StateCreator } from 'zustand';
import type { NamedText, OpenedDataset } from '../../protocol.ts';
import { fetchDemo } from '../input/fetchDemo.ts';
import { sortFiles } from '../input/sortFiles.ts';
import { DatasetWorker, EndedError } from '../worker/datasetWorker.ts';
import type { DatasetSlice, HoplineState } from './hoplineState.ts';
import type { Opened, OpenedTraces } from './opened.ts';

export const createDatasetSlice: StateCreator<HoplineState, [], [], DatasetSlice> = (set, get) => {
  /** Counts openings, so that one overtaken while it looked at its files gives up. */
  let attempts = 0;

  const fail = (title: string, error: unknown): void => {
    if (error instanceof EndedError) return;
    set({ failure: { title, message: error instanceof Error ? error.message : String(error) } });
  };

  const show = (opened: Opened): void => {
    const before = get().opened;
    if (before?.type === 'traces' && !(opened.type === 'traces' && opened.worker === before.worker))
      before.worker.end();
    set({ opened, answer: null, trace: null, peek: null, isPresenting: false, failure: null, announcement: null });
  };

  const openTraces = async (files: readonly File[], config: NamedText | null, isDemo: boolean): Promise<void> => {
    const worker = new DatasetWorker();
    const label = toLabel(files);
    const startedAtMs = performance.now();
    set({ opening: { label, worker, startedAtMs, progress: null, bytesPerSecond: null }, failure: null });
    try {
      const dataset = await worker.open(files, config, (progress) => {
        const seconds = (performance.now() - startedAtMs) / 1000;
        const bytesPerSecond = seconds > 0 ? progress.bytesRead / seconds : null;
        set({ opening: { label, worker, startedAtMs, progress, bytesPerSecond } });
      });
      show(toOpened(label, isDemo, worker, dataset));
      const unread = dataset.issues.find(({ code }) => code === 'unreadable-source');
      if (unread !== undefined)
        set({ failure: { title: `Not all of ${label} could be read`, message: unread.message } });
    } catch (error) {
      worker.end();
      fail(`${label} could not be opened`, error);
    } finally {
      if (get().opening?.worker === worker) set({ opening: null });
    }
  };

  const configure = async (config: NamedText): Promise<void> => {
    const { opened } = get();
    if (opened?.type !== 'traces')
      throw new Error('It holds budgets for traces: open the traces first, or drop both together.');
    const dataset = await opened.worker.configure(config);
    show({ ...opened, paths: dataset.paths, dataset });
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
      get().opening?.worker.end();
      try {
        const { traces, config, diagram } = await sortFiles(files);
        if (attempt !== attempts) return;
        if (traces.length > 0) await openTraces(traces, config, false);
        else if (diagram !== null) await openDiagram(diagram);
        else if (config !== null) await configure(config);
      } catch (error) {
        if (attempt === attempts) fail(`${toLabel(files)} could not be opened`, error);
      }
    },
    openDemo: async () => {
      const attempt = ++attempts;
      const demo = await fetchDemo();
      if (attempt === attempts && demo !== null) await openTraces([demo.traces], demo.config, true);
    },
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

function toOpened(label: string, isDemo: boolean, worker: DatasetWorker, dataset: OpenedDataset): OpenedTraces {
  return { type: 'traces', label, isDemo, paths: dataset.paths, dataset, worker };
}

export function toLabel(files: readonly File[]): string {
  const [first] = files;
  if (first === undefined) return 'Nothing';
  return files.length === 1 ? first.name : `${files.length} files`;
}
