import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** `within` narrows it to what has changed since the whole page was looked at. */
export async function expectNoViolations(page: Page, within = 'html'): Promise<void> {
  // In the page itself: else a second page is opened for every look, which is for frames, and there are none.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().include(within).analyze();
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`),
  ).toEqual([]);
}
