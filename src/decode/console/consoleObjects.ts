import { isObject, parseJson, type JsonValue } from '../items/jsonValue.ts';
import { SpanWriter } from '../items/spanWriter.ts';
import type { Position, SourceReport } from '../sourceReport.ts';
import type { ConsoleFormat } from './consoleFormat.ts';
import { ConsoleScalars } from './consoleScalars.ts';
import { GO_STDOUTTRACE } from './goSpan.ts';
import { inspectedValue } from './inspectText.ts';
import { NODE_CONSOLE, NODE_READABLE } from './nodeSpan.ts';
import { PHP_CONSOLE } from './phpSpan.ts';
import { PYTHON_CONSOLE } from './pythonSpan.ts';

/** The first that matches: what PHP prints is like Python's, and has more. */
const FORMATS: readonly ConsoleFormat[] = [GO_STDOUTTRACE, PHP_CONSOLE, PYTHON_CONSOLE, NODE_CONSOLE, NODE_READABLE];

/** An object that is damaged was one of a span, if it speaks of a trace. */
const OF_A_TRACE = /trace_?id/i;

/** The objects that were found in a source, and what else stands there. */
export class ConsoleObjects {
  readonly #report: SourceReport;
  readonly #writer: SpanWriter;
  readonly #scalars: ConsoleScalars;
  readonly #found = new Set<string>();
  #otherText = 0;
  #firstOther: Position = { byte: 0 };

  constructor(report: SourceReport) {
    this.#report = report;
    this.#writer = new SpanWriter(report);
    this.#scalars = new ConsoleScalars(report);
  }

  get format(): string {
    return this.#found.size === 1 ? [...this.#found].join() : 'console exporters';
  }

  /** Reads an object's text. */
  read(text: string, at: Position): void {
    const value = objectValue(text);
    if (value === null) return this.leaveOut(text, at);
    const format = isObject(value) ? FORMATS.find((each) => each.matches(value)) : undefined;
    if (format === undefined || !isObject(value)) return this.passOver(at);
    this.#report.isRecognised = true;
    this.#found.add(format.name);
    this.#writer.write(format.span(value, this.#writer, this.#scalars, at), at);
    this.#report.endUnit();
  }

  /** The text is not whole, or is neither JSON nor what Node prints. */
  leaveOut(text: string, at: Position): void {
    if (!OF_A_TRACE.test(text)) return this.passOver(at);
    this.#report.issue('damaged-span', 'error', 'Spans that are cut off, or damaged, were left out.', at);
  }

  passOver(at: Position): void {
    if (this.#otherText++ === 0) this.#firstOther = at;
  }

  finish(): void {
    if (this.#otherText === 0) return;
    const message = 'Lines of other text, and objects that are no span, were passed over.';
    this.#report.issue('other-text', 'info', message, this.#firstOther, this.#otherText);
    this.#otherText = 0;
  }
}

/** Null where it is neither JSON nor what Node prints. */
function objectValue(text: string): JsonValue | null {
  if (!/^\{\s*["}]/.test(text)) return inspectedValue(text);
  try {
    return parseJson(text);
  } catch {
    return inspectedValue(text);
  }
}
