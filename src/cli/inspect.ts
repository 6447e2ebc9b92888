import { inspectJson } from '../analyse/inspectReport.ts';
import { inputFiles } from './inputFiles.ts';
import { analyseFiles, reportIssues } from './analyseFiles.ts';
import { writePieces, type Terminal } from './terminal.ts';
import { inspectText } from './inspectText.ts';
import { warnOfUnmatched } from './warnOfUnmatched.ts';

export interface InspectOptions {
  readonly json: boolean;
  readonly config?: string;
}

/** `hopline inspect`: every number of the analysis, for people or as JSON in full precision. */
export async function inspect(
  files: readonly string[],
  { json, config }: InspectOptions,
  terminal: Terminal,
): Promise<void> {
  const { dataset, analysis, configFile } = await analyseFiles(await inputFiles(files), config, terminal);
  if (json) await reportIssues(dataset, terminal);
  await warnOfUnmatched(analysis, configFile, terminal);
  const issues = [...dataset.issues, ...analysis.issues];
  const pieces = json
    ? inspectJson(analysis, issues)
    : inspectText({ ...dataset, issues }, analysis.summary, analysis.eachPath());
  await writePieces(terminal.stdout, pieces);
}
