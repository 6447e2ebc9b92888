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
const compared = (percentile: number): Comparison => ({
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
    compare.getState().chooseAgain();
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
    expect(compare.getState()).toMatchObject({ isOpen: true, shown: null, failure: 'Before: expected a range' });
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
    expect(compare.getState().failure).toContain('hopline.yaml is a config');
    expect(worker.asked.some(({ type }) => type === 'compare')).toBe(false);
  });
});
