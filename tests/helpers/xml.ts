/**
 * A strict reader for the XML that an SVG is made of: characters that XML 1.0 allows, tags that match, attributes that
 * are quoted and named once, `<` and `&` only where they mean markup. Null where nothing is wrong, else what and where.
 */
export function xmlFaultOf(xml: string): string | null {
  const forbidden = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.exec(xml);
  if (forbidden) return `character U+${forbidden[0].codePointAt(0)?.toString(16)} at ${forbidden.index}`;
  const open: string[] = [];
  const token = /<(\/?)([a-zA-Z][\w-]*)((?:\s+[a-zA-Z][\w:-]*="[^"<]*")*)\s*(\/?)>|([^<]+)/y;
  while (token.lastIndex < xml.length) {
    const at = token.lastIndex;
    const match = token.exec(xml);
    if (!match) return `no markup at ${at}: ${xml.slice(at, at + 40)}`;
    const [, slash, name, attributes = '', selfClosing, text] = match;
    const entity = /&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);)/i.exec(attributes + (text ?? ''));
    if (entity) return `a bare & at ${at}`;
    if (text !== undefined) {
      if (text.includes(']]>')) return `]]> at ${at}`;
    } else if (slash) {
      if (open.pop() !== name) return `</${name}> at ${at} closes nothing`;
    } else {
      const names = [...attributes.matchAll(/([\w:-]+)="/g)].map(([, attribute]) => attribute);
      if (new Set(names).size < names.length) return `an attribute twice at ${at}`;
      if (!selfClosing) open.push(name);
    }
  }
  return open.length === 0 ? null : `<${open.at(-1)}> is not closed`;
}
