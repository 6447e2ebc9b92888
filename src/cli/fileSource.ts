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

/**
 * Sources for the command line's file names; `-` is standard input. Every name is looked at before anything is read,
 * so that a wrong one is told at once. Throws InputError.
 */
export async function fileSources(names: readonly string[], { stdin }: Pick<Terminal, 'stdin'>): Promise<Source[]> {
  if (names.filter((name) => name === '-').length > 1) throw new InputError('standard input (-) can be read only once');
  return Promise.all(names.map((name) => (name === '-' ? stdinSource(stdin) : fileSource(name))));
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
  if (found.isDirectory()) throw new InputError(`cannot read ${path}: it is a folder`);
  // A file that may not be read is told before the others are.
  if (found.isFile()) {
    await access(path, constants.R_OK).catch((error: unknown) => {
      throw fileError(error, `cannot read ${path}`);
    });
  }
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
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reason = REASONS[code] ?? errorText(error);
  return new InputError(`${what}: ${reason}`, { cause: error });
}
