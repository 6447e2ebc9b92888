import { describe, expect, test } from 'vitest';
import { readingText } from '../../src/app/parts/readingText.ts';
import { DatasetWorker } from '../../src/app/worker/datasetWorker.ts';
import type { Progress } from '../../src/protocol.ts';
import { FakeWorker } from './fakeWorker.ts';

function said(progress: Partial<Progress> | null): string {
  const worker = new DatasetWorker(new FakeWorker());
  const all: Progress = { bytesRead: 0, bytesTotal: 8, spans: 0, source: 'a', stage: 'reading', ...progress };
  return readingText({
    label: 'a.json',
    worker,
    startedAtMs: 0,
    progress: progress === null ? null : all,
    bytesPerSecond: null,
  });
}

describe('what is said of files on their way in', () => {
  test('what is said of files on their way in is said by quarters', () => {
    expect(said(null)).toBe('Reading a.json');
    expect([0, 1, 2, 7, 8].map((bytesRead) => said({ bytesRead }))).toEqual(
      [0, 0, 25, 75, 100].map((percent) => `Reading a.json, ${percent} percent`),
    );
  });

  test('what is said of files on their way in has one span and several spans', () => {
    expect(said({ stage: 'analysing', spans: 1 })).toBe('Analysing 1 span');
    expect(said({ stage: 'analysing', spans: 1200 })).toBe('Analysing 1,200 spans');
  });
});
