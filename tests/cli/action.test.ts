import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';

/** action.yml's one step, run by bash as a runner would, on a program that says how it was called. */
const action = parse(readFileSync('action.yml', 'utf8'));
const [step] = action.runs.steps;
let folder = '';
const at = (name: string): string => join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hopline-action-'));
  mkdirSync(at('dist/cli'), { recursive: true });
  writeFileSync(
    at('dist/cli/hopline.mjs'),
    'console.log(JSON.stringify(process.argv.slice(2))); process.exit(Number(process.env.EXIT_WITH ?? 0));',
  );
  mkdirSync(at('traces/deep'), { recursive: true });
  for (const name of ['a.jsonl', 'b c.jsonl', 'deep/d.jsonl']) writeFileSync(at(`traces/${name}`), '');
});
afterAll(() => rmSync(folder, { recursive: true }));

function runStep(env: Readonly<Record<string, string>>) {
  writeFileSync(at('output'), '');
  const { status, stdout, stderr } = spawnSync('bash', ['-e', '-o', 'pipefail', '-c', step.run], {
    cwd: folder,
    encoding: 'utf8',
    env: {
      PATH: process.env['PATH'] ?? '',
      HOPLINE: folder,
      GITHUB_OUTPUT: at('output'),
      CONFIG: '',
      REQUEST_PATH: '',
      ...env,
    },
  });
  const args: unknown = stdout === '' ? null : JSON.parse(stdout);
  return { status, args, stderr, output: readFileSync(at('output'), 'utf8') };
}

describe('action.yml', () => {
  test('action.yml is one composite step that hands every input over through the environment', () => {
    expect([action.runs.using, action.runs.steps.length, step.shell]).toEqual(['composite', 1, 'bash']);
    for (const name of Object.keys(action.inputs)) expect(Object.values(step.env)).toContain(`\${{ inputs.${name} }}`);
    expect(step.run).not.toContain('${{');
  });

  test('action.yml expands wildcards, keeps spaces, and passes on what matches nothing', () => {
    const { status, args } = runStep({ FILES: 'traces/*.jsonl\n\ntraces/**/d.jsonl\nmissing-*.jsonl\n' });
    expect(status).toBe(0);
    expect(args).toEqual([
      'check',
      '--format',
      'github',
      '--',
      'traces/a.jsonl',
      'traces/b c.jsonl',
      'traces/deep/d.jsonl',
      'missing-*.jsonl',
    ]);
  });

  test('action.yml passes options on, and runs nothing of what they hold', () => {
    const path = 'GET /$(touch hacked)`touch hacked`';
    const { args } = runStep({
      FILES: 'x;touch hacked',
      CONFIG: 'my config.yaml',
      REQUEST_PATH: path,
      CONFIDENT: 'true',
      REQUIRE_DATA: 'true',
    });
    expect(args).toEqual([
      'check',
      '--format',
      'github',
      '--config',
      'my config.yaml',
      '--path',
      path,
      '--confident',
      '--require-data',
      '--',
      'x;touch hacked',
    ]);
    expect(() => readFileSync(at('hacked'))).toThrow('ENOENT');
  });

  test.each([
    ['0', 'pass'],
    ['1', 'over'],
    ['2', 'bad-input'],
    ['3', 'insufficient'],
  ])('action.yml exits with %s and says that the result is %s', (code, result) => {
    expect(runStep({ FILES: 'x', EXIT_WITH: code })).toMatchObject({
      status: Number(code),
      output: `result=${result}\n`,
    });
  });
});
