import type { Decoder } from '../decoder.ts';
import { ItemReader } from '../items/itemReader.ts';
import type { Group, ItemReceiver, Place } from '../items/itemLayout.ts';
import { isList, isObject, textOf, type JsonObject } from '../items/jsonValue.ts';
import { MicroTimes } from '../items/microTimes.ts';
import { SpanWriter } from '../items/spanWriter.ts';
import { serverWords } from '../serverWords.ts';
import type { Position, SourceReport } from '../sourceReport.ts';
import { processAttributes } from './jaegerProcess.ts';
import { jaegerSpan } from './jaegerSpan.ts';

type JaegerItem = 'span' | 'processes' | 'warning' | 'error';

const TRACE: Group<JaegerItem> = {
  group: 'trace',
  members: { spans: 'span', processes: 'processes', warnings: 'warning' },
};
/** An answer with traces in `data`, a trace alone, or a list of them. */
const ANSWER: Group<JaegerItem> = { group: 'answer', members: { ...TRACE.members, data: TRACE, errors: 'error' } };

/** What a trace, or a span of it, says where Jaeger answers with no more (jaeger, internal/jptrace/aggregator.go, markTraceTruncated). */
const CUT_TRACE = /^trace has more than \d+ spans/;

/** Traces as Jaeger's UI and its HTTP API have them (GET /api/traces/{id}). */
export function jaegerTraces(report: SourceReport): Decoder {
  return open(report, ANSWER);
}

/** Spans with nothing around them, as Jaeger's anonymizer writes them. */
export function jaegerSpans(report: SourceReport): Decoder {
  return open(report, 'span');
}

function open(report: SourceReport, document: Place<JaegerItem>): Decoder {
  return new ItemReader(report, 'Jaeger JSON', document, new JaegerItems(report));
}

/** A process that spans of the open trace name. */
interface Process {
  readonly slot: number;
  isKnown: boolean;
  /** Spans that belong to it, and the first of them. */
  spans: number;
  readonly at: Position;
}

/**
 * Spans name their process by an id that holds in one trace; `processes` may stand before the spans or behind them, so
 * the first who names one opens a slot for its resource.
 */
class JaegerItems implements ItemReceiver<JaegerItem> {
  readonly #report: SourceReport;
  readonly #writer: SpanWriter;
  readonly #times: MicroTimes;
  readonly #processes = new Map<string, Process>();

  constructor(report: SourceReport) {
    this.#report = report;
    this.#writer = new SpanWriter(report);
    this.#times = new MicroTimes(report);
  }

  item(name: JaegerItem, value: JsonObject, at: Position): void {
    if (name === 'span') this.#readSpan(value, at);
    else if (name === 'processes') this.#readProcesses(value, at);
    else if (name === 'error')
      this.#report.issue(
        'answer-error',
        'error',
        `Jaeger answered with an error: ${serverWords(textOf(value['msg']))}.`,
        at,
      );
  }

  text(name: JaegerItem, value: string, at: Position): void {
    if (name === 'warning') this.#noteWarnings([value], 'jaeger-trace-warning', 'traces', at);
  }

  /** A trace ends, and the ids of its processes with it. */
  close(): void {
    for (const { isKnown, spans, at } of this.#processes.values()) {
      if (isKnown) continue;
      const message = 'Spans whose process is not in their trace have no service name.';
      this.#report.issue('no-process', 'warning', message, at, spans);
    }
    this.#processes.clear();
  }

  #readSpan(span: JsonObject, at: Position): void {
    this.#writer.write(jaegerSpan(span, this.#resource(span, at), this.#times, at), at);
    const { warnings } = span;
    this.#noteWarnings(isList(warnings) ? warnings.map(textOf) : [], 'jaeger-warning', 'spans', at);
  }

  #noteWarnings(warnings: readonly string[], code: string, about: string, at: Position): void {
    const cut = warnings.find((text) => CUT_TRACE.test(text));
    const other = warnings.find((text) => text !== cut && text !== '');
    if (cut !== undefined) this.#report.partialAnswer(cut, at);
    if (other === undefined) return;
    const message = `Jaeger noted something about ${about}; first: ${serverWords(other)}.`;
    this.#report.issue(code, 'info', message, at);
  }

  /** The slot of the span's process; one that stands in the span itself comes first. */
  #resource({ process, processID }: JsonObject, at: Position): number {
    if (isObject(process)) return this.#writer.resource(processAttributes(process));
    const entry = this.#process(textOf(processID), at);
    entry.spans++;
    return entry.slot;
  }

  #readProcesses(processes: JsonObject, at: Position): void {
    for (const [id, process] of Object.entries(processes)) {
      if (!isObject(process)) continue;
      const entry = this.#process(id, at);
      this.#writer.fillResource(entry.slot, processAttributes(process));
      entry.isKnown = true;
    }
  }

  #process(id: string, at: Position): Process {
    const known = this.#processes.get(id);
    if (known !== undefined) return known;
    const process: Process = { slot: this.#writer.openResource(), isKnown: false, spans: 0, at };
    this.#processes.set(id, process);
    return process;
  }
}
