import { writeFile } from 'node:fs/promises';
import type { PathSet } from '../analyse/analyse.ts';
import { isProven } from '../analyse/diff/diffFinding.ts';
import { diffPaths } from '../analyse/diff/diffPaths.ts';
import { parseInstant, parseRange } from '../analyse/timeRange.ts';
import { InputError } from '../base/issues.ts';
import type { ThemeName } from '../config/theme.ts';
import type { Workers } from '../decode/pool/workers.ts';
import { exportBridge } from '../diagram/exportBridge.ts';
import { KeptWorkers } from '../pipeline.ts';
import { analyseFiles, reportIssues, workersOf } from './analyseFiles.ts';
import { choosePath } from './choosePath.ts';
import { diffJson } from './diffJson.ts';
import { diffMarkdown, diffText } from './diffText.ts';
import { fileError, type Inputs } from './fileSource.ts';
import { inputFiles } from './inputFiles.ts';
import { refuseInput } from './refuseInput.ts';
import { write, type Terminal } from './terminal.ts';

export interface DiffOptions {
  readonly split?: string;
  readonly before?: string;
  readonly after?: string;
  readonly path?: string;
  /** As a fraction. */
  readonly percentile: number;
  readonly format: 'text' | 'json' | 'markdown';
  readonly output?: string;
  readonly theme: ThemeName;
  readonly width: number;
  readonly config?: string;
}

/** `hopline diff`: two datasets, or two stretches of one, held against one another. */
export async function diff(inputs: readonly string[], options: DiffOptions, terminal: Terminal): Promise<void> {
  const { percentile, format, output, theme, width } = options;
  const { before, after, files } = await sidesOf(inputs, options, terminal);
  if (output !== undefined) await refuseInput(output, files);
  const index = options.path === undefined ? null : choosePath(after.paths, options.path);
  const chosen = index === null ? null : after.paths[index];
  const result = diffPaths(before, after, percentile, (path) => chosen === null || path === chosen);
  if (chosen !== null && result.paths.length === 0)
    throw new InputError(`the request path "${chosen.name}" is new: there is nothing to compare it with`);
  const print = { text: diffText, json: diffJson, markdown: diffMarkdown }[format];
  if (output !== undefined) {
    const shown = result.paths.find(({ total }) => isProven(total)) ?? result.paths[0];
    if (shown === undefined) throw new InputError('no request path is in both: there is no bridge to draw');
    const svg = exportBridge(shown, percentile, { theme, width });
    if (output === '-') return write(terminal.stdout, svg);
    await writeFile(output, svg).catch((error: unknown) => {
      throw fileError(error, `cannot write ${output}`);
    });
  }
  await write(terminal.stdout, print(result));
}

interface Sides {
  readonly before: PathSet;
  readonly after: PathSet;
  readonly files: readonly string[];
}

async function sidesOf(inputs: readonly string[], options: DiffOptions, terminal: Terminal): Promise<Sides> {
  const { split, before, after, config } = options;
  const sides = await Promise.all(inputs.map(async (name) => inputFiles([name])));
  const files = sides.flatMap((side) => side.files);
  const read = async (side: Inputs, workers?: Workers) => {
    const { dataset, analysis } = await analyseFiles(side, config, terminal, workers);
    await reportIssues(dataset, terminal);
    return analysis;
  };
  if (split === undefined && before === undefined && after === undefined) {
    if (sides.length !== 2)
      throw new InputError(
        `expected BEFORE and AFTER, found ${sides.length === 1 ? 'one input' : `${sides.length} inputs`}: put globs in quotes, or compare stretches of one dataset with --split`,
      );
    const [old, now] = await inTurn(workersOf(terminal), sides, read);
    for (const [side, name] of [
      [old, inputs[0]],
      [now, inputs[1]],
    ] as const) {
      if (side.paths.length === 0) throw new InputError(`no trace in ${name} has a root that could be analysed`);
    }
    return { before: old, after: now, files };
  }
  if (split !== undefined ? before !== undefined || after !== undefined : before === undefined || after === undefined)
    throw new InputError('name either --split, or both --before and --after');
  const analysis = await read({ named: inputs, files });
  const at = analysis.startedAtMs;
  const whole = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
  const instant = split === undefined ? null : parseInstant(split, at, '--split');
  const [old, now] =
    instant === null
      ? [parseRange(before ?? '', at, '--before'), parseRange(after ?? '', at, '--after')]
      : [
          { ...whole, to: instant },
          { ...whole, from: instant },
        ];
  const stretches = { before: analysis.during(old), after: analysis.during(now), files };
  for (const side of ['before', 'after'] as const) {
    if (stretches[side].paths.length > 0) continue;
    const option = split === undefined ? `--${side} ${options[side]}` : `--split ${split}`;
    throw new InputError(`${option}: no request starts ${split === undefined ? 'there' : side}`);
  }
  return stretches;
}

/** Both sides, read one after the other by the same workers. */
async function inTurn<Side>(
  workers: Workers | undefined,
  [before, after]: readonly Inputs[],
  read: (side: Inputs, workers?: Workers) => Promise<Side>,
): Promise<readonly [Side, Side]> {
  const kept = workers && new KeptWorkers(workers);
  try {
    const old = await read(before, kept);
    if (kept) kept.isLast = true;
    return [old, await read(after, kept)];
  } finally {
    kept?.release();
  }
}
