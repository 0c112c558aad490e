/** The part of WebAssembly that is used; neither Node's types nor those of the language have it. */
export interface WasmMemory {
  buffer: ArrayBuffer;
  grow(pages: number): number;
}

interface WebAssemblyApi {
  compile(bytes: Uint8Array): Promise<object>;
  instantiate(module: object, imports: object): Promise<{ exports: unknown }>;
}

export const { WebAssembly: wasm } = globalThis as unknown as { WebAssembly: WebAssemblyApi };

/** Bytes of a page, the unit in which memory grows. */
export const WASM_PAGE = 2 ** 16;
