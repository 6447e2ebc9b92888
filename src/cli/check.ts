import { appendFile } from 'node:fs/promises';
import { assertNever } from '../base/assert.ts';
import { InputError } from '../base/issues.ts';
import { inputFiles } from './inputFiles.ts';
import { analyseFiles, reportIssues } from './analyseFiles.ts';
import { checkGithub } from './checkGithub.ts';
import { checkJson } from './checkJson.ts';
import { checkJunit } from './checkJunit.ts';
import { checkMarkdown } from './checkMarkdown.ts';
import { checkReport, type CheckReport, type CheckRules } from './checkReport.ts';
import { checkText } from './checkText.ts';
import { choosePath } from './choosePath.ts';
import type { ExitCode } from './exit.ts';
import { fileError } from './fileSource.ts';
import { write, type Terminal } from './terminal.ts';
import { writeWarnings } from './warnOfUnmatched.ts';

export type CheckFormat = 'text' | 'json' | 'junit' | 'markdown' | 'github';

export interface CheckOptions extends CheckRules {
  readonly config?: string;
  readonly path?: string;
  readonly format: CheckFormat;
}

/** `hopline check`: every bound of the config held against the traces. */
export async function check(files: readonly string[], options: CheckOptions, terminal: Terminal): Promise<ExitCode> {
  const { dataset, analysis, configFile } = await analyseFiles(await inputFiles(files), options.config, terminal);
  if (configFile === null) {
    throw new InputError(
      'there is no hopline.yaml beside the input or upwards from here: name one with --config, or make one with "hopline budget"',
    );
  }
  const path = options.path === undefined ? undefined : choosePath(analysis.pathNames, options.path);
  const report = checkReport(analysis, configFile, path, options);
  await reportIssues(dataset, terminal);
  await writeWarnings(configFile.file, report.warnings, terminal);
  await write(terminal.stdout, formatted(report, options.format));
  if (options.format === 'github') await appendSummary(report, terminal);
  return report.code;
}

function formatted(report: CheckReport, format: CheckFormat): string {
  switch (format) {
    case 'text':
      return checkText(report);
    case 'json':
      return checkJson(report);
    case 'junit':
      return checkJunit(report);
    case 'markdown':
      return checkMarkdown(report);
    case 'github':
      return checkGithub(report);
    default:
      return assertNever(format);
  }
}

/** The job's summary page, where GitHub Actions names a file for it. */
async function appendSummary(report: CheckReport, { env }: Terminal): Promise<void> {
  const file = env['GITHUB_STEP_SUMMARY'];
  if (file === undefined || file === '') return;
  await appendFile(file, checkMarkdown(report)).catch((error: unknown) => {
    throw fileError(error, `cannot write the summary ${file}`);
  });
}
