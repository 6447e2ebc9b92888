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
 * Throws InputError where the file that was named cannot be read, and where one that is read is faulty.
 */
export async function configFor(inputs: readonly string[], named: string | undefined): Promise<HoplineConfig> {
  if (named !== undefined) {
    const text = await readFile(named, 'utf8').catch((error: unknown) => {
      throw fileError(error, `cannot read the config ${named}`);
    });
    return parseConfig(text, named);
  }
  for (const path of inputs.filter((input) => input !== '-').flatMap(namesBeside)) {
    const text = await readFile(path, 'utf8').catch(() => null);
    if (text !== null) return parseConfig(text, path);
  }
  return NO_CONFIG;
}

function namesBeside(input: string): string[] {
  const [stem] = basename(input).split('.');
  const names = stem ? [`${stem}.hopline.yaml`, 'hopline.yaml'] : ['hopline.yaml'];
  return names.map((name) => join(dirname(input), name));
}
