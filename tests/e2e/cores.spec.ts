import { cpSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { startServer } from '../../src/cli/serve.ts';
import { CHROMIUM } from './chromium.ts';
import { choose, diagram, drop, expectOpen, openDemo, openEmpty } from './page.ts';
import { APP } from './places.ts';
import { writeManySpans } from './manySpans.ts';

test.use({ launchOptions: CHROMIUM });

/** Of more than 32 MB, from where on the page's worker shares with others. */
const SPANS = 160_000;
const OPENED = '160,000 spans · 40,000 traces';

for (const { cores, isShared } of [
  { cores: 4, isShared: true },
  // The browser's own process, which reads files, has the second one.
  { cores: 2, isShared: false },
]) {
  test(`a large file on ${cores} cores is ${isShared ? '' : 'not '}decoded by workers of the worker, and shows what its parts show`, async ({
    browser,
  }, info) => {
    const { server, url } = await serveWithCores(info.outputPath('app'), cores);
    const page = await browser.newPage({ baseURL: url });
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
    expect(decoders > 0).toBe(isShared);

    // Not compressed, so that it is large. One more worker unpacks it.
    writeFileSync(`${large}.gz`, gzipSync(readFileSync(large), { level: 0 }));
    await choose(page, `${large}.gz`);
    await expectOpen(page, `large.jsonl.gz · ${OPENED}`);
    expect(await diagram(page).locator('text').allTextContents()).toEqual(expected);
    expect(scripts.filter((url) => url.includes('decodeWorker')).length).toBeGreaterThan(2 * decoders);
    expect(refused).toEqual([]);
    await page.close();
    server.close();
  });
}

test('a gzip file is read to its end, though the browser stops behind its first member or at a cut', async ({
  page,
}, info) => {
  const lines = info.outputPath('lines.jsonl');
  writeManySpans(lines, 4000);
  const bytes = readFileSync(lines);
  const half = bytes.indexOf(0x0a, bytes.length / 2) + 1;
  const members = Buffer.concat([gzipSync(bytes.subarray(0, half)), gzipSync(bytes.subarray(half))]);
  await openEmpty(page);
  await drop(page, { name: 'members.jsonl.gz', bytes: members });
  await expectOpen(page, 'members.jsonl.gz · 4,000 spans · 1,000 traces');
  await drop(page, { name: 'cut.jsonl.gz', bytes: members.subarray(0, -20) });
  await expectOpen(page, /cut\.jsonl\.gz · 3,[89]\d\d spans/);
});

/** The built page on a server of its own, whose workers take the machine for one of so many cores. */
async function serveWithCores(folder: string, cores: number) {
  cpSync(APP, folder, { recursive: true });
  const assets = join(folder, 'assets');
  for (const name of readdirSync(assets).filter((file) => /^worker-.*\.js$/.test(file))) {
    const script = readFileSync(join(assets, name), 'utf8');
    const setting = `Object.defineProperty(navigator, 'hardwareConcurrency', { value: ${cores} });`;
    writeFileSync(join(assets, name), setting + script);
  }
  return startServer({ folder, port: 0 });
}

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
