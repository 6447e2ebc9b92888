import { analyse } from '../analyse/analyse.ts';
import { formatInteger } from '../base/format.ts';
import type { Workers } from '../decode/pool/workers.ts';
import { load, type Dataset } from '../pipeline.ts';
import { NO_CONFIG } from '../config/hoplineConfig.ts';
import { findConfig } from './configFor.ts';
import { decodeThreads } from './decodeThreads.ts';
import { printable, write, type Terminal } from './terminal.ts';
import { fileSources, type Inputs } from './fileSource.ts';
import { progressLine } from './progress.ts';

/**
 * The road that all commands share: files in, one dataset, its analysis. The config is read first: its faults are quick
 * to tell. `workers` where they are those of another load too.
 */
export async function analyseFiles(
  inputs: Inputs,
  configFile: string | undefined,
  terminal: Terminal,
  workers = workersOf(terminal),
) {
  const found = await findConfig(inputs.files, configFile);
  const config = found?.config ?? NO_CONFIG;
  const dataset = await readFiles(inputs, terminal, workers);
  return { dataset, analysis: analyse(dataset.table, config), config, configFile: found };
}

/** The cores beside this thread's; undefined where the command line is not built. */
export function workersOf({ decodeThread }: Terminal): Workers | undefined {
  return decodeThread === undefined ? undefined : decodeThreads(decodeThread);
}

/** One dataset out of files. */
export async function readFiles(inputs: Inputs, terminal: Terminal, workers = workersOf(terminal)): Promise<Dataset> {
  const sources = await fileSources(inputs, terminal);
  const sizes = sources.map(({ size }) => size);
  const progress = progressLine(
    terminal.stderr,
    sizes.reduce((sum, size) => (sum === null || size === null ? null : sum + size), 0),
  );
  try {
    return await load(sources, {
      onProgress: (step) => progress.update(step),
      ...(workers && { workers }),
    });
  } finally {
    progress.end();
  }
}

/** What was damaged in the input, on standard error: the result stands, and it should be known on what. */
export async function reportIssues({ issues }: Dataset, { stderr }: Terminal): Promise<void> {
  for (const { severity, message, count, firstAt } of issues) {
    if (severity === 'info') continue;
    const { source, line, byte, trace } = firstAt ?? {};
    const within = line ?? (byte !== undefined ? `byte ${byte}` : trace === undefined ? undefined : `trace ${trace}`);
    const place = [source, within].filter((part) => part !== undefined);
    const often = count > 1 ? ` (${formatInteger(count)} times)` : '';
    const where = place.length > 0 ? `${printable(place.join(':'))}: ` : '';
    await write(stderr, `hopline: ${where}${printable(message)}${often}\n`);
  }
}
