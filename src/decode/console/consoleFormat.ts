import type { JsonObject } from '../items/jsonValue.ts';
import type { PlainSpan } from '../items/plainSpan.ts';
import type { SpanWriter } from '../items/spanWriter.ts';
import type { Position } from '../sourceReport.ts';
import type { ConsoleScalars } from './consoleScalars.ts';

/** What an exporter prints for a span. */
export interface ConsoleFormat {
  /** For people. */
  readonly name: string;
  /** Whether the object is one of its spans. */
  matches(value: JsonObject): boolean;
  span(value: JsonObject, writer: SpanWriter, scalars: ConsoleScalars, at: Position): PlainSpan;
}
