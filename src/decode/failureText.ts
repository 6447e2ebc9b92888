import { READABLE } from './nearMisses.ts';
import type { Reading } from './reading.ts';

/** What a source is, in words: "OTLP JSON Lines", "Zipkin v2 JSON". */
export function formatName({ decoder, format }: Reading): string {
  return decoder?.format ?? (format !== null && 'name' in format ? format.name : 'unknown');
}

/**
 * Why no span was read, in one sentence that goes on after "trace.json: ". Null where there was something else to read:
 * the Collector writes metrics to a file of their own. `stoppedBy` is what ended reading before the source's end.
 */
export function failureText(reading: Reading, stoppedBy: string | null): string | null {
  const { report, head, format, decoder } = reading;
  if (report.memory.hasAny) return null;
  if (stoppedBy !== null) return stoppedBy;
  const { fullBecause } = report.sink;
  if (fullBecause === 'memory') return 'it was not read, because there is no memory for more spans';
  if (fullBecause === 'limit')
    return 'it was not read, because the limit of spans, text, resources or scopes in one dataset is reached';
  if (head.bytes.length === 0) return report.firstError ?? 'it is empty';
  const most = `its first ${report.limits.sniffBytes / 2 ** 20} MiB; the rest was not read`;
  const seen = reading.isLong ? `, in ${most}` : '';
  if (decoder === null) {
    if (format !== null && 'what' in format) return `${format.what}${seen}; ${format.advice}`;
    return `this is a binary file of a kind that Hopline does not know; ${READABLE}`;
  }
  const { firstError, isRecognised } = report;
  const { refused, logRecords, metrics } = report.counts;
  if (refused > 0)
    return 'none of its spans has valid ids (a trace id of 16 bytes, a span id of 8), so none was loaded';
  if (logRecords + metrics > 0) {
    return `this is ${decoder.format} with ${counted(logRecords, 'log record')} and ${counted(metrics, 'metric')}, but no span`;
  }
  if (firstError !== null) return firstError;
  if (isRecognised) return `this is ${decoder.format}, but there is no span in it`;
  if (head.hasKeys('resourceSpans')) return `this is ${decoder.format}, but there is no list of spans in it`;
  const keys = head.topKeys.slice(0, 5).map((key) => `“${key.slice(0, 40)}”`);
  if (keys.length === 0) return `nothing that looks like traces was found in ${reading.isLong ? most : 'it'}`;
  return `this is JSON, but no OTLP: its keys are ${keys.join(', ')}, and none is “resourceSpans”${seen}`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
