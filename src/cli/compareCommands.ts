import { Option, type Command } from 'commander';
import type { DiffOptions } from './diff.ts';
import { percentile, width } from './arguments.ts';
import type { Finish } from './exit.ts';
import type { Terminal } from './terminal.ts';
import type { VerifyOptions } from './verify.ts';

const VERIFY_HELP = `
What is compared: the shape (hops and boundaries that appeared, vanished, were renamed, or moved to
another layer), and at the diagram's percentile its total and the share of each hop and measured
boundary. A published number holds where it lies in the range that the new data allows, or would be
printed alike. The range is a bootstrap interval around the new number, widened for the number of
traces behind the published one, so that all of them together hold 19 times out of 20 while nothing
has changed. A percentile with fewer than 10 effective traces on either side of it is not judged; nor
is a hop that is seen so seldom that chance explains its absence.

Exits with 0 where the diagram holds or was updated, with 1 where it has drifted, with 2 for bad usage
or input.

Examples:
  hopline verify docs/path.svg traces.jsonl.gz
  hopline verify docs/path.svg traces.jsonl.gz --update`;

const DIFF_HELP = `
Two datasets, each a file or a glob in quotes; or two stretches of one, by the start of each request.
A TIME is a date with its zone, or a duration after the first request; a RANGE is TIME..TIME, without
one of them open at that end.

The change of a total is the sum of the changes of its hops and boundaries. Intervals are 95 %, from
resampled traces with their weights, the same ones every time. "slower" and "faster" is what chance
does not explain, judged over all hops and boundaries of all compared paths together (Holm, 5 %). A
percentile with fewer than 10 effective traces on either side of it is not judged. New, gone and
renamed hops are told apart from what became slower, and so is a change in which paths were asked for:
the mix.

Exits with 0 whatever was found, with 2 for bad usage or input.

Examples:
  hopline diff before.jsonl.gz after.jsonl.gz
  hopline diff 'before/*.jsonl' 'after/*.jsonl' --percentile 95 --format markdown
  hopline diff traces.jsonl --split 2026-05-12T20:04:00Z
  hopline diff traces.jsonl --before 0s..5m --after 10m.. -o bridge.svg`;

/** `verify` and `diff`: what was published, or measured before, held against new traces. */
export function addCompareCommands(program: Command, terminal: Terminal, finish: Finish): void {
  program
    .command('verify')
    .description('say whether a published diagram still holds')
    .argument('<diagram>', 'an SVG that "hopline render" or the page wrote')
    .argument('<files...>', 'traces; "-" is standard input')
    .option('--update', 'write the diagram anew from the traces, with the same width, theme and percentile', false)
    .option('-c, --config <file>', 'the hopline.yaml to use')
    .addHelpText('after', VERIFY_HELP)
    .action(async (diagram: string, files: string[], flags: VerifyOptions) => {
      const { verify } = await import('./verify.ts');
      finish(await verify(diagram, files, flags, terminal));
    });

  program
    .command('diff')
    .description('tell what became slower or faster, hop by hop')
    .argument('<inputs...>', 'BEFORE and AFTER; or the files of one dataset, with --split or --before and --after')
    .option('--split <time>', 'before and after an instant')
    .option('--before <range>', 'the stretch before')
    .option('--after <range>', 'the stretch after')
    .option('-p, --path <name>', 'one request path (default: all; drawn is the first that changed)')
    .addOption(
      new Option('--percentile <p>', 'the percentile that is compared: 50, 95, 99.9 …')
        .default(0.5, '50')
        .argParser(percentile),
    )
    .addOption(
      new Option('--format <format>', 'how the comparison is printed')
        .choices(['text', 'json', 'markdown'])
        .default('text'),
    )
    .option('-o, --output <file>', 'draw the bridge from before to after as an SVG')
    .addOption(
      new Option('--theme <theme>', 'colours of the bridge; auto follows the reader’s')
        .choices(['auto', 'light', 'dark'])
        .default('auto'),
    )
    .addOption(new Option('--width <px>', 'width of the bridge').default(1280).argParser(width))
    .option('-c, --config <file>', 'the hopline.yaml to use')
    .addHelpText('after', DIFF_HELP)
    .action(async (inputs: string[], flags: DiffOptions) => {
      const { diff } = await import('./diff.ts');
      await diff(inputs, flags, terminal);
    });
}
