import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { diagram, drop, expectOpen, openDemo, textFile } from './page.ts';
import { COMMAND_LINE, fixture } from './places.ts';

async function exported(page: Page, item: string): Promise<{ readonly name: string; readonly svg: string }> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: item }).click();
  const saved = await download;
  return { name: saved.suggestedFilename(), svg: readFileSync(await saved.path(), 'utf8') };
}

function rendered(...options: readonly string[]): string {
  const input = [fixture('demo.otlp.jsonl.gz'), '--config', fixture('demo.hopline.yaml')];
  return execFileSync('node', [COMMAND_LINE, 'render', ...input, '-o', '-', ...options], {
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
}

for (const theme of ['auto', 'light', 'dark']) {
  test(`the exported SVG, ${theme}, is the command line's, byte for byte`, async ({ page }) => {
    await openDemo(page);
    const { name, svg } = await exported(page, `SVG, ${theme}`);
    expect(name).toBe('get-catalog-id.svg');
    expect(svg).toBe(rendered('--theme', theme));
    expect(Buffer.byteLength(svg)).toBeLessThan(60_000);
  });
}

test('the path and the percentile that are shown are exported', async ({ page }) => {
  await openDemo(page);
  await page.getByRole('option', { name: /^POST \/identity\/token/ }).click();
  await page.keyboard.press('3');
  const { name, svg } = await exported(page, 'SVG, auto');
  expect(name).toBe('post-identity-token-p99.svg');
  expect(svg).toBe(rendered('--path', 'POST /identity/token', '--percentile', '99'));
});

test('a saved SVG opens its diagram again, and exports the same bytes', async ({ page }) => {
  await openDemo(page);
  await page.keyboard.press('2');
  const first = await exported(page, 'SVG, light');
  await drop(page, textFile('kept.svg', first.svg));
  await expectOpen(page, 'kept.svg');
  await expect(page.getByRole('button', { name: 'p95 112 ms', pressed: true })).toBeVisible();
  await expect(diagram(page).getByRole('button', { name: /^postgres · primary/ })).toBeVisible();
  await expect(page.getByRole('tabpanel')).toContainText('holds no traces');
  expect((await exported(page, 'SVG, light')).svg).toBe(first.svg);
});

test('an SVG of somebody else is refused in a sentence', async ({ page }) => {
  await openDemo(page);
  await drop(
    page,
    textFile('logo.svg', '<svg xmlns="http://www.w3.org/2000/svg"><script>window.hacked = true</script></svg>'),
  );
  await expect(page.getByRole('alert')).toContainText('not made by Hopline');
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
  await expectOpen(page, 'demo.otlp.jsonl.gz');
});

test('Copy SVG puts the same text on the clipboard', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openDemo(page);
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: 'Copy SVG' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Copied the SVG.' })).toHaveCount(1);
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(rendered());
});
