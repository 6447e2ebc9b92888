/**
 * Resolves in a task of its own, so that messages (a cancel) are handled in between. A message to oneself is the way
 * that every engine has and none delays; timers are held back in browsers.
 */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener(
      'message',
      () => {
        port1.close();
        resolve();
      },
      { once: true },
    );
    port1.start();
    port2.postMessage(null);
  });
}
