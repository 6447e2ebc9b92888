import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { parseConfig } from '../config/configFile.ts';
import { NO_CONFIG, type HoplineConfig } from '../config/hoplineConfig.ts';
import { fileError } from './fileSource.ts';

/**
 * The config that goes with some inputs: the file that was named, else the first one that lies beside an input.
 *
 *     traces/demo.otlp.jsonl.gz   →   traces/demo.hopline.yaml, else traces/hopline.yaml
 *
 * Throws InputError where the file that was named is not there, and where one that is there cannot be read or is faulty.
 */
export async function configFor(inputs: readonly string[], named: string | undefined): Promise<HoplineConfig> {
  if (named !== undefined) {
    const text = await readFile(named, 'utf8').catch((error: unknown) => refuse(error, named));
    return parseConfig(text, named);
  }
  for (const path of inputs.filter((input) => input !== '-').flatMap(namesBeside)) {
    const text = await readFile(path, 'utf8').catch((error: unknown) =>
      isMissing(error) ? null : refuse(error, path),
    );
    if (text !== null) return parseConfig(text, path);
  }
  return NO_CONFIG;
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
