import { readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { textFromBytes } from '../base/textFromBytes.ts';
import { NO_CONFIG, type HoplineConfig } from '../config/hoplineConfig.ts';
import { fileError } from './fileSource.ts';

/** A config with the file that it came from. */
export interface FoundConfig {
  readonly config: HoplineConfig;
  readonly file: string;
  readonly text: string;
}

/**
 * The config that goes with some inputs: the file that was named, else the first one that lies beside an input, else
 * the nearest `hopline.yaml` upwards from the working directory; null where there is none.
 *
 *     traces/demo.otlp.jsonl.gz   →   traces/demo.hopline.yaml, traces/hopline.yaml, hopline.yaml, ../hopline.yaml …
 *
 * Throws InputError where the file that was named is not there, and where one that is there cannot be read or is faulty.
 */
export async function findConfig(
  inputs: readonly string[],
  named: string | undefined,
  workingFolder = '.',
): Promise<FoundConfig | null> {
  if (named !== undefined) {
    return parsed(await readFile(named).catch((error: unknown) => refuse(error, named)), named);
  }
  const beside = inputs.filter((input) => input !== '-').flatMap(namesBeside);
  for (const file of new Set([...beside, ...namesUpwards(workingFolder)])) {
    const bytes = await readFile(file).catch((error: unknown) => (isMissing(error) ? null : refuse(error, file)));
    if (bytes !== null) return parsed(bytes, file);
  }
  return null;
}

/** What reads YAML is loaded where there is some: it takes as long as all the rest of the command line. */
async function parsed(bytes: Uint8Array, file: string): Promise<FoundConfig> {
  const text = textFromBytes(bytes);
  const { parseConfig } = await import('../config/configFile.ts');
  return { config: parseConfig(text, file), file, text };
}

/** `findConfig` where the file itself does not matter. */
export async function configFor(inputs: readonly string[], named: string | undefined): Promise<HoplineConfig> {
  return (await findConfig(inputs, named))?.config ?? NO_CONFIG;
}

function refuse(error: unknown, path: string): never {
  throw fileError(error, `cannot read the config ${path}`);
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

function namesBeside(input: string): string[] {
  const [stem] = basename(input).split('.');
  const names = stem ? [`${stem}.hopline.yaml`, 'hopline.yaml'] : ['hopline.yaml'];
  return names.map((name) => join(dirname(input), name));
}

/** `hopline.yaml`, `../hopline.yaml` and so on up to the root. */
function namesUpwards(folder: string): string[] {
  const here = join(folder, 'hopline.yaml');
  return resolve(folder) === resolve(folder, '..') ? [here] : [here, ...namesUpwards(join(folder, '..'))];
}
