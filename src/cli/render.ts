import type { ThemeName } from '../config/theme.ts';
import { exportSvg } from '../diagram/exportSvg.ts';
import { analyseFiles, reportIssues } from './analyseFiles.ts';
import { choosePath } from './choosePath.ts';
import { inputFiles } from './inputFiles.ts';
import { refuseInput } from './refuseInput.ts';
import { write, type Terminal } from './terminal.ts';
import { warnOfUnmatched } from './warnOfUnmatched.ts';
import { writeWhole } from './writeWhole.ts';

export interface RenderOptions {
  readonly output?: string;
  readonly path?: string;
  /** As a fraction. */
  readonly percentile: number;
  /** Instead of the config's. */
  readonly theme?: ThemeName;
  readonly width: number;
  readonly config?: string;
}

/** `hopline render`: one request path of the files as an SVG, byte for byte the page's export. */
export async function render(names: readonly string[], options: RenderOptions, terminal: Terminal): Promise<void> {
  const inputs = await inputFiles(names);
  const output = options.output ?? defaultOutput(inputs.files);
  await refuseInput(output, inputs.files);
  const { dataset, analysis, config, configFile } = await analyseFiles(inputs, options.config, terminal);
  const index = choosePath(analysis.pathNames, options.path);
  const { theme = config.theme ?? 'auto', width } = options;
  const svg = exportSvg(analysis.path(index), analysis.view(index, options.percentile), {
    theme,
    width,
    openLayers: [],
  });
  await reportIssues(dataset, terminal);
  await warnOfUnmatched(analysis, configFile, terminal);
  if (output === '-') return write(terminal.stdout, svg);
  await writeWhole(output, svg);
  if (terminal.stderr.isTTY === true) await write(terminal.stderr, `wrote ${output}\n`);
}

/** The first input's name and `.svg`, beside it; standard output where that is standard input. */
function defaultOutput([first = '-']: readonly string[]): string {
  return first === '-' ? '-' : `${first}.svg`;
}
