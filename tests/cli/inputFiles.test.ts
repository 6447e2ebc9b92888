import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { filesOf, inputFiles } from '../../src/cli/inputFiles.ts';
import { runCli } from '../helpers/runCli.ts';

const FILES = [
  'a.jsonl',
  'b.json',
  'b[1].json',
  '.hidden.jsonl',
  'path.svg',
  'hopline.yaml',
  'b.hopline.yaml',
  'empty/.hidden/c.jsonl',
  '2026/05/c.jsonl',
  '2026/05/d.jsonl.gz',
  '2026/06/c.jsonl',
];
let folder = '';
let working = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hopline-input-'));
  for (const file of FILES) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), '');
  }
  symlinkSync('a.jsonl', join(folder, 'link.jsonl'));
  symlinkSync('..', join(folder, '2026', 'up'));
  working = process.cwd();
  process.chdir(folder);
});
afterAll(() => {
  process.chdir(working);
  rmSync(folder, { recursive: true });
});

describe('filesOf', () => {
  test.each<readonly [name: string, files: readonly string[]]>([
    ['a.jsonl', ['a.jsonl']],
    ['-', ['-']],
    ['missing.jsonl', ['missing.jsonl']],
    ['*.jsonl', ['a.jsonl', 'link.jsonl']],
    ['.*.jsonl', ['.hidden.jsonl']],
    ['?.json', ['b.json']],
    ['b[1].js*', ['b[1].json']],
    ['2026/0?/c.jsonl', ['2026/05/c.jsonl', '2026/06/c.jsonl']],
    ['2026/*/c*', ['2026/05/c.jsonl', '2026/06/c.jsonl']],
    ['**/*.jsonl', ['2026/05/c.jsonl', '2026/06/c.jsonl', 'a.jsonl', 'link.jsonl']],
    ['**/05/**', ['2026/05/c.jsonl', '2026/05/d.jsonl.gz']],
    ['2026/**/**/d*', ['2026/05/d.jsonl.gz']],
    ['2026', ['2026/05/c.jsonl', '2026/05/d.jsonl.gz', '2026/06/c.jsonl']],
    ['2026/05/', ['2026/05/c.jsonl', '2026/05/d.jsonl.gz']],
    ['./*.json', ['b.json', 'b[1].json']],
    ['.', ['2026/05/c.jsonl', '2026/05/d.jsonl.gz', '2026/06/c.jsonl', 'a.jsonl', 'b.json', 'b[1].json', 'link.jsonl']],
    ['*.svg', ['path.svg']],
  ])('takes %s for %j', async (name, files) => {
    expect(await filesOf(name)).toEqual(files);
  });

  test('takes a name from the root of the file system', async () => {
    expect(await filesOf(join(folder, '2026/**/d*'))).toEqual([join(folder, '2026/05/d.jsonl.gz')]);
  });

  test('takes a file that is really called so for itself', async () => {
    writeFileSync('a*.jsonl', '');
    const files = await filesOf('a*.jsonl');
    rmSync('a*.jsonl');
    expect(files).toEqual(['a*.jsonl']);
  });

  test.each([
    ['*.pb', 'no file matches *.pb'],
    ['2026/*', 'no file matches 2026/*'],
    ['empty', 'there is no file in the folder empty'],
    ['gone/*.json', 'cannot read gone: no such file or folder'],
    ['a.jsonl/*', 'cannot read a.jsonl: a part of its path is no folder'],
  ])('refuses %s: %s', async (name, message) => {
    await expect(filesOf(name)).rejects.toThrow(message);
  });
});

test('inputFiles keeps the order of the arguments', async () => {
  const named = ['b.json', '2026/06', '*.jsonl'];
  expect(await inputFiles(named)).toEqual({ named, files: ['b.json', '2026/06/c.jsonl', 'a.jsonl', 'link.jsonl'] });
});

describe('every command that takes files', () => {
  test.each(['render', 'inspect', 'check', 'budget', 'export'])('%s says where nothing matches', async (command) => {
    expect(await runCli([command, '**/*.nothing'])).toEqual({
      code: 2,
      stdout: '',
      stderr: 'hopline: no file matches **/*.nothing\n',
    });
  });

  test('reads what is in a folder as one dataset, and the config in it', async () => {
    const traces = join(folder, 'traces');
    mkdirSync(join(traces, 'late'), { recursive: true });
    writeFileSync(join(traces, 'a.json'), document(1));
    writeFileSync(join(traces, 'late/b.json'), document(2));
    writeFileSync(join(traces, 'hopline.yaml'), 'hops: { crat: { role: Cart } }\n');
    const { code, stdout, stderr } = await runCli(['inspect', '--json', 'traces']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ spans: 2, traces: 2 });
    expect(stderr).toBe('hopline: traces/hopline.yaml:1:9: no hop "crat" on any path; did you mean "cart"?\n');
    expect((await runCli(['render', 'traces', '-o', '-'])).stderr).toBe(stderr);
    await runCli(['render', 'traces']);
    expect(await filesOf('traces/*.svg')).toEqual(['traces/a.json.svg']);
    expect(await filesOf('traces')).toEqual(['traces/a.json', 'traces/late/b.json']);
  });

  describe('says of what it finds in a folder and cannot read', () => {
    const nowhere = 'it is gone, or a link that leads nowhere';

    test.each([
      ['a link that leads nowhere', '/nowhere', nowhere],
      ['a link that leads to itself', 'broken', 'a link leads back to itself'],
    ])('%s, and reads the others', async (_, target, why) => {
      const traces = mkdtempSync(join(folder, 'links-'));
      const [name] = traces.split('/').slice(-1);
      writeFileSync(join(traces, 'a.json'), document(1));
      symlinkSync(target, join(traces, 'broken'));
      const message = `No span could be read from 1 of 2 sources: ${name}/broken: ${why}`;
      const { code, stdout } = await runCli(['inspect', '--json', name]);
      expect({ code, ...JSON.parse(stdout) }).toMatchObject({ code: 0, spans: 1, issues: [{ message }] });
      const told = `hopline: ${name}/broken: ${message}\n`;
      expect(await runCli(['export', `${name}/*`, '-o', '-'])).toMatchObject({ code: 0, stderr: told });
      expect(await runCli(['render', name, '-o', '-'])).toMatchObject({ code: 0, stderr: told });
      expect(await runCli(['diff', name, name])).toMatchObject({ code: 0, stderr: told.repeat(2) });
      const refused = `hopline: cannot read ${name}/broken: ${why === nowhere ? 'no such file or folder' : why}\n`;
      expect(await runCli(['inspect', name, `${name}/broken`])).toEqual({ code: 2, stdout: '', stderr: refused });
    });

    test('that it is all there is', async () => {
      const traces = mkdtempSync(join(folder, 'links-'));
      symlinkSync('gone', join(traces, 'link'));
      expect(await runCli(['inspect', traces])).toEqual({
        code: 2,
        stdout: '',
        stderr: `hopline: ${traces}/link: ${nowhere}\n`,
      });
    });

    test.skipIf(process.getuid?.() === 0)('a file and a folder that may not be read', async () => {
      const traces = mkdtempSync(join(folder, 'closed-'));
      writeFileSync(join(traces, 'a.json'), document(1));
      writeFileSync(join(traces, 'b.json'), document(2));
      mkdirSync(join(traces, 'c'));
      chmodSync(join(traces, 'b.json'), 0);
      chmodSync(join(traces, 'c'), 0);
      const { stdout } = await runCli(['inspect', '--json', traces]);
      chmodSync(join(traces, 'c'), 0o755);
      const of = `${traces}/b.json: permission denied; ${traces}/c: permission denied`;
      const message = `No span could be read from 2 of 3 sources: ${of}`;
      expect(JSON.parse(stdout)).toMatchObject({ spans: 1, issues: [{ message }] });
    });
  });
});

function document(id: number): string {
  const attributes = [{ key: 'service.name', value: { stringValue: 'cart' } }];
  const span = {
    traceId: `${id}`.repeat(32),
    spanId: `${id}`.repeat(16),
    name: 'GET /',
    kind: 2,
    startTimeUnixNano: '5',
    endTimeUnixNano: '6',
  };
  return JSON.stringify({ resourceSpans: [{ resource: { attributes }, scopeSpans: [{ spans: [span] }] }] });
}
