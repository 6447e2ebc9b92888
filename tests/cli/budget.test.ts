import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { proposedConfig } from '../../src/cli/budget.ts';
import { STARTER } from '../../src/cli/init.ts';
import { parseConfig } from '../../src/config/configFile.ts';
import { analysed } from '../helpers/analysed.ts';
import { runCli } from '../helpers/runCli.ts';

const DEMO = 'fixtures/demo.otlp.jsonl.gz';
const PATH = 'GET /catalog/:id';
let folder = '';
const at = (name: string): string => join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hopline-budget-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('hopline budget', () => {
  test('proposes a config that the same traces keep within, to be written once', async () => {
    const output = at('proposed.yaml');
    expect(await runCli(['budget', DEMO, '--path', PATH, '-o', output])).toEqual({ code: 0, stdout: '', stderr: '' });
    const text = readFileSync(output, 'utf8');
    expect(text).toMatch(
      /^# yaml-language-server: \$schema=\.\/node_modules\/hopline\/dist\/hopline\.schema\.json\n# Proposed /,
    );
    expect(parseConfig(text, output).paths[PATH]).toMatchObject({
      ceiling: { p50: 60, p99: 250 },
      hops: { 'postgres · primary': { budget: { p50: 25 } } },
    });
    const checked = await runCli(['check', DEMO, '--config', output, '--require-data']);
    expect(checked).toMatchObject({ code: 0, stderr: '' });
    expect(checked.stdout).toMatch(/: \d+ within\n$/);

    const again = await runCli(['budget', DEMO, '-o', output]);
    expect([again.code, again.stderr]).toEqual([2, expect.stringContaining('exists already')]);
    expect(readFileSync(output, 'utf8')).toBe(text);
  }, 60_000);

  test('tightens a config in place, and keeps its comments', async () => {
    const config = at('ratchet.yaml');
    const before = readFileSync('fixtures/demo.hopline.yaml', 'utf8');
    writeFileSync(config, before);
    const { code, stdout } = await runCli(['budget', DEMO, '--config', config, '--ratchet']);
    expect(code).toBe(0);
    expect(stdout).toContain(`${PATH} · go.gateway       p50  5ms  → 4ms\n`);
    expect(stdout).toMatch(/ratchet\.yaml: 3 of 8 bounds tightened\n$/);
    const after = readFileSync(config, 'utf8');
    expect(after).toBe(
      before
        .replace('{ p50: 5ms }', '{ p50: 4ms }')
        .replace('{ p50: 3ms }', '{ p50: 2.5ms }')
        .replace('{ p50: 1ms }', '{ p50: 500us }'),
    );
  }, 60_000);

  test.each([
    [['--ratchet', '-o', 'x'], '--ratchet changes the config in place: leave --output away'],
    [['--ratchet'], 'there is no hopline.yaml to tighten'],
    [['--headroom', 'much'], 'It must be a part in percent from 0% to 1000%, such as 20%.'],
    [['--path', 'GET /nowhere'], 'there is no request path "GET /nowhere"'],
  ])('%j exits with 2 and one clear line', async (flags, message) => {
    const { code, stdout, stderr } = await runCli(['budget', 'fixtures/no-edge.otlp.jsonl', ...flags]);
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining(message)]);
    expect(stderr).toMatch(/^hopline: .*\n$/);
  });

  test('quotes names where YAML needs it, whatever they hold', () => {
    const names = ['a: b', '# c', '{x}', '"q"', '- y', 'null', '  z', 'é · ü', '*', '__proto__'];
    const traces = names.map((name) => `s "${name}" 0..5 server\n\n`.repeat(10)).join('');
    const { paths } = analysed(traces);
    const read = parseConfig(proposedConfig(paths, 0), 'hopline.yaml').paths;
    for (const { name } of paths) if (name !== '__proto__') expect(read[name]?.ceiling).toEqual({ p50: 5 });
    expect(paths).toHaveLength(names.length);
  });

  test('refuses to propose where too few traces tell anything', () => {
    expect(() => proposedConfig(analysed('s GET 0..5 server').paths, 0.2)).toThrow(
      'too few traces to propose a budget',
    );
  });
});

describe('hopline init', () => {
  test('writes a config that changes nothing, and does not overwrite one', async () => {
    const output = at('hopline.yaml');
    expect(await runCli(['init', '-o', output])).toEqual({ code: 0, stdout: `wrote ${output}\n`, stderr: '' });
    expect(parseConfig(readFileSync(output, 'utf8'), output)).toEqual({ paths: {} });
    expect((await runCli(['init', '-o', output])).code).toBe(2);
    expect((await runCli(['init', '-o', '-'])).stdout).toBe(STARTER);
    expect((await runCli(['init', '-o', at('missing/hopline.yaml')])).stderr).toContain('no such file or folder');
    expect(existsSync('hopline.yaml')).toBe(false);
  });

  test('shows in remarks what is a config too', () => {
    const keys = /^# (?=theme|layers|renames|groups|hops|tolerances|paths)/;
    const uncommented = STARTER.split('\n')
      .map((line) => line.replace(keys, '').replace(/^# {3}/, '  '))
      .join('\n');
    expect(Object.keys(parseConfig(uncommented, 'hopline.yaml')).toSorted()).toEqual([
      'groups',
      'hops',
      'layers',
      'paths',
      'renames',
      'theme',
      'tolerances',
    ]);
  });
});
