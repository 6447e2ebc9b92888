import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { choose, diagram, drop, expectOpen, openDemo } from './page.ts';
import { writeManySpans } from './manySpans.ts';

/** Of more than 32 MB, from where on the page's worker shares with others. */
const SPANS = 160_000;
const OPENED = '160,000 spans · 40,000 traces';

test('a large file is decoded by workers of the worker, and shows what its parts show that are read by one', async ({
  page,
}, info) => {
  const large = info.outputPath('large.jsonl');
  writeManySpans(large, SPANS);
  expect(statSync(large).size).toBeGreaterThan(36e6);
  const parts = inParts(large, 3);
  const scripts: string[] = [];
  page.context().on('request', (request) => scripts.push(request.url()));
  const refused: string[] = [];
  page.on('console', (message) => message.type() === 'error' && refused.push(message.text()));

  await openDemo(page);
  await choose(page, ...parts);
  await expectOpen(page, OPENED);
  const expected = await diagram(page).locator('text').allTextContents();
  expect(scripts.filter((url) => url.includes('decodeWorker'))).toEqual([]);

  await choose(page, large);
  await expectOpen(page, `large.jsonl · ${OPENED}`);
  expect(await diagram(page).locator('text').allTextContents()).toEqual(expected);
  const decoders = scripts.filter((url) => url.includes('decodeWorker')).length;
  expect(decoders).toBeGreaterThan(0);

  // Not compressed, so that it is large. One more worker unpacks it.
  writeFileSync(`${large}.gz`, gzipSync(readFileSync(large), { level: 0 }));
  await choose(page, `${large}.gz`);
  await expectOpen(page, `large.jsonl.gz · ${OPENED}`);
  expect(await diagram(page).locator('text').allTextContents()).toEqual(expected);
  expect(scripts.filter((url) => url.includes('decodeWorker')).length).toBeGreaterThan(2 * decoders);
  expect(refused).toEqual([]);
});

test('a gzip file is read to its end, though the browser stops behind its first member or at a cut', async ({
  page,
}, info) => {
  const lines = info.outputPath('lines.jsonl');
  writeManySpans(lines, 4000);
  const bytes = readFileSync(lines);
  const half = bytes.indexOf(0x0a, bytes.length / 2) + 1;
  const members = Buffer.concat([gzipSync(bytes.subarray(0, half)), gzipSync(bytes.subarray(half))]);
  await openDemo(page);
  await drop(page, { name: 'members.jsonl.gz', bytes: members });
  await expectOpen(page, 'members.jsonl.gz · 4,000 spans · 1,000 traces');
  await drop(page, { name: 'cut.jsonl.gz', bytes: members.subarray(0, -20) });
  await expectOpen(page, /cut\.jsonl\.gz · 3,[89]\d\d spans/);
});

/** Cut between lines; all of them together are the file. */
function inParts(path: string, count: number): string[] {
  const bytes = readFileSync(path);
  let start = 0;
  return Array.from({ length: count }, (_, i) => {
    const about = Math.floor((bytes.length * (i + 1)) / count);
    const end = i === count - 1 ? bytes.length : bytes.indexOf(0x0a, about) + 1;
    const part = `${path}.${i}`;
    writeFileSync(part, bytes.subarray(start, end));
    start = end;
    return part;
  });
}
