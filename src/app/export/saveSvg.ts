/** px; the command line's default too: the same bytes, whatever the width of the pane. */
export const EXPORT_WIDTH = 1280;

export function saveSvg(svg: string, name: string): void {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
