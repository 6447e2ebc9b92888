import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';

/** What a person does on the page, and what they see. */

export interface DroppedFile {
  readonly name: string;
  readonly bytes: Buffer;
}

export function file(path: string): DroppedFile {
  return { name: basename(path), bytes: readFileSync(path) };
}

export function textFile(name: string, text: string): DroppedFile {
  return { name, bytes: Buffer.from(text) };
}

export async function openDemo(page: Page): Promise<void> {
  await page.goto('/');
  await expectOpen(page, 'demo.otlp.binpb.gz');
}

/** The page without a demo, for what has its own files: reading the demo is most of what opening the page takes. */
export async function openEmpty(page: Page): Promise<void> {
  await page.route('**/demo.*', (route) => route.fulfill({ status: 404 }));
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'Drop traces here' })).toBeVisible();
}

/** The dataset's line in the top bar names what is open. */
export async function expectOpen(page: Page, label: string | RegExp): Promise<void> {
  await expect(page.getByRole('banner')).toContainText(label, { timeout: 120_000 });
  await expectDrawn(page);
}

/** The path that is chosen is what the diagram shows: another one is drawn a moment after the panes name it. */
async function expectDrawn(page: Page): Promise<void> {
  await expect(page.locator('main:not([aria-busy="true"])')).toHaveCount(1);
}

export async function drop(page: Page, ...files: readonly DroppedFile[]): Promise<void> {
  const transfer = await page.evaluateHandle(
    (dropped) => {
      const transfer = new DataTransfer();
      for (const { name, base64 } of dropped) {
        const text = atob(base64);
        const bytes = new Uint8Array(text.length);
        for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i);
        transfer.items.add(new File([bytes], name));
      }
      return transfer;
    },
    files.map(({ name, bytes }) => ({ name, base64: bytes.toString('base64') })),
  );
  await page.dispatchEvent('body', 'dragover', { dataTransfer: transfer });
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
}

/** Chosen in the browser's dialog: for files too large to be dropped by a test. */
export async function choose(page: Page, ...paths: readonly string[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('banner').getByRole('button', { name: 'Open…' }).click();
  await (await chooser).setFiles([...paths]);
}

export function diagram(page: Page): Locator {
  return page.locator('svg.hopline');
}

/** The first number on the right of the header, and the terms of the footer: `7 + 3 + … hops + 0.6 boundaries`. */
export async function sumOnScreen(
  page: Page,
): Promise<{ readonly total: number; readonly sum: number; readonly percentile: string }> {
  await expectDrawn(page);
  // The first picture of a page comes when the size of its pane is known.
  await diagram(page).locator('text').first().waitFor();
  const texts = (await diagram(page).locator('text').allTextContents()).map((text) => text.trim());
  const footer = texts.find((text) => /^[\d.,~<+ ]+ (hops|in one hop)\b/.test(text));
  const total = texts.find((text) => /^total [\d.,]+ (ms|s) p/.test(text));
  if (footer === undefined || total === undefined) throw new Error(`no footer in: ${texts.join(' | ')}`);
  const numbers = (footer.replaceAll(',', '').match(/\d+(\.\d+)?/g) ?? []).map(Number);
  const [, value = '', percentile = ''] = /^total ([\d.,]+) (?:ms|s) (p[\d.]+)/.exec(total) ?? [];
  return {
    total: Number(value.replaceAll(',', '')),
    sum: numbers.reduce((sum, number) => sum + number, 0),
    percentile,
  };
}
