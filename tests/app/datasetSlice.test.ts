import { createStore } from 'zustand';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createBudgetSlice } from '../../src/app/state/budgetSlice.ts';
import { createDatasetSlice } from '../../src/app/state/datasetSlice.ts';
import type { HoplineState } from '../../src/app/state/hoplineState.ts';
import { createViewSlice } from '../../src/app/state/viewSlice.ts';
import { DatasetWorker } from '../../src/app/worker/datasetWorker.ts';
import type { Issue } from '../../src/base/issues.ts';
import type { BudgetEdit } from '../../src/config/withBudgets.ts';
import type { OpenedDataset } from '../../src/protocol.ts';
import { FakeWorker, fakeWorkers } from './fakeWorker.ts';
import { somePath } from './somePath.ts';

const started = fakeWorkers();

const GOOD_CONFIG = 'paths:\n  "GET /cart": { ceiling: { p99: 1s } }\n';
const BAD_CONFIG = 'paths:\n  "GET /cart": { cieling: { p99: 1s } }\n';

beforeEach(() => {
  // Takes the one that the test before had started ahead.
  new DatasetWorker().end();
  started.length = 0;
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

function newStore() {
  return createStore<HoplineState>()((...api) => ({
    ...createDatasetSlice(...api),
    ...createBudgetSlice(...api),
    ...createViewSlice(...api),
  }));
}

function traces(name: string): File {
  return new File(['{"resourceSpans":[]}'], name);
}

function yaml(text: string): File {
  return new File([text], 'hopline.yaml');
}

function someDataset(changes: Partial<OpenedDataset> = {}): OpenedDataset {
  const summary = {
    spans: 1,
    traces: 1,
    services: [],
    regions: 1,
    seconds: 1,
    requests: 1,
    errors: 0,
    handled: 1,
    handledPerSecond: 1,
    runtimes: [],
    peakMemory: null,
    problems: { invalidIds: 0, duplicates: 0, orphans: 0, cycles: 0, negativeDurations: 0, skewed: 0 },
  };
  return { sources: [], summary, paths: [somePath()], issues: [], unmatched: [], theme: 'auto', ...changes };
}

/** The worker that was asked to open what was dropped as the `i`th. */
async function asked(i: number): Promise<FakeWorker> {
  await vi.waitFor(() => expect(started[i]?.asked.length).toBe(1));
  return started[i];
}

const answers = {
  progress: (worker: FakeWorker, spans: number) =>
    worker.answer({
      type: 'progress',
      request: worker.asked[0].request,
      progress: { bytesRead: 1, bytesTotal: 2, spans, source: 'x', stage: 'reading' },
    }),
  opened: (worker: FakeWorker, dataset: OpenedDataset = someDataset()) =>
    worker.answer({ type: 'opened', request: worker.asked[0].request, dataset }),
  failed: (worker: FakeWorker, message: string) =>
    worker.answer({ type: 'failed', request: worker.asked[0].request, message }),
};

describe('files dropped while others are read', () => {
  test('files dropped while others are read end that as soon as there are spans in them', async () => {
    const store = newStore();
    void store.getState().open([traces('first.json')]);
    const first = await asked(0);
    const done = store.getState().open([traces('second.json')]);
    const second = await asked(1);
    expect(store.getState().opening?.label).toBe('second.json');
    answers.progress(second, 0);
    expect(first.isEnded).toBe(false);
    answers.progress(second, 1);
    expect(first.isEnded).toBe(true);
    answers.opened(second);
    await done;
    expect(store.getState()).toMatchObject({ opened: { label: 'second.json' }, opening: null, failure: null });
  });

  test('files dropped while others are read end nothing where they hold no traces, and are named', async () => {
    const store = newStore();
    void store.getState().open([traces('good.json')]);
    const good = await asked(0);
    answers.progress(good, 10);
    void store.getState().open([traces('picture.png')]);
    answers.failed(await asked(1), 'picture.png: this is a PNG image');
    await vi.waitFor(() => expect(store.getState().opening?.label).toBe('good.json'));
    const failure = { title: 'picture.png could not be opened', message: 'picture.png: this is a PNG image' };
    expect(store.getState().failure).toEqual(failure);
    answers.progress(good, 20);
    expect(store.getState().opening?.progress?.spans).toBe(20);
    answers.opened(good);
    await vi.waitFor(() => expect(store.getState().opened?.label).toBe('good.json'));
    expect(store.getState()).toMatchObject({ opening: null, failure });
  });

  test('files dropped while others are read keep the place in front of them until they are known', async () => {
    const store = newStore();
    void store.getState().open([traces('first.json')]);
    const first = await asked(0);
    const done = store.getState().open([traces('second.json')]);
    const second = await asked(1);
    answers.progress(first, 5);
    expect(store.getState().opening?.label).toBe('second.json');
    answers.opened(first);
    await vi.waitFor(() => expect(store.getState().opened?.label).toBe('first.json'));
    expect(store.getState().opening?.label).toBe('second.json');
    answers.opened(second);
    await done;
    expect(store.getState()).toMatchObject({ opened: { label: 'second.json' }, opening: null });
  });

  test('a config dropped after a wrong file waits for the traces that are still read', async () => {
    const store = newStore();
    void store.getState().open([traces('good.json')]);
    const good = await asked(0);
    void store.getState().open([traces('picture.png')]);
    answers.failed(await asked(1), 'picture.png: this is a PNG image');
    await vi.waitFor(() => expect(store.getState().opening?.label).toBe('good.json'));
    void store.getState().open([yaml(GOOD_CONFIG)]);
    answers.opened(good);
    await vi.waitFor(() =>
      expect(good.asked[1]).toMatchObject({ type: 'configure', rules: { config: { text: GOOD_CONFIG } } }),
    );
  });
});

describe('a config dropped while traces are read', () => {
  async function openedAndReading() {
    const store = newStore();
    const done = store.getState().open([traces('first.json')]);
    const first = await asked(0);
    answers.opened(first);
    await done;
    void store.getState().open([traces('second.json')]);
    const second = await asked(1);
    void store.getState().open([yaml(GOOD_CONFIG)]);
    await vi.advanceTimersByTimeAsync(1);
    return { store, first, second };
  }

  test('a config dropped while traces are read is for what is open where that is cancelled', async () => {
    const { store, first } = await openedAndReading();
    store.getState().cancel();
    await vi.waitFor(() =>
      expect(first.asked[1]).toMatchObject({ type: 'configure', rules: { config: { text: GOOD_CONFIG } } }),
    );
    expect(store.getState().failure).toBeNull();
  });

  test('a config dropped while traces are read is for what is open where they cannot be, which stays told', async () => {
    const { store, first, second } = await openedAndReading();
    answers.failed(second, 'second.json: it is empty');
    await vi.waitFor(() => expect(first.asked).toHaveLength(2));
    first.answer({ type: 'opened', request: first.asked[1].request, dataset: someDataset() });
    await vi.waitFor(() => expect(store.getState().opened).toMatchObject({ config: { text: GOOD_CONFIG } }));
    expect(store.getState().failure?.title).toBe('second.json could not be opened');
    expect(store.getState().announcement).toMatch(/^hopline\.yaml holds: \d+ budgets? in these traces\.$/);
  });

  test('a config dropped while traces are read says that it needs some where nothing is open and they are cancelled', async () => {
    const store = newStore();
    void store.getState().open([traces('first.json')]);
    await asked(0);
    const done = store.getState().open([yaml(GOOD_CONFIG)]);
    await vi.advanceTimersByTimeAsync(1);
    store.getState().cancel();
    await done;
    expect(store.getState().failure?.title).toBe('hopline.yaml could not be opened');
  });

  test('a config dropped while traces are read waits for them where a wrong file is dropped after it', async () => {
    const { store, second } = await openedAndReading();
    void store.getState().open([traces('picture.png')]);
    answers.failed(await asked(2), 'picture.png: this is a PNG image');
    await vi.waitFor(() => expect(store.getState().failure?.title).toBe('picture.png could not be opened'));
    answers.opened(second);
    await vi.waitFor(() =>
      expect(second.asked[1]).toMatchObject({ type: 'configure', rules: { config: { text: GOOD_CONFIG } } }),
    );
    second.answer({ type: 'opened', request: second.asked[1].request, dataset: someDataset() });
    await vi.waitFor(() => expect(store.getState().opened).toMatchObject({ config: { text: GOOD_CONFIG } }));
    expect(store.getState().failure?.title).toBe('picture.png could not be opened');
  });

  test('a config dropped while traces are read is not for those that are dropped after it', async () => {
    const { store, first, second } = await openedAndReading();
    const done = store.getState().open([traces('third.json')]);
    const third = await asked(2);
    answers.opened(third);
    await done;
    expect(second.isEnded).toBe(true);
    expect(store.getState().opened).toMatchObject({ label: 'third.json', config: null });
    expect([first.asked.length, third.asked.length]).toEqual([1, 1]);
  });

  test('a config dropped while traces are read gives way to another', async () => {
    const { store, second } = await openedAndReading();
    void store.getState().open([yaml(`${GOOD_CONFIG}\n`)]);
    await vi.advanceTimersByTimeAsync(1);
    answers.opened(second);
    await vi.waitFor(() => expect(second.asked).toHaveLength(2));
    expect(second.asked[1]).toMatchObject({ type: 'configure', rules: { config: { text: `${GOOD_CONFIG}\n` } } });
  });

  test('a config dropped while traces are read takes the place of no word on why those could not be', async () => {
    const store = newStore();
    void store.getState().open([traces('first.json')]);
    const first = await asked(0);
    const done = store.getState().open([yaml(GOOD_CONFIG)]);
    await vi.advanceTimersByTimeAsync(1);
    answers.failed(first, 'first.json: it is empty');
    await done;
    expect(store.getState().failure?.title).toBe('first.json could not be opened');
  });
});

describe('a config with a fault', () => {
  test('a config with a fault is told with line and column, and the traces beside it are opened without it', async () => {
    const store = newStore();
    const done = store.getState().open([yaml(BAD_CONFIG), traces('a.json')]);
    const worker = await asked(0);
    expect(worker.asked).toMatchObject([{ type: 'open', rules: { config: null } }]);
    answers.opened(worker);
    await done;
    const { opened, failure } = store.getState();
    expect(opened).toMatchObject({ label: 'a.json', config: null });
    expect(failure?.title).toBe('a.json was opened without hopline.yaml');
    expect(failure?.message).toMatch(/^hopline\.yaml:2:18: .*cieling/);
  });

  test('a config with a fault is told in the plural where several files were opened without it', async () => {
    const store = newStore();
    const done = store.getState().open([yaml(BAD_CONFIG), traces('a.json'), traces('b.json')]);
    answers.opened(await asked(0));
    await done;
    expect(store.getState().failure?.title).toBe('2 files were opened without hopline.yaml');
  });

  test('a config with a fault is told beside traces that could not be opened either', async () => {
    const store = newStore();
    const done = store.getState().open([yaml(BAD_CONFIG), traces('a.json')]);
    answers.failed(await asked(0), 'a.json: it is empty');
    await done;
    expect(store.getState().failure?.message).toMatch(/^a\.json: it is empty\nhopline\.yaml:2:18: /);
  });

  test('a config without a fault goes with its traces', async () => {
    const store = newStore();
    const done = store.getState().open([yaml(GOOD_CONFIG), traces('a.json')]);
    const worker = await asked(0);
    expect(worker.asked).toMatchObject([
      { type: 'open', rules: { config: { name: 'hopline.yaml', text: GOOD_CONFIG } } },
    ]);
    answers.opened(worker);
    await done;
    expect(store.getState().failure).toBeNull();
  });
});

describe('what could not be read', () => {
  const issue = (code: string, message: string, source: string): Issue => ({
    code,
    severity: 'error',
    message,
    count: 1,
    firstAt: { source },
  });

  test('what could not be read of a file, or no more, is told at once, and which file it is', async () => {
    const store = newStore();
    const done = store.getState().open([traces('a.json'), traces('b.json'), traces('c.json')]);
    const dataset = someDataset({
      sources: [
        { name: 'a.json', bytes: 9, spans: 9, format: 'OTLP JSON' },
        { name: 'b.json', bytes: 0, spans: 0, format: 'unknown' },
      ],
      issues: [
        issue('unreadable', 'Reading ended early: it changed. What came before was read.', 'a.json'),
        issue('unreadable-source', 'No span could be read from 1 of 2 sources: b.json: it is empty', 'b.json'),
        issue('wrong-checksum', 'All of it was read, but …', 'a.json'),
      ],
    });
    answers.opened(await asked(0), dataset);
    await done;
    expect(store.getState().failure).toEqual({
      title: 'Not all of 3 files could be read',
      message:
        'a.json: Reading ended early: it changed. What came before was read.\nNo span could be read from 1 of 2 sources: b.json: it is empty',
    });
  });

  test('what could not be read of a file without a span is told once', async () => {
    const store = newStore();
    const done = store.getState().open([traces('a.json'), traces('b.json')]);
    const dataset = someDataset({
      sources: [{ name: 'b.json', bytes: 0, spans: 0, format: 'unknown' }],
      issues: [
        issue('unreadable', 'Reading ended early: it changed. What came before was read.', 'b.json'),
        issue('unreadable-source', 'No span could be read from 1 of 2 sources: b.json: it changed', 'b.json'),
      ],
    });
    answers.opened(await asked(0), dataset);
    await done;
    expect(store.getState().failure?.message).toBe('No span could be read from 1 of 2 sources: b.json: it changed');
  });
});

describe('what a config names and the traces do not have', () => {
  const unmatched = ['hopline.yaml:2:3: no request path "GET /crt"; did you mean "GET /cart"?'];
  const failure = { title: 'Some of hopline.yaml matches nothing in these traces', message: unmatched[0] };

  test('what a config names and the traces do not have is told where both are dropped together', async () => {
    const store = newStore();
    const done = store.getState().open([yaml(GOOD_CONFIG), traces('a.json')]);
    answers.opened(await asked(0), someDataset({ unmatched }));
    await done;
    expect(store.getState().failure).toEqual(failure);
  });

  test('what a config names and the traces do not have is told where it is dropped after them, until another is', async () => {
    const store = newStore();
    const opening = store.getState().open([traces('a.json')]);
    const worker = await asked(0);
    answers.opened(worker);
    await opening;
    const drop = async (dataset: OpenedDataset): Promise<void> => {
      const questions = worker.asked.length;
      const done = store.getState().open([yaml(GOOD_CONFIG)]);
      await vi.waitFor(() => expect(worker.asked).toHaveLength(questions + 1));
      worker.answer({ type: 'opened', request: worker.asked[questions].request, dataset });
      await done;
    };
    await drop(someDataset({ unmatched }));
    expect(store.getState().failure).toEqual(failure);
    await drop(someDataset());
    expect(store.getState().failure).toBeNull();
  });

  test('what a config names and the traces do not have stands below what could not be read', async () => {
    const store = newStore();
    const done = store.getState().open([yaml(GOOD_CONFIG), traces('a.json'), traces('b.json')]);
    const message = 'No span could be read from 1 of 2 sources: b.json: it is empty';
    const issues: Issue[] = [{ code: 'unreadable-source', severity: 'error', message, count: 1, firstAt: null }];
    answers.opened(await asked(0), someDataset({ unmatched, issues }));
    await done;
    expect(store.getState().failure).toEqual({
      title: 'Not all of 2 files could be read',
      message: `${message}\n${unmatched[0]}`,
    });
  });

  test('what a config names and the traces do not have is told in a few lines, however much it is', async () => {
    const store = newStore();
    const done = store.getState().open([yaml(GOOD_CONFIG), traces('a.json')]);
    const many = Array.from({ length: 1205 }, (_, i) => `hopline.yaml:${i + 2}:3: no request path "GET /${i}"`);
    answers.opened(await asked(0), someDataset({ unmatched: many }));
    await done;
    const lines = store.getState().failure?.message.split('\n');
    expect(lines).toEqual([...many.slice(0, 5), '1,200 more are listed under Budgets.']);
  });

  test('what a config names is said to be none of the listed paths where others are left out', async () => {
    const store = newStore();
    const done = store.getState().open([yaml(GOOD_CONFIG), traces('a.json')]);
    const issues: Issue[] = [{ code: 'many-paths', severity: 'warning', message: '…', count: 1, firstAt: null }];
    answers.opened(await asked(0), someDataset({ unmatched, issues }));
    await done;
    expect(store.getState().failure?.title).toBe(
      'Some of hopline.yaml matches none of the request paths that are listed',
    );
  });
});

describe('the same traces judged anew', () => {
  const edit: BudgetEdit = {
    path: 'GET /cart',
    entry: 'web',
    isNameShared: false,
    part: null,
    percentile: 'p99',
    duration: '1s',
  };

  async function opened() {
    const store = newStore();
    const done = store.getState().open([traces('a.json')]);
    const worker = await asked(0);
    answers.opened(worker);
    await done;
    return { store, worker };
  }

  test('the same traces judged anew, by a budget of another tab, leave open what is open', async () => {
    const { store, worker } = await opened();
    store.setState({ trace: 3, isPresenting: true, editing: 'p95' });
    store.getState().restoreBudgets([edit]);
    await vi.waitFor(() => expect(worker.asked).toHaveLength(2));
    worker.answer({ type: 'opened', request: worker.asked[1].request, dataset: someDataset({ theme: 'dark' }) });
    await vi.waitFor(() => expect(store.getState().opened).toMatchObject({ dataset: { theme: 'dark' } }));
    expect(store.getState()).toMatchObject({ trace: 3, isPresenting: true, editing: 'p95' });
  });

  test('the same traces judged anew, by a budget, leave what could not be read on the page', async () => {
    const { store, worker } = await opened();
    store.getState().fail('x.json could not be opened', 'it is empty');
    store.getState().restoreBudgets([edit]);
    await vi.waitFor(() => expect(worker.asked).toHaveLength(2));
    worker.answer({ type: 'opened', request: worker.asked[1].request, dataset: someDataset({ theme: 'dark' }) });
    await vi.waitFor(() => expect(store.getState().opened).toMatchObject({ dataset: { theme: 'dark' } }));
    expect(store.getState().failure?.title).toBe('x.json could not be opened');
  });

  test('other traces than the same close what was open of those before', async () => {
    const { store } = await opened();
    store.setState({ trace: 3, isPresenting: true, editing: 'p95' });
    const done = store.getState().open([traces('b.json')]);
    answers.opened(await asked(1));
    await done;
    expect(store.getState()).toMatchObject({ trace: null, isPresenting: false, editing: null });
  });
});
