import { realpath } from 'node:fs/promises';
import { InputError } from '../base/issues.ts';

/** Throws InputError where what is written would overwrite what is read. */
export async function refuseInput(output: string, files: readonly string[]): Promise<void> {
  if (output === '-') return;
  const [target, ...inputs] = await Promise.all([output, ...files].map((path) => realpath(path).catch(() => null)));
  if (target !== null && inputs.includes(target)) {
    throw new InputError(`${output} is an input: choose another name for the output`);
  }
}
