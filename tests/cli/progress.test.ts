import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { progressLine } from '../../src/cli/progress.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

function terminal(isTTY: boolean) {
  const stream = Object.assign(new PassThrough(), { isTTY, columns: 60 });
  return { stream, text: () => String(stream.read() ?? '') };
}

const step = { bytesRead: 50_000_000, spans: 1_204_311, source: 'traces\u001B[31m.jsonl' };

describe('progressLine', () => {
  test('shows how far reading has come once it takes long, and wipes it at the end', () => {
    const { stream, text } = terminal(true);
    const line = progressLine(stream, 100_000_000);
    line.update(step);
    expect(text()).toBe('');
    vi.advanceTimersByTime(1000);
    line.update(step);
    expect(text()).toBe('\r\u001B[2Kreading traces\uFFFD[31m.jsonl  50%  50 MB/s  1,204,311 spans');
    line.update(step);
    expect(text()).toBe('');
    line.end();
    expect(text()).toBe('\r\u001B[2K');
  });

  test('counts bytes where the size is not known', () => {
    const { stream, text } = terminal(true);
    const line = progressLine(stream, null);
    vi.advanceTimersByTime(2000);
    line.update({ ...step, source: 'standard input' });
    expect(text()).toContain('reading standard input  50 MB  25 MB/s');
  });

  test('writes nothing where nobody looks, or nothing took long', () => {
    const piped = terminal(false);
    const line = progressLine(piped.stream, 1);
    vi.advanceTimersByTime(5000);
    line.update(step);
    line.end();
    expect(piped.text()).toBe('');

    const quick = terminal(true);
    progressLine(quick.stream, 1).end();
    expect(quick.text()).toBe('');
  });
});
