import { basename } from 'node:path';
import type { Browser, Page } from 'playwright';
import type { BenchFile } from './files.ts';

/** What the browser calls a long task. */
const LONG_MS = 50;
/** After that the page is at rest: the worker of the dataset before has ended, and that of the next one is started. */
export const SETTLING_MS = 1000;

/** The built page, in a window of its own, with its demo drawn. */
export async function inPage(browser: Browser, url: string, work: (page: Page) => Promise<number>): Promise<number> {
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

/** From the file being given to the page until the page has drawn its diagram. */
export async function openingSeconds(page: Page, { path }: BenchFile): Promise<number> {
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

/** The least that a page can do with a file: read it, and take gzip off where it is said to be on. */
export async function drainingSeconds(page: Page, { path }: BenchFile, { isGzip = false } = {}): Promise<number> {
  await page.evaluate(() => {
    const input = document.createElement('input');
    input.type = 'file';
    input.id = 'drained';
    document.body.append(input);
  });
  await page.locator('#drained').setInputFiles(path);
  const ms = await page.evaluate(async (isPacked) => {
    const input = document.querySelector<HTMLInputElement>('#drained');
    const file = input?.files?.[0];
    if (!file) throw new Error('no file was given');
    const started = performance.now();
    const content = isPacked ? file.stream().pipeThrough(new DecompressionStream('gzip')) : file.stream();
    const reader = content.getReader();
    for (let step = await reader.read(); !step.done; step = await reader.read());
    return performance.now() - started;
  }, isGzip);
  return ms / 1000;
}
