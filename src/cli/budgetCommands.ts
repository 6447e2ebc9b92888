import { InvalidArgumentError, Option, type Command } from 'commander';
import type { BudgetOptions } from './budget.ts';
import type { CheckOptions } from './check.ts';
import type { Finish } from './exit.ts';
import type { Terminal } from './terminal.ts';

/** The commands around `hopline.yaml`: check, budget, init. */
export function addBudgetCommands(program: Command, terminal: Terminal, finish: Finish): void {
  program
    .command('check')
    .description('hold every budget of hopline.yaml against the traces')
    .argument('<files...>', 'traces; "-" is standard input')
    .option('-p, --path <name>', 'look at this request path alone')
    .option('--confident', 'fail only where the 95% interval lies above the budget as a whole', false)
    .option('--require-data', 'fail also where too few traces tell the percentile', false)
    .addOption(
      new Option('--format <format>', 'what to print: github makes annotations')
        .choices(['text', 'json', 'junit', 'markdown', 'github'])
        .default('text'),
    )
    .option('-c, --config <file>', 'the hopline.yaml to use')
    .addHelpText(
      'after',
      `
A budget bounds a hop's or a boundary's own time, a ceiling the whole request. Each is one of
  within        up to 90% of its bound
  near          above that
  over          above its bound
  insufficient  not judged: n × min(p, 1 − p) is below 1, too few traces to tell the percentile
"tolerances" in the config move near and over.

Exits with 0; with 1 when a bound is over; with 3 when --require-data is given and one is
insufficient; with 2 for bad usage or input, and where the config states no budget at all.

Without --config it takes NAME.hopline.yaml or hopline.yaml beside an input, else the nearest
hopline.yaml upwards from the working directory.

Examples:
  hopline check traces.jsonl.gz
  hopline check traces/*.gz --confident --format junit > hopline.xml
  hopline check traces.jsonl.gz --path "GET /catalog/:id" --require-data`,
    )
    .action(async (files: string[], flags: CheckOptions) => {
      const { check } = await import('./check.ts');
      finish(await check(files, flags, terminal));
    });

  program
    .command('budget')
    .description('propose budgets from measured traffic, or tighten those of hopline.yaml')
    .argument('<files...>', 'traces; "-" is standard input')
    .option('-o, --output <file>', 'where the proposal goes, a new file; "-" is standard output (default: "-")')
    .option('-p, --path <name>', 'look at this request path alone')
    .addOption(
      new Option('--headroom <percent>', 'what to leave above the measured interval')
        .default(0.2, '20%')
        .argParser(headroom),
    )
    .option('--ratchet', 'tighten the config in place instead; never loosens a bound', false)
    .option('-c, --config <file>', 'the hopline.yaml to use')
    .addHelpText(
      'after',
      `
A proposal is the upper end of a percentile's 95% interval and the headroom, rounded up to a number
that a person would write. Where too few traces tell the upper end, nothing is proposed.

--ratchet keeps comments and layout and changes only durations. A bound that holds for several paths
or hops takes the highest of their proposals.

Without --config it takes NAME.hopline.yaml or hopline.yaml beside an input, else the nearest
hopline.yaml upwards from the working directory.

Examples:
  hopline budget traces.jsonl.gz -o hopline.yaml
  hopline budget traces.jsonl.gz --path "GET /catalog/:id" --headroom 10%
  hopline budget traces.jsonl.gz --ratchet`,
    )
    .action(async (files: string[], flags: BudgetOptions) => {
      const { budget } = await import('./budget.ts');
      await budget(files, flags, terminal);
    });

  program
    .command('init')
    .description('write a hopline.yaml to begin with')
    .option('-o, --output <file>', 'a new file; "-" is standard output', 'hopline.yaml')
    .addHelpText(
      'after',
      `
Its first line names the JSON Schema of the package (dist/hopline.schema.json), so that editors
complete and check the file. Every key stands in it as a remark.`,
    )
    .action(async (flags: { readonly output: string }) => {
      const { init } = await import('./init.ts');
      await init(flags, terminal);
    });
}

/** `20%` or `20` → 0.2. */
function headroom(text: string): number {
  const value = Number(/^(\d+(?:\.\d+)?) ?%?$/.exec(text)?.[1] ?? Number.NaN);
  if (value <= 1000) return Number((value / 100).toPrecision(12));
  throw new InvalidArgumentError('It must be a part in percent from 0% to 1000%, such as 20%.');
}
