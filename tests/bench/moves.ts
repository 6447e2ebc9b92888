import type { Browser } from 'playwright';
import { writeHops } from './hops.ts';
import { inPage, openingSeconds, SETTLING_MS } from './page.ts';
import type { Run } from './run.ts';

const HOPS = 30;
const TRACES_DRAWN = 1000;
const MOVES = 30;

/**
 * P11 with its picture: what the main thread does, all in all, for each step of the percentile: numbers in, layout, React, paint. A key that
 * does nothing is pressed as often in the same page, and what it costs is taken off: that is the driver's.
 */
export async function measureMoves(run: Run, browser: Browser, url: string): Promise<void> {
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
    TRACES_DRAWN * HOPS,
  );
}

async function busySeconds(session: { send(method: 'Performance.getMetrics'): Promise<Metrics> }): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
}

interface Metrics {
  readonly metrics: readonly { readonly name: string; readonly value: number }[];
}
