import { readFileSync } from 'node:fs';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { parseConfig } from '../../src/config/configFile.ts';
import { expectNoViolations } from './axe.ts';
import { diagram, drop, expectOpen, openDemo, textFile } from './page.ts';
import { fixture } from './places.ts';

function details(page: Page): Locator {
  return page.getByRole('complementary', { name: 'Details' });
}

async function type(page: Page, chip: RegExp, text: string): Promise<void> {
  await details(page).getByRole('button', { name: chip }).click();
  await expect(details(page).getByRole('textbox')).toBeFocused();
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

async function saved(page: Page): Promise<string> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: /hopline\.yaml/ }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('hopline.yaml');
  return readFileSync(await file.path(), 'utf8');
}

test('a budget is typed on a hop, and diagram, list, table and details follow', async ({ page }) => {
  await openDemo(page);
  await page.getByRole('option', { name: /^POST \/identity\/token/ }).click();
  await expect(page.getByRole('option', { name: /^POST \/identity\/token, no budget/ })).toBeVisible();
  await diagram(page)
    .getByRole('button', { name: /^go\.gateway, gateway/ })
    .focus();
  await page.keyboard.press('b');
  const field = details(page).getByRole('textbox', { name: 'Budget at p50' });
  await expect(field).toBeFocused();
  await page.keyboard.type('100us');
  await page.keyboard.press('Enter');
  await expect(details(page).getByRole('button', { name: /^p50 ≤ 100 us.*over/ })).toBeFocused();
  await expect(details(page)).toContainText(/▲.* over its 100 us budget/);
  await expect(page.getByRole('option', { name: /^POST \/identity\/token, over budget/ })).toBeVisible();
  await expect(diagram(page).getByRole('button', { name: /^go\.gateway, gateway.*over/ })).toBeVisible();
  await page.getByRole('tab', { name: 'Budgets' }).click();
  await expect(page.getByRole('row', { name: /go\.gateway POST \/identity\/token p50 ≤ 100 us/ })).toContainText(
    '▲ over budget',
  );
});

test('a wrong value says what is expected beside the field; Esc leaves all as it was; an empty field removes', async ({
  page,
}) => {
  await openDemo(page);
  await diagram(page)
    .getByRole('button', { name: /^postgres · primary/ })
    .click();
  await type(page, /^p50 ≤ 16 ms/, '12');
  const field = details(page).getByRole('textbox', { name: 'Budget at p50' });
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await expect(field).toHaveAccessibleDescription(
    'Expected a duration with its unit, such as 16ms, 1.5s or 400us, found 12.',
  );
  await page.keyboard.press('Escape');
  await expect(details(page).getByRole('button', { name: /^p50 ≤ 16 ms/ })).toBeFocused();
  await expect(details(page)).toContainText('Selected hop');
  await type(page, /^p50 ≤ 16 ms/, ' ');
  await expect(details(page).getByRole('button', { name: 'p50 ≤ … set a budget' })).toBeFocused();
  await expect(details(page)).not.toContainText('16 ms budget');
});

test('a wrong value that is left for another hop is told, for its field is gone', async ({ page }) => {
  await openDemo(page);
  const [hop, other] = [/^postgres · primary/, /^cf\.workers/].map((name) =>
    diagram(page).getByRole('button', { name }).first(),
  );
  await hop.click();
  await details(page)
    .getByRole('button', { name: /^p50 ≤ 16 ms/ })
    .click();
  await page.keyboard.type('12');
  await other.click();
  await expect(details(page)).toContainText('cf.workers');
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('12 was not kept as the budget at p50');
  await expect(alert).toContainText('Expected a duration with its unit, such as 16ms, 1.5s or 400us.');
  await alert.getByRole('button', { name: 'Dismiss' }).click();
  await hop.click();
  await expect(details(page).getByRole('button', { name: /^p50 ≤ 16 ms/ })).toBeVisible();
  await type(page, /^p50 ≤ 16 ms/, '12');
  await page.keyboard.press('Escape');
  await other.click();
  await expect(details(page)).toContainText('cf.workers');
  await expect(alert).toHaveCount(0);
});

test('a budget is said to its last digit, in the details and in the table of hops', async ({ page }) => {
  await openDemo(page);
  await diagram(page)
    .getByRole('button', { name: /^postgres · primary/ })
    .click();
  await type(page, /^p50 ≤ 16 ms/, '12.5ms');
  await expect(details(page).getByRole('row', { name: 'budget 12.5 — —' })).toBeVisible();
  await page.getByRole('tab', { name: 'Hops' }).click();
  await expect(page.getByRole('tabpanel').getByRole('row', { name: /^postgres · primary/ })).toContainText(
    'p50 ≤ 12.5 ms, over budget',
  );
});

test('leaving a field keeps it and opens the next; ceilings and boundaries have them too', async ({ page }) => {
  await openDemo(page);
  await page.keyboard.press('Escape');
  await details(page)
    .getByRole('button', { name: /^p50 ≤ …/ })
    .click();
  await page.keyboard.type('1.5s');
  await details(page)
    .getByRole('button', { name: /^p95 ≤ …/ })
    .click();
  await expect(details(page).getByRole('button', { name: /^p50 ≤ 1\.5 s/ })).toBeVisible();
  const field = details(page).getByRole('textbox', { name: 'Ceiling at p95' });
  await expect(field).toBeFocused();
  await diagram(page).getByRole('button', { name: /http/ }).first().hover();
  await expect(field).toBeVisible();
  await page.keyboard.press('Escape');
  await diagram(page).getByRole('button', { name: /http/ }).first().press('Enter');
  await type(page, /^p50 ≤ …/, '3ms');
  await expect(details(page).getByRole('button', { name: /^p50 ≤ 3 ms/ })).toBeVisible();
});

test('budgets stay over a reload and a dropped config, are saved with it, and are cleared', async ({ page }) => {
  await openDemo(page);
  await diagram(page)
    .getByRole('button', { name: /^postgres · primary/ })
    .click();
  await type(page, /^p50 ≤ 16 ms/, '17.5ms');
  await expect(details(page).getByRole('button', { name: /^p50 ≤ 17\.5 ms/ })).toBeVisible();
  await page.reload();
  await expectOpen(page, 'demo.otlp.binpb.gz');
  await expect(details(page).getByRole('button', { name: /^p50 ≤ 17\.5 ms/ })).toBeVisible();
  const original = readFileSync(fixture('demo.hopline.yaml'), 'utf8');
  const text = await saved(page);
  expect(text).toContain('# No note: how often the cache had it is measured.');
  expect(parseConfig(text, 'x')).toEqual(parseConfig(original.replace('16ms', '17.5ms'), 'x'));

  await drop(
    page,
    textFile('hopline.yaml', '# new\npaths:\n  GET *: { hops: { postgres*: { budget: { p50: 1ms, p99: 2s } } } }\n'),
  );
  await expect(details(page).getByRole('button', { name: /^p99 ≤ 2 s/ })).toBeVisible();
  await expect(details(page).getByRole('button', { name: /^p50 ≤ 17\.5 ms/ })).toBeVisible();
  expect(await page.evaluate(() => Object.keys(localStorage))).toEqual(['hopline.budgets.v1']);

  await page.getByRole('tab', { name: 'Budgets' }).click();
  await expect(page.getByRole('tabpanel')).toContainText('1 change of yours, over hopline.yaml, kept in this browser.');
  await page.getByRole('button', { name: 'Clear my budgets' }).press('Enter');
  await expect(details(page).getByRole('button', { name: /^p50 ≤ 1 ms/ })).toBeVisible();
  const undo = page.getByRole('button', { name: 'Undo' });
  await expect(undo).toBeFocused();
  await expect(page.getByText('Cleared your budgets. Undo brings them back.')).toBeAttached();
  await undo.press('Enter');
  await expect(details(page).getByRole('button', { name: /^p50 ≤ 17\.5 ms/ })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Clear my budgets' })).toBeFocused();
  await page.getByRole('button', { name: 'Clear my budgets' }).click();
  await expect(details(page).getByRole('button', { name: /^p50 ≤ 1 ms/ })).toBeVisible();
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
  expect(await saved(page)).toContain('# new\npaths:\n  GET *:');
});

test('the config’s theme holds until the reader chooses one', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await openDemo(page);
  await drop(page, textFile('hopline.yaml', 'theme: dark\npaths: {}\n'));
  const button = page.getByRole('button', { name: /^Theme:/ });
  await expect(button).toHaveAccessibleName('Theme: dark');
  await expect(page.locator('html')).toHaveCSS('color-scheme', 'dark');
  await button.click();
  await expect(button).toHaveAccessibleName('Theme: as the system');
  await expect(page).toHaveURL(/theme=auto/);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing while a budget is typed, in ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await openDemo(page);
    await diagram(page)
      .getByRole('button', { name: /^postgres · primary/ })
      .click();
    await type(page, /^p50 ≤ 16 ms/, '12');
    await page.getByRole('tab', { name: 'Budgets' }).click();
    await expect(details(page).getByRole('textbox')).toHaveAttribute('aria-invalid', 'true');
    await expectNoViolations(page);
  });
}

test('what a hopline.yaml names and the traces do not have is told at once, and in the table of budgets', async ({
  page,
}) => {
  await openDemo(page);
  // One that is kept for other traces is none of them.
  await page.evaluate(() => {
    const part = { type: 'hop', id: 'elsewhere' };
    const edit = {
      path: 'GET /elsewhere',
      entry: 'web',
      isNameShared: false,
      part,
      percentile: 'p50',
      duration: '1ms',
    };
    localStorage.setItem('hopline.budgets.v1', JSON.stringify([edit]));
  });
  await page.reload();
  await expectOpen(page, 'demo.otlp.binpb.gz');
  await expect(page.getByRole('alert')).toHaveCount(0);
  const text =
    'paths:\n  GET /catlog/:id: {}\n  GET /catalog/:id:\n    hops:\n      go.gatway: { budget: { p50: 1ms } }\n';
  await drop(page, textFile('hopline.yaml', text));
  const told = [
    'hopline.yaml:2:3: no request path "GET /catlog/:id"; did you mean "GET /catalog/:id"?',
    'hopline.yaml:5:7: no hop "go.gatway" on GET /catalog/:id; did you mean "go.gateway"?',
  ];
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('Some of hopline.yaml matches nothing in these traces');
  await expect(alert).toContainText(told.join('\n'));
  await alert.getByRole('button', { name: 'Dismiss' }).click();
  await page.getByRole('tab', { name: 'Budgets' }).click();
  await expect(page.getByRole('tabpanel').getByRole('listitem')).toHaveText(told);
  await expectNoViolations(page, 'section[aria-label=Tables]');
});
