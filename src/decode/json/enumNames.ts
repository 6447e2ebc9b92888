/** By OTLP number. Protobuf's own JSON writes `SPAN_KIND_SERVER`; some tools write `SERVER`, `Server` or `server`. */
export const SPAN_KINDS = ['UNSPECIFIED', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'] as const;
export const STATUS_CODES = ['UNSET', 'OK', 'ERROR'] as const;

/** The number of an enum value given as a name or a number in text; −1 for one that is not known. */
export function enumNumber(names: readonly string[], text: string | null): number {
  if (text === null) return 0;
  const number = Number(text);
  if (Number.isInteger(number)) return number >= 0 && number < names.length ? number : -1;
  const name = text.toUpperCase().replace(/^(SPAN_KIND_|STATUS_CODE_|SPANKIND\.|STATUSCODE\.)/, '');
  return names.indexOf(name);
}
