import { describe, expect, test, vi } from 'vitest';
import { DatasetWorker, EndedError, startAhead } from '../../src/app/worker/datasetWorker.ts';
import { FakeWorker, fakeWorkers } from './fakeWorker.ts';
import { someView } from './somePath.ts';

describe('a dataset worker', () => {
  test('gives each answer to the question with its number, in any order', async () => {
    const fake = new FakeWorker();
    const worker = new DatasetWorker(fake);
    const first = worker.view(0, 0.6);
    const second = worker.view(0, 0.7);
    const [six, seven] = [someView('p50', 6), someView('p50', 7)];
    fake.answer({ type: 'view', request: fake.asked[1].request, path: 0, view: seven });
    fake.answer({ type: 'view', request: fake.asked[0].request, path: 0, view: six });
    expect(await first).toBe(six);
    expect(await second).toBe(seven);
  });

  test('passes progress on until the answer comes', async () => {
    const fake = new FakeWorker();
    const onProgress = vi.fn<(progress: unknown) => void>();
    const opened = new DatasetWorker(fake).open([], { config: null, edits: [] }, onProgress);
    const { request } = fake.asked[0];
    const progress = { bytesRead: 1, bytesTotal: 2, spans: 3, source: 'a', stage: 'reading' } as const;
    fake.answer({ type: 'progress', request, progress });
    fake.answer({ type: 'failed', request, message: 'a: this is a Jaeger export' });
    fake.answer({ type: 'progress', request, progress });
    await expect(opened).rejects.toThrow('a: this is a Jaeger export');
    expect(onProgress).toHaveBeenCalledExactlyOnceWith(progress);
  });

  test('that is ended rejects what is asked, and stops at once', async () => {
    const fake = new FakeWorker();
    const worker = new DatasetWorker(fake);
    const trace = worker.trace(3);
    worker.end();
    await expect(trace).rejects.toBeInstanceOf(EndedError);
    expect(fake.isEnded).toBe(true);
    await expect(worker.trace(4)).rejects.toBeInstanceOf(EndedError);
  });

  test('that is retired rejects what is asked at once, and stops when the page had time to draw what came after', async () => {
    vi.useFakeTimers();
    const fake = new FakeWorker();
    const worker = new DatasetWorker(fake);
    const trace = worker.trace(3);
    worker.retire(500);
    await expect(trace).rejects.toBeInstanceOf(EndedError);
    fake.answer({ type: 'failed', request: fake.asked[0].request, message: 'too late' });
    vi.advanceTimersByTime(499);
    expect(fake.isEnded).toBe(false);
    vi.advanceTimersByTime(1);
    expect(fake.isEnded).toBe(true);
    vi.useRealTimers();
  });

  test('that breaks without a word is told as want of memory', async () => {
    const fake = new FakeWorker();
    const opened = new DatasetWorker(fake).open([], { config: null, edits: [] }, () => undefined);
    const progress = { bytesRead: 0, bytesTotal: 2, spans: 0, source: 'a', stage: 'reading' } as const;
    fake.answer({ type: 'progress', request: fake.asked[0].request, progress });
    fake.break('');
    await expect(opened).rejects.toThrow('memory');
  });

  test('that never said a word was not loaded: its server is gone, and memory has no part in it', async () => {
    const fake = new FakeWorker();
    const opened = new DatasetWorker(fake).open([], { config: null, edits: [] }, () => undefined);
    fake.break('');
    await expect(opened).rejects.toThrow('its server has ended');
  });
});

describe('a dataset worker that is started ahead', () => {
  const started = fakeWorkers();

  test('is the next dataset’s, and one waits at a time', () => {
    startAhead();
    startAhead();
    expect(started.length).toBe(1);
    void new DatasetWorker().view(0, 0.5);
    expect(started.length).toBe(1);
    expect(started[0].asked).toMatchObject([{ type: 'view' }]);
    void new DatasetWorker().view(0, 0.5);
    expect(started[1].asked).toMatchObject([{ type: 'view' }]);
  });

  test('is not waited for where it could not start', () => {
    startAhead();
    const failed = started.at(-1);
    failed?.break('its script could not be loaded');
    void new DatasetWorker().view(0, 0.5);
    expect(failed?.asked).toEqual([]);
    expect(started.at(-1)?.asked).toMatchObject([{ type: 'view' }]);
  });
});
