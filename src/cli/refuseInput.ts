import { stat } from 'node:fs/promises';
import { InputError } from '../base/issues.ts';

/** Throws InputError where what is written would overwrite what is read, whatever the names and links that lead there. */
export async function refuseInput(output: string, files: readonly string[]): Promise<void> {
  if (output === '-') return;
  const [target, ...inputs] = await Promise.all([output, ...files].map(identity));
  if (target !== null && inputs.includes(target)) {
    throw new InputError(`${output} is an input: choose another name for the output`);
  }
}

/** Two names with the same one are the same file; null where there is none. */
async function identity(path: string): Promise<string | null> {
  const found = await stat(path, { bigint: true }).catch(() => null);
  return found === null ? null : `${found.dev}:${found.ino}`;
}
