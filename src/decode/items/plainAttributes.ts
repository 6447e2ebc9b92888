import type { SpanSink } from '../../store/spanSink.ts';
import { arrayText, base64Text, doubleText, mapText, stringText } from '../anyValueText.ts';
import { isList, type JsonValue } from './jsonValue.ts';
import type { PlainAttribute } from './plainSpan.ts';

/** Writes the list as the sink's next list of attributes, in the same form in which OTLP's are written. */
export function writeAttributes(sink: SpanSink, attributes: readonly PlainAttribute[]): void {
  sink.attributes.begin();
  for (const attribute of attributes) writeAttribute(sink, attribute);
}

/** A text that is the same for the same attributes in the same order, and no others. */
export function attributesKey(attributes: readonly PlainAttribute[]): string {
  let text = '';
  for (const { key, value, as } of attributes) text += `${stringText(key)}:${as ?? ''}${plainText(value, as)},`;
  return text;
}

function writeAttribute({ attributes: writer, strings }: SpanSink, { key, value, as }: PlainAttribute): void {
  if (value === undefined || value === null) return;
  const keyId = strings.intern(key);
  switch (typeof value) {
    case 'boolean':
      return writer.addBoolean(keyId, value);
    case 'number':
      if (as === 'double' || !Number.isSafeInteger(value)) return writer.addDouble(keyId, value);
      return writer.addInteger(keyId, value);
    case 'string': {
      const number = as === 'double' && value.trim() !== '' ? Number(value) : Number.NaN;
      if (value === 'NaN' ? as === 'double' : !Number.isNaN(number)) return writer.addDouble(keyId, number);
      if (as === 'bytes') return writer.addJson(keyId, strings.intern(base64Text(value)));
      return writer.addString(keyId, strings.intern(value));
    }
    default:
      writer.addJson(keyId, strings.intern(plainText(value, as)));
  }
}

/** The value as JSON text. Its depth is bounded: an item that is deeper than the limit is not parsed. */
function plainText(value: JsonValue | undefined, as?: PlainAttribute['as']): string {
  if (value === undefined || value === null) return 'null';
  switch (typeof value) {
    case 'string':
      return stringText(value);
    case 'number':
      return as === 'double' || !Number.isSafeInteger(value) ? doubleText(value) : String(value);
    case 'boolean':
    case 'bigint':
      return String(value);
    default:
      return isList(value)
        ? arrayText(value.map((each) => plainText(each, as)))
        : mapText(Object.entries(value).map(([key, member]) => [key, plainText(member)]));
  }
}
