import { describe, expect, test } from 'vitest';
import { shortTraceId, tellingTraceId } from '../../src/base/traceIds.ts';

describe('tellingTraceId and shortTraceId', () => {
  test.each(
    [
      ['4bf92f3577b34da6a3ce929d0e0e4736', '4bf92f3577b34da6a3ce929d0e0e4736', '4bf92f35…'],
      ['an id of 8 bytes', '0000000000000000a3ce929d0e0e4736', 'a3ce929d0e0e4736', 'a3ce929d…'],
      ['one that begins with zeros itself', '000000000000000000ce929d0e0e4736', 'ce929d0e0e4736', 'ce929d0e…'],
      ['a counter', '0000000000000000000000000000002a', '2a', '2a'],
      [
        'a random id that begins with zeros',
        '000f2f3577b34da6a3ce929d0e0e4736',
        '000f2f3577b34da6a3ce929d0e0e4736',
        '000f2f35…',
      ],
    ].map((row) => row.slice(-3)),
  )('%s is told as %s, in short %s', (id, telling, short) => {
    expect(tellingTraceId(id)).toBe(telling);
    expect(shortTraceId(id)).toBe(short);
  });
});
