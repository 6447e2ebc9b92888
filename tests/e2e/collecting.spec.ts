import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { demoHalf, toText } from '../helpers/splitDemo.ts';
import { CHROMIUM } from './chromium.ts';
import { writeManySpans } from './manySpans.ts';
import { expectOpen, openDemo } from './page.ts';

test.use({ launchOptions: { ...CHROMIUM, args: [...CHROMIUM.args, '--js-flags=--expose-gc'] } });

let folder = '';
test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hopline-collecting-'));
  const text = toText(demoHalf(1));
  writeFileSync(join(folder, 'plain.jsonl'), text);
  writeFileSync(join(folder, 'packed.jsonl.gz'), gzipSync(text, { level: 1 }));
  writeManySpans(join(folder, 'large.jsonl'), 120_000);
});
test.afterAll(() => rmSync(folder, { recursive: true }));

for (const name of ['plain.jsonl', 'packed.jsonl.gz', 'large.jsonl']) {
  test(`reading ${name} comes to its end though the worker's garbage is collected at every wait`, async ({ page }) => {
    await openDemo(page);
    const [worker] = page.workers();
    // The dataset that is open stays in this worker, which reads what it is compared with.
    await worker.evaluate(() => {
      const collect: unknown = Reflect.get(globalThis, 'gc');
      if (typeof collect !== 'function') throw new Error('no gc()');
      setInterval(() => Reflect.apply(collect, undefined, []), 1);
    });
    await page.keyboard.press('c');
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose files…' }).click();
    await (await chooser).setFiles(join(folder, name));
    await expect(page.getByRole('dialog', { name: `Compare: demo.otlp.binpb.gz → ${name}` })).toBeVisible({
      timeout: 60_000,
    });
    await page.keyboard.press('Escape');
    await expectOpen(page, 'demo.otlp.binpb.gz');
  });
}
