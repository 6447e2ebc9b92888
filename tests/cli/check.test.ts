import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkGithub } from '../../src/cli/checkGithub.ts';
import { checkJson } from '../../src/cli/checkJson.ts';
import { checkJunit } from '../../src/cli/checkJunit.ts';
import { checkMarkdown } from '../../src/cli/checkMarkdown.ts';
import { checkReport, type CheckReport } from '../../src/cli/checkReport.ts';
import { checkText } from '../../src/cli/checkText.ts';
import { run } from '../../src/cli/program.ts';
import { parseConfig } from '../../src/config/configFile.ts';
import { analysed } from '../helpers/analysed.ts';
import { runCli } from '../helpers/runCli.ts';
import { xmlFaultOf } from '../helpers/xml.ts';

/** Twenty requests of 20 … 39 ms, ten of them in postgres. */
const TWENTY = Array.from(
  { length: 20 },
  (_, i) => `shop GET /a 0..${20 + i} server\n  shop SELECT 5..15 client [db.system=postgresql]`,
).join('\n\n');

const BUDGETS = `paths:
  GET /a:
    ceiling: { p50: 29ms, p99: 1s }
    hops:
      postgres: { budget: { p50: 10.5ms } }
      shop: { budget: { p50: 50ms } }
      postgress: { budget: { p50: 1ms } }
`;

function report(
  text = BUDGETS,
  rules: { confident?: boolean; requireData?: boolean } = {},
  traces = TWENTY,
): CheckReport {
  const found = { config: parseConfig(text, 'hopline.yaml'), file: 'hopline.yaml', text };
  return checkReport(analysed(traces, found.config), found, undefined, {
    confident: false,
    requireData: false,
    ...rules,
  });
}

describe('checkReport', () => {
  test('checkReport fails with 1 where a bound is over, and with 3 where data is required and missing', () => {
    const within = 'paths: { GET /a: { ceiling: { p50: 1s } } }';
    const unresolved = 'paths: { GET /a: { ceiling: { p50: 1s, p99: 1s } } }';
    const over = 'paths: { GET /a: { ceiling: { p50: 1ms, p99: 1ms } } }';
    const unknown = 'paths: { GET /b: { ceiling: { p50: 1s } } }';
    const codes = [within, unresolved, over, unknown].map((text) => [
      report(text).code,
      report(text, { requireData: true }).code,
    ]);
    expect(codes).toEqual([
      [0, 0],
      [0, 3],
      [1, 1],
      [0, 3],
    ]);
  });

  test('checkReport, where it must be confident, fails only with the whole interval above the bound', () => {
    // The median is 29.5, its interval 25 … 34.
    const at = (budget: string): CheckReport =>
      report(`paths: { GET /a: { ceiling: { p50: ${budget} } } }`, { confident: true });
    expect(report().bounds[0].interval).toEqual({ lowMs: 25, highMs: 34 });
    expect([at('24.9ms').code, at('25ms').code, at('29ms').code]).toEqual([1, 0, 0]);
    expect(at('29ms').bounds[0]).toMatchObject({ verdict: 'over', isFailing: false });
    expect(
      report('tolerances: { over: 110% }\npaths: { GET /a: { ceiling: { p50: 24ms } } }', { confident: true }).code,
    ).toBe(0);
  });

  test('checkReport refuses a config that bounds nothing', () => {
    expect(() => report('hops: { shop: { role: front } }')).toThrow(
      'hopline.yaml states no budget: "hopline budget" proposes some',
    );
  });
});

describe('hopline check, its formats', () => {
  test('text is a table for each path, and what it comes to', () => {
    expect(`\n${checkText(report())}`).toBe(`
GET /a

bound      at   measured, ms  95% interval  budget, ms   n  verdict
total      p50          29.5         25–34          29  20  ▲ over
total      p99        ~38.93          ≥ 38        1000  20  insufficient
shop       p50          19.5         15–24          50  20  within
postgres   p50            10         10–10        10.5  20  near
postgress  p50             —             —           1   0  insufficient: no hop "postgress" on GET /a; did you mean "postgres"?

hopline.yaml: 1 over, 2 insufficient, 1 near, 1 within
`);
  });

  test('text says of what is over and does not fail that it is not beyond doubt', () => {
    expect(checkText(report(BUDGETS, { confident: true }))).toContain('20  over, not beyond doubt\n');
    expect(checkText(report(BUDGETS, { requireData: true }))).toContain('20  ▲ insufficient\n');
  });

  test('text tells paths of the same name apart by their entry', () => {
    const text = checkText(
      report('paths: { GET /a: { ceiling: { p50: 1s } } }', {}, `${TWENTY}\n\nweb GET /a 0..1 server`),
    );
    expect(text).toMatch(/^shop: GET \/a$/m);
    expect(text).toMatch(/^web: GET \/a$/m);
  });

  test('json has every number in full precision', () => {
    const parsed = JSON.parse(checkJson(report()));
    expect(parsed).toMatchObject({
      config: 'hopline.yaml',
      confident: false,
      result: 'over',
      counts: { over: 1, near: 1, within: 1, insufficient: 2 },
    });
    expect(parsed.bounds[0]).toEqual({
      path: 'GET /a',
      entry: 'shop',
      bound: 'total',
      percentile: 'p50',
      measured_ms: expect.closeTo(29.5, 9),
      interval_ms: { low: 25, high: 34 },
      budget_ms: 29,
      effective_traces: 20,
      verdict: 'over',
      fails: true,
      line: 3,
      column: 16,
    });
    expect(parsed.bounds[4]).toMatchObject({
      entry: null,
      measured_ms: null,
      hint: expect.stringContaining('postgress'),
    });
  });

  test('junit is XML with a suite for each path and a case for each bound', () => {
    const xml = checkJunit(report());
    expect(
      xml.startsWith(
        '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="hopline check" tests="5" failures="1" errors="0" skipped="2">',
      ),
    ).toBe(true);
    expect(xmlFaultOf(xml.replace(/^<\?xml[^>]*\?>\n/, ''))).toBeNull();
    expect(xml.match(/<testcase /g)).toHaveLength(5);
    expect(xml).toContain(
      '<testcase classname="GET /a" name="total p50 within 29 ms"><failure type="over" message="total p50 is 29.5 ms, over its ceiling of 29 ms (95% interval 25–34 ms, n 20)"/></testcase>',
    );
    expect(xml).toContain(
      '<skipped message="no hop &#34;postgress&#34; on GET /a; did you mean &#34;postgres&#34;?"/>',
    );
    expect(checkJunit(report(BUDGETS, { requireData: true }))).toContain('failures="3" errors="0" skipped="0"');
  });

  test('markdown is a line and a table', () => {
    const lines = checkMarkdown(report()).split('\n');
    expect(lines[0]).toBe('### Hopline: ❌ 1 of 5 bounds fails');
    expect(lines).toContain('| `total` | p50 | 29.5 | 25–34 | 29 | 20 | **▲ over** |');
    expect(checkMarkdown(report('paths: { GET /a: { ceiling: { p50: 1s } } }'))).toMatch(
      /^### Hopline: ✅ Every bound holds\n/,
    );
    expect(checkMarkdown(report('paths: { GET /a: { ceiling: { p99: 1s } } }'))).toMatch(
      /^### Hopline: ✅ No bound fails\n/,
    );
  });

  test('github annotates the line of the config that states the bound', () => {
    expect(checkGithub(report()).split('\n')).toEqual([
      '::error file=hopline.yaml,line=3,col=16,title=Hopline%3A over budget::GET /a: total p50 is 29.5 ms, over its ceiling of 29 ms (95%25 interval 25–34 ms, n 20)',
      '::notice file=hopline.yaml,line=3,col=27,title=Hopline%3A insufficient data::GET /a: total p99 is ~38.93 ms, but there are too few traces to hold it against its ceiling of 1000 ms (95%25 interval ≥ 38 ms, n 20)',
      '::warning file=hopline.yaml,line=5,col=29,title=Hopline%3A near budget::GET /a: postgres p50 is 10 ms, near its budget of 10.5 ms (95%25 interval 10–10 ms, n 20)',
      '::notice file=hopline.yaml,line=7,col=30,title=Hopline%3A insufficient data::GET /a: no hop "postgress" on GET /a; did you mean "postgres"?',
      'hopline check: 1 over, 2 insufficient, 1 near, 1 within',
      '',
    ]);
  });

  test('names are text in every format, whatever they hold', () => {
    const nasty = 'a|b<img src=x>`@me`]]>%0A,:&"\u001b[31m';
    const traces = `"${nasty.replaceAll('"', '')}" GET::error::x 0..5 server\n\n`.repeat(3);
    const found = report('paths: { "*": { hops: { "*": { budget: { p50: 1ms } } } } }', {}, traces);
    expect(xmlFaultOf(checkJunit(found).replace(/^<\?xml[^>]*\?>\n/, ''))).toBeNull();
    const [annotation] = checkGithub(found).split('\n');
    expect(annotation).toMatch(/^::error file=hopline\.yaml,/);
    expect(annotation).toContain('%250A');
    expect(checkMarkdown(found)).toContain('| `` a\\|b<img src=x>`@me`]]>%0A,:&\uFFFD[31m `` | p50 |');
    for (const text of [
      checkText(found),
      checkMarkdown(found),
      checkGithub(found),
      checkJson(found),
      checkJunit(found),
    ]) {
      expect(text).not.toContain('\u001b');
    }
  });
});

describe('hopline check', () => {
  const DEMO = 'fixtures/demo.otlp.jsonl.gz';
  const SMALL = 'fixtures/no-edge.otlp.jsonl';
  let folder = '';
  const at = (name: string): string => join(folder, name);
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'hopline-check-'));
    writeFileSync(at('within.yaml'), 'paths: { "*": { ceiling: { p50: 1m } } }');
    writeFileSync(at('unresolved.yaml'), 'paths: { "*": { ceiling: { p50: 1m, p99: 1m } } }');
    writeFileSync(at('over.yaml'), 'paths: { "*": { ceiling: { p50: 1us } } }');
    writeFileSync(at('typo.yaml'), 'paths:\n  "*":\n    ceiling: { p50: 1m }\n    hops: { no-such-hop: { note: x } }');
    writeFileSync(at('empty.yaml'), '{}');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each([
    [['--config', 'over.yaml'], 1],
    [['--config', 'within.yaml'], 0],
    [['--config', 'within.yaml', '--require-data'], 0],
    [['--config', 'unresolved.yaml'], 0],
    [['--config', 'unresolved.yaml', '--require-data'], 3],
    [['--config', 'empty.yaml'], 2],
    [['--config', 'missing.yaml'], 2],
    [['--config', 'within.yaml', '--path', 'GET /nowhere'], 2],
    [['--config', 'within.yaml', '--format', 'yaml'], 2],
    [[], 2],
  ])('%j exits with %i', async ([flag, name, ...more], expected) => {
    const args = flag === undefined || name === undefined ? [] : [flag, at(name), ...more];
    const { code, stdout, stderr } = await runCli(['check', SMALL, ...args]);
    expect(code).toBe(expected);
    if (expected === 2) expect([stdout, stderr]).toEqual(['', expect.stringMatching(/^hopline: .*\n$/)]);
  });

  test('holds the demo to its budgets and finds the one that is over', async () => {
    const { code, stdout, stderr } = await runCli(['check', DEMO, '--format', 'json']);
    const { bounds } = JSON.parse(stdout);
    expect([code, stderr]).toEqual([1, '']);
    expect(bounds.filter(({ fails }: { fails: boolean }) => fails)).toMatchObject([
      { bound: 'postgres · primary', percentile: 'p50' },
    ]);
  });

  test('warns of what the config names and the traces do not have', async () => {
    const { code, stderr } = await runCli(['check', SMALL, '--config', at('typo.yaml')]);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^hopline: .*typo\.yaml:4:13: no hop "no-such-hop" on any path/);
  });

  test('adds the table to the summary of a job of GitHub Actions', async () => {
    const summary = at('summary.md');
    const [stdout, stderr] = [new PassThrough(), new PassThrough()];
    const terminal = { stdin: Readable.from([]), stdout, stderr, env: { GITHUB_STEP_SUMMARY: summary } };
    expect(await run(['check', SMALL, '--config', at('over.yaml'), '--format', 'github'], terminal, '')).toBe(1);
    expect(String(stdout.read())).toMatch(/^::error file=/);
    expect(readFileSync(summary, 'utf8')).toMatch(/^### Hopline: ❌/);
  });
});
