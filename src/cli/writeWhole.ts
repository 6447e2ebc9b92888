import { randomUUID } from 'node:crypto';
import { constants, rmSync } from 'node:fs';
import { access, chmod, lstat, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileError } from './fileSource.ts';

const STOPS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

type Content = string | Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;

/**
 * Writes a file so that it is there whole or not at all: under another name beside it, which becomes its own at the end.
 * A pipe, a device, what a link leads to (/dev/stdout) and a file in a folder that takes no other are written to as they
 * are. Throws InputError, for a file that is write-protected too.
 */
export async function writeWhole(path: string, content: Content): Promise<void> {
  try {
    const found = await lstat(path).catch(() => null);
    if (found?.isFile() === true) await access(path, constants.W_OK);
    const isAside = found === null || (found.isFile() && (await isWritable(dirname(path))));
    await (isAside ? writeAside(path, content, found?.mode) : writeFile(path, content));
  } catch (error) {
    throw fileError(error, `cannot write ${path}`);
  }
}

async function isWritable(folder: string): Promise<boolean> {
  return access(folder, constants.W_OK).then(
    () => true,
    () => false,
  );
}

async function writeAside(path: string, content: Content, mode: number | undefined): Promise<void> {
  const aside = join(dirname(path), `.hopline-${randomUUID()}`);
  const discard = (): void => rmSync(aside, { force: true });
  const stop = (signal: NodeJS.Signals): void => {
    discard();
    leave();
    process.kill(process.pid, signal);
  };
  const leave = (): void => STOPS.forEach((signal) => process.off(signal, stop));
  STOPS.forEach((signal) => process.on(signal, stop));
  try {
    await writeFile(aside, content, { flag: 'wx' });
    if (mode !== undefined) await chmod(aside, mode);
    await rename(aside, path);
  } catch (error) {
    discard();
    throw error;
  } finally {
    leave();
  }
}
