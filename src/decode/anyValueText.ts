const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/**
 * The one text for values that are neither a string, a boolean nor a number (arrays, maps, bytes, integers beyond
 * 2⁵³), so that JSON and protobuf give the same table:
 *
 *     arrayValue [1, "a", bytes 68 69]   →   [1,"a","aGk="]
 *     kvlistValue {k: 9007199254740993}  →   {"k":9007199254740993}
 *     doubleValue 2                      →   2.0            no integer
 *     doubleValue NaN                    →   NaN            no text
 *     no value                           →   null
 */
export function stringText(value: string): string {
  return JSON.stringify(value);
}

export function doubleText(value: number): string {
  const digits = Object.is(value, -0) ? '-0' : String(value);
  return /^-?\d+$/.test(digits) ? `${digits}.0` : digits;
}

export function bytesText(bytes: Uint8Array): string {
  let text = '"';
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const bits = (bytes[i] << 16) | ((left > 1 ? bytes[i + 1] : 0) << 8) | (left > 2 ? bytes[i + 2] : 0);
    text += BASE64[bits >> 18] + BASE64[(bits >> 12) & 63];
    text += left > 1 ? BASE64[(bits >> 6) & 63] : '=';
    text += left > 2 ? BASE64[bits & 63] : '=';
  }
  return `${text}"`;
}

/** base64 as protobuf's JSON may write it (standard or URL-safe, padded or not) as `bytesText` writes it; other text stays. */
export function base64Text(value: string): string {
  const standard = value.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '');
  const isBase64 = /^[A-Za-z0-9+/]*$/.test(standard) && standard.length % 4 !== 1;
  return isBase64 ? `"${standard.padEnd(Math.ceil(standard.length / 4) * 4, '=')}"` : stringText(value);
}

export function arrayText(values: readonly string[]): string {
  return `[${values.join(',')}]`;
}

export function mapText(entries: readonly (readonly [key: string, value: string])[]): string {
  return `{${entries.map(([key, value]) => `${stringText(key)}:${value}`).join(',')}}`;
}
