import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import {
  diagram,
  drop,
  expectOpen,
  file,
  openDemo,
  openEmpty,
  sumOnScreen,
  textFile,
  type DroppedFile,
} from './page.ts';
import { COMMAND_LINE, fixture } from './places.ts';

async function saved(page: Page, act: () => Promise<void>): Promise<DroppedFile> {
  const download = page.waitForEvent('download');
  await act();
  const file = await download;
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}

/** What the Export menu saves; the keyboard chooses as the pointer does. */
async function exportedFile(page: Page, item: string): Promise<DroppedFile> {
  return saved(page, async () => {
    await page.getByRole('button', { name: 'Export' }).press('Enter');
    await page.getByRole('menuitem', { name: item }).press('Enter');
  });
}

async function exported(page: Page, item: string): Promise<{ readonly name: string; readonly svg: string }> {
  const { name, bytes } = await exportedFile(page, item);
  return { name, svg: bytes.toString('utf8') };
}

/** `4,805 traces …` of the top bar, without the file's name, and the sum in the picture. */
async function numbers(page: Page): Promise<unknown> {
  const words =
    (await page
      .getByRole('banner')
      .getByText(/ spans · /)
      .textContent()) ?? '';
  return [words.replace(/^.*? · /, ''), await sumOnScreen(page)];
}

function rendered(...options: readonly string[]): string {
  const input = [fixture('demo.otlp.jsonl.gz'), '--config', fixture('demo.hopline.yaml')];
  return execFileSync('node', [COMMAND_LINE, 'render', ...input, '-o', '-', ...options], {
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
}

test("the exported SVG, in every theme, is the command line's, byte for byte", async ({ page }) => {
  await openDemo(page);
  for (const theme of ['auto', 'light', 'dark']) {
    const { name, svg } = await exported(page, `SVG, ${theme}`);
    expect(name).toBe('get-catalog-id.svg');
    expect(svg).toBe(rendered('--theme', theme));
    expect(Buffer.byteLength(svg)).toBeLessThan(60_000);
  }
});

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

test('a saved diagram keeps the percentile that it was saved at among those that it offers', async ({ page }) => {
  await openEmpty(page);
  await drop(page, textFile('p75.svg', rendered('--percentile', '75')));
  await expectOpen(page, 'p75.svg');
  const own = page.getByRole('button', { name: /^p75 / });
  await expect(own).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('3');
  await expect(page.getByRole('button', { name: 'p99 180 ms', pressed: true })).toBeVisible();
  await own.click();
  await expect(own).toHaveAttribute('aria-pressed', 'true');
});

test('an SVG of somebody else is refused in a sentence', async ({ page }) => {
  await openDemo(page);
  await drop(
    page,
    textFile('logo.svg', '<svg xmlns="http://www.w3.org/2000/svg"><script>window.hacked = true</script></svg>'),
  );
  await expect(page.getByRole('alert')).toContainText('not made by Hopline');
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
  await expectOpen(page, 'demo.otlp.binpb.gz');
});

test('Copy SVG puts the same text on the clipboard', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openDemo(page);
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: 'Copy SVG' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Copied the SVG.' })).toHaveCount(1);
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(rendered());
});

for (const [format, name] of [
  ['JSON', 'parallel.otlp.jsonl'],
  ['protobuf', 'parallel.otlp.binpb'],
]) {
  test(`traces saved as OTLP ${format} open again with the same numbers`, async ({ page }) => {
    await openEmpty(page);
    await drop(page, file(fixture('parallel.otlp.jsonl')));
    await expectOpen(page, 'parallel.otlp.jsonl');
    const before = await numbers(page);
    const again = await exportedFile(page, `OTLP ${format} all traces`);
    expect(again.name).toBe(name);
    await drop(page, { ...again, name: 'again' });
    await expectOpen(page, 'again');
    expect(await numbers(page)).toEqual(before);
  });
}

test('the traces of the path that is shown are saved, and one trace from its dialog', async ({ page }) => {
  await openDemo(page);
  await page.getByRole('option', { name: /^POST \/identity\/token/ }).click();
  const before = await sumOnScreen(page);
  const ofPath = await exportedFile(page, 'OTLP protobuf traces of this path');
  expect(ofPath.name).toBe('post-identity-token.otlp.binpb');
  await drop(page, ofPath);
  await expectOpen(page, ofPath.name);
  await expect(page.getByRole('option')).toHaveCount(1);
  expect(await sumOnScreen(page)).toEqual(before);

  const row = page
    .getByRole('tabpanel')
    .getByRole('button', { name: /^Open trace/ })
    .first();
  const id = (await row.textContent()) ?? '';
  await row.click();
  const dialog = page.getByRole('dialog');
  const one = await saved(page, () =>
    dialog.getByRole('button', { name: 'Save this trace as OTLP JSON' }).press('Enter'),
  );
  expect(one.name).toBe(`trace-${id}.otlp.jsonl`);
  await expect(dialog.getByRole('status')).toHaveText(`Saved ${one.name}.`);
  expect(JSON.parse(one.bytes.toString('utf8'))).toHaveProperty('resourceSpans');
  await page.keyboard.press('Escape');
  await drop(page, one);
  await expectOpen(page, one.name);
  await expect(page.getByRole('banner')).toContainText(' · 1 trace · ');
});

test('a saved diagram has no traces to be saved', async ({ page }) => {
  await openEmpty(page);
  await drop(page, file(fixture('parallel.svg')));
  await expectOpen(page, 'parallel.svg');
  await page.getByRole('button', { name: 'Export' }).click();
  await expect(page.getByRole('menuitem', { name: 'OTLP JSON all traces' })).toBeDisabled();
  await expect(page.getByRole('menuitem', { name: 'SVG, auto' })).toBeEnabled();
});
