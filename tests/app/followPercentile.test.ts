import { describe, expect, test } from 'vitest';
import { createStore } from 'zustand';
import { createBudgetSlice } from '../../src/app/state/budgetSlice.ts';
import { createDatasetSlice } from '../../src/app/state/datasetSlice.ts';
import { followPercentile } from '../../src/app/state/followPercentile.ts';
import type { HoplineState } from '../../src/app/state/hoplineState.ts';
import { currentView } from '../../src/app/state/selectors.ts';
import { createViewSlice } from '../../src/app/state/viewSlice.ts';
import type { PathView } from '../../src/analyse/model.ts';
import type { OpenedDataset } from '../../src/protocol.ts';
import { DatasetWorker, EndedError } from '../../src/app/worker/datasetWorker.ts';
import { somePath, someView } from './somePath.ts';

function setUp() {
  const store = createStore<HoplineState>()((...api) => ({
    ...createDatasetSlice(...api),
    ...createBudgetSlice(...api),
    ...createViewSlice(...api),
  }));
  const path = somePath();
  const asked: number[] = [];
  const questions: { readonly resolve: (view: PathView) => void; readonly reject: (error: Error) => void }[] = [];
  const newWorker = (): DatasetWorker => {
    const worker = new DatasetWorker({
      postMessage: () => undefined,
      terminate: () => undefined,
      addEventListener: () => undefined,
    });
    worker.view = (_, percentile) => {
      asked.push(percentile);
      return new Promise((resolve, reject) => questions.push({ resolve, reject }));
    };
    return worker;
  };
  const dataset: OpenedDataset = {
    sources: [],
    paths: [path],
    issues: [],
    unmatched: [],
    theme: 'auto',
    summary: {
      spans: 1,
      traces: 1,
      services: [],
      regions: 0,
      seconds: 0,
      requests: 1,
      errors: 0,
      handled: 0,
      handledPerSecond: null,
      runtimes: [],
      peakMemory: null,
      problems: { invalidIds: 0, duplicates: 0, orphans: 0, cycles: 0, negativeDurations: 0, skewed: 0 },
    },
  };
  const openAnother = (): void => {
    const opened = { type: 'traces', label: 'a', isDemo: false, paths: [somePath()], dataset, config: null } as const;
    store.setState({ opened: { ...opened, worker: newWorker() }, answer: null });
  };
  store.setState({
    opened: { type: 'traces', label: 'a', isDemo: false, paths: [path], dataset, config: null, worker: newWorker() },
  });
  followPercentile(store);
  const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
  const answer = async (view: PathView): Promise<void> => {
    questions.shift()?.resolve(view);
    await settled();
  };
  const refuse = async (error: Error): Promise<void> => {
    questions.shift()?.reject(error);
    await settled();
  };
  return { store, path, asked, openAnother, answer, refuse };
}

const at = (percentile: number): PathView => ({ ...someView('p50', percentile * 10), percentile });

describe('a drag', () => {
  test('asks one question at a time, and then for the newest place', async () => {
    const { store, asked, answer } = setUp();
    for (const percentile of [0.61, 0.62, 0.63, 0.64]) store.getState().setPercentile(percentile);
    expect(asked).toEqual([0.61]);
    await answer(at(0.61));
    expect(asked).toEqual([0.61, 0.64]);
    await answer(at(0.64));
    expect(asked).toEqual([0.61, 0.64]);
    expect(currentView(store.getState())?.percentile).toBe(0.64);
  });

  test('shows the last answer whole until the next is there', async () => {
    const { store, answer } = setUp();
    store.getState().setPercentile(0.61);
    expect(currentView(store.getState())?.percentile).toBe(0.5);
    await answer(at(0.61));
    store.getState().setPercentile(0.7);
    expect(currentView(store.getState())?.percentile).toBe(0.61);
  });

  test('to p95 asks nothing: every path carries it', () => {
    const { store, path, asked } = setUp();
    store.getState().setPercentile(0.95);
    expect(asked).toEqual([]);
    expect(currentView(store.getState())).toBe(path.at.p95);
  });

  test('drops the answer about a path that is gone', async () => {
    const { store, answer } = setUp();
    store.getState().setPercentile(0.61);
    store.setState({ opened: null });
    await answer(at(0.61));
    expect(store.getState().answer).toBeNull();
  });
});

describe('a percentile that is wanted while another dataset opens', () => {
  test('a percentile that is wanted while another dataset opens is asked of that one, though the one before never answers', async () => {
    const { store, asked, openAnother, answer, refuse } = setUp();
    store.getState().setPercentile(0.51);
    openAnother();
    expect(asked).toEqual([0.51, 0.51]);
    await refuse(new EndedError());
    expect(asked).toEqual([0.51, 0.51]);
    await answer(at(0.51));
    expect(currentView(store.getState())?.percentile).toBe(0.51);
    expect(asked).toEqual([0.51, 0.51]);
  });

  test('a percentile that cannot be told is asked for again when something changes, and not before', async () => {
    const { store, asked, refuse } = setUp();
    store.getState().setPercentile(0.51);
    await refuse(new Error('no memory'));
    expect(asked).toEqual([0.51]);
    store.getState().setPercentile(0.52);
    expect(asked).toEqual([0.51, 0.52]);
  });
});
