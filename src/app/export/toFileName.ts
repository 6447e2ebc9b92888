/** `GET /catalog/:id` → `get-catalog-id`: small letters and digits of any script, the rest as single dashes, at most 80. */
export function toFileName(name: string): string {
  const words = name.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const short = /^.{0,80}/u.exec(words.join('-'))?.[0] ?? '';
  return short.replace(/-$/, '') || 'diagram';
}
