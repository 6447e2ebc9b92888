import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { InspectReport } from '../../src/analyse/inspectReport.ts';
import { runCli } from '../helpers/runCli.ts';

const FIXTURE = 'fixtures/no-edge.otlp.jsonl';
let folder = '';
let input = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hopline-program-'));
  input = join(folder, 'traces.otlp.jsonl');
  copyFileSync(FIXTURE, input);
});
afterAll(() => rmSync(folder, { recursive: true }));

async function report(...args: readonly string[]): Promise<InspectReport> {
  const { stdout } = await runCli(['inspect', '--json', ...args]);
  return JSON.parse(stdout);
}

describe('hopline', () => {
  test('without a command prints its help', async () => {
    const bare = await runCli([]);
    expect(bare).toMatchObject({ code: 0, stderr: '' });
    expect(bare).toEqual(await runCli(['--help']));
    for (const part of ['render', 'inspect', 'serve', 'Examples:', 'hopline.yaml']) expect(bare.stdout).toContain(part);
  });

  test.each([['render'], ['inspect'], ['check'], ['budget'], ['init'], ['export'], ['serve']])(
    '%s --help explains itself within 100 columns',
    async (command) => {
      const { code, stdout, stderr } = await runCli([command, '--help']);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toContain(`Usage: hopline ${command}`);
      for (const line of stdout.split('\n')) expect([...line].length).toBeLessThanOrEqual(106);
    },
  );

  test.each([
    [['paint'], "unknown command 'paint'"],
    [['rendr', 'x'], "unknown command 'rendr' (Did you mean render?)"],
    [['render'], "missing required argument 'files'"],
    [['render', 'x', '--thme', 'dark'], "unknown option '--thme' (Did you mean --theme?)"],
    [['render', 'x', '--theme', 'pink'], 'Allowed choices are auto, light, dark.'],
    [['render', 'x', '--percentile', '100'], 'It must be a number between 0 and 100, such as 99.'],
    [['render', 'x', '--percentile', ''], 'It must be a number between 0 and 100, such as 99.'],
    [['render', 'x', '--width', '12'], 'It must be a whole number of px from 640 to 4000.'],
    [['serve', '--port', '70000'], 'It must be a whole number from 0 to 65535.'],
    [['serve', 'extra'], 'too many arguments'],
    [['inspect', 'missing.jsonl'], 'cannot read missing.jsonl: no such file or folder'],
    [['inspect', 'src/no*such?file'], 'no file matches src/no*such?file'],
    [['inspect', 'no-such-folder/*.json'], 'cannot read no-such-folder: no such file or folder'],
    [['inspect', '-', '-'], 'standard input (-) can be read only once'],
    [['inspect', FIXTURE, '--config', 'missing.yaml'], 'cannot read the config missing.yaml: no such file or folder'],
    [['inspect', FIXTURE, '--config', FIXTURE], `${FIXTURE}:1:2: unknown key "resourceSpans"`],
    [['render', FIXTURE, '-o', 'missing/path.svg'], 'cannot write missing/path.svg: no such file or folder'],
    [['render', FIXTURE, '-o', FIXTURE], `${FIXTURE} is an input: choose another name for the output`],
    [
      ['render', FIXTURE, '-o', '-', '--path', 'GET /nothing/like/it'],
      'there is no request path "GET /nothing/like/it"',
    ],
  ])('%j exits with 2 and one clear line', async (args, message) => {
    const { code, stdout, stderr } = await runCli(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^hopline: .*\n$/);
  });

  test('refuses input without a span, and says why', async () => {
    const { code, stdout, stderr } = await runCli(['inspect', '-'], 'hello\n');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^hopline: standard input: /);
  });
});

describe('hopline render', () => {
  test('writes the picture beside the input where no output is named', async () => {
    expect(await runCli(['render', input])).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(readFileSync(`${input}.svg`, 'utf8')).toMatch(/^<svg/);
  });

  test('gives the same bytes every time, to a file as to standard output', async () => {
    const output = join(folder, 'path.svg');
    await runCli(['render', input, '-o', output]);
    expect((await runCli(['render', input, '-o', '-'])).stdout).toBe(readFileSync(output, 'utf8'));
    expect((await runCli(['render', '-'], readFileSync(input))).stdout).toBe(readFileSync(output, 'utf8'));
  });

  test('draws the percentile, the theme, the width and the path that are asked for', async () => {
    const { paths } = await report('fixtures/demo.otlp.jsonl.gz');
    const second = paths[1]?.name ?? '';
    const [plain, tail, dark, wide, other] = await Promise.all(
      [[], ['--percentile', 'p99'], ['--theme', 'dark'], ['--width', '1600'], ['--path', second]].map(
        async (options) => {
          const { stdout } = await runCli(['render', 'fixtures/demo.otlp.jsonl.gz', '-o', '-', ...options]);
          return stdout;
        },
      ),
    );
    expect(new Set([plain, tail, dark, wide, other]).size).toBe(5);
    expect(wide).toMatch(/^<svg[^>]* width="1600"/);
    expect(other).toContain(second);
    expect(plain).not.toContain(second);
  }, 120_000);

  test('takes the theme of the config, unless another is asked for', async () => {
    const config = join(folder, 'dark.yaml');
    writeFileSync(config, 'theme: dark');
    const svg = async (...options: string[]) => (await runCli(['render', input, '-o', '-', ...options])).stdout;
    expect(await svg('--config', config)).toBe(await svg('--theme', 'dark'));
    expect(await svg('--config', config, '--theme', 'auto')).toBe(await svg());
  });

  test('says on standard error what was damaged, and draws the rest', async () => {
    const { code, stdout, stderr } = await runCli(
      ['render', '-'],
      `${readFileSync(input, 'utf8')}{"resourceSpans":[{"sco\n`,
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/^<svg/);
    expect(stderr).toMatch(/^hopline: standard input/);
  });
});

describe('hopline inspect', () => {
  test('lists what was repaired with a count and its place, as text and as JSON', async () => {
    const skewed = 'fixtures/skew-and-orphans.otlp.jsonl';
    const { stdout } = await runCli(['inspect', skewed]);
    expect(stdout).toMatch(
      /^info: Spans whose parent is not in their trace: .* \(10 times, first at \S+\.jsonl, trace [0-9a-f]{32}\)$/m,
    );
    expect(stdout).toMatch(/^info: Server spans outside their client, .* \(40 times, first at trace [0-9a-f]{32}\)$/m);
    const { issues, paths }: InspectReport = JSON.parse((await runCli(['inspect', '--json', skewed])).stdout);
    expect(issues.map(({ code, count, first_at }) => [code, count, Object.keys(first_at ?? {})])).toEqual([
      ['orphan', 10, ['source', 'trace']],
      ['skew', 40, ['trace']],
    ]);
    expect(paths[0]?.data).toMatchObject({ repaired_traces: 40, adopted_orphans: 10, shifted_clocks: 40 });
  });

  test('prints JSON with the keys of the definition, in their order', async () => {
    const { stdout } = await runCli(['inspect', '--json', input]);
    const parsed: InspectReport = JSON.parse(stdout);
    expect(Object.keys(parsed)).toEqual(['spans', 'traces', 'services', 'problems', 'issues', 'paths']);
    expect(Object.keys(parsed.paths[0] ?? {})).toEqual([
      'name',
      'entry',
      'traces',
      'requests',
      'errors',
      'total_ms',
      'hops',
      'boundaries',
    ]);
  });

  test('gives the same numbers for two files as for one that holds both', async () => {
    const { resourceSpans }: { resourceSpans: unknown[] } = JSON.parse(readFileSync(input, 'utf8'));
    expect(resourceSpans.length).toBeGreaterThan(1);
    const halves = [0, 1].map((half) => {
      const path = join(folder, `half-${half}.json`);
      writeFileSync(path, JSON.stringify({ resourceSpans: resourceSpans.filter((_, index) => index % 2 === half) }));
      return path;
    });
    expect(await report(...halves.toReversed())).toEqual(await report(input));
  });

  test('holds budgets that lie beside the input, or are named', async () => {
    const [first] = (await report(input)).paths;
    const hop = first?.hops[0]?.id ?? '';
    const config = JSON.stringify({ paths: { [first?.name ?? '']: { hops: { [hop]: { budget: { p50: '1us' } } } } } });
    writeFileSync(join(folder, 'strict.yaml'), config);
    const named = await report(input, '--config', join(folder, 'strict.yaml'));
    expect(named.paths[0]?.hops.find(({ id }) => id === hop)).toMatchObject({ budget_ms: { p50: 0.001 } });

    writeFileSync(join(folder, 'traces.hopline.yaml'), config);
    const { stdout } = await runCli(['inspect', input]);
    rmSync(join(folder, 'traces.hopline.yaml'));
    expect(stdout).toMatch(/p50 0\.001 ms: (▲ over|too few traces to tell)/);
  });

  test('prints a table whose names are text, whatever they hold', async () => {
    const nasty = readFileSync(input, 'utf8').replaceAll(
      /"service.name","value":\{"stringValue":"/g,
      '$&\\u001b[31m\\u0007',
    );
    const { stdout } = await runCli(['inspect', '-'], nasty);
    expect(stdout).toContain('\uFFFD[31m\uFFFD');
    expect(/[\u0000-\u0009\u000B-\u001F\u007F]/.test(stdout)).toBe(false);
  });

  test('names each of a few sources, and of many the formats', async () => {
    const many = Array.from({ length: 30 }, () => input);
    expect((await runCli(['inspect', input])).stdout).toMatch(/^\S*traces\.otlp\.jsonl: OTLP JSON, \d+ spans\n/);
    const [first, second] = (await runCli(['inspect', ...many])).stdout.split('\n');
    expect(first).toMatch(/^30 sources: OTLP JSON, [\d,]+ spans$/);
    expect(second).toMatch(/ traces · /);
  });

  test('shows every hop and boundary of the JSON', async () => {
    const { stdout } = await runCli(['inspect', 'fixtures/demo.otlp.jsonl.gz']);
    const [first] = (await report('fixtures/demo.otlp.jsonl.gz')).paths;
    const table = stdout.slice(0, stdout.indexOf('POST /identity/token'));
    for (const { id } of first?.hops ?? [])
      expect(table).toMatch(new RegExp(`^\\w+ +${id.replaceAll('.', '\\.')}`, 'm'));
    for (const { to } of first?.boundaries ?? []) expect(table).toContain(`→ ${to}`);
    expect(table).toContain('▲ over');
  }, 60_000);
});
