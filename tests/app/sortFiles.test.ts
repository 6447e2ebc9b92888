import { describe, expect, test } from 'vitest';
import { isConfig, isSvg, sortFiles } from '../../src/app/input/sortFiles.ts';

const otlp = (name: string): File => new File(['{"resourceSpans":[]}'], name);
const yaml = (name: string): File => new File(['# budgets\npaths:\n  "GET /": {}\n'], name);
const svg = (name: string): File => new File(['<svg xmlns="http://www.w3.org/2000/svg"></svg>'], name);

describe('files of one drop', () => {
  test('are told by their bytes, whatever their names', async () => {
    const sorted = await sortFiles([otlp('a.svg'), yaml('b.json'), otlp('c.yaml')]);
    expect(sorted.traces.map(({ name }) => name)).toEqual(['a.svg', 'c.yaml']);
    expect(sorted.config?.name).toBe('b.json');
    expect(sorted.config?.text).toContain('GET /');
    expect(sorted.diagram).toBeNull();
  });

  test('are a diagram where one SVG comes alone', async () => {
    const sorted = await sortFiles([svg('path.txt')]);
    expect(sorted.diagram?.name).toBe('path.txt');
    expect(sorted.traces).toEqual([]);
  });

  test('leave an SVG among traces to the worker, which says what it is', async () => {
    const sorted = await sortFiles([svg('path.svg'), otlp('a.json')]);
    expect(sorted.diagram).toBeNull();
    expect(sorted.traces).toHaveLength(2);
  });

  test('are not several diagrams: one can be shown', async () => {
    await expect(sortFiles([svg('a.svg'), svg('b.svg')])).rejects.toThrow('a.svg, b.svg');
  });

  test('are told in UTF-16 too, as PowerShell writes it', async () => {
    const wide = (text: string, name: string): File => new File([Buffer.from(`\ufeff${text}`, 'utf16le')], name);
    const sorted = await sortFiles([wide('paths:\n  "GET /": {}\n', 'a'), otlp('b.json')]);
    expect(sorted.config).toEqual({ name: 'a', text: 'paths:\n  "GET /": {}\n' });
    expect((await sortFiles([wide('<svg xmlns="http://www.w3.org/2000/svg"></svg>', 'c')])).diagram?.name).toBe('c');
  });

  test('must not hold two configs', async () => {
    await expect(sortFiles([yaml('a.yaml'), yaml('b.yaml')])).rejects.toThrow('a.yaml, b.yaml');
  });
});

describe('the first bytes', () => {
  test.each([
    ['paths:\n  a: {}', 'x', true],
    ['# note\n\n"paths" :\n', 'x', true],
    ['{ paths: { "GET /": {} } }', 'x', true],
    ['path:\n  misspelt: {}', 'hopline.yaml', true],
    ['path:\n  misspelt: {}', 'notes.txt', false],
    ['{"openapi":"3.1.0",\n"paths": {}}', 'api.json', false],
    ['{"resourceSpans":[]}', 'traces.yaml', false],
    ['[{"paths":1}]', 'x.yml', false],
    ['paths:\0', 'x.yaml', false],
    ['\uFFFD\uFFFDpaths:', 'x.yaml', false],
  ])('%j in %s are a config: %s', (head, name, expected) => {
    expect(isConfig(head, name)).toBe(expected);
  });

  test.each([
    ['<svg>', true],
    ['<?xml version="1.0"?>\n<!-- by Hopline -->\n<svg xmlns="a">', true],
    [
      '<?xml version="1.0"?>\n<!-- one -->\n<!-- two -->\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd">\n<svg>',
      true,
    ],
    ['<!DOCTYPE svg [ <!ENTITY ns "http://www.w3.org/2000/svg"> ]><svg>', true],
    ['<html><svg>', false],
    ['<!DOCTYPE html><svg>', false],
    ['<!-- <svg> -->', false],
    ['<!---->'.repeat(500), false],
    ['<svgx>', false],
  ])('%j are an SVG: %s', (head, expected) => {
    expect(isSvg(head)).toBe(expected);
  });
});
