import { readFileSync } from 'node:fs';
import { analyse, type Analysis } from '../../src/analyse/analyse.ts';
import { configFor } from '../../src/cli/configFor.ts';
import { load } from '../../src/pipeline.ts';

/** The analysis of a file under fixtures/, with the config beside it, through the whole pipeline. */
export async function fixtureAnalysis(file: string): Promise<Analysis> {
  const bytes = readFileSync(`fixtures/${file}`);
  const { table } = await load([{ name: file, size: bytes.length, stream: () => new Blob([bytes]).stream() }]);
  return analyse(table, await configFor([`fixtures/${file}`], undefined));
}
