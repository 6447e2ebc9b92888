import { expect, test, type Page } from '@playwright/test';
import { openDemo, sumOnScreen } from './page.ts';

/** Whole quanta are printed, so the sum is exact but for the binary of the decimals. */
async function expectSum(page: Page, percentile: string): Promise<number> {
  let total = 0;
  await expect(async () => {
    const shown = await sumOnScreen(page);
    expect(shown.percentile).toBe(percentile);
    expect(shown.sum).toBeCloseTo(shown.total, 6);
    total = shown.total;
  }).toPass({ timeout: 30_000 });
  return total;
}

test('the keys for p50, p95 and p99 work while the handle has the focus', async ({ page }) => {
  await openDemo(page);
  const handle = page.getByRole('slider', { name: 'Percentile' });
  await handle.press('3');
  await expect(handle).toHaveAttribute('aria-valuetext', /^p99/);
});

test('the numbers add up to the total at p50, p95 and p99, by the keys 1 2 3', async ({ page }) => {
  await openDemo(page);
  expect(await expectSum(page, 'p50')).toBe(47);
  await page.keyboard.press('2');
  expect(await expectSum(page, 'p95')).toBe(112);
  await page.keyboard.press('3');
  expect(await expectSum(page, 'p99')).toBe(180);
  await page.keyboard.press('1');
  await expectSum(page, 'p50');
});

test('the arrow keys move the percentile, and the whole page follows', async ({ page }) => {
  await openDemo(page);
  const slider = page.getByRole('slider', { name: 'Percentile' });
  await slider.focus();
  for (let i = 0; i < 10; i++) await page.keyboard.press('ArrowRight');
  await expectSum(page, 'p60');
  await expect(slider).toHaveValue('60');
  await expect(
    page.getByRole('complementary', { name: 'Details' }).getByRole('columnheader', { name: 'p60' }),
  ).toBeVisible();
  await page.keyboard.press('Shift+ArrowLeft');
  await expectSum(page, 'p50');
  await page.keyboard.press('End');
  await expectSum(page, 'p99.9');
});

test('dragging over the histogram goes anywhere between, and the link remembers', async ({ page }) => {
  await openDemo(page);
  const slider = page.getByRole('slider', { name: 'Percentile' });
  const box = await slider.boundingBox();
  if (box === null) throw new Error('no slider');
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x, y);
  await page.mouse.down();
  const seen = new Set<string>();
  for (let x = 10; x <= 160; x += 10) {
    await page.mouse.move(box.x + x, y);
    seen.add((await slider.getAttribute('aria-valuetext')) ?? '');
  }
  await page.mouse.up();
  expect(seen.size).toBeGreaterThan(3);
  const now = async (): Promise<string> =>
    /^p[\d.]+/.exec((await slider.getAttribute('aria-valuetext')) ?? '')?.[0] ?? '';
  // What a pointer moved is drawn in a task of its own, some frames later where the machine is busy.
  let percentile = '';
  await expect(async () => {
    percentile = await now();
    await page.waitForTimeout(300);
    expect(await now()).toBe(percentile);
  }).toPass();
  expect(Number(percentile.slice(1))).toBeGreaterThan(60);
  await expectSum(page, percentile);
  await expect(page).toHaveURL(new RegExp(`p=${percentile.slice(1).replace('.', '\\.')}`));

  await page.reload();
  await expectSum(page, percentile);
});

test('a link opens path, percentile, hop and theme', async ({ page }) => {
  await page.goto('/#v=1&path=POST+%2Fidentity%2Ftoken&p=95&hop=go.gateway&theme=dark');
  await expect(page.getByRole('option', { name: /^POST \/identity\/token/ })).toHaveAttribute('aria-selected', 'true', {
    timeout: 120_000,
  });
  await expect(page.getByRole('slider')).toHaveAttribute('aria-valuetext', /^p95/);
  await expect(page.getByRole('complementary', { name: 'Details' })).toContainText('go.gateway');
  await expect(page.locator('html')).toHaveCSS('color-scheme', 'dark');
});
