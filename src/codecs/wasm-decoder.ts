import { loadAsset } from '../assets';
import { KerchunkError } from '../errors';
import { countInWords } from '../words';
import { wasm, WASM_PAGE, type WasmMemory } from './wasm-api';

/** What a module that Emscripten built is started with. */
export interface EmscriptenOptions {
  instantiateWasm(imports: object, receive: (instance: object) => void): object;
  print(text: string): void;
  printErr(text: string): void;
}

export type EmscriptenFactory<Module> = (options: EmscriptenOptions) => Promise<Module>;

/** What the memory of a module may grow to, in bytes, and whether it asked for more. */
interface Bounds {
  most: number;
  refused: boolean;
}

interface Running<Module> {
  module: Module;
  failed: boolean;
}

const MOST_MESSAGES = 20;

/** A decoder that Emscripten built: read and compiled when first asked for, its memory bounded in every call. */
export class WasmDecoder<Module> {
  private compiled: Promise<object> | undefined;
  private starting: Promise<Running<Module>> | undefined;
  private bounds: Bounds = { most: 0, refused: false };
  private readonly messages: string[] = [];

  /** @param asset the wasm's name in `dist/assets/`. @param glue loads the JavaScript that Emscripten wrote for it. */
  constructor(
    private readonly asset: string,
    private readonly glue: () => Promise<EmscriptenFactory<Module>>,
  ) {}

  /**
   * Runs `work`, which is told what the module prints, with at most `most` bytes of memory. A module in which `work` threw is
   * given up, because it stands as it was at that moment, and the next call starts another.
   * @throws KerchunkError `limit-exceeded` where the module asks for more memory, and whatever `work` throws.
   */
  async run<T>(most: number, work: (module: Module, messages: readonly string[]) => T): Promise<T> {
    const running = await this.running();
    const bounds: Bounds = { most, refused: false };
    this.bounds = bounds;
    this.messages.length = 0;
    try {
      return work(running.module, this.messages);
    } catch (error) {
      running.failed = true;
      this.starting = undefined;
      if (!bounds.refused) throw error;
      throw new KerchunkError(
        'limit-exceeded',
        `The image asks its decoder for more than ${countInWords(most)} bytes of memory, which its size does not need.`,
        { cause: error },
      );
    }
  }

  /** A module in which no call has thrown: the one that was awaited may have failed in the meantime. */
  private async running(): Promise<Running<Module>> {
    const running = await (this.starting ??= this.start());
    return running.failed ? this.running() : running;
  }

  private async start(): Promise<Running<Module>> {
    try {
      this.compiled ??= loadAsset(this.asset).then((bytes) => wasm.compile(bytes.slice()));
      const [module, factory] = await Promise.all([this.compiled, this.glue()]);
      const started = await new Promise<Module>((resolve, reject) => {
        const note = (text: string): void => {
          if (this.messages.length < MOST_MESSAGES) this.messages.push(text);
        };
        factory({
          instantiateWasm: (imports, receive) => {
            wasm
              .instantiate(module, imports)
              .then((instance) => {
                this.bound(instance.exports);
                receive(instance);
              })
              .catch(reject);
            return {};
          },
          print: note,
          printErr: note,
        }).then(resolve, reject);
      });
      return { module: started, failed: false };
    } catch (error) {
      this.compiled = undefined;
      this.starting = undefined;
      throw error;
    }
  }

  /** Emscripten grows the heap by the memory that the module exports. */
  private bound(exported: unknown): void {
    const memory = Object.values(exported as Record<string, unknown>).find(isMemory);
    if (memory === undefined) return;
    const grow = memory.grow.bind(memory);
    this.bounds = { most: Infinity, refused: false };
    memory.grow = (pages) => {
      if (memory.buffer.byteLength + pages * WASM_PAGE <= this.bounds.most) return grow(pages);
      this.bounds.refused = true;
      throw new RangeError('The memory of the module is bounded.');
    };
  }
}

function isMemory(value: unknown): value is WasmMemory {
  return typeof value === 'object' && value !== null && 'buffer' in value && 'grow' in value;
}
