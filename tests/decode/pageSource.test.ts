import { mkdtempSync, openAsBlob, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { load, pageSource } from '../../src/pipeline.ts';

const FOLDER = mkdtempSync(join(tmpdir(), 'hopline-page-source-'));
const PATH = join(FOLDER, 'traces.jsonl');
const TRACES = readFileSync('fixtures/one-hop.otlp.jsonl');
const CHANGED = 'the file has been changed, moved or deleted meanwhile; open it again';

/** As in a browser: the bytes stay on disk until they are read. */
async function chosen(bytes: Uint8Array): Promise<File> {
  writeFileSync(PATH, bytes);
  const file = await openAsBlob(PATH);
  return Object.assign(new File([file], 'traces.jsonl'), { webkitRelativePath: '' });
}

afterAll(() => rmSync(FOLDER, { recursive: true }));

describe('pageSource', () => {
  test('pageSource gives the bytes of a file by its stream, by parts and in pieces', async () => {
    const source = pageSource(await chosen(TRACES));
    const { name, size, file } = source;
    expect({ name, size }).toEqual({ name: 'traces.jsonl', size: TRACES.length });
    expect(Buffer.from(await new Response(source.stream()).arrayBuffer())).toEqual(TRACES);
    expect(Buffer.from((await file?.read(100, 200)) ?? [])).toEqual(TRACES.subarray(100, 200));
    const pieces: Uint8Array[] = [];
    for await (const piece of file?.pieces(0, TRACES.length) ?? []) pieces.push(piece.slice());
    expect(Buffer.concat(pieces)).toEqual(TRACES);
  });

  test('pageSource names a file of a folder with its way in the folder', async () => {
    const file = Object.assign(await chosen(TRACES), { webkitRelativePath: 'day/traces.jsonl' });
    expect(pageSource(file).name).toBe('day/traces.jsonl');
  });

  test('pageSource says of a file that was overwritten, in whatever way it is read, that it was changed', async () => {
    const source = pageSource(await chosen(TRACES));
    const { file } = source;
    truncateSync(PATH, 10);
    await expect(new Response(source.stream()).arrayBuffer()).rejects.toThrow(CHANGED);
    await expect(file?.read(0, 100)).rejects.toThrow(CHANGED);
    const pieces = async (): Promise<void> => {
      for await (const _ of file?.pieces(0, TRACES.length) ?? []);
    };
    await expect(pieces()).rejects.toThrow(CHANGED);
  });

  test('pageSource leaves want of memory to be told as that', async () => {
    const file = await chosen(TRACES);
    const error = new RangeError('Array buffer allocation failed');
    const source = pageSource(
      Object.assign(file, { stream: () => new ReadableStream({ pull: () => Promise.reject(error) }) }),
    );
    await expect(new Response(source.stream()).arrayBuffer()).rejects.toBe(error);
  });
});

test('load says of a source that could not be read at all why not, and of no format', async () => {
  const file = await chosen(TRACES);
  rmSync(PATH);
  await expect(load([pageSource(file)])).rejects.toThrow(`traces.jsonl: ${CHANGED}`);
});
