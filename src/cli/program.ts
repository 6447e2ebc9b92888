import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { InputError } from '../base/issues.ts';
import type { ThemeName } from '../config/theme.ts';
import { percentile, width } from './arguments.ts';
import { addBudgetCommands } from './budgetCommands.ts';
import { addCompareCommands } from './compareCommands.ts';
import { EXIT, type ExitCode, type Finish } from './exit.ts';
import { addExportCommand } from './exportCommand.ts';
import type { Terminal } from './terminal.ts';

declare const HOPLINE_VERSION: string;

interface RenderFlags {
  readonly output?: string;
  readonly path?: string;
  readonly percentile: number;
  readonly theme?: ThemeName;
  readonly width: number;
  readonly config?: string;
}

const FORMATS = `Input is OpenTelemetry traces, OTLP JSON, JSON Lines or protobuf, and what else the README lists;
plain, gzip or zstd, in a zip or a tar. A folder stands for the files in it, 'traces/**/*.jsonl' in quotes
for what matches, "-" for standard input. The format is told from the bytes, not from the name. A trace
may be split over lines and files.

Budgets, layers, names and notes come from --config, else from NAME.hopline.yaml or hopline.yaml beside an
input, else from the nearest hopline.yaml upwards from the working directory.`;

/**
 * Runs one command line (without node and script) and gives its exit code. Each command's code is loaded when it is
 * called, so that help is there at once.
 */
export async function run(args: readonly string[], terminal: Terminal, pageFolder: string): Promise<ExitCode> {
  let code: ExitCode = EXIT.done;
  const program = makeProgram(terminal, pageFolder, (found) => (code = found));
  try {
    await program.parseAsync(args.length === 0 ? ['--help'] : args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.badInput;
    if (error instanceof InputError) {
      terminal.stderr.write(`hopline: ${error.message.replaceAll('\n', '\nhopline: ')}\n`);
      return EXIT.badInput;
    }
    throw error;
  }
}

function makeProgram(terminal: Terminal, pageFolder: string, finish: Finish): Command {
  const program = new Command('hopline')
    .description(
      'Where do the milliseconds go, and is every hop within its budget?\nRequest paths out of OpenTelemetry traces, as layered waterfalls that add up at every percentile.',
    )
    .version(HOPLINE_VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .configureHelp({ sortSubcommands: false, showGlobalOptions: false })
    .configureOutput({
      writeOut: (text) => void terminal.stdout.write(text),
      writeErr: (text) => void terminal.stderr.write(text),
      outputError: (text, write) =>
        write(
          `${text
            .replace(/^error: /, 'hopline: ')
            .trim()
            .replaceAll('\n', ' ')}\n`,
        ),
      getOutHelpWidth: () => 100,
      getErrHelpWidth: () => 100,
    })
    .exitOverride()
    .addHelpText(
      'after',
      `\n${FORMATS}\n\nExamples:\n  hopline render traces.jsonl.gz -o path.svg\n  hopline inspect traces.jsonl.gz\n  hopline check traces.jsonl.gz --config hopline.yaml\n  hopline serve\n\n"hopline render --help" and so on say more. Nothing ever leaves this machine.`,
    );

  program
    .command('render')
    .description('draw one request path as a standalone SVG')
    .argument('<files...>', 'traces; "-" is standard input')
    .option('-o, --output <file>', 'where the SVG goes; "-" is standard output (default: the first input and .svg)')
    .option(
      '-p, --path <name>',
      'the request path, as "hopline inspect" lists it (default: the one with most requests)',
    )
    .addOption(
      new Option('--percentile <p>', 'the percentile that is drawn: 50, 95, 99.9 …')
        .default(0.5, '50')
        .argParser(percentile),
    )
    .addOption(
      new Option(
        '--theme <theme>',
        'colours; auto follows the reader’s (default: that of the config, else auto)',
      ).choices(['auto', 'light', 'dark']),
    )
    .addOption(new Option('--width <px>', 'width of the picture').default(1280).argParser(width))
    .option('-c, --config <file>', 'the hopline.yaml to use')
    .addHelpText(
      'after',
      `\n${FORMATS}\n\nThe same input gives the same bytes. The SVG has no script and refers to nothing outside;\ndropped on the page, it opens again.\n\nExamples:\n  hopline render traces.jsonl.gz -o path.svg\n  hopline render a.jsonl b.jsonl --path "GET /catalog/:id" --percentile 99 -o tail.svg\n  zcat traces.jsonl.gz | hopline render - -o - --theme light > path.svg`,
    )
    .action(async (files: string[], flags: RenderFlags) => {
      const { render } = await import('./render.ts');
      await render(files, flags, terminal);
    });

  program
    .command('inspect')
    .description('print every number: hops, boundaries, budgets, problems')
    .argument('<files...>', 'traces; "-" is standard input')
    .option('--json', 'as JSON, in full precision, instead of text', false)
    .option('-c, --config <file>', 'the hopline.yaml to use')
    .addHelpText(
      'after',
      `\n${FORMATS}\n\nShares are time on the path: they add up to the total at every percentile. Own time is how long a hop\nwas at work, on the path or beside it: budgets are held against it. "—" was not measured, "~" stands\non too few traces.\n\nExamples:\n  hopline inspect traces.jsonl.gz\n  hopline inspect --json a.jsonl b.jsonl | jq '.paths[].total_ms'`,
    )
    .action(async (files: string[], flags: { readonly json: boolean; readonly config?: string }) => {
      const { inspect } = await import('./inspect.ts');
      await inspect(files, flags, terminal);
    });

  addBudgetCommands(program, terminal, finish);
  addCompareCommands(program, terminal, finish);
  addExportCommand(program, terminal);

  program
    .command('serve')
    .description('open the page on this machine')
    .addOption(new Option('--port <port>', 'the port to listen on (default: 4747, or a free one)').argParser(port))
    .addHelpText('after', '\nListens on 127.0.0.1 alone. Files that are dropped on the page stay in the browser.')
    .action(async (flags: { readonly port?: number }) => {
      const { serve } = await import('./serve.ts');
      await serve({ folder: pageFolder, ...flags }, terminal);
    });

  return program;
}

function port(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value <= 65_535) return value;
  throw new InvalidArgumentError('It must be a whole number from 0 to 65535.');
}
