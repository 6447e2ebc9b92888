import { analyse } from '../analyse/analyse.ts';
import { formatInteger } from '../base/format.ts';
import { InputError } from '../base/issues.ts';
import { NO_CONFIG } from '../config/hoplineConfig.ts';
import { exportTraces, type ExportFormat } from '../export/exportTraces.ts';
import { findTraces } from '../export/findTraces.ts';
import type { Dataset } from '../pipeline.ts';
import { readFiles, reportIssues } from './analyseFiles.ts';
import { choosePath } from './choosePath.ts';
import { findConfig } from './configFor.ts';
import { inputFiles } from './inputFiles.ts';
import { refuseInput } from './refuseInput.ts';
import { printable, write, type Terminal } from './terminal.ts';
import { writeWhole } from './writeWhole.ts';

export interface ExportOptions {
  readonly format: ExportFormat;
  /** Ids, or beginnings of them. */
  readonly trace: readonly string[];
  readonly path?: string;
  readonly output: string;
  readonly config?: string;
}

/** `hopline export`: traces of the files as OTLP again, all of them or those that were asked for. */
export async function exportFiles(names: readonly string[], options: ExportOptions, terminal: Terminal): Promise<void> {
  const { format, output } = options;
  const inputs = await inputFiles(names);
  await refuseInput(output, inputs.files);
  const found = options.path === undefined ? null : await findConfig(inputs.files, options.config);
  const dataset = await readFiles(inputs, terminal);
  const { table } = dataset;
  const ofPath = options.path === undefined ? [] : tracesOfPath(dataset, options.path, found?.config ?? NO_CONFIG);
  const asked = [...ofPath, ...options.trace.map((id) => traceWithId(dataset, id))];
  const traces = [...new Set(asked)].toSorted((a, b) => a - b);
  const isAll = options.path === undefined && options.trace.length === 0;
  await reportIssues(dataset, terminal);
  const pieces = exportTraces(table, format, isAll ? undefined : traces);
  if (output === '-') {
    for (const piece of pieces) await write(terminal.stdout, piece);
    return;
  }
  await writeWhole(output, pieces);
  if (terminal.stderr.isTTY !== true) return;
  const count = isAll ? table.traceCount : traces.length;
  await write(terminal.stderr, `wrote ${output}: ${formatInteger(count)} ${count === 1 ? 'trace' : 'traces'}\n`);
}

function tracesOfPath({ table }: Dataset, wanted: string, config: Parameters<typeof analyse>[1]): readonly number[] {
  const analysis = analyse(table, config);
  return [...analysis.traces(choosePath(analysis.pathNames, wanted))];
}

function traceWithId({ table }: Dataset, id: string): number {
  const [found, another] = findTraces(table, id);
  if (found === undefined) throw new InputError(`there is no trace "${printable(id)}" in the input`);
  if (another !== undefined) throw new InputError(`several trace ids begin with "${id}": write more of it`);
  return found.trace;
}
