import { describe, expect, test } from 'vitest';
import { TONES, type Tone } from '../../src/config/theme.ts';

/** WCAG 2.2, relative luminance. */
function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

/** `over` mixed into `under`. */
function mixed(over: string, under: string, opacity: number): string {
  const channel = (at: number): string => {
    const [a, b] = [over, under].map((colour) => Number.parseInt(colour.slice(at, at + 2), 16));
    return Math.round(a * opacity + b * (1 - opacity))
      .toString(16)
      .padStart(2, '0');
  };
  return `#${channel(1)}${channel(3)}${channel(5)}`;
}

const LAYER_TONES: readonly Tone[] = ['client', 'edge', 'gateway', 'service', 'data'];

describe.each(['light', 'dark'] as const)('TONES in %s', (theme) => {
  const on = (front: Tone, back: Tone): number => contrast(TONES[front][theme], TONES[back][theme]);

  test.each([
    ['text', 'background'],
    ['text', 'box'],
    ['dim', 'background'],
    ['dim', 'box'],
    ['dim', 'pill'],
    ['bad', 'background'],
    ['bad', 'box'],
    ['bad', 'pill'],
    ...LAYER_TONES.map((layer) => ['onFill', layer] as const),
    ['onFill', 'bad'],
  ] as const)('keep 4.5 : 1 for text in %s on %s', (front, back) => {
    expect(on(front, back)).toBeGreaterThanOrEqual(4.5);
  });

  test.each([
    ['line', 'background'],
    ['bad', 'track'],
    ['text', 'track'],
    ...LAYER_TONES.flatMap((layer) => [
      [layer, 'background'] as const,
      [layer, 'box'] as const,
      [layer, 'track'] as const,
    ]),
  ] as const)('keep 3 : 1 for %s drawn on %s', (front, back) => {
    expect(on(front, back)).toBeGreaterThanOrEqual(3);
  });

  test.each(LAYER_TONES)('keep 3 : 1 for the thin p99 bar of %s and 4.5 : 1 for text on its tints', (layer) => {
    const thin = mixed(TONES[layer][theme], TONES.track[theme], 0.85);
    expect(contrast(thin, TONES.track[theme])).toBeGreaterThanOrEqual(3);
    for (const tint of [0.32, 0.16]) {
      const fill = mixed(TONES[layer][theme], TONES.background[theme], tint);
      expect(contrast(TONES.text[theme], fill)).toBeGreaterThanOrEqual(4.5);
    }
  });
});
