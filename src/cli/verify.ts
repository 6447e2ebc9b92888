import { readFile } from 'node:fs/promises';
import { driftOf, type Drift, type DriftRow } from '../analyse/diff/drift.ts';
import { formatInteger, formatPercentile, formatPreciseMs } from '../base/format.ts';
import { textFromBytes } from '../base/textFromBytes.ts';
import { InputError } from '../base/issues.ts';
import { exportSvg } from '../diagram/exportSvg.ts';
import { readDiagram, type ReadDiagram } from '../diagram/readDiagram.ts';
import { quantumMs, scaleFor } from '../base/amounts.ts';
import { structureWords } from '../layout/structureWords.ts';
import { inputFiles } from './inputFiles.ts';
import { analyseFiles, reportIssues } from './analyseFiles.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { fileError } from './fileSource.ts';
import { table } from './table.ts';
import { printable, write, type Terminal } from './terminal.ts';
import { writeWhole } from './writeWhole.ts';

export interface VerifyOptions {
  readonly update: boolean;
  readonly config?: string;
}

/** `hopline verify`: whether a published diagram still says what new traces say; with `update` it is made to. */
export async function verify(
  diagram: string,
  files: readonly string[],
  { update, config }: VerifyOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const { svg, published } = await readPublished(diagram);
  const { dataset, analysis } = await analyseFiles(await inputFiles(files), config, terminal);
  await reportIssues(dataset, terminal);
  const { name, entry } = published.path;
  const index = analysis.pathNames.findIndex((path) => path.name === name && path.entry === entry);
  if (index < 0) {
    const missing = `no request in the input is on the path "${printable(name)}" from ${printable(entry)}`;
    if (update) throw new InputError(`${diagram} was not updated: ${missing}`);
    await write(terminal.stdout, `${diagram} has drifted: ${missing}.\n`);
    return EXIT.failed;
  }
  const path = analysis.path(index);
  const view = analysis.view(index, published.view.percentile);
  const visibleMs = quantumMs(scaleFor(published.view.totalMs));
  const drift = driftOf(published, { path, view, sample: analysis.sample(index) }, visibleMs);
  const lines = [heading(published, path.traces), ...driftLines(drift)];
  const hasDrifted = drift.structure.length > 0 || drift.rows.some(({ verdict }) => verdict === 'drifted');
  lines.push('', `${diagram} ${hasDrifted ? 'has drifted' : 'holds'}.`);
  if (!update) {
    await write(terminal.stdout, `${lines.join('\n')}\n`);
    return hasDrifted ? EXIT.failed : EXIT.done;
  }
  const updated = exportSvg(path, view, published.options);
  if (updated !== svg) {
    await writeWhole(diagram, updated);
  }
  lines.push(updated === svg ? 'It was up to date.' : 'It was updated.');
  await write(terminal.stdout, `${lines.join('\n')}\n`);
  return EXIT.done;
}

async function readPublished(diagram: string): Promise<{ svg: string; published: ReadDiagram }> {
  const bytes = await readFile(diagram).catch((error: unknown) => {
    throw fileError(error, `cannot read ${diagram}`);
  });
  const svg = textFromBytes(bytes);
  if (!/<svg[\s>]/.test(svg)) throw new InputError(`${diagram}: it is no SVG`);
  try {
    return { svg, published: readDiagram(svg) };
  } catch (error) {
    if (error instanceof InputError) throw new InputError(`${diagram}: ${error.message}`, { cause: error });
    throw error;
  }
}

function heading({ path, view }: ReadDiagram, traces: number): string {
  const at = formatPercentile(view.percentile);
  return `${printable(path.name)} at ${at}: published from ${formatInteger(path.traces)} traces, now ${formatInteger(traces)}`;
}

function driftLines({ structure, rare, rows }: Drift): string[] {
  const drifted = rows.filter(({ verdict }) => verdict === 'drifted');
  const isUnjudged = rows.some(({ verdict }) => verdict === 'insufficient');
  const shape = [
    ...structure.map(structureWords),
    ...rare.map((change) => `${structureWords(change)} But so seldom that chance explains it.`),
  ];
  return [
    ...(shape.length > 0 ? ['', ...shape.map(printable)] : []),
    ...(drifted.length > 0 ? ['', ...driftTable(drifted)] : []),
    ...(isUnjudged ? ['', 'Too few traces to judge its numbers at this percentile; its shape was compared.'] : []),
  ];
}

function driftTable(rows: readonly DriftRow[]): string[] {
  return table(
    [
      { heading: 'drifted, ms' },
      { heading: 'published', isRight: true },
      { heading: 'may be', isRight: true },
      { heading: 'now', isRight: true },
    ],
    rows.map(({ name, publishedMs, measuredMs, range }) => [
      printable(name),
      formatPreciseMs(publishedMs),
      range === null ? '' : `${formatPreciseMs(range.lowMs)} to ${formatPreciseMs(range.highMs)}`,
      formatPreciseMs(measuredMs),
    ]),
  );
}
