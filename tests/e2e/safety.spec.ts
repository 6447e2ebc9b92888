import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from '@playwright/test';
import { choose, diagram, drop, expectOpen, openDemo, textFile } from './page.ts';
import { APP, fixture, PAGE } from './places.ts';

const HOSTILE = '<img src=x onerror="window.hacked=true"><script>window.hacked=true</script>';

test('nothing leaves the machine, whatever is done', async ({ page, context }) => {
  const requests: string[] = [];
  const problems: string[] = [];
  context.on('request', (request) => requests.push(request.url()));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(error.message));
  await openDemo(page);
  await choose(page, fixture('errors.otlp.jsonl'));
  await expectOpen(page, 'errors.otlp.jsonl');
  await page
    .getByRole('button', { name: /^Open trace/ })
    .first()
    .click();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Export' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'SVG, auto' }).click();
  await download;
  expect(requests.length).toBeGreaterThan(5);
  expect(requests.filter((url) => !url.startsWith(PAGE) && !/^(data|blob):/.test(url))).toEqual([]);
  expect(problems).toEqual([]);
});

test('the page may not talk to anyone else, by header and by itself', async ({ page, request }) => {
  const response = await request.get('/');
  const header = response.headers()['content-security-policy'] ?? '';
  await openDemo(page);
  const own = (await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content')) ?? '';
  for (const directive of ["default-src 'none'", "connect-src 'self'", "base-uri 'none'", "form-action 'none'"]) {
    expect(header).toContain(directive);
    expect(own).toContain(directive);
  }
  for (const policy of [header, own]) expect(policy).not.toContain("'unsafe-eval'");
  const answer = await page.evaluate(() =>
    fetch('http://127.0.0.1:9/').then(
      () => 'sent',
      (error: unknown) => String(error),
    ),
  );
  expect(answer).toContain('TypeError');
  // Later, in a task of the page's own: what the test evaluates itself is let through.
  const evaluated = await page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        setTimeout(() => {
          try {
            // oxlint-disable-next-line typescript/no-implied-eval
            resolve(String(Function('return "ran"')()));
          } catch (error) {
            resolve(String(error));
          }
        });
      }),
  );
  expect(evaluated).toContain('EvalError');
});

test('the policy lets the worker compile WebAssembly: the decoders are slow without it', async ({ page }) => {
  await openDemo(page);
  const [worker] = page.workers();
  // In a task of the worker's own, as above.
  const answer = await worker?.evaluate(
    () =>
      new Promise<string>((resolve) => {
        setTimeout(() => {
          WebAssembly.compile(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)).then(
            () => resolve('compiled'),
            (error: unknown) => resolve(String(error)),
          );
        });
      }),
  );
  expect(answer).toBe('compiled');
});

test('names from files are text everywhere, never markup', async ({ page }) => {
  await openDemo(page);
  await page.evaluate(() => Object.assign(window, { hacked: false }));
  const span = (id: string, parent: string, kind: number, end: number): object => ({
    traceId: '0123456789abcdef0123456789abcdef',
    spanId: id,
    parentSpanId: parent,
    name: HOSTILE,
    kind,
    startTimeUnixNano: '1780000000000000000',
    endTimeUnixNano: `17800000000${end}000000`,
    attributes: [
      { key: HOSTILE, value: { stringValue: HOSTILE } },
      { key: 'http.request.method', value: { stringValue: 'GET' } },
      { key: 'http.route', value: { stringValue: HOSTILE } },
    ],
    events: [
      {
        name: HOSTILE,
        timeUnixNano: '1780000000000000000',
        attributes: [{ key: HOSTILE, value: { stringValue: HOSTILE } }],
      },
    ],
    status: { code: 2, message: HOSTILE },
  });
  const of = (service: string, spans: readonly object[]): object => ({
    resource: { attributes: [{ key: 'service.name', value: { stringValue: service } }] },
    scopeSpans: [{ spans }],
  });
  const traces = {
    resourceSpans: [
      of(HOSTILE, [span('0000000000000001', '', 2, 90), span('0000000000000002', '0000000000000001', 3, 80)]),
      of(`b${HOSTILE}`, [span('0000000000000003', '0000000000000002', 2, 70)]),
    ],
  };
  await drop(page, textFile(`${HOSTILE}.json`, JSON.stringify(traces)));
  await expectOpen(page, HOSTILE);
  await expect(page.getByRole('option', { name: `GET ${HOSTILE}` })).toBeVisible();
  for (const tab of ['Hops', 'Boundaries', 'Runtimes', 'Budgets', 'Data quality', 'Traces']) {
    await page.getByRole('tab', { name: new RegExp(`^${tab}`) }).click();
    await expect(page.getByRole('tabpanel')).toBeVisible();
  }
  await diagram(page).getByRole('button').first().press('Enter');
  await page
    .getByRole('button', { name: /^Open trace/ })
    .last()
    .click();
  // Its name, two attributes, one of them with its key, its status message, and an event with its attribute.
  const chosen = page.getByRole('region', { name: 'The chosen span' });
  await expect(chosen.getByText(HOSTILE, { exact: true })).toHaveCount(8);
  await page.keyboard.press('Escape');
  await drop(page, textFile(`${HOSTILE}.json`, HOSTILE));
  await expect(page.getByRole('alert')).toContainText(HOSTILE);
  expect(await page.evaluate(() => Reflect.get(window, 'hacked'))).toBe(false);
  expect(await page.locator('img, #app script').count()).toBe(0);
});

test('the licences of all that is bundled come with the page, of what is in workers and of the font too', () => {
  const licenses = readFileSync(join(APP, 'licenses.md'), 'utf8');
  const readme = readFileSync(resolve(import.meta.dirname, '../../src/README.md'), 'utf8');
  const [, bundled = ''] = /What we bundle([^]*?)What we build/.exec(readme) ?? [];
  const rows = [...bundled.matchAll(/^\| (?!package|-)([^|(]+).*$/gm)].filter(([row]) => !row.includes('CLI only'));
  const names = rows.flatMap(([, cell]) => cell.trim().split(', '));
  expect(names.length).toBeGreaterThan(12);
  // Some are families of packages, of which the page has its share: d3-scale, @radix-ui/react-tabs.
  expect(names.filter((name) => !new RegExp(`^## @?${name}[ /-]`, 'm').test(licenses))).toEqual([]);
});
