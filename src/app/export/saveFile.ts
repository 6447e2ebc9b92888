/** Saves text, or bytes, as a file of the browser's downloads, and says under which name. */
export function saveFile(name: string, content: string | Blob, type: string): string {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  return `Saved ${name}.`;
}
