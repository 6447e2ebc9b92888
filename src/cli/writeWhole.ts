import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { chmod, lstat, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileError } from './fileSource.ts';

const STOPS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

type Content = string | Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;

/**
 * Writes a file so that it is there whole or not at all: under another name beside it, which becomes its own at the end.
 * A pipe, a device and what a link leads to (/dev/stdout) are written to as they are. Throws InputError.
 */
export async function writeWhole(path: string, content: Content): Promise<void> {
  try {
    const found = await lstat(path).catch(() => null);
    if (found === null || found.isFile()) await writeAside(path, content, found?.mode);
    else await writeFile(path, content);
  } catch (error) {
    throw fileError(error, `cannot write ${path}`);
  }
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
