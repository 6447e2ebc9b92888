/**
 * Gives the memory of columns back: they are empty from now on, and in the next task it is free. A collector would do it
 * some time, but what is not needed any more may be as large as what is made next.
 */
export function freeMemory(columns: readonly ArrayBufferView[]): void {
  const { port1, port2 } = new MessageChannel();
  // What is sent leaves this thread, and nobody is there to take it. All engines know this way; not all know `transfer`.
  port2.close();
  port1.postMessage(
    null,
    columns.map(({ buffer }) => buffer).filter((buffer) => buffer instanceof ArrayBuffer),
  );
  port1.close();
}
