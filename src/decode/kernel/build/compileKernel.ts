import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import { pathToFileURL } from 'node:url';

export interface KernelOptions {
  /** For stepping through it: not optimised, with names, assertions and a source map. */
  readonly isDebug?: boolean;
  /** The folder where modules are kept, by a hash of all that they are made of; null compiles anew. */
  readonly cache?: string | null;
}

const CACHE = posix.join('node_modules', '.cache', 'hopline');

/** No collector (the kernel has no objects), no imports (a failed assertion just traps), memory as far as an address reaches. */
const FLAGS = ['--runtime', 'stub', '--use', 'abort=', '--enable', 'simd', '--maximumMemory', '65536'];
const RELEASE = ['-O3', '--converge', '--noAssert'];

/**
 * What other tools want otherwise than the compiler, put right on the way to it, column for column. `@inline` before a
 * function is no TypeScript, so it is written as a comment. Paths of imports end in `.ts` everywhere in this repository;
 * the compiler adds that itself, and takes the same file for another one where the ending stands in an `export … from`.
 *
 *     /* @inline *\/ function byteAt(address: usize): u32 {       import { stop } from './failure.ts';
 *        @inline    function byteAt(address: usize): u32 {       import { stop } from './failure'   ;
 */
function toCompile(source: string): string {
  return source.replaceAll('/* @inline */', '   @inline   ').replaceAll(/( from '\.[^']+)\.ts'/g, "$1'   ");
}

/**
 * The WebAssembly module of the AssemblyScript in `folder`, of which index.ts is the entry.
 * The same sources give the same bytes. Throws an Error that says for each fault what and where: `path:line:column`.
 */
export async function compileKernel(folder: string, options: KernelOptions = {}): Promise<Uint8Array> {
  const { isDebug = false, cache = CACHE } = options;
  const sources = Object.fromEntries(
    kernelSources(folder).map((path) => [path, toCompile(readFileSync(path, 'utf8'))]),
  );
  const map = pathToFileURL(posix.join(CACHE, 'kernel.wasm.map')).href;
  const flags = [...FLAGS, ...(isDebug ? ['--debug', '--sourceMap', map] : RELEASE)];
  if (cache === null) return compile(folder, sources, flags);
  const kept = posix.join(cache, `kernel-${hashOf(sources, flags)}.wasm`);
  const compiling = inProgress.get(kept) ?? readOrMake(kept, () => compile(folder, sources, flags));
  inProgress.set(kept, compiling);
  return compiling.finally(() => inProgress.delete(kept));
}

/** A page and its workers are bundled side by side, and all ask. */
const inProgress = new Map<string, Promise<Uint8Array>>();

async function readOrMake(file: string, make: () => Promise<Uint8Array>): Promise<Uint8Array> {
  if (existsSync(file)) return readFileSync(file);
  const content = await make();
  mkdirSync(dirname(file), { recursive: true });
  // Several processes may do the same at once: none may read half a file.
  const partial = `${file}.${randomUUID()}`;
  writeFileSync(partial, content);
  renameSync(partial, file);
  return content;
}

/** Paths of the files that are compiled. */
export function kernelSources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => pathOf(join(folder, name)))
    .toSorted();
}

/** As the compiler asks for it: from the working directory, with slashes. */
function pathOf(file: string): string {
  return relative('.', file).replaceAll('\\', '/');
}

function hashOf(sources: Readonly<Record<string, string>>, flags: readonly string[]): string {
  const compiler = readFileSync(join('node_modules', 'assemblyscript', 'package.json'), 'utf8');
  const hash = createHash('sha256').update(JSON.stringify([compiler, flags, sources]));
  return hash.digest('hex').slice(0, 16);
}

async function compile(
  folder: string,
  sources: Readonly<Record<string, string>>,
  flags: readonly string[],
): Promise<Uint8Array> {
  const { main } = await import('assemblyscript/asc');
  const said: string[] = [];
  let wasm: Uint8Array | null = null;
  const { error } = await main([pathOf(join(folder, 'index.ts')), '--outFile', 'kernel.wasm', ...flags], {
    readFile: (path) => sources[path.replaceAll('\\', '/')] ?? null,
    writeFile: (name, content) => {
      if (name === 'kernel.wasm' && typeof content !== 'string') wasm = content;
      else {
        mkdirSync(CACHE, { recursive: true });
        writeFileSync(posix.join(CACHE, name), content);
      }
    },
    listFiles: () => [],
    stderr: { write: (text) => void said.push(String(text)) },
  });
  if (error !== null || wasm === null) {
    const faults = said.join('').replace(/└─ in (.*)\((\d+),(\d+)\)/g, '└─ $1:$2:$3');
    throw new Error(`the kernel does not compile\n${faults === '' ? String(error) : faults}`);
  }
  return wasm;
}
