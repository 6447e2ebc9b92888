import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  createReadStream,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { writeWhole } from '../../src/cli/writeWhole.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hopline-write-'));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

function* twoPieces(): Generator<string> {
  yield 'one, ';
  yield 'two';
}

test('writeWhole writes a file, and one that is there keeps its permissions', async () => {
  const path = join(folder, 'a.txt');
  await writeWhole(path, twoPieces());
  expect(readFileSync(path, 'utf8')).toBe('one, two');
  chmodSync(path, 0o640);
  await writeWhole(path, 'three');
  expect([readFileSync(path, 'utf8'), statSync(path).mode & 0o777]).toEqual(['three', 0o640]);
  expect(readdirSync(folder)).toEqual(['a.txt']);
});

test('writeWhole leaves what was there, and nothing else, where writing fails', async () => {
  const path = join(folder, 'a.txt');
  function* failing(): Generator<string> {
    yield 'half';
    throw new Error('the disk is on fire');
  }
  await expect(writeWhole(path, failing())).rejects.toThrow(`cannot write ${path}: the disk is on fire`);
  expect(readdirSync(folder)).toEqual([]);
  writeFileSync(path, 'before');
  await expect(writeWhole(path, failing())).rejects.toThrow('the disk is on fire');
  expect([readdirSync(folder), readFileSync(path, 'utf8')]).toEqual([['a.txt'], 'before']);
});

test.each(['SIGINT', 'SIGTERM'] as const)('writeWhole takes away what it has written when %s comes', async (signal) => {
  const killed = vi.spyOn(process, 'kill').mockReturnValue(true);
  const others = process.listenerCount(signal);
  let seen: string[] = [];
  async function* stopped(): AsyncGenerator<string> {
    yield 'half';
    seen = readdirSync(folder);
    process.emit(signal, signal);
    expect(readdirSync(folder)).toEqual([]);
    yield 'of it';
  }
  await expect(writeWhole(join(folder, 'a.txt'), stopped())).rejects.toThrow('cannot write');
  expect(seen).toHaveLength(1);
  expect(killed.mock.calls).toEqual([[process.pid, signal]]);
  expect(readdirSync(folder)).toEqual([]);
  expect(process.listenerCount(signal)).toBe(others);
});

test('writeWhole writes into a pipe and through a link, and leaves both what they are', async () => {
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const reader = createReadStream(pipe, 'utf8');
  const first = once(reader, 'data');
  await writeWhole(pipe, 'through');
  expect(await first).toEqual(['through']);
  expect(statSync(pipe).isFIFO()).toBe(true);

  const [path, link] = [join(folder, 'a.txt'), join(folder, 'link')];
  symlinkSync(path, link);
  await writeWhole(link, 'new');
  await writeWhole(link, 'again');
  expect(readFileSync(path, 'utf8')).toBe('again');
  expect(existsSync(link) && readdirSync(folder).toSorted()).toEqual(['a.txt', 'link', 'pipe']);
});

/** Root may write everything. */
const isRoot = process.getuid?.() === 0;

test.skipIf(isRoot)(
  'writeWhole writes a file in a folder that takes no other, and refuses one that is write-protected',
  async () => {
    const path = join(folder, 'a.txt');
    writeFileSync(path, 'before');
    chmodSync(folder, 0o555);
    await writeWhole(path, 'after');
    expect(readFileSync(path, 'utf8')).toBe('after');
    chmodSync(folder, 0o755);
    chmodSync(path, 0o444);
    await expect(writeWhole(path, 'once more')).rejects.toThrow(`cannot write ${path}`);
    expect(readFileSync(path, 'utf8')).toBe('after');
  },
);
