import { constants, createReadStream, fstatSync } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import type { Source } from '../decode/source.ts';
import { errorText } from '../base/errorText.ts';
import { InputError } from '../base/issues.ts';
import { shorterFile } from '../base/shorterFile.ts';
import { filePieces, readPart } from './readPart.ts';
import type { Terminal } from './terminal.ts';

/** Bytes read at once. From here on a larger piece is no faster. */
const CHUNK = 1024 * 1024;

/** The files that the command line's arguments stand for. */
export interface Inputs {
  /** The arguments. A file that is not among them was found in a folder: where it cannot be read, the others are. */
  readonly named: readonly string[];
  readonly files: readonly string[];
}

/**
 * Sources for the command line's files; `-` is standard input. Every one is looked at before anything is read, so that
 * a wrong name is told at once. Throws InputError, but for a file that nobody named: the source itself tells that.
 */
export async function fileSources(
  { named, files }: Inputs,
  { stdin }: Pick<Terminal, 'stdin'>,
): Promise<readonly Source[]> {
  if (files.filter((name) => name === '-').length > 1) throw new InputError('standard input (-) can be read only once');
  const names = new Set(named);
  return Promise.all(
    files.map((name) => {
      if (name === '-') return stdinSource(stdin);
      return names.has(name) ? fileSource(name) : foundSource(name);
    }),
  );
}

/** A file in a folder, where nobody can know beforehand which of them may be read. */
async function foundSource(path: string): Promise<Source> {
  try {
    return await fileSource(path);
  } catch (error) {
    const reason = reasonOf(error instanceof InputError ? (error.cause ?? error) : error);
    const problem = reason === REASONS['ENOENT'] ? 'it is gone, or a link that leads nowhere' : reason;
    return { name: path, size: 0, problem, stream: () => new Blob().stream() };
  }
}

async function stdinSource(stdin: Readable): Promise<Source> {
  const name = 'standard input';
  // Node gives no bytes then, and no error.
  if ('fd' in stdin && typeof stdin.fd === 'number' && fstatSync(stdin.fd).isDirectory())
    throw new InputError(`cannot read ${name}: it is a folder`);
  return { name, size: null, stream: () => toStream(stdin, name) };
}

async function fileSource(path: string): Promise<Source> {
  const found = await stat(path).catch((error: unknown) => {
    throw fileError(error, `cannot read ${path}`);
  });
  // A file that may not be read is told before the others are.
  if (found.isFile() || found.isDirectory()) {
    await access(path, constants.R_OK).catch((error: unknown) => {
      throw fileError(error, `cannot read ${path}`);
    });
  }
  if (found.isDirectory()) throw new InputError(`cannot read ${path}: it is a folder`);
  const file = {
    place: resolve(path),
    read: async (start: number, end: number, into?: Uint8Array) =>
      telling(path, () => readPart(path, start, end, into)),
    async *pieces(start: number, end: number) {
      const pieces = filePieces(path, start, end);
      try {
        for (;;) {
          const { done, value } = telling(path, () => pieces.next());
          if (done === true) return;
          yield value;
        }
      } finally {
        pieces.return(undefined);
      }
    },
  };
  return {
    name: path,
    size: found.isFile() ? found.size : null,
    ...(found.isFile() && { file }),
    stream: () => toStream(createReadStream(path, { highWaterMark: CHUNK }), path, found.size),
  };
}

/** What `read` gives; what it throws is said of the file. */
function telling<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw fileError(error, `cannot read ${path}`);
  }
}

/** Fails where fewer than `size` bytes come. */
function toStream(readable: Readable, name: string, size = 0): ReadableStream<Uint8Array> {
  const chunks: AsyncIterator<unknown> = readable.iterator({ destroyOnReturn: true });
  let taken = 0;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await chunks.next();
          if (value instanceof Uint8Array) {
            taken += value.length;
            controller.enqueue(value);
          } else if (taken < size) throw shorterFile();
          else if (done === true) controller.close();
        } catch (error) {
          controller.error(fileError(error, `cannot read ${name}`));
        }
      },
      async cancel() {
        await chunks.return?.();
      },
    },
    { highWaterMark: 1 },
  );
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  ELOOP: 'a link leads back to itself',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is no folder',
  ENOSPC: 'the disk is full',
  EROFS: 'the file system is read-only',
  ENAMETOOLONG: 'its name is too long',
};

/** The system's error as one sentence: `cannot read x: there is no such file`. */
export function fileError(error: unknown, what: string): InputError {
  return new InputError(`${what}: ${reasonOf(error)}`, { cause: error });
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return REASONS[code] ?? errorText(error);
}
