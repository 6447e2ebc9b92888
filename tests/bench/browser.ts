import { basename } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright';
import { startServer } from '../../src/cli/serve.ts';
import { CHROMIUM } from '../e2e/chromium.ts';
import type { BenchFile, BenchFiles } from './files.ts';
import { writeHops } from './hops.ts';
import { ratios } from './measure.ts';
import { onSpans, print, type Run } from './run.ts';

const HOPS = 30;
const TRACES_DRAWN = 1000;
const MOVES = 30;
/** What the browser calls a long task. */
const LONG_MS = 50;
/** After that the page is at rest: the worker of the dataset before has ended, and that of the next one is started. */
const SETTLING_MS = 1000;

/** P8, and P11 with its picture: the built page in Chromium, by what a person does. */
export async function measureBrowser(run: Run, files: BenchFiles, page: string): Promise<void> {
  const browser = await launched();
  if (browser === null) return;
  const { server, url } = await startServer({ folder: page, port: 0 });
  try {
    await measureOpening(run, browser, url, files);
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
  run.record('P8 numbers', ratios(times['drop to diagram'], times['file.stream() alone']), onSpans(spans));
  run.record('P8 tasks', tasks.slice(-run.runs), onSpans(spans));
}

/** From the file being given to the page until the page has drawn its diagram. */
async function openingSeconds(page: Page, { path }: BenchFile): Promise<number> {
  await page.waitForTimeout(SETTLING_MS);
  await page.evaluate(
    ({ name, longMs }) => {
      const longTasks: number[] = [];
      const opened = new Promise<number>((resolve) => {
        let start = 0;
        // The file goes to the worker as soon as the page has it; the input that it came by is in no document.
        Worker.prototype.postMessage = new Proxy(Reflect.get(Worker.prototype, 'postMessage') as () => void, {
          apply(post, worker, message) {
            if (start === 0) {
              start = performance.now();
              new PerformanceObserver((list) => {
                for (const { duration } of list.getEntries()) if (duration > longMs) longTasks.push(duration);
              }).observe({ type: 'longtask' });
            }
            return Reflect.apply(post, worker, message);
          },
        });
        const look = (): void => {
          const banner = document.querySelector('header, [role=banner]')?.textContent ?? '';
          // While the main pane is busy, it shows the diagram of before.
          const isDrawn = document.querySelector('main:not([aria-busy]) svg.hopline') !== null;
          if (start > 0 && banner.includes(`${name} · `) && isDrawn) resolve(performance.now() - start);
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      });
      Object.assign(window, { longTasks, opened });
    },
    { name: basename(path), longMs: LONG_MS },
  );
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open…' }).click();
  await (await chooser).setFiles(path);
  return (await page.evaluate(() => Reflect.get(window, 'opened') as Promise<number>)) / 1000;
}

/** The least that a page can do with a file: read it. */
async function drainingSeconds(page: Page, { path }: BenchFile): Promise<number> {
  await page.evaluate(() => {
    const input = document.createElement('input');
    input.type = 'file';
    input.id = 'drained';
    document.body.append(input);
  });
  await page.locator('#drained').setInputFiles(path);
  const ms = await page.evaluate(async () => {
    const input = document.querySelector<HTMLInputElement>('#drained');
    const file = input?.files?.[0];
    if (!file) throw new Error('no file was given');
    const started = performance.now();
    const reader = file.stream().getReader();
    for (let step = await reader.read(); !step.done; step = await reader.read());
    return performance.now() - started;
  });
  return ms / 1000;
}

/**
 * What the main thread does, all in all, for each step of the percentile: numbers in, layout, React, paint. A key that
 * does nothing is pressed as often in the same page, and what it costs is taken off: that is the driver's.
 */
async function measureMoves(run: Run, browser: Browser, url: string): Promise<void> {
  const file = writeHops(run.folder, TRACES_DRAWN, HOPS);
  const times = await run.compare(`Chromium, ${MOVES} steps of the percentile over a diagram of ${HOPS} hops`, {
    'main thread': () =>
      inPage(browser, url, async (page) => {
        await openingSeconds(page, file);
        await page.waitForTimeout(SETTLING_MS);
        const session = await page.context().newCDPSession(page);
        await session.send('Performance.enable');
        const slider = page.getByRole('slider', { name: 'Percentile' });
        await slider.focus();
        const pressing = async (key: string): Promise<number> => {
          const before = await busySeconds(session);
          for (let move = 0; move < MOVES; move++) {
            await page.keyboard.press(key);
            await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 10))));
          }
          return (await busySeconds(session)) - before;
        };
        return (await pressing('ArrowRight')) - (await pressing('Shift'));
      }),
  });
  run.record(
    'P11 frame',
    times['main thread'].map((seconds) => (seconds * 1000) / MOVES),
    onSpans(TRACES_DRAWN * HOPS),
  );
}

async function busySeconds(session: { send(method: 'Performance.getMetrics'): Promise<Metrics> }): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
}

interface Metrics {
  readonly metrics: readonly { readonly name: string; readonly value: number }[];
}

async function inPage(browser: Browser, url: string, work: (page: Page) => Promise<number>): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    await page.goto(url);
    await page.locator('main:not([aria-busy]) svg.hopline').waitFor();
    return await work(page);
  } finally {
    await context.close();
  }
}
