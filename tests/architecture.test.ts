import { describe, expect, test } from 'vitest';
import { readSourceFile, readSourceFiles, roomOf, type Looseness, type SourceFile } from './helpers/sourceFile.ts';

/**
 * The law of the house, as data (src/README.md has it in words).
 *
 *     bytes ──decode──▶ SpanTable ──analyse──▶ RequestPath[] ──layout──▶ Scene ──diagram──▶ <svg>
 *
 * `uses` are the rooms that a room may import from, `types` those of which it may know the types alone, `packages`
 * everything from outside. A room that is missing here may not exist.
 */
interface Room {
  readonly uses: readonly string[];
  readonly types?: readonly string[];
  readonly packages?: readonly RegExp[];
  /** No clock, no randomness, no DOM, no Node: the same code runs in the page, the worker, the CLI and the tests. */
  readonly isPure?: boolean;
  readonly why: string;
}

const ROOMS: Readonly<Record<string, Room>> = {
  base: { uses: [], isPure: true, why: 'base knows nothing of traces, so that everything may stand on it' },
  config: {
    uses: ['base'],
    packages: [/^yaml$/, /^zod\/mini$/],
    isPure: true,
    why: 'config is numbers and rules that a person may change; what they are applied to comes later',
  },
  store: {
    uses: ['base', 'config'],
    isPure: true,
    why: 'the span table is facts; who reads or writes it is not its business',
  },
  decode: {
    uses: ['base', 'config', 'store'],
    packages: [/^fzstd$/, /^fflate$/],
    isPure: true,
    why: 'decoding makes spans out of bytes and must not know what they are analysed for',
  },
  export: {
    uses: ['base', 'config', 'store'],
    isPure: true,
    why: 'export writes spans into bytes as decode reads them out of bytes; as neither knows the other, a round trip proves both',
  },
  'kernel build': {
    uses: [],
    packages: [/^node:/, /^assemblyscript/, /^vite$/],
    why: 'the kernel’s build is a tool that runs before anything else, and no part of what it makes',
  },
  analyse: {
    uses: ['base', 'config', 'store'],
    packages: [/^@stdlib\//],
    isPure: true,
    why: 'analysis reads the span table and must not know which format the spans came in',
  },
  pipeline: {
    uses: ['base', 'config', 'store', 'decode', 'analyse'],
    isPure: true,
    why: 'the pipeline joins decode, store and analyse, and nothing else does',
  },
  layout: {
    uses: ['base', 'config'],
    types: ['analyse'],
    packages: [/^d3$/],
    isPure: true,
    why: 'layout turns plain results into geometry: it takes types from analyse, so a diagram read from an SVG needs no spans',
  },
  diagram: {
    uses: ['base', 'config', 'layout'],
    types: ['analyse'],
    packages: [/^react$/, /^react-dom\/server/, /^zod\/mini$/],
    why: 'diagram paints a Scene; whatever it decided itself would differ between the screen and the export',
  },
  protocol: { uses: [], types: ['base', 'config', 'analyse', 'export'], why: 'the worker’s messages are types' },
  app: {
    uses: ['base', 'config', 'layout', 'diagram', 'protocol'],
    types: ['analyse'],
    packages: [
      /^react/,
      /^zustand/,
      /^radix-ui$/,
      /^lucide-react$/,
      /^@tanstack\//,
      /^@fontsource\//,

      /^zod\/mini$/,
    ],
    why: 'spans live in the worker, so nothing on the page can freeze on them',
  },
  worker: {
    uses: ['base', 'config', 'analyse', 'export', 'pipeline', 'protocol'],
    types: ['decode', 'store'],
    why: 'the worker is an entry: message in, pipeline, message out',
  },
  decodeWorker: { uses: ['decode'], why: 'a worker of the pool is an entry: bytes in, a batch of spans out' },
  decodeThread: {
    uses: ['decode', 'cli'],
    packages: [/^node:worker_threads$/],
    why: 'the same for the command line, whose threads are Node’s',
  },
  main: { uses: ['base', 'config', 'app'], packages: [/^react/], why: 'main starts the page and does nothing else' },
  cli: {
    uses: ['base', 'config', 'analyse', 'export', 'pipeline', 'layout', 'diagram'],
    types: ['decode'],
    packages: [/^node:/, /^commander$/],
    why: 'the command line runs the same pipeline as the worker and has no way of its own to spans or pictures',
  },
};

/** Nobody imports an entry: it does something when it is loaded. */
const ENTRIES = ['src/main.tsx', 'src/worker.ts', 'src/decodeWorker.ts', 'src/decodeThread.ts', 'src/cli/main.ts'];

const IMPURE =
  /^(document|window|navigator|location|localStorage|sessionStorage|fetch|XMLHttpRequest|process|Buffer|require|console|crypto|performance|setTimeout|setInterval|queueMicrotask|requestAnimationFrame|Math\.random|Date\.now|new Date\(\))(\.|$)/;

/**
 * Where the compiler is told to look away, and files that are longer than a person reads at once. These numbers may
 * only fall: when one does, write the lower number here.
 */
const RATCHET: Readonly<Record<Looseness | 'over250Lines' | 'over350Lines', number>> = {
  any: 0,
  nonNull: 0,
  cast: 3,
  suppression: 3,
  defaultExport: 0,
  over250Lines: 2,
  over350Lines: 0,
};

const files = readSourceFiles();

describe('a source file', () => {
  test.each(files.map((file) => [file.path, file] as const))('%s keeps the law of its room', (_path, file) => {
    expect(offences(file)).toEqual([]);
  });
});

test('no imports go in circles', () => {
  expect(cycles(files)).toEqual([]);
});

test('what the compiler is told to overlook only falls', () => {
  const places: Record<keyof typeof RATCHET, string[]> = {
    any: placesOf('any'),
    nonNull: placesOf('nonNull'),
    cast: placesOf('cast'),
    suppression: placesOf('suppression'),
    defaultExport: placesOf('defaultExport'),
    over250Lines: files.filter(({ lines }) => lines > 250).map(({ path }) => path),
    over350Lines: files.filter(({ lines }) => lines > 350).map(({ path }) => path),
  };
  const counts = Object.fromEntries(Object.entries(places).map(([key, where]) => [key, where.length]));
  const hint = 'higher: mend the code; lower: write the lower number into RATCHET';
  expect(counts, `${hint}\n${JSON.stringify(places, null, 2)}`).toEqual(RATCHET);
});

/** A file's path once for each time. */
function placesOf(key: Looseness): string[] {
  return files.flatMap(({ path, counts }) => Array<string>(counts[key]).fill(path));
}

describe('the architecture test itself', () => {
  test.each([
    ['src/base/a.ts', "import { x } from '../config/b.ts';", 'base may not import config'],
    ['src/layout/a.ts', "import { x } from '../analyse/b.ts';", 'layout may import only types from analyse'],
    ['src/layout/a.ts', "export { x } from '../store/b.ts';", 'layout may not import store'],
    ['src/app/a.ts', "type X = import('../store/b.ts').X;", 'app may not import store'],
    ['src/app/a.ts', "await import('../pipeline.ts');", 'app may not import pipeline'],
    ['src/decode/a.ts', "import fs from 'node:fs';", 'decode may not import the package node:fs'],
    ['src/analyse/a.ts', 'const x = Math.random();', 'analyse may not use Math.random'],
    ['src/analyse/a.ts', 'const x = new Date();', 'analyse may not use new Date()'],
    ['src/store/a.ts', 'export const a = () => document.title;', 'store may not use document.title'],
    ['src/cli/a.ts', "import './main.ts';", 'src/cli/main.ts is an entry'],
    ['src/tools/a.ts', '', 'tools is no room of the house'],
  ])('refuses in %s: %s', (path, text, complaint) => {
    expect(offences(readSourceFile(path, text)).join('\n')).toContain(complaint);
  });

  test.each([
    ['src/layout/a.ts', "import type { X } from '../analyse/b.ts'; import { type Y } from '../analyse/c.ts';"],
    [
      'src/analyse/a.ts',
      'const window = 1; export const b = [window, x.document, new Date(0)]; export type C = { process: 1 };',
    ],
  ])('lets pass in %s: %s', (path, text) => {
    expect(offences(readSourceFile(path, text))).toEqual([]);
  });

  test('sees a circle, and counts what is loose', () => {
    const a = readSourceFile('src/base/a.ts', "import { b } from './b.ts'; export const a = b! as any;");
    const b = readSourceFile('src/base/b.ts', "import type { A } from './a.ts'; export const b = [1] as const;");
    expect(cycles([a, b])).toEqual(['src/base/a.ts → src/base/b.ts → src/base/a.ts']);
    expect(a.counts).toMatchObject({ any: 1, nonNull: 1, cast: 1 });
    expect(b.counts).toMatchObject({ any: 0, nonNull: 0, cast: 0 });
  });
});

function offences({ path, room: name, imports, globals }: SourceFile): string[] {
  const room = ROOMS[name];
  if (!room) return [`${name} is no room of the house: add it to ROOMS with its reason, or move ${path}`];
  const complaints = imports.flatMap(({ target, isOurs, isTypeOnly }) => {
    if (!isOurs)
      return room.packages?.some((known) => known.test(target)) ? [] : [`${name} may not import the package ${target}`];
    if (ENTRIES.includes(target)) return [`${target} is an entry: nobody imports it`];
    const other = roomOf(target);
    if (other === name || room.uses.includes(other)) return [];
    if (room.types?.includes(other)) return isTypeOnly ? [] : [`${name} may import only types from ${other}`];
    return [`${name} may not import ${other} (${target})`];
  });
  const impure = room.isPure === true ? [...globals].filter((global) => IMPURE.test(global)) : [];
  return [...complaints, ...impure.map((global) => `${name} may not use ${global}`)].map(
    (complaint) => `${complaint}: ${room.why}`,
  );
}

/** One line a circle, found by walking depth first; type imports count, because they tie files together as well. */
function cycles(all: readonly SourceFile[]): string[] {
  const byPath = new Map(all.map((file) => [file.path, file]));
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) found.push([...trail.slice(start), path].join(' → '));
    if (start >= 0 || done.has(path)) return;
    for (const { target, isOurs, isDynamic } of byPath.get(path)?.imports ?? []) {
      if (isOurs && !isDynamic) visit(target, [...trail, path]);
    }
    done.add(path);
  };
  for (const { path } of all) visit(path, []);
  return found;
}
