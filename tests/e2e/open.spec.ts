import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { zipSync } from 'fflate';
import { choose, diagram, drop, expectOpen, file, openDemo, openEmpty, textFile } from './page.ts';
import { fixture } from './places.ts';
import { writeManySpans } from './manySpans.ts';

test('the page opens on the demo', async ({ page }) => {
  await openDemo(page);
  await expect(
    page.getByRole('option', { name: /^GET \/catalog\/:id, over budget, p50 47 ms, p99 180 ms, / }),
  ).toHaveAttribute('aria-selected', 'true');
  await expect(diagram(page).getByRole('button', { name: /^postgres · primary/ })).toBeVisible();
  await expect(page.getByRole('complementary', { name: 'Details' })).toContainText('2 ms over its 16 ms budget');
  await expect(page.getByRole('navigation')).toContainText('47.2k');
});

test('the page invites to drop traces where there is no demo, and not before that is known', async ({ page }) => {
  await page.addInitScript(() => {
    new MutationObserver(() => {
      if (document.querySelector('main')?.textContent.includes('Drop traces here'))
        document.documentElement.dataset['invited'] = 'true';
    }).observe(document, { childList: true, subtree: true });
  });
  await page.route('**/demo.hopline.yaml', async (route) => {
    await page.getByRole('main').waitFor();
    await route.continue();
  });
  await openDemo(page);
  await expect(page.locator('html')).not.toHaveAttribute('data-invited');
  await page.route('**/demo.otlp.binpb.gz', (route) => route.fulfill({ status: 404 }));
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'Drop traces here' })).toBeVisible();
});

test('several dropped files are one dataset', async ({ page }) => {
  await openEmpty(page);
  const lines = readFileSync(fixture('async.otlp.jsonl'), 'utf8').trim().split('\n');
  const half = Math.ceil(lines.length / 2);
  await drop(page, textFile('whole.jsonl', lines.join('\n')));
  await expectOpen(page, 'whole.jsonl');
  const whole =
    (await page.getByRole('banner').textContent())?.match(/\d[\d,]* spans · \d[\d,]* traces?/)?.[0] ?? 'no counts';
  await drop(
    page,
    textFile('b.jsonl', lines.slice(half).join('\n')),
    textFile('a.jsonl', lines.slice(0, half).join('\n')),
  );
  await expectOpen(page, `2 files · ${whole}`);
});

test('a zip is the files in it, and what is wrong with one of them is told', async ({ page }) => {
  await openEmpty(page);
  const zip = zipSync({
    'day/a.jsonl': readFileSync(fixture('async.otlp.jsonl')),
    'day/b.jsonl.gz': gzipSync(readFileSync(fixture('no-edge.otlp.jsonl'))),
    '__MACOSX/day/._a.jsonl': Uint8Array.of(0, 5, 22, 7),
    'day/notes.txt': Buffer.from('see the dashboard'),
  });
  await drop(page, { name: 'traces.zip', bytes: Buffer.from(zip) });
  await expectOpen(page, 'traces.zip');
  await expect(page.getByRole('alert')).toContainText('1 of 3 sources: traces.zip/day/notes.txt: this is plain text');
  await page.getByRole('tab', { name: /^Data quality/ }).click();
  const row = page.getByRole('row', { name: /^traces\.zip\/day\/b\.jsonl\.gz/ });
  await expect(row).toContainText('OTLP JSON, gzip, in zip');
  await expect(row).toContainText('240');
});

test('one span and one request path are said in the singular, and a folder without a file is told', async ({
  page,
}, info) => {
  await openEmpty(page);
  const span = { traceId: '1'.repeat(32), spanId: '1'.repeat(16), name: 'GET /a', kind: 2 };
  const times = { startTimeUnixNano: '1700000000000000000', endTimeUnixNano: '1700000000020000000' };
  const request = { resourceSpans: [{ scopeSpans: [{ spans: [{ ...span, ...times }] }] }] };
  await drop(page, textFile('one.json', JSON.stringify(request)));
  await expectOpen(page, 'one.json · 1 span · 1 trace');
  await expect(page.getByRole('status').filter({ hasText: 'Opened one.json: 1 span, 1 request path' })).toHaveCount(1);

  const folder = info.outputPath('monday');
  mkdirSync(folder);
  const browser = await page.context().newCDPSession(page);
  const data = { items: [], dragOperationsMask: 1, files: [folder] };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await browser.send('Input.dispatchDragEvent', { type, x: 600, y: 300, data });
  await expect(page.getByRole('alert')).toContainText('Nothing was opened');
  await expect(page.getByRole('alert')).toContainText('There is no file in monday, hidden ones aside.');
});

test('files are chosen in the dialog too, and the format is told by the bytes', async ({ page }) => {
  await openEmpty(page);
  await choose(page, fixture('no-edge.otlp.jsonl'));
  await expectOpen(page, 'no-edge.otlp.jsonl');
  await drop(page, { name: 'picture.png', bytes: gzipSync(readFileSync(fixture('one-hop.otlp.jsonl'))) });
  await expectOpen(page, 'picture.png');
  await page.getByRole('tab', { name: /^Data quality/ }).click();
  await expect(page.getByRole('tabpanel')).toContainText('gzip');
});

test('what was repaired is listed with its place, and told at the foot of the picture', async ({ page }) => {
  await openEmpty(page);
  await choose(page, fixture('skew-and-orphans.otlp.jsonl'));
  await expectOpen(page, 'skew-and-orphans.otlp.jsonl');
  await page.getByRole('tab', { name: /^Data quality/ }).click();
  const orphans = page.getByRole('row', { name: /parent is not in their trace/ });
  await expect(orphans).toContainText(/10.*skew-and-orphans\.otlp\.jsonl, trace [0-9a-f]{32}/);
  await expect(page.getByRole('row', { name: /clocks of two hosts/ })).toContainText(/40.*trace [0-9a-f]{32}/);
  const words = '40 of 40 traces repaired: 10 orphans adopted, 40 clocks shifted';
  await expect(page.locator('svg.hopline text', { hasText: words })).toBeVisible();
  await expect(page.locator('svg.hopline > desc')).toContainText(`Data: ${words}.`);
});

test('traces are pasted as text', async ({ page }) => {
  await openEmpty(page);
  const text = readFileSync(fixture('one-hop.otlp.jsonl'), 'utf8');
  await page.evaluate((pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
  }, text);
  await expectOpen(page, 'pasted text');
});

test('a wrong file is named as what it is, and what was open stays', async ({ page }) => {
  await openDemo(page);
  await drop(page, textFile('page.json', '{"log":{"version":"1.2","entries":[]}}'));
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('page.json');
  await expect(alert).toContainText('HAR');
  await expectOpen(page, 'demo.otlp.binpb.gz');
  await alert.getByRole('button', { name: 'Dismiss' }).click();
  await expect(alert).toHaveCount(0);
  await expect(diagram(page)).toBeVisible();
});

test('a wrong file is named in full, however long its name', async ({ page }) => {
  await openEmpty(page);
  await drop(page, textFile(`${'long'.repeat(60)}.json`, ''));
  const title = page.getByRole('alert').getByText(/^(long){60}\.json could not be opened$/);
  await expect(title).toBeVisible();
  expect(await title.evaluate(({ parentElement: box }) => box !== null && box.scrollWidth <= box.clientWidth)).toBe(
    true,
  );
});

test('a file that cannot be read among good ones is named at once, and the good ones are open', async ({ page }) => {
  await openEmpty(page);
  await drop(page, file(fixture('one-hop.otlp.jsonl')), textFile('bad.json', '{"hello":1}'));
  await expectOpen(page, '2 files · 120 spans');
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('1 of 2');
  await expect(alert).toContainText('bad.json');
  await drop(page, file(fixture('one-hop.otlp.jsonl')));
  await expectOpen(page, 'one-hop.otlp.jsonl');
  await expect(alert).toHaveCount(0);
});

test('a config dropped alone judges what is open; a bad one says line and column', async ({ page }) => {
  await openDemo(page);
  await drop(page, textFile('hopline.yaml', 'paths:\n  "GET /catalog/:id":\n    ceiling: { p99: 100ms }\n'));
  await page.getByRole('tab', { name: 'Budgets' }).click();
  await expect(page.getByRole('tabpanel').getByRole('row')).toHaveCount(2);
  await expect(page.getByRole('tabpanel')).toContainText('over budget');
  await drop(page, textFile('hopline.yaml', 'paths:\n  "GET /catalog/:id":\n    cieling: { p99: 100ms }\n'));
  await expect(page.getByRole('alert')).toContainText('hopline.yaml:3:5');
  await expect(page.getByRole('alert')).toContainText('ceiling');
  await expect(page.getByRole('tabpanel').getByRole('row')).toHaveCount(2);
});

test('a config dropped while traces are read waits for them and judges them', async ({ page }, info) => {
  const large = info.outputPath('large.jsonl');
  writeManySpans(large, 400_000);
  await openEmpty(page);
  await choose(page, large);
  await expect(page.getByRole('region', { name: 'Reading files' })).toBeVisible();
  await drop(page, textFile('hopline.yaml', 'paths:\n  "GET /load":\n    ceiling: { p99: 100ms }\n'));
  await expectOpen(page, 'large.jsonl · 400,000 spans');
  await page.getByRole('tab', { name: 'Budgets' }).click();
  await expect(page.getByRole('tabpanel').getByRole('row')).toHaveCount(2);
});

test('a config with a fault loses nothing of the traces in its drop', async ({ page }) => {
  await openEmpty(page);
  await drop(
    page,
    textFile('hopline.yaml', 'paths:\n  "GET /catalog/:id":\n    cieling: { p99: 100ms }\n'),
    file(fixture('one-hop.otlp.jsonl')),
  );
  await expectOpen(page, 'one-hop.otlp.jsonl');
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('one-hop.otlp.jsonl was opened without hopline.yaml');
  await expect(alert).toContainText('hopline.yaml:3:5: ');
});

test('a config comes with its traces in one drop', async ({ page }) => {
  await openEmpty(page);
  await drop(page, file(fixture('demo.hopline.yaml')), file(fixture('demo.otlp.binpb.gz')));
  await expectOpen(page, 'demo.otlp.binpb.gz');
  await expect(page.getByRole('complementary', { name: 'Details' })).toContainText('2 ms over its 16 ms budget');
});

test('reading shows progress and can be cancelled; what was open stays', async ({ page }, info) => {
  const large = info.outputPath('large.jsonl');
  writeManySpans(large, 400_000);
  await openDemo(page);
  await choose(page, large);
  const reading = page.getByRole('region', { name: 'Reading files' });
  await expect(reading.getByRole('progressbar')).toBeVisible();
  await expect(reading).toContainText('MB/s');
  await expect(async () => {
    expect(Number(await reading.getByRole('progressbar').getAttribute('value'))).toBeGreaterThan(0);
  }).toPass();
  await reading.getByRole('button', { name: 'Cancel' }).click();
  await expect(reading).toHaveCount(0);
  await expectOpen(page, 'demo.otlp.binpb.gz');
  // The cancelled worker took nothing with it: the open dataset still answers.
  await page.getByRole('slider', { name: 'Percentile' }).press('ArrowRight');
  await expect(page.getByRole('slider', { name: 'Percentile' })).toHaveAttribute('aria-valuetext', /^p51/);
});

test('Esc cancels reading, and clears the selection only when nothing is read', async ({ page }, info) => {
  const large = info.outputPath('large.jsonl');
  writeManySpans(large, 400_000);
  await openDemo(page);
  const details = page.getByRole('complementary', { name: 'Details' });
  await expect(details).toContainText('Selected hop');
  await choose(page, large);
  const reading = page.getByRole('region', { name: 'Reading files' });
  await expect(reading).toContainText('large.jsonl');
  await page.keyboard.press('Escape');
  await expect(reading).toHaveCount(0);
  await expectOpen(page, 'demo.otlp.binpb.gz');
  await expect(details).toContainText('Selected hop');
  await page.keyboard.press('Escape');
  await expect(details).not.toContainText('Selected hop');
});

test('a second drop overtakes the first', async ({ page }, info) => {
  const large = info.outputPath('large.jsonl');
  writeManySpans(large, 200_000);
  await openEmpty(page);
  await choose(page, large);
  await drop(page, file(fixture('one-hop.otlp.jsonl')));
  await expectOpen(page, 'one-hop.otlp.jsonl');
  await expect(page.getByRole('region', { name: 'Reading files' })).toHaveCount(0);
});

test('a wrong file dropped while others are read is named, and they are read on', async ({ page }, info) => {
  const large = info.outputPath('large.jsonl');
  writeManySpans(large, 400_000);
  await openEmpty(page);
  await choose(page, large);
  const reading = page.getByRole('region', { name: 'Reading files' });
  await expect(reading).toContainText('large.jsonl');
  await drop(page, textFile('notes.txt', 'see the dashboard'));
  await expect(page.getByRole('alert')).toContainText('notes.txt could not be opened');
  await expectOpen(page, 'large.jsonl · 400,000 spans');
  await expect(page.getByRole('alert')).toContainText('notes.txt could not be opened');
});

test('a file that is gone when its turn comes is told as that, and the others are open', async ({ page }, info) => {
  const [large, gone] = [info.outputPath('large.jsonl'), info.outputPath('gone.jsonl')];
  writeManySpans(large, 400_000);
  writeFileSync(gone, readFileSync(fixture('one-hop.otlp.jsonl')));
  await openEmpty(page);
  await choose(page, large, gone);
  await expect(page.getByRole('region', { name: 'Reading files' })).toBeVisible();
  rmSync(gone);
  await expectOpen(page, '2 files · 400,000 spans');
  await expect(page.getByRole('alert')).toContainText(
    '1 of 2 sources: gone.jsonl: the file has been changed, moved or deleted meanwhile; open it again',
  );
});
