import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import type { ThemeName } from '../config/theme.ts';
import type { Scene } from '../layout/scene.ts';
import { Diagram } from './Diagram.tsx';

/** A standalone SVG. Pictures whose `identity` (any text) differs get other ids, so several fit on one page. */
export function sceneSvg(scene: Scene, theme: ThemeName, identity: string): string {
  return renderToStaticMarkup(createElement(Diagram, { scene, idPrefix: `hopline-${hash(identity)}`, theme }));
}

/** FNV-1a, twice with different seeds: enough to tell the pictures on one page apart. */
function hash(text: string): string {
  let [a, b] = [0x811c9dc5, 0x01234567];
  for (let i = 0; i < text.length; i++) {
    a = Math.imul(a ^ text.charCodeAt(i), 0x01000193);
    b = Math.imul(b ^ text.charCodeAt(i), 0x01000193);
  }
  return (a >>> 0).toString(36) + (b >>> 0).toString(36);
}
