import { describe, expect, test } from 'vitest';
import { droppedFiles } from '../../src/app/input/droppedFiles.ts';

interface Tree {
  readonly [name: string]: string | Tree;
}

/** What a browser gives for a dropped folder: entries that are read by callbacks, a hundred at a time. */
function entryOf(name: string, content: string | Tree, fullPath = `/${name}`): object {
  if (typeof content === 'string') {
    return {
      name,
      fullPath,
      isFile: true,
      isDirectory: false,
      file: (done: (file: File) => void) => done(new File([content], name)),
    };
  }
  return {
    name,
    fullPath,
    isFile: false,
    isDirectory: true,
    createReader: () => {
      const rest = Object.entries(content).map(([child, below]) => entryOf(child, below, `${fullPath}/${child}`));
      return { readEntries: (done: (entries: object[]) => void) => done(rest.splice(0, 100)) };
    },
  };
}

function dropOf(tree: Tree): DataTransfer {
  const items = Object.entries(tree).map(([name, content]) => ({
    kind: 'file',
    getAsFile: () => (typeof content === 'string' ? new File([content], name) : null),
    webkitGetAsEntry: () => entryOf(name, content),
  }));
  return {
    items: [{ kind: 'string', getAsFile: () => null, webkitGetAsEntry: () => null }, ...items],
  } as unknown as DataTransfer;
}

describe('a drop', () => {
  test('of files gives them as they are', async () => {
    const files = await droppedFiles(dropOf({ 'b.json': 'b', 'a.json': 'a' }));
    expect(files.map(({ name }) => name)).toEqual(['b.json', 'a.json']);
  });

  test('of a folder gives the files in it, by name, each with its way, without hidden ones', async () => {
    const files = await droppedFiles(
      dropOf({
        day: { 'z.json': 'z', one: { 'b.json': 'b', 'a.json': 'a' }, '.DS_Store': 'x', '.git': { config: 'x' } },
      }),
    );
    expect(files.map(({ name }) => name)).toEqual(['day/one/a.json', 'day/one/b.json', 'day/z.json']);
    expect(await files[0].text()).toBe('a');
  });

  test('of a folder with hundreds of files gives all of them', async () => {
    const folder = Object.fromEntries(Array.from({ length: 250 }, (_, i) => [`${i}.json`, '{}']));
    expect(await droppedFiles(dropOf({ folder }))).toHaveLength(250);
  });

  test('of folders without a file is refused in a sentence, and one with a file beside them is not', async () => {
    const hidden = { '.DS_Store': 'x', '.git': { config: 'x' } };
    await expect(droppedFiles(dropOf({ monday: {} }))).rejects.toThrow(
      'There is no file in monday, hidden ones aside.',
    );
    await expect(droppedFiles(dropOf({ monday: { am: {} }, tuesday: hidden }))).rejects.toThrow(
      'There is no file in monday or tuesday, hidden ones aside.',
    );
    expect(await droppedFiles(dropOf({ monday: {}, 'a.json': 'a' }))).toHaveLength(1);
  });

  test('of a folder without end is refused in a sentence', async () => {
    const folder = Object.fromEntries(Array.from({ length: 10_001 }, (_, i) => [`${i}.json`, '{}']));
    await expect(droppedFiles(dropOf({ folder }))).rejects.toThrow('more than 10000 files in folder');
  });
});
