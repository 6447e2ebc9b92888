import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCli } from '../helpers/runCli.ts';
import { strayed } from '../helpers/shop.ts';

const FIXTURE = 'fixtures/no-edge.otlp.jsonl';
let folder = '';
const at = (name: string): string => join(folder, name);

/** 60 requests of a shop, a second apart: 2 ms of its own and the database's, then again 2. */
function otlp(
  first: number,
  data: readonly number[],
  more: { readonly cache?: boolean; readonly name?: string } = {},
): string {
  const span = (trace: number, id: number, parent: number, start: number, end: number, rest: object) => ({
    traceId: trace.toString(16).padStart(32, '0'),
    spanId: id.toString(16).padStart(16, '0'),
    ...(parent > 0 && { parentSpanId: parent.toString(16).padStart(16, '0') }),
    startTimeUnixNano: String(
      1_700_000_000_000_000_000n + BigInt(trace) * 1_000_000_000n + BigInt(Math.round(start * 1e6)),
    ),
    endTimeUnixNano: String(
      1_700_000_000_000_000_000n + BigInt(trace) * 1_000_000_000n + BigInt(Math.round(end * 1e6)),
    ),
    ...rest,
  });
  const text = (key: string, value: string) => ({ key, value: { stringValue: value } });
  const spans = data.flatMap((ms, i) => {
    const trace = first + i;
    return [
      span(trace, 1, 0, 0, ms + 4, { name: more.name ?? 'GET /cart', kind: 2 }),
      span(trace, 2, 1, 2, 2 + ms, { name: 'SELECT', kind: 3, attributes: [text('db.system', 'postgresql')] }),
      ...(more.cache === true
        ? [span(trace, 3, 1, 2.5 + ms, 3 + ms, { name: 'GET', kind: 3, attributes: [text('db.system', 'redis')] })]
        : []),
    ];
  });
  const resource = { attributes: [text('service.name', 'shop')] };
  return `${JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ spans }] }] })}\n`;
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hopline-compare-'));
  const usual = strayed(60, 20, 5);
  const slow = strayed(60, 30, 5, 1);
  writeFileSync(at('usual.jsonl'), otlp(1, usual));
  writeFileSync(at('again.jsonl'), otlp(1, strayed(60, 20, 5, 2)));
  writeFileSync(at('slow.jsonl'), otlp(61, slow));
  writeFileSync(at('cache.jsonl'), otlp(61, usual, { cache: true }));
  writeFileSync(at('other.jsonl'), otlp(61, usual, { name: 'GET /other' }));
  writeFileSync(at('both.jsonl'), otlp(1, usual) + otlp(61, slow));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('hopline verify', () => {
  test('says that a diagram holds, with 0, for its own traces and for others of the same traffic', async () => {
    await runCli(['render', at('usual.jsonl'), '-o', at('path.svg')]);
    for (const input of ['usual.jsonl', 'again.jsonl']) {
      const { code, stdout, stderr } = await runCli(['verify', at('path.svg'), at(input)]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toMatch(/path\.svg holds\.\n$/);
    }
  });

  test('reads a diagram in UTF-16, as PowerShell writes it', async () => {
    const { stdout: svg } = await runCli(['render', at('usual.jsonl'), '-o', '-']);
    writeFileSync(at('wide.svg'), Buffer.from(`\ufeff${svg}`, 'utf16le'));
    expect(await runCli(['verify', at('wide.svg'), at('usual.jsonl')])).toMatchObject({ code: 0, stderr: '' });
  });

  test('says what has drifted, with 1, and leaves the file as it is', async () => {
    await runCli(['render', at('usual.jsonl'), '-o', at('path.svg')]);
    const before = readFileSync(at('path.svg'), 'utf8');
    const { code, stdout } = await runCli(['verify', at('path.svg'), at('slow.jsonl')]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^total +24\.\d +3\d\.\d to 3\d\.\d +34\.\d$/m);
    expect(stdout).toMatch(/^postgres +20\.\d /m);
    expect(stdout).toMatch(/path\.svg has drifted\.\n$/);
    expect(readFileSync(at('path.svg'), 'utf8')).toBe(before);
    const appeared = await runCli(['verify', at('path.svg'), at('cache.jsonl')]);
    expect(appeared).toMatchObject({ code: 1 });
    expect(appeared.stdout).toContain('redis is new.');
  });

  test('writes with --update the bytes of render with the same options, and with 0', async () => {
    const options = ['--theme', 'dark', '--width', '900', '--percentile', '75'];
    await runCli(['render', at('usual.jsonl'), '-o', at('path.svg'), ...options]);
    await runCli(['render', at('slow.jsonl'), '-o', at('expected.svg'), ...options]);
    const { code, stdout } = await runCli(['verify', at('path.svg'), at('slow.jsonl'), '--update']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/has drifted\.\nIt was updated\.\n$/);
    expect(readFileSync(at('path.svg'), 'utf8')).toBe(readFileSync(at('expected.svg'), 'utf8'));
    expect((await runCli(['verify', at('path.svg'), at('slow.jsonl'), '--update'])).stdout).toMatch(
      /It was up to date\.\n$/,
    );
  });

  test('says with 1 that nobody asks for the path any more, and does not update from nothing', async () => {
    await runCli(['render', at('usual.jsonl'), '-o', at('path.svg')]);
    const { code, stdout } = await runCli(['verify', at('path.svg'), at('other.jsonl')]);
    expect(code).toBe(1);
    expect(stdout).toContain('no request in the input is on the path "GET /cart" from shop');
    expect((await runCli(['verify', at('path.svg'), at('other.jsonl'), '--update'])).code).toBe(2);
  });

  test.each([
    [['missing.svg', FIXTURE], 'cannot read missing.svg: no such file or folder'],
    [['package.json', FIXTURE], 'package.json: it is no SVG'],
    [['fixtures/demo.otlp.jsonl.gz', FIXTURE], 'fixtures/demo.otlp.jsonl.gz: it is no SVG'],
    [['public/favicon.svg', FIXTURE], 'public/favicon.svg: This SVG holds no path: '],
    [['fixtures/no-edge.svg', 'missing.jsonl'], 'cannot read missing.jsonl: no such file or folder'],
    [['fixtures/no-edge.svg'], "missing required argument 'files'"],
  ])('verify %j exits with 2 and one clear line', async (args, message) => {
    const { code, stdout, stderr } = await runCli(['verify', ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^hopline: .*\n$/);
  });
});

describe('hopline diff', () => {
  test('tells what became slower, hop by hop', async () => {
    const { code, stdout, stderr } = await runCli(['diff', at('usual.jsonl'), at('slow.jsonl')]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^postgres became (9\.\d|10) ms slower: \d\d\.\d → \d\d\.\d ms\.$/m);
    expect(stdout).toMatch(/^data +postgres .*▲ slower$/m);
    expect(stdout).toMatch(/^service +shop +4 +4 +0 +0 to 0$/m);
  });

  test('gives the same comparison for two stretches of one dataset as for two', async () => {
    const apart = await runCli(['diff', at('usual.jsonl'), at('slow.jsonl'), '--format', 'json']);
    for (const range of [
      ['--split', '60s'],
      ['--split', '2023-11-14T22:14:21Z'],
      ['--before', '..1m', '--after', '1m..'],
      ['--before', '0..60s', '--after', '2023-11-15T00:14:21+02:00..'],
    ]) {
      expect(await runCli(['diff', at('both.jsonl'), ...range, '--format', 'json'])).toEqual(apart);
    }
  });

  test('reads the files of a glob as one dataset', async () => {
    writeFileSync(at('part-1.jsonl'), otlp(1, strayed(60, 20, 5).slice(0, 30)));
    writeFileSync(at('part-2.jsonl'), otlp(31, strayed(60, 20, 5).slice(30)));
    const whole = await runCli(['diff', at('usual.jsonl'), at('slow.jsonl')]);
    expect(await runCli(['diff', at('part-?.json*'), at('slow.jsonl')])).toEqual(whole);
  });

  test('writes JSON whose parts add up to the total, and Markdown in which names are no markup', async () => {
    const { stdout } = await runCli([
      'diff',
      at('usual.jsonl'),
      at('slow.jsonl'),
      '--format',
      'json',
      '--percentile',
      '80',
    ]);
    const report: {
      percentile: number;
      paths: { total: { change_ms: number }; parts: { change_ms: number }[] }[];
    } = JSON.parse(stdout);
    expect(report.percentile).toBe(0.8);
    const [path] = report.paths;
    expect(path.parts.reduce((sum, { change_ms }) => sum + change_ms, 0)).toBeCloseTo(path.total.change_ms, 9);
    const hostile = otlp(1, strayed(60, 20, 5), { name: 'a|b <img> [x](y) @team' });
    writeFileSync(at('hostile.jsonl'), hostile);
    const markdown = (await runCli(['diff', at('hostile.jsonl'), at('hostile.jsonl'), '--format', 'markdown'])).stdout;
    expect(markdown).toContain('a\\|b \\<img\\> \\[x\\](y) \\@team');
    const cells = (line: string): number => line.replaceAll('\\|', '').split('|').length;
    const rows = markdown.split('\n').filter((line) => line.startsWith('|'));
    expect(rows.slice(0, 6).map(cells)).toEqual(Array(6).fill(9));
  });

  test('draws the bridge, the same bytes every time', async () => {
    const args = ['diff', at('usual.jsonl'), at('slow.jsonl'), '--theme', 'light', '--width', '800'];
    const { code, stdout } = await runCli([...args, '-o', at('bridge.svg')]);
    expect(code).toBe(0);
    expect(stdout).toContain('▲ slower');
    const svg = readFileSync(at('bridge.svg'), 'utf8');
    expect(svg).toMatch(/^<svg[^>]* width="800"/);
    expect((await runCli([...args, '-o', '-'])).stdout).toBe(svg);
  });

  test('compares one path where one is named, and names the new and the gone ones', async () => {
    writeFileSync(at('two.jsonl'), otlp(1, strayed(60, 20, 5)) + otlp(61, strayed(60, 20, 5), { name: 'GET /other' }));
    const all = (await runCli(['diff', at('usual.jsonl'), at('two.jsonl')])).stdout;
    expect(all).toContain('New request paths\n\nGET /other, entered at shop: 50% of requests');
    const one = await runCli(['diff', at('usual.jsonl'), at('two.jsonl'), '--path', 'GET /other']);
    expect(one).toMatchObject({ code: 2, stdout: '' });
    expect(one.stderr).toContain('the request path "GET /other" is new: there is nothing to compare it with');
  });

  test.each([
    [['one'], 'expected BEFORE and AFTER, found one input: put globs in quotes, or compare stretches of one dataset'],
    [['a', 'b', 'c'], 'found 3 inputs'],
    [['missing.jsonl', FIXTURE], 'cannot read missing.jsonl: no such file or folder'],
    [['nothing-*.jsonl', FIXTURE], 'no file matches nothing-*.jsonl'],
    [['*/x.jsonl', FIXTURE], 'no file matches */x.jsonl'],
    [[FIXTURE, '--before', '0..1s'], 'name either --split, or both --before and --after'],
    [[FIXTURE, '--split', '1s', '--after', '1s..'], 'name either --split, or both --before and --after'],
    [[FIXTURE, '--split', 'noon'], '--split: expected a date with its zone, such as'],
    [[FIXTURE, '--split', '2000-01-01'], '--split 2000-01-01: no request starts before'],
    [[FIXTURE, '--before', '5m..1m', '--after', '5m..'], '--before: 5m..1m ends before it begins'],
    [[FIXTURE, '--before', '5m', '--after', '5m..'], '--before: expected a range such as 5m..10m or 5m.., found 5m'],
    [[FIXTURE, FIXTURE, '-o', FIXTURE], `${FIXTURE} is an input: choose another name for the output`],
    [[FIXTURE, FIXTURE, '--path', 'GET /nothing'], 'there is no request path "GET /nothing"'],
    [[FIXTURE, FIXTURE, '--format', 'xml'], 'Allowed choices are text, json, markdown.'],
  ])('diff %j exits with 2 and one clear line', async (args, message) => {
    const { code, stdout, stderr } = await runCli(['diff', ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^hopline: .*\n$/);
  });
});

test.each([['verify'], ['diff']])('%s --help explains itself within 106 columns', async (command) => {
  const { code, stdout } = await runCli([command, '--help']);
  expect(code).toBe(0);
  expect(stdout).toContain(`Usage: hopline ${command}`);
  for (const line of stdout.split('\n')) expect([...line].length).toBeLessThanOrEqual(106);
});
