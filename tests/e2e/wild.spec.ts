import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { CHROMIUM } from './chromium.ts';
import { choose, openEmpty } from './page.ts';
import { SHARED_DATA } from './places.ts';

test.use({ launchOptions: CHROMIUM });

for (const half of [0, 1]) {
  test(`every file from the wild, half ${half + 1} of 2, opens, or says why not, and nothing breaks`, async ({
    page,
  }) => {
    test.skip(!existsSync(SHARED_DATA), 'the files from public repositories are not here');
    test.setTimeout(240_000);
    await openEmpty(page);
    const problems: string[] = [];
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    page.on('pageerror', (error) => problems.push(error.message));
    const folders = readdirSync(SHARED_DATA, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const paths = folders.flatMap(({ name }) =>
      readdirSync(join(SHARED_DATA, name)).map((file) => join(SHARED_DATA, name, file)),
    );
    expect(paths.length).toBeGreaterThan(50);
    const alert = page.getByRole('alert');
    let opened = 0;
    for (const path of paths.filter((_, i) => i % 2 === half)) {
      const name = path.slice(path.lastIndexOf('/') + 1);
      await choose(page, path);
      await expect(
        page
          .getByRole('banner')
          .getByText(name)
          .or(alert.getByText(`${name}:`))
          .first(),
        name,
      ).toBeVisible({ timeout: 60_000 });
      if ((await alert.count()) > 0) {
        expect((await alert.locator('p').textContent())?.length, name).toBeGreaterThan(name.length + 20);
        await alert.getByRole('button', { name: 'Dismiss' }).click();
      } else {
        opened++;
        await expect(page.locator('svg.hopline'), name).toBeVisible();
      }
    }
    expect(opened).toBeGreaterThan(12);
    expect(problems).toEqual([]);
  });
}
