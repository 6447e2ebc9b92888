import { describe, expect, test } from 'vitest';
import { createStore } from 'zustand';
import { createBudgetSlice, myEdits } from '../../src/app/state/budgetSlice.ts';
import { createDatasetSlice } from '../../src/app/state/datasetSlice.ts';
import type { HoplineState } from '../../src/app/state/hoplineState.ts';
import { BUDGETS_KEY, keepBudgets, parseKept } from '../../src/app/state/keptBudgets.ts';
import { createViewSlice } from '../../src/app/state/viewSlice.ts';
import { themeOf } from '../../src/app/state/selectors.ts';
import { DatasetWorker } from '../../src/app/worker/datasetWorker.ts';
import type { RequestPath } from '../../src/analyse/model.ts';
import { parseConfig } from '../../src/config/configFile.ts';
import { Settings, toBudget } from '../../src/config/settings.ts';
import { withBudgets } from '../../src/config/withBudgets.ts';
import type { NamedText, OpenedDataset } from '../../src/protocol.ts';
import { somePath, someHop } from './somePath.ts';

const POSTGRES = { type: 'hop', id: 'postgres · primary' } as const;

/** A page whose worker reads the config as the real one does, and measures nothing. */
function setUp(config: NamedText | null = null, paths: readonly RequestPath[] = [somePath()]) {
  const store = createStore<HoplineState>()((...api) => ({
    ...createDatasetSlice(...api),
    ...createBudgetSlice(...api),
    ...createViewSlice(...api),
  }));
  const given: { readonly config: NamedText | null; readonly text: string }[] = [];
  const worker = new DatasetWorker({
    postMessage: () => undefined,
    terminate: () => undefined,
    addEventListener: () => undefined,
  });
  worker.configure = async ({ config, edits }) => {
    const text = withBudgets(config?.text ?? null, 'x', edits);
    given.push({ config, text });
    const settings = new Settings(parseConfig(text, 'x'));
    return {
      ...dataset,
      paths: paths.map((path) => ({
        ...path,
        ceiling: toBudget(settings.path(path).ceiling),
        hops: path.hops.map((hop) => ({ ...hop, budget: toBudget(settings.path(path).hop(hop.id).budget) })),
      })),
    };
  };
  const dataset: OpenedDataset = {
    sources: [],
    paths,
    issues: [],
    unmatched: [],
    theme: 'dark',
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
  store.setState({ opened: { type: 'traces', label: 'a', isDemo: false, paths, dataset, config, worker } });
  const budget = (): unknown => store.getState().opened?.paths[0]?.hops[1]?.budget;
  return { store, given, budget };
}

/** Node has no localStorage. */
function someStorage(texts: Record<string, string> = {}): Storage {
  const map = new Map(Object.entries(texts));
  return {
    get length() {
      return map.size;
    },
    clear: () => map.clear(),
    key: () => null,
    getItem: (key) => map.get(key) ?? null,
    setItem: (key, text) => void map.set(key, text),
    removeItem: (key) => void map.delete(key),
  };
}

describe('a budget typed on the page', () => {
  test('is analysed with, over the config that was dropped, which stays what it was', async () => {
    const config = { name: 'my.yaml', text: "paths:\n  '*': { hops: { '*': { budget: { p50: 9ms, p99: 90ms } } } }\n" };
    const { store, given, budget } = setUp(config);
    expect(await store.getState().setBudget(POSTGRES, 'p50', '16ms')).toBeNull();
    expect(budget()).toEqual({ p50: 16, p99: 90 });
    expect(given[0]?.config).toBe(config);
    expect(store.getState().opened).toMatchObject({ config });
    expect(store.getState().announcement).toContain('p50: 16 ms');
  });

  test('is replaced by the next one and taken away by none', async () => {
    const { store, budget } = setUp();
    await store.getState().setBudget(POSTGRES, 'p50', '16ms');
    await store.getState().setBudget(POSTGRES, 'p50', '17ms');
    expect(budget()).toEqual({ p50: 17 });
    expect(store.getState().edits).toHaveLength(1);
    await store.getState().setBudget(POSTGRES, 'p50', null);
    expect(budget()).toEqual({});
    expect(store.getState().edits).toEqual([]);
  });

  test('that is taken away where a wider rule holds says so', async () => {
    const { store } = setUp({ name: 'my.yaml', text: "hops: { 'postgres*': { budget: { p50: 9ms } } }" });
    expect(await store.getState().setBudget(POSTGRES, 'p50', null)).toBe(
      'A wider rule of my.yaml still asks for 9 ms here. Another bound may be typed over it.',
    );
  });

  test('names the entry where two paths share a name', async () => {
    const { store, given } = setUp(null, [somePath(), somePath({ entry: 'other', hops: [someHop(), someHop()] })]);
    await store.getState().setBudget(null, 'p99', '1s');
    expect(given[0]?.text).toContain('"web: GET /cart":');
    expect(store.getState().opened?.paths.map(({ ceiling }) => ceiling)).toEqual([{ p99: 1000 }, {}]);
  });

  test('on a part that no config can name is undone, in words', async () => {
    const { store } = setUp(null, [somePath({ hops: [someHop({ id: '__proto__' }), someHop()] })]);
    expect(await store.getState().setBudget({ type: 'hop', id: '__proto__' }, 'p50', '16ms')).toContain(
      'no way to name',
    );
    expect(store.getState().edits).toEqual([]);
  });

  test('is told of its own path, whichever is shown when the analysis is done', async () => {
    const other = somePath({ name: 'GET /other' });
    const { store } = setUp(null, [somePath(), other]);
    const setting = store.getState().setBudget(POSTGRES, 'p50', '16ms');
    store.getState().choosePath(other);
    expect(await setting).toBeNull();
    expect(store.getState().edits).toHaveLength(1);
    expect(store.getState().announcement).toContain('p50: 16 ms');
  });

  test('is undone where the analysis fails', async () => {
    const { store } = setUp({ name: 'x', text: 'no: config' });
    expect(await store.getState().setBudget(POSTGRES, 'p50', '16ms')).toBeNull();
    expect(store.getState().edits).toEqual([]);
    expect(store.getState().failure?.message).toContain('unknown key "no"');
  });

  test('comes back when clearing is undone, until another is set', async () => {
    const { store, budget } = setUp();
    await store.getState().setBudget(POSTGRES, 'p50', '16ms');
    await store.getState().setBudget(POSTGRES, 'p99', '99ms');
    const { edits } = store.getState();
    await store.getState().clearBudgets();
    expect([budget(), store.getState().edits, store.getState().cleared]).toEqual([{}, [], edits]);
    expect(store.getState().announcement).toBe('Cleared your budgets. Undo brings them back.');
    await store.getState().undoClear();
    expect([budget(), store.getState().edits, store.getState().cleared]).toEqual([{ p50: 16, p99: 99 }, edits, []]);
    expect(store.getState().announcement).toBe('Your budgets are back.');
    await store.getState().clearBudgets();
    await store.getState().setBudget(POSTGRES, 'p50', '17ms');
    await store.getState().undoClear();
    expect(budget()).toEqual({ p50: 17 });
  });

  test('of another dataset waits for it, and is not cleared with these', async () => {
    const { store } = setUp();
    await store.getState().setBudget(POSTGRES, 'p50', '16ms');
    const [mine] = store.getState().edits;
    const other = { ...mine, path: 'GET /elsewhere' };
    store.getState().restoreBudgets([mine, other]);
    expect(myEdits(store.getState())).toEqual([mine]);
    await store.getState().clearBudgets();
    expect(store.getState().edits).toEqual([other]);
  });
});

describe('kept budgets', () => {
  const edit = {
    path: 'GET /a',
    entry: 'web',
    isNameShared: false,
    part: POSTGRES,
    percentile: 'p50',
    duration: '16ms',
  };

  test('come back, and are names and bounds alone', async () => {
    globalThis.addEventListener ??= () => undefined;
    globalThis.removeEventListener ??= () => undefined;
    const storage = someStorage();
    const { store } = setUp();
    const stop = keepBudgets(store, () => storage);
    await store.getState().setBudget(POSTGRES, 'p50', '16ms');
    stop();
    expect(store.getState().areEditsKept).toBe(true);
    const text = storage.getItem(BUDGETS_KEY);
    expect(JSON.parse(text ?? '')).toEqual([{ ...edit, path: 'GET /cart' }]);
    const { store: next } = setUp();
    keepBudgets(next, () => storage)();
    expect(next.getState().edits).toEqual(store.getState().edits);
  });

  test('are no obstacle where the browser keeps nothing', async () => {
    globalThis.addEventListener ??= () => undefined;
    globalThis.removeEventListener ??= () => undefined;
    const { store, budget } = setUp();
    keepBudgets(store, () => {
      throw new Error('forbidden');
    });
    await store.getState().setBudget(POSTGRES, 'p50', '16ms');
    expect(budget()).toEqual({ p50: 16 });
    expect(store.getState().areEditsKept).toBe(false);
  });

  test.each([
    ['no JSON', '{'],
    ['another shape', '{"edits":[]}'],
    ['a bound that is no duration', JSON.stringify([{ ...edit, duration: '16' }])],
    ['a percentile that nobody knows', JSON.stringify([{ ...edit, percentile: 'p42' }])],
    ['nothing', null],
  ])('of %s are none', (_, text) => {
    expect(parseKept(text)).toEqual([]);
  });

  test('of the right shape are read', () => {
    expect(parseKept(JSON.stringify([edit, { ...edit, part: null, duration: null }]))).toHaveLength(2);
  });
});

test('the theme is the reader’s, else the config’s', () => {
  const { store } = setUp();
  expect(themeOf(store.getState())).toBe('dark');
  store.getState().setTheme('auto');
  expect(themeOf(store.getState())).toBe('auto');
});
