import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compileKernel } from '../../../../src/decode/kernel/build/compileKernel.ts';

let root = '';
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'hopline-kernel-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** A folder of its own with these files. */
function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(root, 'kernel-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

/** `count` is exported from where it is, and counted by what imports it. */
const COUNTING = {
  'index.ts': "export { count } from './count.ts';\nexport { four } from './four.ts';\n",
  'count.ts': 'export let count: u32 = 0;\nexport function add(): void {\n  count++;\n}\n',
  'four.ts': "import { add } from './count.ts';\nexport function four(): void {\n  add();\n  add();\n}\n",
};

const TWICE = {
  'index.ts': "import { twice } from './parts/twice.ts';\nexport function four(): u32 {\n  return twice(2);\n}\n",
  'parts/twice.ts': '/* @inline */ export function twice(x: u32): u32 {\n  return x * 2;\n}\n',
};

async function four(wasm: Uint8Array): Promise<unknown> {
  const { instance } = await WebAssembly.instantiate(new Uint8Array(wasm));
  const run = instance.exports['four'];
  return typeof run === 'function' ? run() : null;
}

describe('compileKernel', () => {
  test('makes a module of a folder, the same bytes each time, with and without its cache', async () => {
    const folder = folderOf(TWICE);
    const cache = join(root, 'cache');
    const wasm = await compileKernel(folder, { cache: null });
    expect(await four(wasm)).toBe(4);
    const [first, second] = await Promise.all([compileKernel(folder, { cache }), compileKernel(folder, { cache })]);
    expect(Buffer.from(first).equals(wasm)).toBe(true);
    expect(second).toBe(first);
    expect(readdirSync(cache)).toHaveLength(1);
    expect(Buffer.from(await compileKernel(folder, { cache })).equals(wasm)).toBe(true);
    expect(readdirSync(cache)).toHaveLength(1);
  });

  test('takes a file for one, however it is imported', async () => {
    const wasm = await compileKernel(folderOf(COUNTING), { cache: null });
    const { instance } = await WebAssembly.instantiate(new Uint8Array(wasm));
    const { count, four } = instance.exports;
    if (!(count instanceof WebAssembly.Global) || typeof four !== 'function') throw new Error('not exported');
    four();
    expect(count.value).toBe(2);
  });

  test('compiles anew when a source changes', async () => {
    const folder = folderOf(TWICE);
    const cache = join(root, 'cache-of-changes');
    await compileKernel(folder, { cache });
    writeFileSync(join(folder, 'parts/twice.ts'), 'export function twice(x: u32): u32 {\n  return x * 3;\n}\n');
    expect(await four(await compileKernel(folder, { cache }))).toBe(6);
  });

  test('says what it refuses by path, line and column', async () => {
    const folder = folderOf({
      ...TWICE,
      'parts/twice.ts': 'export function twice(x: u32): u32 {\n  return nope;\n}\n',
    });
    await expect(compileKernel(folder, { cache: null })).rejects.toThrow(
      /Cannot find name 'nope'[^]*parts\/twice\.ts:2:10/,
    );
  });

  test('keeps assertions where it is asked to: they trap', async () => {
    const folder = folderOf({ 'index.ts': 'export function four(): u32 {\n  assert(false);\n  return 4;\n}\n' });
    expect(await four(await compileKernel(folder, { cache: null }))).toBe(4);
    await expect(four(await compileKernel(folder, { cache: null, isDebug: true }))).rejects.toThrow('unreachable');
  });
});
