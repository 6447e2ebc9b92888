import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseSync } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { configJsonSchema } from '../../src/config/configJsonSchema.ts';
import { writeManySpans } from '../e2e/manySpans.ts';
import { runCli } from '../helpers/runCli.ts';
import { useViteBuild } from '../helpers/viteBuild.ts';

/** The command line as it is published: bundled, in a process of its own. */
const build = useViteBuild('cli');
const program = (): string => join(build.folder(), 'hopline.mjs');
const FIXTURE = 'fixtures/no-edge.otlp.jsonl';
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hopline-built-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function hopline(args: readonly string[], input = ''): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program(), ...args], { input, encoding: 'utf8' });
  return { status, stdout, stderr };
}

/** What is loaded before a command is called: the entry's static imports, and theirs. */
function loadedAtStart(path: string): { readonly bytes: number; readonly outside: readonly string[] } {
  const { module } = parseSync(path, readFileSync(path, 'utf8'));
  const targets = module.staticImports.map(({ moduleRequest }) => moduleRequest.value);
  const parts = targets
    .filter((target) => target.startsWith('.'))
    .map((target) => loadedAtStart(join(path, '..', target)));
  return {
    bytes: statSync(path).size + parts.reduce((sum, { bytes }) => sum + bytes, 0),
    outside: [...targets.filter((target) => !target.startsWith('.')), ...parts.flatMap(({ outside }) => outside)],
  };
}

describe('the built command line', () => {
  test('loads little before a command is called, and nothing from outside but Node', () => {
    const { bytes, outside } = loadedAtStart(program());
    expect(bytes).toBeLessThan(80_000);
    expect(outside.filter((target) => !builtinModules.includes(target.replace(/^node:/, '')))).toEqual([]);
  });

  test('is a program of its own, with the licences of what is inside', () => {
    expect(readFileSync(program(), 'utf8').startsWith('#!/usr/bin/env node\n')).toBe(true);
    expect(readFileSync(join(build.folder(), 'licenses.md'), 'utf8')).toContain('commander');
    expect(existsSync(join(build.folder(), 'demo.otlp.binpb.gz'))).toBe(false);
  });

  test('comes with the JSON Schema of a config beside it, and does not carry what makes it', () => {
    const file = join(build.folder(), '..', 'hopline.schema.json');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(configJsonSchema());
    const chunks = readdirSync(join(build.folder(), 'chunks')).map((name) => join(build.folder(), 'chunks', name));
    for (const chunk of [program(), ...chunks]) expect(readFileSync(chunk, 'utf8')).not.toContain('json-schema.org');
  });

  test('can be run by its own name, as npx does in a clone', () => {
    expect(spawnSync(program(), ['--version'], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
  });

  test('draws the same picture as the code that it was built from', async () => {
    const drawn = hopline(['render', FIXTURE, '-o', '-']);
    expect(drawn).toMatchObject({ status: 0, stderr: '' });
    expect(drawn.stdout).toBe((await runCli(['render', FIXTURE, '-o', '-'])).stdout);
  });

  test('decodes a large file on every core, and says of it what one core does', async () => {
    const large = join(folder, 'large.jsonl');
    writeManySpans(large, 160_000);
    expect(statSync(large).size).toBeGreaterThan(36e6);
    const expected = (await runCli(['inspect', '--json', large])).stdout;
    expect(hopline(['inspect', '--json', large])).toEqual({ status: 0, stdout: expected, stderr: '' });

    // A thread that leaves a mark and ends: it was started, and is done without.
    const copy = join(folder, 'cli');
    const mark = join(folder, 'mark');
    cpSync(build.folder(), copy, { recursive: true });
    writeFileSync(
      join(copy, 'decodeThread.mjs'),
      `import { appendFileSync } from 'node:fs'; appendFileSync(${JSON.stringify(mark)}, 'x'); throw new Error('no');`,
    );
    const { stdout } = spawnSync(process.execPath, [join(copy, 'hopline.mjs'), 'inspect', '--json', large], {
      encoding: 'utf8',
      maxBuffer: 1e9,
    });
    expect(stdout).toBe(expected);
    expect(existsSync(mark)).toBe(availableParallelism() > 1);
  }, 120_000);

  test('reads standard input and writes a file', () => {
    const output = join(folder, 'path.svg');
    const { status, stdout, stderr } = hopline(['render', '-', '-o', output], readFileSync(FIXTURE, 'utf8'));
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(readFileSync(output, 'utf8')).toBe(hopline(['render', FIXTURE, '-o', '-']).stdout);
  });

  test('ends quietly where the reader of its output has seen enough', () => {
    const line = `"${process.execPath}" "${program()}" inspect --json ${FIXTURE} ${FIXTURE} | head -c 10; echo " \${PIPESTATUS[0]}"`;
    const { stdout, stderr } = spawnSync('bash', ['-c', line], { encoding: 'utf8' });
    expect(stdout).toMatch(/ 0\n$/);
    expect(stderr).toBe('');
  });

  test('says that its output cannot be written', () => {
    const line = `"${process.execPath}" "${program()}" inspect ${FIXTURE} > /dev/full`;
    const { status, stderr } = spawnSync('bash', ['-c', line], { encoding: 'utf8' });
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: 'hopline: cannot write standard output: the disk is full\n',
    });
  });

  test('exits with 2 and one line on standard error for what it cannot read', () => {
    const { status, stdout, stderr } = hopline(['inspect', 'missing.jsonl']);
    expect({ status, stdout, stderr }).toEqual({
      status: 2,
      stdout: '',
      stderr: 'hopline: cannot read missing.jsonl: no such file or folder\n',
    });
  });

  test('prints the version of the package', () => {
    const { version }: { version: string } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(execFileSync(process.execPath, [program(), '--version'], { encoding: 'utf8' })).toBe(`${version}\n`);
  });

  test('refuses to serve a page that is not built, and says how to build it', async () => {
    const served = await new Promise<string>((resolve) => {
      execFile(process.execPath, [program(), 'serve'], (_error, _stdout, stderr) => resolve(stderr));
    });
    expect(served).toBe('hopline: the page is not built: run "npm run build" first\n');
  });
});
