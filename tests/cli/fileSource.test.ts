import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileSources, type Inputs } from '../../src/cli/fileSource.ts';
import type { Source } from '../../src/decode/source.ts';

let folder = '';
const large = Uint8Array.from({ length: 3_000_000 }, (_, i) => i % 251);
const noInput = { stdin: Readable.from([]) };

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hopline-source-'));
  writeFileSync(join(folder, 'large'), large);
});
afterAll(() => rmSync(folder, { recursive: true }));

function named(...files: readonly string[]): Inputs {
  return { named: files, files };
}

async function bytesOf(source: Source | undefined): Promise<Buffer> {
  const reader = source?.stream().getReader();
  const chunks: Uint8Array[] = [];
  for (let step = await reader?.read(); step && !step.done; step = await reader?.read()) chunks.push(step.value);
  return Buffer.concat(chunks);
}

describe('fileSources', () => {
  test('reads a file in pieces, and again from its beginning', async () => {
    const [source] = await fileSources(named(join(folder, 'large')), noInput);
    expect(source?.size).toBe(large.length);
    expect((await bytesOf(source)).equals(large)).toBe(true);
    expect((await bytesOf(source)).equals(large)).toBe(true);
  });

  test('reads standard input, whose size is not known', async () => {
    const [source] = await fileSources(named('-'), { stdin: Readable.from([Buffer.from('ab'), Buffer.from('c')]) });
    expect(source?.size).toBeNull();
    expect((await bytesOf(source)).toString()).toBe('abc');
  });

  test('reads a pipe that has a name, as a shell makes for <(…)', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const [source] = await fileSources(named(pipe), noInput);
    expect(source?.size).toBeNull();
    const bytes = bytesOf(source);
    await writeFile(pipe, 'through the pipe');
    expect((await bytes).toString()).toBe('through the pipe');
  });

  test('refuses standard input that is a folder, which Node takes for the end of a file', async () => {
    const fd = openSync('src', 'r');
    const stdin = Object.assign(Readable.from([]), { fd });
    await expect(fileSources(named('-'), { stdin })).rejects.toThrow('cannot read standard input: it is a folder');
    closeSync(fd);
  });

  test('tells a file that became shorter while it was read', async () => {
    const path = join(folder, 'rotated');
    writeFileSync(path, large);
    const [source] = await fileSources(named(path), noInput);
    const pieces = source.file?.pieces(0, large.length)[Symbol.asyncIterator]();
    expect((await pieces?.next())?.done).toBe(false);
    truncateSync(path, 1_000_000);
    const rest = async (): Promise<void> => {
      for (let step = await pieces?.next(); step?.done !== true; step = await pieces?.next());
    };
    const told = `cannot read ${path}: the file became shorter while it was read`;
    await expect(rest()).rejects.toThrow(told);
    await expect(bytesOf(source)).rejects.toThrow(told);
  });

  test('stops reading when it is cancelled', async () => {
    const [source] = await fileSources(named(join(folder, 'large')), noInput);
    const reader = source?.stream().getReader();
    await reader?.read();
    await expect(reader?.cancel()).resolves.toBeUndefined();
  });

  test.each([
    [['missing'], 'cannot read missing: no such file or folder'],
    [['src'], 'cannot read src: it is a folder'],
    [['package.json/x'], 'cannot read package.json/x: a part of its path is no folder'],
    [['-', '-'], 'standard input (-) can be read only once'],
  ])('refuses %j before anything is read', async (names, message) => {
    await expect(fileSources(named(...names), noInput)).rejects.toThrow(message);
  });
});
