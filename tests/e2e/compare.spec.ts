import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { demoHalf, slowedByAFifth, toText } from '../helpers/splitDemo.ts';
import { expectNoViolations } from './axe.ts';
import { CHROMIUM } from './chromium.ts';
import { choose, diagram, drop, expectOpen, openDemo, openEmpty, textFile } from './page.ts';
import { COMMAND_LINE, fixture } from './places.ts';
import { writeManySpans } from './manySpans.ts';

// Resampling is a second of work each time.
test.use({ launchOptions: CHROMIUM });

/** Both halves of the demo; in the second the primary database takes a fifth longer. */
let folder = '';
let before = '';
let after = '';

test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hopline-compare-page-'));
  before = join(folder, 'before.jsonl');
  after = join(folder, 'after.jsonl');
  writeFileSync(before, toText(demoHalf(0)));
  const isPrimary = ({ attributes }: Parameters<Parameters<typeof slowedByAFifth>[1]>[0]): boolean =>
    attributes.some(({ key, value }) => key === 'server.address' && value.stringValue?.includes('primary'));
  writeFileSync(after, toText(slowedByAFifth(demoHalf(1), isPrimary)));
});
test.afterAll(() => rmSync(folder, { recursive: true }));

function dialogOf(page: Page): Locator {
  return page.getByRole('dialog', { name: /^Compare/ });
}

async function chooseAfter(page: Page, ...paths: readonly string[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await dialogOf(page).getByRole('button', { name: 'Choose files…' }).click();
  await (await chooser).setFiles([...paths]);
}

async function compareHalves(page: Page): Promise<Locator> {
  await openEmpty(page);
  await choose(page, before);
  await expectOpen(page, 'before.jsonl');
  await page.getByRole('button', { name: 'Compare' }).click();
  await chooseAfter(page, after);
  const dialog = page.getByRole('dialog', { name: 'Compare: before.jsonl → after.jsonl' });
  await expect(dialog).toBeVisible({ timeout: 120_000 });
  return dialog;
}

/** What the command line says of the same files. */
function commandLine(...options: readonly string[]): string {
  return execFileSync(process.execPath, [COMMAND_LINE, 'diff', before, after, ...options], { encoding: 'utf8' });
}

test('a second file is compared as the command line does: the same numbers, the same bridge', async ({ page }) => {
  const dialog = await compareHalves(page);
  const bridge = dialog.locator('svg.hopline');
  await expect(bridge).toContainText('▲ slower');
  await expect(bridge).toContainText('FINDING');
  await expect(dialog.getByRole('table', { name: 'Changed beyond chance' })).toContainText('postgres · primary');
  await expect(dialog.getByRole('table', { name: 'Changed beyond chance' })).toContainText('▲ slower');
  const paths = dialog.getByRole('listbox', { name: 'Compared paths' });
  await expect(paths).toBeFocused();

  const saved = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Export SVG' }).click();
  const download = await saved;
  const svg = readFileSync(await download.path(), 'utf8');
  expect(svg).toBe(commandLine('-o', '-'));
  await expect(dialog.getByRole('status')).toContainText(`Saved ${download.suggestedFilename()}`);

  const told = commandLine();
  const all = dialog.getByRole('region', { name: 'All requests' });
  for (const words of ['within the paths', 'by the mix of paths']) {
    const change = new RegExp(`${words}\\s*([+−]?[\\d.,]+)`);
    const changeIn = (text: string): number => Number(change.exec(text)?.[1]?.replace('−', '-'));
    // Each is rounded in its own way: the page as its picture is, to what adds up.
    expect(Math.abs(changeIn(await all.innerText()) - changeIn(told))).toBeLessThanOrEqual(0.1);
  }
});

test('the percentile and the path are chosen by keyboard, and the bridge follows', async ({ page }) => {
  const dialog = await compareHalves(page);
  const paths = dialog.getByRole('listbox', { name: 'Compared paths' });
  await expect(paths).toBeFocused();
  await page.keyboard.press('End');
  await expect(paths.getByRole('option').last()).toHaveAttribute('aria-selected', 'true');
  const last = (await paths.getByRole('option').last().getAttribute('aria-label')) ?? '';
  await expect(dialog.locator('svg.hopline > title')).toContainText(last.split(',')[0]);
  await page.keyboard.press('Home');
  const p95 = dialog.getByRole('button', { name: 'p95' });
  await p95.focus();
  await page.keyboard.press('Enter');
  await expect(p95).toHaveAttribute('aria-pressed', 'true');
  await expect(dialog.locator('svg.hopline')).toContainText('total p95');

  const saved = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Export SVG' }).press('Enter');
  expect((await saved).suggestedFilename()).toMatch(/-p95-bridge\.svg$/);

  await page.keyboard.press('Escape');
  await expect(dialogOf(page)).toHaveCount(0);
  await expectOpen(page, 'before.jsonl');
  await expect(page.getByRole('button', { name: 'Compare' })).toBeFocused();
  await expect(diagram(page)).toBeVisible();
});

test('two stretches of what is open are compared; what cannot be read is said, and what was typed stays', async ({
  page,
}) => {
  await openDemo(page);
  await page.keyboard.press('c');
  const dialog = dialogOf(page);
  await expect(dialog.getByRole('button', { name: 'Choose files…' })).toBeFocused();
  const field = dialog.getByRole('textbox', { name: 'Before' });
  await expect(field).not.toHaveValue('');
  const usual = await field.inputValue();
  await field.fill('yesterday');
  await field.press('Enter');
  await expect(dialog.getByRole('alert')).toContainText('Before: expected a range');
  await expect(field).toHaveValue('yesterday');
  await field.fill('10000m..');
  await field.press('Enter');
  await expect(dialog.getByRole('alert')).toContainText('no request starts there');
  await field.fill(usual);
  await field.press('Enter');
  await expect(dialog.getByRole('listbox', { name: 'Compared paths' })).toBeFocused({ timeout: 120_000 });
  await expect(dialog.locator('svg.hopline')).toBeVisible();
  await expect(dialog.getByRole('alert')).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Compare others…' }).click();
  await expect(dialog.getByRole('button', { name: 'Choose files…' })).toBeFocused();
});

test('a hop that is gone is told under Structure, and not called faster', async ({ page }) => {
  const batches = demoHalf(1);
  for (const { resourceSpans } of batches) {
    for (const { scopeSpans } of resourceSpans) {
      for (const scope of scopeSpans)
        scope.spans = scope.spans.filter(({ attributes }) =>
          attributes.every(({ value }) => value.stringValue !== 'redis'),
        );
    }
  }
  const uncached = join(folder, 'uncached.jsonl');
  writeFileSync(uncached, toText(batches));
  await openDemo(page);
  await page.keyboard.press('c');
  await chooseAfter(page, uncached);
  const dialog = dialogOf(page);
  const changed = dialog.getByRole('option', { name: /of its structure changed/ }).first();
  await changed.click();
  await expect(dialog.getByRole('list', { name: 'Structure' })).toContainText(/redis.* is gone\./);
  const table = dialog.getByRole('table', { name: 'Changed beyond chance' });
  if ((await table.count()) > 0) await expect(table).not.toContainText('redis');
});

test('new and gone request paths stand apart from what became slower', async ({ page }) => {
  await openDemo(page);
  await page.keyboard.press('c');
  await drop(page, textFile('other.jsonl', readFileSync(fixture('no-edge.otlp.jsonl'), 'utf8')));
  const dialog = page.getByRole('dialog', { name: 'Compare: demo.otlp.binpb.gz → other.jsonl' });
  await expect(dialog).toContainText('No request path is in both');
  const all = dialog.getByRole('region', { name: 'All requests' });
  await expect(all).toContainText('New request paths');
  await expect(all).toContainText('Gone request paths');
  await expect(all).toContainText('GET /catalog/:id, entered at');
  await expect(dialog.getByRole('button', { name: 'Export SVG' })).toBeDisabled();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expectOpen(page, 'demo.otlp.binpb.gz');
});

test('a second set that cannot be read is named as what it is, and what is open stays', async ({ page }) => {
  await openDemo(page);
  await page.keyboard.press('c');
  const dialog = dialogOf(page);
  await drop(page, textFile('x.txt', 'not a trace'));
  await expect(dialog.getByRole('alert')).toContainText('x.txt');
  await drop(page, textFile('hopline.yaml', 'paths: {}'));
  await expect(dialog.getByRole('alert')).toContainText('hopline.yaml is a config');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expectOpen(page, 'demo.otlp.binpb.gz');
  await page.getByRole('option').nth(1).click();
  await page.getByRole('slider').focus();
  await page.keyboard.press('ArrowRight');
  await expect(diagram(page)).toBeVisible();
  await page.keyboard.press('c');
  await expect(dialog.getByRole('alert')).toHaveCount(0);
});

test('a comparison stays where a wrong file is dropped on it, and is gone back to', async ({ page }) => {
  await openDemo(page);
  await page.keyboard.press('c');
  const dialog = dialogOf(page);
  await dialog.getByRole('button', { name: 'Compare stretches' }).click();
  const bridge = dialog.locator('svg.hopline');
  await expect(bridge).toBeVisible({ timeout: 120_000 });
  await drop(page, textFile('notes.txt', 'hello'));
  await expect(dialog.getByRole('alert')).toContainText('notes.txt');
  await expect(bridge).toBeVisible();
  await dialog.getByRole('button', { name: 'p95' }).click();
  await expect(bridge).toContainText('total p95');
  await expect(dialog.getByRole('alert')).toHaveCount(0);
  await drop(page, textFile('hopline.yaml', 'paths: {}'));
  await expect(dialog.getByRole('alert')).toContainText('hopline.yaml is a config');
  await dialog.getByRole('button', { name: 'Dismiss' }).press('Enter');
  await expect(dialog.getByRole('alert')).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Compare others…' }).click();
  await dialog.getByRole('button', { name: 'Back to what was compared' }).click();
  await expect(bridge).toContainText('total p95');
});

test('reading the second set shows progress, is cancelled at once, and the open dataset still answers', async ({
  page,
}) => {
  const many = join(folder, 'many.jsonl');
  writeManySpans(many, 600_000);
  await openDemo(page);
  await page.keyboard.press('c');
  await chooseAfter(page, many);
  const dialog = dialogOf(page);
  await expect(dialog.getByRole('region', { name: 'Reading files' })).toContainText(/\d% · [\d,]+ spans/);
  await dialog.getByRole('button', { name: 'Cancel' }).press('Enter');
  await expect(dialog.getByRole('button', { name: 'Choose files…' })).toBeFocused();
  await page.keyboard.press('Escape');
  const traces = page.getByRole('tabpanel').getByRole('button', { name: /^Open trace/ });
  await traces.first().click();
  await expect(page.getByRole('dialog').getByRole('listbox')).toBeFocused();
});

test('where the server has ended, the page stays and says what to do, and Compare opens once it is back', async ({
  page,
}) => {
  await openDemo(page);
  await page.route('**/assets/**', (route) => route.abort());
  await page.getByRole('button', { name: 'Compare' }).click();
  const notice = page.getByRole('alert');
  await expect(notice).toContainText('Compare could not be opened');
  await expect(notice).toContainText('A part of Hopline could not be loaded: its server has ended');
  await expect(diagram(page)).toBeVisible();
  await expect(dialogOf(page)).toHaveCount(0);
  for (const item of [/^SVG, auto/, /^OTLP JSON traces of this path/]) {
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: item }).click();
    await expect(notice).toContainText('It could not be exported');
    await expect(notice).toContainText('A part of Hopline could not be loaded: its server has ended');
  }
  await page.unroute('**/assets/**');
  await page.getByRole('button', { name: 'Compare' }).click();
  const button = dialogOf(page).getByRole('button', { name: 'Choose files…' });
  await expect(button).toBeFocused();
  await expect(button).toHaveCSS('height', '30px');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });
    test('axe finds nothing in the form, in an error and in the result', async ({ page }) => {
      await openDemo(page);
      await page.keyboard.press('c');
      await drop(page, textFile('x.txt', 'not a trace'));
      await expect(dialogOf(page).getByRole('alert')).toBeVisible();
      await expectNoViolations(page, 'dialog');
      await page.keyboard.press('Escape');
      const dialog = await compareHalves(page);
      await expect(dialog.locator('svg.hopline')).toBeVisible();
      await expectNoViolations(page, 'dialog');
      if (process.env['HOPLINE_SHOTS'] !== undefined)
        await page.screenshot({ path: join(process.env['HOPLINE_SHOTS'], `compare-${colorScheme}.png`) });
    });
  });
}
