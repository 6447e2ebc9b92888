import { chromium, type Browser } from 'playwright';
import { startServer } from '../../src/cli/serve.ts';
import { CHROMIUM } from '../e2e/chromium.ts';
import type { BenchFile, BenchFiles, PackedFiles } from './files.ts';
import { ratios } from './measure.ts';
import { measureMoves } from './moves.ts';
import { drainingSeconds, inPage, openingSeconds, SETTLING_MS } from './page.ts';
import { print, type Run } from './run.ts';
import { TARGETS } from './targets.ts';

/** P8, P10, and P11 with its picture: the built page in Chromium, by what a person does. */
export async function measureBrowser(run: Run, files: BenchFiles, packed: PackedFiles, page: string): Promise<void> {
  const browser = await launched();
  if (browser === null) return;
  const { server, url } = await startServer({ folder: page, port: 0 });
  try {
    await measureOpening(run, browser, url, files);
    await measureForms(run, browser, url, files, packed);
    await measureMoves(run, browser, url);
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
  }
}

async function launched(): Promise<Browser | null> {
  try {
    return await chromium.launch(CHROMIUM);
  } catch (error) {
    print(`\nChromium was left out: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`);
    return null;
  }
}

async function measureOpening(run: Run, browser: Browser, url: string, { jsonl, spans }: BenchFiles): Promise<void> {
  const tasks: number[] = [];
  const times = await run.compare('Chromium, JSON Lines', {
    'drop to diagram': () =>
      inPage(browser, url, async (page) => {
        const seconds = await openingSeconds(page, jsonl);
        await page.waitForTimeout(SETTLING_MS);
        tasks.push((await page.evaluate(() => Reflect.get(window, 'longTasks') as readonly number[])).length);
        return seconds;
      }),
    'file.stream() alone': () => inPage(browser, url, (page) => drainingSeconds(page, jsonl)),
  });
  const toDraining = ratios(times['drop to diagram'], times['file.stream() alone']);
  run.record(spans < TARGETS['P8 numbers'].size ? 'P8 diagram' : 'P8 numbers', toDraining, spans);
  run.record('P8 tasks', tasks.slice(-run.runs), spans);
}

/** The same traces in every other form, and P10 where the browser inflates. */
async function measureForms(
  run: Run,
  browser: Browser,
  url: string,
  { json, protobuf, spans }: BenchFiles,
  { gzip, zstd }: PackedFiles,
): Promise<void> {
  const opening = (file: BenchFile) => () => inPage(browser, url, (page) => openingSeconds(page, file));
  const times = await run.compare('Chromium, drop to diagram', {
    'one JSON document': opening(json),
    protobuf: opening(protobuf),
    'JSON Lines, gzip': opening(gzip),
    'DecompressionStream alone': () => inPage(browser, url, (page) => drainingSeconds(page, gzip, { isGzip: true })),
  });
  run.record('P10 page', ratios(times['JSON Lines, gzip'], times['DecompressionStream alone']), spans);
  if (zstd !== null) await run.compare('Chromium, zstd', { 'drop to diagram': opening(zstd) });
}
