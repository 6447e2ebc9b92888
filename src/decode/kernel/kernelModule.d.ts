/** What build/kernelPlugin.ts makes of the assembly folder. */
declare module '*?kernel' {
  /** The WebAssembly module, base64. */
  export const wasm: string;
}
