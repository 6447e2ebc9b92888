import { memoryGauge } from '../../config/memoryGauges.ts';
import { isObject, objectsOf, parseJson, textOf, type JsonObject, type JsonValue } from '../items/jsonValue.ts';
import type { MemoryPeaks, LevelPoint, Texts } from '../memoryPeaks.ts';
import { COLON, QUOTE } from './jsonCursor.ts';
import type { JsonTokens } from './jsonTokens.ts';
import { unescapedText } from './jsonText.ts';

const decoder = new TextDecoder();

/**
 * The few metrics of OTLP/JSON (metrics.proto) that are read, off the hot path: parsed as a whole, and only where the
 * name, which exporters write first, is one of config/memoryGauges.ts.
 */
export class JsonMetrics {
  readonly #tokens: JsonTokens;
  readonly #peaks: MemoryPeaks;

  constructor(tokens: JsonTokens, peaks: MemoryPeaks) {
    this.#tokens = tokens;
    this.#peaks = peaks;
  }

  /** Whether the metric at the cursor may be one that is read. Moves nothing. */
  isMemory(): boolean {
    const { cursor } = this.#tokens;
    const { pos, line } = cursor;
    const name = this.#firstName();
    cursor.pos = pos;
    cursor.line = line;
    return name === null || memoryGauge(name) !== null;
  }

  /** Reads the resource at the cursor. */
  readResource(): void {
    const resource = this.#object();
    if (resource !== null) this.#peaks.setResource(texts(resource.attributes));
  }

  /** Reads the metric at the cursor; false where it is passed over. */
  readMetric(): boolean {
    const metric = this.#object();
    if (metric === null) return false;
    const points = [metric.gauge, metric.sum].flatMap((data) =>
      isObject(data) && isLevel(data) ? pointsOf(data) : [],
    );
    return this.#peaks.add({ name: textOf(metric.name), unit: textOf(metric.unit), points });
  }

  /** Null where another member stands first. */
  #firstName(): string | null {
    const { cursor } = this.#tokens;
    if (!cursor.openObject()) return null;
    if (cursor.next() !== QUOTE) cursor.fail('a key');
    cursor.string();
    const isName = unescapedText(cursor) === 'name';
    cursor.expect(COLON);
    cursor.next();
    return isName ? (this.#tokens.scalarText() ?? '') : null;
  }

  /** The object at the cursor, which must be whole in the buffer; null where it is no JSON inside. */
  #object(): JsonObject | null {
    const { cursor } = this.#tokens;
    const start = cursor.pos;
    this.#tokens.skip();
    try {
      const value = parseJson(decoder.decode(cursor.bytes.subarray(start, cursor.pos)));
      return isObject(value) ? value : null;
    } catch {
      return null;
    }
  }
}

/** A counter of what was ever allocated, or of what came since the last time, is no level. Names may have underscores. */
function isLevel(data: JsonObject): boolean {
  const temporality = data.aggregationTemporality ?? data.aggregation_temporality;
  const isMonotonic = data.isMonotonic ?? data.is_monotonic;
  return isMonotonic !== true && temporality !== 1 && temporality !== 'AGGREGATION_TEMPORALITY_DELTA';
}

function pointsOf(data: JsonObject): LevelPoint[] {
  return objectsOf(data.dataPoints ?? data.data_points).map((point) => {
    const time = point.timeUnixNano ?? point.time_unix_nano;
    return {
      time: typeof time === 'object' ? '' : String(time),
      value: numberOf(point.asInt ?? point.as_int ?? point.asDouble ?? point.as_double),
      attributes: texts(point.attributes),
    };
  });
}

function numberOf(value: JsonValue | undefined): number {
  return typeof value === 'number' || typeof value === 'bigint' || (typeof value === 'string' && value !== '')
    ? Number(value)
    : Number.NaN;
}

function texts(attributes: JsonValue | undefined): Texts {
  return new Map(
    objectsOf(attributes).map(({ key, value }) => [
      textOf(key),
      isObject(value) ? textOf(value.stringValue ?? value.string_value) : '',
    ]),
  );
}
