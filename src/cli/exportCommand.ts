import { Option, type Command } from 'commander';
import type { ExportOptions } from './export.ts';
import type { Terminal } from './terminal.ts';

const HELP = `
otlp-json is JSON Lines: one request (ExportTraceServiceRequest) of about 1,000 spans a line, as the
Collector's file exporter writes them, and a single document where there are no more. Traces are
whole in a line up to 20,000 spans.
otlp-proto is one request, whatever its size: what OTLP/HTTP takes as a body. A Collector takes 20 MiB
of it at a time, so name traces where they are many.

What is written: ids, parents, times to the nanosecond, kinds, status, attributes of every type in
their order, events, links, resources, scopes, trace state, flags. What is not there any more: counts
of dropped items, schema URLs, the trace state and flags of links, flags beyond 16 bits, attributes
without a value, memory peaks, which come as metrics; inside arrays and maps bytes are base64 text. In
a trace longer than 104 days times are rounded. Duplicates are merged, a span that ended before it
began ends when it begins, and one whose parent's id was no id names a parent that is not there.

Examples:
  hopline export traces.jsonl.gz --path "GET /catalog/:id" -o catalog.jsonl
  hopline export 'traces/**/*.gz' --trace 4bf92f3577b34da6 > trace.json
  hopline export jaeger.json --format otlp-proto | curl --data-binary @- \\
    -H 'Content-Type: application/x-protobuf' http://127.0.0.1:4318/v1/traces`;

export function addExportCommand(program: Command, terminal: Terminal): void {
  program
    .command('export')
    .description('write traces as OTLP, whatever they came in, to open them elsewhere')
    .argument('<files...>', 'traces; "-" is standard input')
    .addOption(
      new Option('--format <format>', 'JSON Lines or protobuf')
        .choices(['otlp-json', 'otlp-proto'])
        .default('otlp-json'),
    )
    .option('-t, --trace <id>', 'this trace, by its id or the beginning of it; may come several times', addTo, [])
    .option('-p, --path <name>', 'the traces of this request path, as "hopline inspect" lists it')
    .option('-o, --output <file>', 'where the traces go; "-" is standard output', '-')
    .option('-c, --config <file>', 'the hopline.yaml to use, where it names paths')
    .addHelpText('after', HELP)
    .action(async (files: string[], flags: ExportOptions) => {
      const { exportFiles } = await import('./export.ts');
      await exportFiles(files, flags, terminal);
    });
}

function addTo(id: string, ids: readonly string[]): readonly string[] {
  return [...ids, id];
}
