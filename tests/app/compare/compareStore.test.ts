import { beforeEach, describe, expect, test } from 'vitest';
import { compare } from '../../../src/app/compare/compareStore.ts';
import { hopline } from '../../../src/app/state/hoplineStore.ts';
import { DatasetWorker, type WorkerLike } from '../../../src/app/worker/datasetWorker.ts';
import { diffPaths } from '../../../src/analyse/diff/diffPaths.ts';
import type { Comparison, FromWorker, ToWorker } from '../../../src/protocol.ts';
import { analysed } from '../../helpers/analysed.ts';
import { shopText } from '../../helpers/shop.ts';

/** A worker that answers when the test says so. */
class FakeWorker implements WorkerLike {
  readonly asked: ToWorker[] = [];
  #message: (event: MessageEvent<FromWorker>) => void = () => undefined;

  postMessage(message: ToWorker): void {
    this.asked.push(message);
  }
  terminate(): void {}
  addEventListener(type: 'message' | 'error', listener: (event: never) => void): void {
    if (type === 'message') this.#message = listener as (event: MessageEvent<FromWorker>) => void;
  }
  answer(message: FromWorker): void {
    this.#message({ data: message } as MessageEvent<FromWorker>);
  }
  last(type: ToWorker['type']): number {
    return this.asked.findLast((message) => message.type === type)?.request ?? -1;
  }
}

const shop = analysed(shopText([{ data: 20 }]));
const compared = (percentile: number, id = 1): Comparison => ({
  id,
  diff: diffPaths(shop, shop, percentile),
  issues: [],
});
let worker = new FakeWorker();

function openDataset(): void {
  worker = new FakeWorker();
  const { summary, paths } = shop;
  hopline.setState({
    opened: {
      type: 'traces',
      label: 'before.jsonl',
      isDemo: false,
      config: null,
      paths,
      dataset: { sources: [], summary, paths, issues: [], unmatched: [], theme: 'auto' },
      worker: new DatasetWorker(worker),
    },
  });
}

describe('the comparison', () => {
  beforeEach(() => {
    openDataset();
    compare.getState().close();
    compare.getState().start();
  });

  test('of two stretches is shown with the names that were typed', async () => {
    const running = compare.getState().compareStretches('0s..1m', '1m..');
    expect(compare.getState().reading?.label).toBe('0s..1m and 1m..');
    await Promise.resolve();
    worker.answer({ type: 'compared', request: worker.last('compare'), comparison: compared(0.5) });
    await running;
    expect(compare.getState().shown?.sides).toEqual({ before: '0s..1m', after: '1m..' });
    expect(compare.getState().reading).toBeNull();
  });

  test('that is cancelled stops the worker, and an answer that comes too late is dropped', async () => {
    const running = compare.getState().compareStretches('0s..1m', '1m..');
    await Promise.resolve();
    const request = worker.last('compare');
    compare.getState().cancel();
    expect(worker.asked.at(-1)?.type).toBe('stopComparing');
    worker.answer({ type: 'compared', request, comparison: compared(0.5) });
    await running;
    expect(compare.getState()).toMatchObject({ isOpen: true, shown: null, reading: null, failure: null });
  });

  test('that fails says why and stays open for another try', async () => {
    const running = compare.getState().compareStretches('x', 'y');
    await Promise.resolve();
    worker.answer({ type: 'failed', request: worker.last('compare'), message: 'Before: expected a range' });
    await running;
    expect(compare.getState()).toMatchObject({
      isOpen: true,
      shown: null,
      failure: { message: 'Before: expected a range' },
    });
  });

  test('at another percentile keeps the path, and of two wishes the later one holds', async () => {
    const running = compare.getState().compareStretches('0s..1m', '1m..');
    await Promise.resolve();
    worker.answer({ type: 'compared', request: worker.last('compare'), comparison: compared(0.5) });
    await running;
    const first = compare.getState().setPercentile(0.95);
    const early = worker.last('compareAt');
    const second = compare.getState().setPercentile(0.99);
    const late = worker.last('compareAt');
    worker.answer({ type: 'compared', request: late, comparison: compared(0.99) });
    worker.answer({ type: 'compared', request: early, comparison: compared(0.95) });
    await Promise.all([first, second]);
    expect(compare.getState().shown).toMatchObject({ path: 0, diff: { percentile: 0.99 } });
  });

  describe('that is there', () => {
    const shownSides = { before: '0s..1m', after: '1m..' };
    beforeEach(async () => {
      const running = compare.getState().compareStretches('0s..1m', '1m..');
      await Promise.resolve();
      worker.answer({ type: 'compared', request: worker.last('compare'), comparison: compared(0.5, 7) });
      await running;
    });

    test('stays where a wrong file, a config or a damaged one is dropped on it, and the fault is told beside it', async () => {
      await compare.getState().compareFiles([new File(['paths: {}'], 'hopline.yaml')]);
      expect(compare.getState()).toMatchObject({ shown: { id: 7, sides: shownSides }, reading: null });
      expect(compare.getState().failure?.message).toContain('hopline.yaml is a config');
      const running = compare.getState().compareFiles([new File(['hello'], 'notes.txt')]);
      await expect.poll(() => worker.asked.at(-1)?.type).toBe('compare');
      expect(compare.getState()).toMatchObject({ shown: { id: 7 }, failure: null, reading: { label: 'notes.txt' } });
      worker.answer({ type: 'failed', request: worker.last('compare'), message: 'notes.txt: it holds no spans' });
      await running;
      expect(compare.getState()).toMatchObject({
        shown: { id: 7 },
        reading: null,
        failure: { title: 'This could not be compared', message: 'notes.txt: it holds no spans' },
      });
    });

    test('stays where the next one is cancelled, and is known to the worker until the next one is there', async () => {
      const running = compare.getState().compareStretches('2m..3m', '3m..');
      await Promise.resolve();
      compare.getState().cancel();
      expect(worker.asked.at(-1)).toMatchObject({ type: 'stopComparing', shown: 7 });
      worker.answer({ type: 'compared', request: worker.last('compare'), comparison: compared(0.5, 8) });
      await running;
      expect(compare.getState()).toMatchObject({ shown: { id: 7, sides: shownSides }, reading: null, failure: null });
      void compare.getState().setPercentile(0.95);
      expect(worker.asked.at(-1)).toMatchObject({ type: 'compareAt', id: 7, percentile: 0.95 });
      const next = compare.getState().compareStretches('4m..5m', '5m..');
      await Promise.resolve();
      worker.answer({ type: 'compared', request: worker.last('compare'), comparison: compared(0.5, 9) });
      await next;
      expect(compare.getState().shown?.id).toBe(9);
      expect(worker.asked.at(-1)).toMatchObject({ type: 'stopComparing', shown: 9 });
    });

    test('is asked for another percentile while the next one is read, which goes on', async () => {
      const running = compare.getState().compareStretches('2m..3m', '3m..');
      await Promise.resolve();
      const wished = compare.getState().setPercentile(0.95);
      worker.answer({ type: 'compared', request: worker.last('compareAt'), comparison: compared(0.95, 7) });
      await wished;
      expect(compare.getState()).toMatchObject({ shown: { id: 7, diff: { percentile: 0.95 } } });
      void compare.getState().setPercentile(0.99);
      const late = worker.last('compareAt');
      worker.answer({ type: 'compared', request: worker.last('compare'), comparison: compared(0.5, 8) });
      await running;
      worker.answer({ type: 'compared', request: late, comparison: compared(0.99, 7) });
      await Promise.resolve();
      expect(compare.getState()).toMatchObject({ shown: { id: 8, diff: { percentile: 0.5 } }, reading: null });
    });

    test('is gone back to from the question what else to compare', () => {
      compare.getState().chooseAgain(true);
      expect(compare.getState()).toMatchObject({ isChoosing: true, shown: { id: 7 } });
      compare.getState().chooseAgain(false);
      expect(compare.getState()).toMatchObject({ isChoosing: false, shown: { id: 7 } });
    });
  });

  test('ends when another dataset is opened', () => {
    openDataset();
    expect(compare.getState()).toMatchObject({ isOpen: false, shown: null });
  });

  test('stays where the same traces are judged by another budget, and ends where they have another config', () => {
    const { opened } = hopline.getState();
    if (opened?.type !== 'traces') throw new Error('no traces');
    hopline.setState({ opened: { ...opened, paths: [...opened.paths] } });
    expect(compare.getState().isOpen).toBe(true);
    hopline.setState({ opened: { ...opened, config: { name: 'hopline.yaml', text: 'paths: {}' } } });
    expect(compare.getState().isOpen).toBe(false);
  });

  test('does not open where there are no traces', () => {
    compare.getState().close();
    hopline.setState({ opened: null });
    compare.getState().start();
    expect(compare.getState().isOpen).toBe(false);
  });

  test('takes traces alone: a config is refused by its name', async () => {
    await compare.getState().compareFiles([new File(['paths: {}'], 'hopline.yaml')]);
    expect(compare.getState().failure?.message).toContain('hopline.yaml is a config');
    expect(worker.asked.some(({ type }) => type === 'compare')).toBe(false);
  });
});
