import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { configFor, findConfig } from '../../src/cli/configFor.ts';

let folder = '';
const at = (name: string): string => join(folder, name);
const config = (path: string): string => `paths: { ${path}: {} }`;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hopline-config-'));
  writeFileSync(at('hopline.yaml'), config('shared'));
  writeFileSync(at('demo.hopline.yaml'), config('demo'));
  writeFileSync(at('named.yaml'), config('named'));
  writeFileSync(at('bad.hopline.yaml'), 'paths: [');
});
afterAll(() => rmSync(folder, { recursive: true }));

async function pathsFor(inputs: readonly string[], named?: string): Promise<string[]> {
  return Object.keys((await configFor(inputs.map(at), named === undefined ? undefined : at(named))).paths);
}

describe('configFor', () => {
  test('finds NAME.hopline.yaml beside an input, NAME ending at its first dot', async () => {
    expect(await pathsFor(['demo.otlp.jsonl.gz'])).toEqual(['demo']);
  });

  test('finds hopline.yaml where the input has none of its own', async () => {
    expect(await pathsFor(['other.jsonl'])).toEqual(['shared']);
    expect(await pathsFor(['.hidden'])).toEqual(['shared']);
  });

  test('takes the file that is named before any other', async () => {
    expect(await pathsFor(['demo.jsonl'], 'named.yaml')).toEqual(['named']);
  });

  test('reads a config in UTF-16, as PowerShell writes it', async () => {
    const marked = `\ufeff${config('wide')}`;
    writeFileSync(at('wide.yaml'), Buffer.from(marked, 'utf16le'));
    expect(await pathsFor(['demo.jsonl'], 'wide.yaml')).toEqual(['wide']);
    writeFileSync(at('wide.hopline.yaml'), Buffer.from(marked, 'utf16le').swap16());
    expect(await pathsFor(['wide.jsonl'])).toEqual(['wide']);
  });

  test('has no config for standard input', async () => {
    expect((await configFor(['-'], undefined)).paths).toEqual({});
  });

  test('finds the nearest hopline.yaml upwards from the working directory, after those beside the inputs', async () => {
    const deep = at('a/b');
    mkdirSync(deep, { recursive: true });
    const found = async (inputs: readonly string[]) =>
      Object.keys((await findConfig(inputs, undefined, deep))?.config.paths ?? {});
    expect(await found(['-'])).toEqual(['shared']);
    writeFileSync(at('a/hopline.yaml'), config('nearer'));
    expect(await found(['-'])).toEqual(['nearer']);
    expect(await found([join(deep, 'x.jsonl')])).toEqual(['nearer']);
    expect(await found([at('demo.jsonl')])).toEqual(['demo']);
    expect((await findConfig(['-'], undefined, deep))?.file).toBe(at('a/hopline.yaml'));
  });

  test('says that the config beside an input cannot be read, instead of going on without budgets', async () => {
    mkdirSync(at('odd/hopline.yaml'), { recursive: true });
    await expect(pathsFor(['odd/traces.jsonl'])).rejects.toThrow(
      /^cannot read the config .*odd.hopline\.yaml: it is a folder$/,
    );
  });

  test('says which file cannot be read, or is faulty', async () => {
    await expect(pathsFor(['demo.jsonl'], 'missing.yaml')).rejects.toThrow(
      /^cannot read the config .*missing\.yaml: no such file or folder$/,
    );
    await expect(pathsFor(['bad.jsonl'])).rejects.toThrow(/bad\.hopline\.yaml:1:9: /);
  });
});
