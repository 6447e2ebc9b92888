import { expect, test } from '@playwright/test';
import { openDemo } from './page.ts';

/** The table of a path's traces. */

test('the headers of the traces sort them and leave none out', async ({ page }) => {
  await openDemo(page);
  const panel = page.getByRole('tabpanel');
  const rows = panel.getByRole('row');
  await expect(rows).toHaveCount(51);
  await panel.getByRole('button', { name: 'status' }).click();
  await expect(panel.getByRole('columnheader', { name: 'status' })).toHaveAttribute('aria-sort', 'descending');
  await expect(rows.nth(1)).toContainText('error');
  await expect(rows).toHaveCount(51);
  await expect(rows.last()).toContainText(/ok$/);
  await panel.getByRole('button', { name: /^50 of [\d,]+ · show more$/ }).click();
  await expect(rows).toHaveCount(101);
  await page.getByRole('option', { name: /POST \/identity\/token/ }).click();
  await expect(rows.nth(1)).not.toContainText('error');
  await expect(rows).toHaveCount(101);
});

test('the times at which traces began are said to be UTC', async ({ page }) => {
  await openDemo(page);
  const start = page.getByRole('tabpanel').getByRole('columnheader', { name: 'start (UTC)' });
  await start.getByRole('button').click();
  await expect(start).toHaveAttribute('aria-sort', 'ascending');
});
