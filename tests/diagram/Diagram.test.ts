import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { Diagram } from '../../src/diagram/Diagram.tsx';
import { diagramCss, pageDiagramCss } from '../../src/diagram/diagramCss.ts';
import { layout } from '../../src/layout/layout.ts';
import { catalogPath } from '../helpers/pathModel.ts';

const path = catalogPath();
const scene = layout(path, path.at.p50, { width: 1280, openLayers: [] });

describe('Diagram', () => {
  test('that can be used has each part once in the tab order, named', () => {
    const markup = renderToStaticMarkup(createElement(Diagram, { scene, idPrefix: 'd', onSelect: () => {} }));
    const buttons = markup.match(/role="button"/g) ?? [];
    // 7 hops, 6 boundaries and the exemplar; their bars in the strip are no buttons of their own.
    expect(buttons).toHaveLength(14);
    expect(markup.match(/tabindex="0"/g)).toHaveLength(14);
    expect(markup).toContain('aria-label="postgres · primary, data, 18 of 47 ms, 2 ms over its budget of 16 ms"');
    expect(markup).toContain('aria-label="Open the trace shown here, 47 ms"');
    expect(markup).not.toContain('<style');
  });

  test('shows what is selected, in all its places', () => {
    const selected = { type: 'hop', id: 'postgres · primary' } as const;
    const markup = renderToStaticMarkup(createElement(Diagram, { scene, idPrefix: 'd', selected, onSelect: () => {} }));
    expect(markup.match(/class="part is-selected"/g)).toHaveLength(2);
    expect(markup.match(/aria-pressed="true"/g)).toHaveLength(1);
  });

  test('that is static has no role but img, and no tab stop', () => {
    const markup = renderToStaticMarkup(createElement(Diagram, { scene, idPrefix: 'd', theme: 'light' }));
    expect(markup).not.toMatch(/tabindex|role="button"|data-part/);
    expect(markup).toContain('role="img"');
  });
});

describe('diagramCss', () => {
  test('keeps every rule below its scope, so that pictures on one page do not touch one another', () => {
    const css = diagramCss('#a', 'auto', ['text', 'edge']);
    const selectors = css.replace(/@media[^{]*\{/g, '').match(/[^{}]+(?=\{)/g) ?? [];
    expect(selectors.length).toBeGreaterThan(8);
    expect(selectors.filter((selector) => !selector.startsWith('#a '))).toEqual([]);
  });

  test('takes the page’s colours on the page', () => {
    expect(pageDiagramCss()).toContain('.hopline .f-edge{fill:var(--edge)}');
    expect(pageDiagramCss()).not.toContain('#');
  });
});
