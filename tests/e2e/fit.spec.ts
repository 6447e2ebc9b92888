import { expect, test, type Locator, type Page } from '@playwright/test';
import { expectNoViolations } from './axe.ts';
import { diagram, drop, expectOpen, openDemo, openEmpty, textFile } from './page.ts';

/** What is long in the file makes the page neither wider than it is nor slow, and what is empty has a word. */

const START = 1_780_000_000_000;

interface Spans {
  readonly service: string;
  readonly calls: string;
  readonly operation?: string;
  readonly traces?: number;
  readonly totalMs: (trace: number) => number;
}

/** Requests of a service that calls another, which fails in every fifth. */
function requests({ service, calls, operation = 'work', traces: count = 60, totalMs }: Spans): string {
  const span = (trace: number, id: number, kind: number, name: string, from: number, to: number): object => ({
    traceId: (trace + 1).toString(16).padStart(32, '0'),
    spanId: (trace * 3 + id).toString(16).padStart(16, '0'),
    parentSpanId: id === 1 ? '' : (trace * 3 + id - 1).toString(16).padStart(16, '0'),
    name,
    kind,
    startTimeUnixNano: `${START + trace * 1000 + from}000000`,
    endTimeUnixNano: `${START + trace * 1000 + to}000000`,
    status: id === 3 && trace % 5 === 0 ? { code: 2 } : {},
  });
  const traces = Array.from({ length: count }, (_, trace) => ({ trace, end: Math.round(totalMs(trace)) }));
  const of = (name: string, spans: readonly object[]): object => ({
    resource: { attributes: [{ key: 'service.name', value: { stringValue: name } }] },
    scopeSpans: [{ spans }],
  });
  return JSON.stringify({
    resourceSpans: [
      of(
        service,
        traces.flatMap(({ trace, end }) => [
          span(trace, 1, 2, operation, 0, end),
          span(trace, 2, 3, 'call', 1, Math.round(end * 0.9)),
        ]),
      ),
      of(
        calls,
        traces.map(({ trace, end }) => span(trace, 3, 2, operation, 2, Math.round(end * 0.8))),
      ),
    ],
  });
}

async function expectNothingAside(part: Locator): Promise<void> {
  expect(await part.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
}

async function open(page: Page, text: string): Promise<void> {
  await page.setViewportSize({ width: 1280, height: 800 });
  await openEmpty(page);
  await drop(page, textFile('long.json', text));
  await expectOpen(page, 'long.json');
}

test('durations of hours fit into the details, at a percentile of its own too', async ({ page }) => {
  const hours = (trace: number): number => 7_985_000 * (1 + Math.sin(trace) / 2);
  await open(page, requests({ service: 'scheduler', calls: 'loader', totalMs: hours }));
  const details = page.getByRole('complementary', { name: 'Details' });
  await expect(details.getByRole('columnheader', { name: 's', exact: true })).toBeVisible();
  await expectNothingAside(details);
  await expect(page.getByRole('button', { name: /^p50 [\d,]+ s$/ })).toBeVisible();
  await page.getByRole('slider').focus();
  await page.keyboard.press('ArrowRight');
  await expect(details.getByRole('columnheader', { name: 'p51' })).toBeVisible();
  await expectNothingAside(details);
});

test('durations of hours have one unit in tables and in accessible names, that of the picture', async ({ page }) => {
  const hours = (trace: number): number => 7_985_000 * (1 + Math.sin(trace) / 2);
  await open(page, requests({ service: 'scheduler', calls: 'loader', totalMs: hours }));
  await drop(page, textFile('hopline.yaml', 'paths: { work: { ceiling: { p50: 9500s } } }\n'));
  await expect(
    page.getByRole('option', { name: /^work, within budget, p50 [\d,]+ s, p99 ~?[\d,]+ s, / }),
  ).toBeVisible();
  await expect(page.getByRole('slider')).toHaveAttribute('aria-valuetext', /^p50, [\d,]+ s in total$/);
  const cells = page.getByRole('tabpanel').getByRole('cell');
  await expect(cells.filter({ hasText: / ms$/ })).toHaveCount(0);
  await expect(cells.filter({ hasText: /^[\d,]+\.\d s$/ }).first()).toBeVisible();
  await expect(cells.filter({ hasText: /^loader [\d,]{5}\.\d$/ }).first()).toBeVisible();
  await page.getByRole('tab', { name: 'Budgets' }).click();
  await expect(cells.filter({ hasText: /^[\d,]+ s$/ })).toHaveCount(1);
});

test('the spans of a trace of hours last seconds, which do not run into one another', async ({ page }) => {
  await open(page, requests({ service: 'scheduler', calls: 'loader', totalMs: () => 14_285_714 }));
  await page
    .getByRole('button', { name: /^Open trace/ })
    .first()
    .click();
  const span = page
    .getByRole('dialog')
    .getByRole('option', { name: /^loader, work, level 3, 11,429 s, 11,429 s of it on the path, from 2 ms/ });
  await expect(span).toContainText(/11,429 s11,429 s$/);
  for (const figure of await span.getByText('11,429 s').all()) await expectNothingAside(figure);
});

test('the spans of a trace of 400 days stand on one line each', async ({ page }) => {
  await open(page, requests({ service: 'scheduler', calls: 'loader', traces: 1, totalMs: () => 34_560_000_000 }));
  await page
    .getByRole('button', { name: /^Open trace/ })
    .last()
    .click();
  const span = page.getByRole('dialog').getByRole('option', { name: /^scheduler, work, level 1, 34,560,000 s/ });
  const figure = span.getByText('34,560,000 s');
  await expectNothingAside(figure);
  expect(await figure.evaluate(({ clientHeight }) => clientHeight)).toBeLessThan(26);
});

test('a long name takes no column off the list of traces', async ({ page }) => {
  const name = 'reconciliation-and-settlement-'.repeat(8);
  await open(page, requests({ service: 'shop', calls: name, totalMs: (trace) => 50 + trace }));
  const rows = page.getByRole('tabpanel', { name: 'Traces' });
  await expect(rows.getByRole('row', { name: /error in/ }).first()).toBeVisible();
  await expectNothingAside(rows);
});

test('a name of a megabyte is cut wherever it is shown', async ({ page }) => {
  const name = 'lorem ipsum '.repeat(90_000);
  await open(
    page,
    requests({ service: `a${name}`, calls: `b${name}`, operation: `c${name}`, traces: 3, totalMs: () => 50 }),
  );
  // What is laid out is counted, for time is another on every machine.
  const expectLittle = async (): Promise<void> =>
    expect(await page.evaluate(() => document.documentElement.outerHTML.length)).toBeLessThan(400_000);
  for (const tab of ['Hops', 'Boundaries', 'Runtimes', 'Budgets', 'Traces']) {
    await page.getByRole('tab', { name: tab }).click();
    await expectLittle();
  }
  await diagram(page)
    .getByRole('button', { name: /^alorem/ })
    .first()
    .press('Enter');
  await expectLittle();
  await page
    .getByRole('button', { name: /^Open trace/ })
    .last()
    .click();
  await expect(page.getByRole('dialog')).toContainText('clorem');
  await expectLittle();
  await page.keyboard.press('Escape');
  await page.keyboard.press('p');
  await expect(page.getByRole('dialog', { name: /^Presentation of clorem/ })).toBeVisible();
  await expectLittle();
});

test('a span of 50,000 events and attributes shows the first of them, and more of them when asked', async ({
  page,
}) => {
  const many = Array.from({ length: 50_000 }, (_, i) => i);
  const span = {
    traceId: '1'.padStart(32, '0'),
    spanId: '1'.padStart(16, '0'),
    name: 'GET /stream',
    kind: 2,
    startTimeUnixNano: `${START}000000`,
    endTimeUnixNano: `${START + 1000}000000`,
    events: many.map((i) => ({ timeUnixNano: `${START + (i % 1000)}000000`, name: 'message' })),
    attributes: many.map((i) => ({ key: `key ${i}`, value: { intValue: i } })),
  };
  await open(page, JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] }));
  await page
    .getByRole('button', { name: /^Open trace/ })
    .last()
    .click();
  const details = page.getByRole('region', { name: 'The chosen span' });
  const events = details.getByText('message', { exact: true });
  await expect(events).toHaveCount(50);
  await expect(details.getByText(/^key \d+$/)).toHaveCount(50);
  await expect(details.getByRole('button', { name: '50 of 50,000 · show more' })).toHaveCount(1);
  await details.getByRole('button', { name: '50 of 1,000 · show more' }).click();
  await expect(events).toHaveCount(100);
  await expect(details).toContainText('The first 1,000 of 50,000 events: all are in the trace when it is saved.');
});

test('what has no name is said to have none', async ({ page }) => {
  await open(page, requests({ service: ' ', calls: 'cart', operation: '', totalMs: () => 50 }));
  await expect(page.getByRole('option', { name: /^\(no name\), no budget/ })).toBeVisible();
  await expect(page).toHaveTitle('(no name) · Hopline');
  await expect(diagram(page).getByRole('button', { name: /^\(no name\) to cart,/ })).toBeVisible();
  await page
    .getByRole('button', { name: /^Open trace/ })
    .last()
    .click();
  await expect(page.getByRole('dialog').getByRole('heading', { name: '(no name)' })).toBeVisible();
});

test('in a small window no table stands in another, and the picture is seen', async ({ page }) => {
  const name = `${'archive-of-many-traces-'.repeat(4)}.json`;
  await page.setViewportSize({ width: 800, height: 600 });
  await openEmpty(page);
  const text = requests({ service: 'shop', calls: 'cart', totalMs: () => 50 });
  await drop(page, textFile(name, text), textFile('notes.txt', 'hello'));
  await expectOpen(page, '2 files');
  await page.getByRole('tab', { name: /^Data quality/ }).click();
  for (const width of [1280, 1000, 700]) {
    await page.setViewportSize({ width, height: 420 });
    const boxes = await page
      .getByRole('tabpanel')
      .getByRole('table')
      .evaluateAll((tables) => tables.map((table) => table.getBoundingClientRect()));
    expect(boxes).toHaveLength(2);
    const [sources, issues] = boxes;
    expect(sources.right <= issues.left || sources.bottom <= issues.top, `at ${width} px`).toBe(true);
    await expect(diagram(page).getByRole('button').first()).toBeInViewport();
  }
});

test('a file of a long name is named whole in a notice', async ({ page }) => {
  await openEmpty(page);
  await drop(page, textFile(`${'L'.repeat(250)}.json`, ''));
  const title = page.getByRole('alert').getByText(/^L+\.json could not be opened$/);
  await expect(title).toBeVisible();
  await expectNothingAside(title.locator('..'));
});

test('headings of Data quality stand over what they head', async ({ page }) => {
  await openEmpty(page);
  await drop(
    page,
    textFile('notes.txt', 'hello'),
    textFile('a.json', requests({ service: 'shop', calls: 'cart', totalMs: () => 50 })),
  );
  await expectOpen(page, '2 files');
  await page.getByRole('tab', { name: /^Data quality/ }).click();
  const [heads, cells] = await Promise.all(
    ['thead th', 'tbody td'].map((cell) =>
      page
        .getByRole('table', { name: 'What was repaired or left out' })
        .locator(cell)
        .evaluateAll((all) => all.map((each) => getComputedStyle(each).paddingLeft)),
    ),
  );
  expect(cells).toEqual(heads);
});

test('the handle of the percentile stands over no label of its axis', async ({ page }) => {
  await page.setViewportSize({ width: 400, height: 800 });
  await openEmpty(page);
  await drop(page, textFile('one.json', requests({ service: 'shop', calls: 'cart', traces: 1, totalMs: () => 20 })));
  await expectOpen(page, 'one.json');
  const control = page.getByRole('region', { name: 'Percentile' });
  const [knob, label] = await Promise.all([
    control.getByRole('slider').evaluate((input) => {
      const handle = input.parentElement ?? input;
      return handle.getBoundingClientRect().bottom - Number.parseFloat(getComputedStyle(handle, '::after').bottom);
    }),
    control.getByText(/^2\d ms$/).evaluate((text) => text.getBoundingClientRect().top),
  ]);
  expect(knob).toBeLessThanOrEqual(label);
});

test('a page as narrow as a phone cuts nothing off and scrolls only down', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await openDemo(page);
  const expectWhole = async (inside: Locator): Promise<void> => {
    // Tables scroll aside, in their pane.
    const cut = await inside.locator('button:not(table *), input, [role="tab"], h2').evaluateAll((elements) =>
      elements.flatMap((element) => {
        const { left, right, width } = element.getBoundingClientRect();
        return width > 0 && (left < 0 || right > innerWidth) ? [element.ariaLabel ?? element.textContent] : [];
      }),
    );
    expect(cut).toEqual([]);
  };
  for (const width of [400, 360, 320]) {
    await page.setViewportSize({ width, height: 640 });
    await expectWhole(page.locator('body'));
    await expectNothingAside(page.locator('html'));
    expect(await diagram(page).evaluate((svg) => svg.getBoundingClientRect().width)).toBe(width);
  }
  await page.setViewportSize({ width: 660, height: 800 });
  expect(await diagram(page).evaluate((svg) => svg.getBoundingClientRect().right)).toBeLessThanOrEqual(660);
  await page.setViewportSize({ width: 320, height: 640 });
  await page.keyboard.press('c');
  await page.getByRole('button', { name: 'Compare stretches' }).click();
  const compared = page.getByRole('dialog', { name: /^Compare/ });
  await expect(compared.locator('svg.hopline')).toBeVisible();
  await expectWhole(compared);
  const [percentiles, other] = await Promise.all(
    [
      compared.getByRole('group', { name: 'Percentile' }),
      compared.getByRole('button', { name: 'Compare others…' }),
    ].map((part) => part.boundingBox()),
  );
  if (percentiles === null || other === null) throw new Error('not drawn');
  expect(other.y).toBeGreaterThanOrEqual(percentiles.y + percentiles.height);
  await expect(compared.getByRole('option').first()).toBeInViewport();
  await expectNoViolations(page, 'dialog[open]');
  await page.keyboard.press('Escape');
  await page.keyboard.press('p');
  const presented = page.getByRole('dialog', { name: /^Presentation/ }).locator('svg.hopline');
  await expect(presented).toHaveAttribute('viewBox', /^0 0 720 /);
});

test('a span has a name at every depth of its trace, on a phone too, and says all of it where it is pointed at', async ({
  page,
}) => {
  const levels = 60;
  const spans = Array.from({ length: levels }, (_, i) => ({
    traceId: '1'.padStart(32, '0'),
    spanId: (i + 1).toString(16).padStart(16, '0'),
    parentSpanId: i === 0 ? '' : i.toString(16).padStart(16, '0'),
    name: `operation number ${i}`,
    kind: i === 0 ? 2 : 1,
    startTimeUnixNano: `${START + i}000000`,
    endTimeUnixNano: `${START + 200 - i}000000`,
  }));
  const resource = {
    attributes: [
      { key: 'service.namespace', value: { stringValue: 'warehouse' } },
      { key: 'service.name', value: { stringValue: 'inventory-service' } },
    ],
  };
  await open(page, JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ spans }] }] }));
  await page
    .getByRole('button', { name: /^Open trace/ })
    .first()
    .click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('listbox')).toBeFocused();
  for (const [width, letters] of [
    [1440, 20],
    [400, 12],
  ]) {
    await page.setViewportSize({ width, height: 800 });
    await page.keyboard.press('Home');
    await page.keyboard.press('End');
    const name = dialog
      .getByRole('option')
      .last()
      .getByTitle(`inventory-service operation number ${levels - 1}`);
    await expect(name).toBeInViewport();
    const seen = await name.evaluate((element) => {
      const { paddingLeft, fontSize } = getComputedStyle(element);
      return (element.clientWidth - Number.parseFloat(paddingLeft)) / (Number.parseFloat(fontSize) * 0.6);
    });
    expect(seen).toBeGreaterThanOrEqual(letters);
    const parts = await name.locator(':scope > span').evaluateAll((all) => all.map((part) => part.clientWidth));
    expect(Math.min(...parts)).toBeGreaterThan(30);
  }
});
