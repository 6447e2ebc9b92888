import { expect, test } from '@playwright/test';
import { expectNoViolations } from './axe.ts';
import { openDemo } from './page.ts';

test('Search goes to a path, a hop of another path and a trace, by keyboard alone', async ({ page }) => {
  await openDemo(page);
  const field = page.getByRole('combobox', { name: /^Search/ });
  const heading = page.getByRole('heading', { level: 3 });
  await page.keyboard.press('/');
  await expect(field).toBeFocused();
  await expect(page.getByRole('option').first()).toBeVisible();
  await page.keyboard.type('billing');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(
    page.getByRole('listbox', { name: 'Request paths' }).getByRole('option', { selected: true }),
  ).toContainText('billing');

  await page.keyboard.press('Control+k');
  await page.keyboard.type('catalog redis');
  await expect(page.getByRole('listbox', { name: 'Found' }).getByRole('option').first()).toContainText('redis');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/hop=redis/);
  await expect(page.getByRole('complementary')).toContainText('redis');

  const id = await page
    .getByRole('button', { name: /^Open trace [0-9a-f]{32}$/ })
    .first()
    .getAttribute('aria-label');
  const traceId = id?.slice('Open trace '.length) ?? '';
  await page.keyboard.press('/');
  await page.keyboard.type(traceId.slice(0, 12));
  await expect(page.getByRole('option', { name: traceId })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toContainText(traceId);
  await page.keyboard.press('Escape');
  // Before the worker can have answered.
  await page.keyboard.press('/');
  await page.keyboard.insertText(traceId);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toContainText('spans');
  await expect(page.getByRole('dialog')).toContainText(traceId);
  await expect(heading).not.toHaveCount(0);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });

    test('Search says that nothing was found, and axe finds nothing in it', async ({ page }) => {
      await openDemo(page);
      await page.getByRole('button', { name: 'Search' }).click();
      await expectNoViolations(page, 'dialog');
      await page.keyboard.type('no such thing');
      await expect(page.getByText('Nothing was found.')).toBeVisible();
      await expectNoViolations(page, 'dialog');
      await page.keyboard.press('Escape');
      await expect(page.getByRole('button', { name: 'Search' })).toBeFocused();
    });
  });
}
