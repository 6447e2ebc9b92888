import { assertNever } from '../../base/assert.ts';
import type { SourceReport } from '../sourceReport.ts';
import { JsonAttributes } from './jsonAttributes.ts';
import { JsonMetrics } from './jsonMetrics.ts';
import { JsonOwners } from './jsonOwners.ts';
import { JsonSpan } from './jsonSpan.ts';
import type { JsonTokens } from './jsonTokens.ts';
import type { Part } from './otlpLevels.ts';

export type Unit = Extract<Part, 'span' | 'resource' | 'scope' | 'metric' | 'metricResource'>;

/** What must be whole in the buffer: read as if it were, and taken back where it turns out not to be. */
export class JsonUnits {
  readonly #report: SourceReport;
  readonly #span: JsonSpan;
  readonly #owners: JsonOwners;
  readonly #metrics: JsonMetrics;
  #isReading = false;
  /** Slots of the resource and the scope that are open. */
  #resource = 0;
  #scope = 0;

  constructor(tokens: JsonTokens, report: SourceReport) {
    const attributes = new JsonAttributes(tokens, report);
    this.#report = report;
    this.#span = new JsonSpan(tokens, attributes, report);
    this.#owners = new JsonOwners(tokens, attributes, report.sink);
    this.#metrics = new JsonMetrics(tokens, report.memory);
  }

  /** An object of the envelope begins: spans in it belong to a new resource, or scope. */
  open(part: Part): void {
    const { sink } = this.#report;
    if (part === 'resourceSpans') this.#resource = sink.span.resource = sink.openResource();
    else if (part === 'scopeSpans') this.#scope = sink.span.scope = sink.openScope();
    else if (part === 'resourceMetrics') this.#report.memory.open();
  }

  /** Whether the metric at the cursor is one that is read. Moves nothing. */
  isMemory(): boolean {
    return this.#metrics.isMemory();
  }

  read(unit: Unit): void {
    this.#isReading = true;
    switch (unit) {
      case 'span':
        this.#span.read();
        break;
      case 'resource':
        this.#owners.readResource(this.#resource);
        break;
      case 'scope':
        this.#owners.readScope(this.#scope);
        break;
      case 'metric':
        this.#report.sink.startSpan();
        if (!this.#metrics.readMetric()) this.#report.metrics++;
        break;
      case 'metricResource':
        this.#report.sink.startSpan();
        this.#metrics.readResource();
        break;
      default:
        assertNever(unit);
    }
    this.#isReading = false;
    this.#report.endUnit();
  }

  /** Takes back what was read of a unit that did not come to its end; false where there is none. */
  takeBack(): boolean {
    if (!this.#isReading) return false;
    this.#isReading = false;
    this.#report.sink.dropSpan();
    this.#report.dropUnit();
    return true;
  }
}
