import { expect, test, type Locator } from '@playwright/test';
import { expectNoViolations } from './axe.ts';
import { choose, diagram, drop, expectOpen, file, openDemo, openEmpty, textFile } from './page.ts';
import { writeManySpans } from './manySpans.ts';
import { fixture } from './places.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });

    test('axe finds nothing on the demo, on any tab, with and without a selection', async ({ page }) => {
      await openDemo(page);
      for (const tab of ['Traces', 'Hops', 'Boundaries', 'Runtimes', 'Budgets', 'Data quality']) {
        await page.getByRole('tab', { name: new RegExp(`^${tab}`) }).click();
        await expectNoViolations(page, tab === 'Traces' ? 'html' : 'section[aria-label=Tables]');
      }
      await page.keyboard.press('Escape');
      await expectNoViolations(page, 'aside');
      await diagram(page).getByRole('button', { name: /http/ }).first().press('Enter');
      await expectNoViolations(page, 'main');
      await expectNoViolations(page, 'aside');
    });

    test('axe finds nothing in the empty page, in an error, in the menu and in dialogs', async ({ page }) => {
      await openEmpty(page);
      await expectNoViolations(page);
      await drop(page, textFile('x.txt', 'not a trace'));
      await expect(page.getByRole('alert')).toBeVisible();
      await expectNoViolations(page);
      await drop(page, file(fixture('errors.otlp.jsonl')));
      await expectOpen(page, 'errors.otlp.jsonl');
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog', { name: 'Help and keys' })).toBeVisible();
      await expectNoViolations(page);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Export' }).click();
      await expect(page.getByRole('menu')).toBeVisible();
      await expectNoViolations(page);
      await page.keyboard.press('Escape');
      await page
        .getByRole('button', { name: /^Open trace/ })
        .first()
        .click();
      await expect(page.getByRole('dialog').getByRole('listbox')).toBeFocused();
      await expectNoViolations(page);
    });
  });
}

test('every path, hop, boundary and tab is reached and worked by keyboard', async ({ page }) => {
  await openDemo(page);
  const details = page.getByRole('complementary', { name: 'Details' });

  const paths = page.getByRole('listbox', { name: 'Request paths' });
  await paths.focus();
  await page.keyboard.press('ArrowDown');
  await expect(paths.getByRole('option').nth(1)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Home');
  await expect(paths.getByRole('option').first()).toHaveAttribute('aria-selected', 'true');

  const reached = new Set<string>();
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press('Tab');
    reached.add(
      await page.evaluate(
        () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '',
      ),
    );
  }
  for (const part of await diagram(page).getByRole('button').all())
    expect(reached).toContain(await part.getAttribute('aria-label'));

  await diagram(page)
    .getByRole('button', { name: /^rust.core \/ score/ })
    .focus();
  await page.keyboard.press('Enter');
  await expect(details).toContainText('rust.core / score');
  await page.keyboard.press('Escape');
  await expect(details).toContainText('Request path');

  await page.getByRole('tab', { name: 'Traces' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('tab', { name: 'Hops' })).toBeFocused();
  await expect(page.getByRole('tabpanel').getByRole('rowheader', { name: 'postgres · primary' })).toBeVisible();
});

test('a trace opens from its row by keyboard, and closing it gives the focus back', async ({ page }) => {
  await openDemo(page);
  const rows = page.getByRole('tabpanel').getByRole('button', { name: /^Open trace/ });
  await rows.first().focus();
  await page.keyboard.press('ArrowDown');
  await expect(rows.nth(1)).toBeFocused();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('listbox')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(dialog.getByRole('option').nth(1)).toHaveAttribute('aria-selected', 'true');
  await expect(dialog.getByRole('region', { name: 'The chosen span' })).toContainText('Attributes');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(rows.nth(1)).toBeFocused();
});

test('the focus is visible wherever it is', async ({ page }) => {
  await openDemo(page);
  for (let i = 0; i < 25; i++) {
    await page.keyboard.press('Tab');
    const isVisible = await page.evaluate(() => {
      const focused = document.activeElement;
      if (focused === null) return false;
      const isHandle = focused.matches('input[type=range]') && focused.parentElement !== null;
      const drawn = isHandle ? (focused.parentElement ?? focused) : focused;
      const outlined = [null, '::after'].some((pseudo) => getComputedStyle(drawn, pseudo).outlineStyle !== 'none');
      const ring = focused.querySelector('.ring');
      return outlined || (ring !== null && getComputedStyle(ring).stroke !== 'none');
    });
    expect(isVisible, await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200) ?? '')).toBe(true);
  }
});

test('a presentation walks from hop to hop by the arrow keys, says what it shows, and ends', async ({ page }) => {
  await openDemo(page);
  await page.keyboard.press('p');
  const slides = page.getByRole('dialog', { name: 'Presentation of GET /catalog/:id' });
  const caption = slides.getByRole('status');
  await expect(caption).toContainText('postgres · primary is the bottleneck');
  await expectNoViolations(page);
  const said: string[] = [];
  for (let i = 0; i < 7; i++) {
    await page.keyboard.press('ArrowRight');
    said.push((await caption.textContent()) ?? '');
  }
  expect(new Set(said).size).toBe(7);
  expect(said[0]).toBe('cf.workers: 7 ms of 47 ms at p50 (15%), within its 8 ms budget');
  await expectNoViolations(page);
  await page.keyboard.press('2');
  await expect(caption).toContainText('of 112 ms at p95');
  await page.keyboard.press('Home');
  await expect(slides.locator('.part.is-selected')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(slides).toHaveCount(0);
  await expect(page.getByRole('slider')).toBeVisible();
});

test('a fold that is opened by key has the focus still, in sight, and closes again', async ({ page }) => {
  await openEmpty(page);
  await drop(page, file(fixture('sixty-hops.otlp.jsonl')));
  await expectOpen(page, 'sixty-hops.otlp.jsonl');
  await diagram(page)
    .getByRole('button', { name: /more hops in/ })
    .first()
    .focus();
  await page.keyboard.press('Enter');
  const close = diagram(page).getByRole('button', { name: /^Fold \d+ hops of/ });
  await expect(close).toBeFocused();
  await expect(close).toBeInViewport();
  await page.keyboard.press('Enter');
  const again = diagram(page)
    .getByRole('button', { name: /more hops in/ })
    .first();
  await expect(again).toBeFocused();
  await expect(again).toBeInViewport();
});

test('a presentation shows a folded hop by the box that it is in', async ({ page }) => {
  await openEmpty(page);
  await drop(page, file(fixture('sixty-hops.otlp.jsonl')));
  await expectOpen(page, 'sixty-hops.otlp.jsonl');
  await page.keyboard.press('p');
  const slides = page.getByRole('dialog', { name: /^Presentation of/ });
  const [, hops] = /\/ (\d+)/.exec((await slides.locator('footer').textContent()) ?? '') ?? [];
  expect(Number(hops)).toBeGreaterThan(50);
  for (let hop = 1; hop <= Number(hops); hop++) {
    await page.keyboard.press('ArrowRight');
    await expect(slides.locator('.part.is-selected[role="button"]').first()).toBeAttached();
  }
});

test('nothing moves for who asks for less motion', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openDemo(page);
  const moving = await page.evaluate(
    () =>
      [...document.querySelectorAll('*')].filter(
        (element) => !/^0s(, 0s)*$/.test(getComputedStyle(element).transitionDuration),
      ).length,
  );
  expect(moving).toBe(0);
});

test('Esc closes a dialog that the focus has left', async ({ page }) => {
  await openDemo(page);
  await diagram(page)
    .getByRole('button', { name: /^Open the trace/ })
    .press('Enter');
  await expect(page.getByRole('dialog').getByRole('listbox')).toBeFocused();
  await page.keyboard.press('Tab');
  await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('what is chosen can be told where the system sets the colours', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await openDemo(page);
  const styleOf = (name: RegExp, role: 'option' | 'tab', property: string): Promise<string> =>
    page
      .getByRole(role, { name })
      .first()
      .evaluate((element, property) => getComputedStyle(element).getPropertyValue(property), property);
  expect(await styleOf(/^GET \/catalog/, 'option', 'outline-style')).toBe('solid');
  expect(await styleOf(/^GET \/search/, 'option', 'outline-style')).toBe('none');
  expect(await styleOf(/^Traces/, 'tab', 'border-bottom-color')).not.toBe(
    await styleOf(/^Hops/, 'tab', 'border-bottom-color'),
  );
  await page.getByRole('button', { name: 'Export' }).press('Enter');
  await expect(page.getByRole('menuitem').first()).toHaveCSS('outline-style', 'solid');
});

test('the hint of the demo is whole or not there, in a window of any width', async ({ page }) => {
  await openDemo(page);
  const bar = page.getByRole('banner');
  const hint = bar.getByText(/drop your own traces/);
  for (const [width, isThere] of [
    [1440, true],
    [1280, true],
    [1200, false],
    [1024, false],
  ] as const) {
    await page.setViewportSize({ width, height: 800 });
    const isSeen = await hint.evaluate((element) => {
      const own = element.getBoundingClientRect();
      const title = element.parentElement?.getBoundingClientRect();
      return title !== undefined && own.bottom <= title.bottom + 1 && own.right <= title.right + 1;
    });
    expect(isSeen, `${width} px`).toBe(isThere);
    expect(await hint.evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true);
  }
});

test('what went wrong is seen and said in a dialog that is open, and can be dismissed there', async ({ page }) => {
  await openDemo(page);
  const expectNotice = async (dialog: Locator): Promise<void> => {
    await expect(dialog).toBeVisible();
    await drop(page, textFile('empty.json', ''));
    const alert = dialog.getByRole('alert');
    await expect(alert).toContainText('empty.json could not be opened');
    // Clicking looks whether anything lies over it.
    await alert.getByText('it is empty').click();
    await expectNoViolations(page);
    await alert.getByRole('button', { name: 'Dismiss' }).click();
    await expect(page.getByRole('alert')).toHaveCount(0);
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
  };
  await page.keyboard.press('p');
  await expectNotice(page.getByRole('dialog', { name: /^Presentation of/ }));
  await page.keyboard.press('?');
  await expectNotice(page.getByRole('dialog', { name: 'Help and keys' }));
  await page
    .getByRole('button', { name: /^Open trace/ })
    .first()
    .click();
  await expectNotice(page.getByRole('dialog', { name: /spans/ }));
});

test('files on their way in are seen and said in a dialog that is open, and can be cancelled there', async ({
  page,
}, info) => {
  const large = info.outputPath('large.jsonl');
  writeManySpans(large, 400_000);
  await openDemo(page);
  await choose(page, large);
  await page.keyboard.press('p');
  const slides = page.getByRole('dialog', { name: /^Presentation of/ });
  const reading = slides.getByRole('region', { name: 'Reading files' });
  await expect(reading.getByRole('status')).toContainText(/^Reading large\.jsonl, (0|25|50|75) percent$/);
  await reading.getByRole('button', { name: 'Cancel' }).click();
  await expect(reading).toHaveCount(0);
  await expect(slides).toBeVisible();
});

test('the focus goes on near by where what has it goes away', async ({ page }, info) => {
  const large = info.outputPath('large.jsonl');
  writeManySpans(large, 200_000);
  await openDemo(page);
  const details = page.getByRole('complementary', { name: 'Details' });
  const present = page.getByRole('button', { name: 'Present' });

  await details.getByRole('button', { name: 'Clear the selection' }).press('Enter');
  await expect(details).toContainText('Request path');
  await expect(details).toBeFocused();

  await present.focus();
  await drop(page, textFile('empty.json', ''));
  await page.getByRole('alert').getByRole('button', { name: 'Dismiss' }).press('Enter');
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(present).toBeFocused();

  await choose(page, large);
  await present.focus();
  await page.getByRole('button', { name: 'Cancel' }).press('Enter');
  await expect(page.getByRole('region', { name: 'Reading files' })).toHaveCount(0);
  await expect(present).toBeFocused();

  const rows = page.getByRole('tabpanel').getByRole('button', { name: /^Open trace/ });
  const more = page.getByRole('tabpanel').getByRole('button', { name: /show more/ });
  await drop(page, file(fixture('no-edge.otlp.jsonl')));
  await expectOpen(page, 'no-edge.otlp.jsonl');
  await expect(more).toHaveText('50 of 60 · show more');
  await more.press('Enter');
  await expect(rows).toHaveCount(60);
  await expect(page.getByRole('tabpanel')).toBeFocused();
});

test('the focus stays in its pane where other traces are dropped', async ({ page }) => {
  await openDemo(page);
  const details = page.getByRole('complementary', { name: 'Details' });
  await page
    .getByRole('tabpanel')
    .getByRole('button', { name: /^Open trace/ })
    .first()
    .press('Enter');
  await expect(page.getByRole('dialog').getByRole('listbox')).toBeFocused();
  await drop(page, file(fixture('errors.otlp.jsonl')));
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expectOpen(page, 'errors.otlp.jsonl');
  await expect(page.getByRole('tabpanel')).toBeFocused();

  await details.getByRole('button', { name: /^p50 ≤/ }).press('Enter');
  await expect(details.getByRole('textbox')).toBeFocused();
  await drop(page, file(fixture('async.otlp.jsonl')));
  await expectOpen(page, 'async.otlp.jsonl');
  await expect(details).toBeFocused();

  await diagram(page).getByRole('button').first().focus();
  await drop(page, file(fixture('errors.otlp.jsonl')));
  await expectOpen(page, 'errors.otlp.jsonl');
  await expect(page.getByRole('main')).toBeFocused();
});
