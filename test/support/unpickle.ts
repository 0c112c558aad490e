/** What a pickle holds of this, for tests: a call is kept, with its name, and never made. */
export interface Call {
  name: string;
  args: unknown[];
  state?: unknown;
}

class Bytes {
  at = 0;
  constructor(readonly buffer: Buffer) {}

  take(count: number): Buffer {
    this.at += count;
    return this.buffer.subarray(this.at - count, this.at);
  }

  uint(size: number): number {
    return this.take(size).readUIntLE(0, size);
  }

  line(): string {
    return this.take(this.buffer.indexOf(10, this.at) + 1 - this.at)
      .toString('latin1')
      .trimEnd();
  }
}

/** The stack of a pickle, and the marks on it. */
class Stack {
  readonly items: unknown[] = [];
  readonly memo: unknown[] = [];
  private readonly marks: number[] = [];

  push(item: unknown): void {
    this.items.push(item);
  }

  pop(): unknown {
    return this.items.pop();
  }

  mark(): void {
    this.marks.push(this.items.length);
  }

  sinceMark(): unknown[] {
    return this.items.splice(this.marks.pop() ?? 0);
  }

  last(count: number): unknown[] {
    return this.items.splice(this.items.length - count);
  }

  top(): unknown {
    return this.items.at(-1);
  }
}

type Step = (stack: Stack, bytes: Bytes) => void;

function longOf(bytes: Buffer): bigint {
  const unsigned = [...bytes].reduceRight((value, byte) => value * 256n + BigInt(byte), 0n);
  return BigInt.asIntN(8 * bytes.length, unsigned);
}

function pairsInto(target: Map<unknown, unknown>, items: unknown[]): void {
  for (let i = 0; i < items.length; i += 2) target.set(items[i], items[i + 1]);
}

/** By opcode (Python's pickletools). */
const steps: Record<string, Step> = {
  '\x80': (_, bytes) => bytes.take(1),
  '\x95': (_, bytes) => bytes.take(8),
  '\x94': (stack) => stack.memo.push(stack.top()),
  q: (stack, bytes) => (stack.memo[bytes.uint(1)] = stack.top()),
  r: (stack, bytes) => (stack.memo[bytes.uint(4)] = stack.top()),
  h: (stack, bytes) => {
    stack.push(stack.memo[bytes.uint(1)]);
  },
  j: (stack, bytes) => {
    stack.push(stack.memo[bytes.uint(4)]);
  },
  '(': (stack) => {
    stack.mark();
  },
  N: (stack) => {
    stack.push(null);
  },
  '\x88': (stack) => {
    stack.push(true);
  },
  '\x89': (stack) => {
    stack.push(false);
  },
  K: (stack, bytes) => {
    stack.push(bytes.uint(1));
  },
  M: (stack, bytes) => {
    stack.push(bytes.uint(2));
  },
  J: (stack, bytes) => {
    stack.push(bytes.take(4).readInt32LE());
  },
  G: (stack, bytes) => {
    stack.push(bytes.take(8).readDoubleBE());
  },
  '\x8a': (stack, bytes) => {
    stack.push(longOf(bytes.take(bytes.uint(1))));
  },
  X: (stack, bytes) => {
    stack.push(bytes.take(bytes.uint(4)).toString('utf8'));
  },
  '\x8c': (stack, bytes) => {
    stack.push(bytes.take(bytes.uint(1)).toString('utf8'));
  },
  C: (stack, bytes) => {
    stack.push(new Uint8Array(bytes.take(bytes.uint(1))));
  },
  B: (stack, bytes) => {
    stack.push(new Uint8Array(bytes.take(bytes.uint(4))));
  },
  ')': (stack) => {
    stack.push([]);
  },
  ']': (stack) => {
    stack.push([]);
  },
  '}': (stack) => {
    stack.push(new Map());
  },
  t: (stack) => {
    stack.push(stack.sinceMark());
  },
  '\x85': (stack) => {
    stack.push(stack.last(1));
  },
  '\x86': (stack) => {
    stack.push(stack.last(2));
  },
  '\x87': (stack) => {
    stack.push(stack.last(3));
  },
  a: (stack) => {
    const item = stack.pop();
    (stack.top() as unknown[]).push(item);
  },
  e: (stack) => {
    const items = stack.sinceMark();
    (stack.top() as unknown[]).push(...items);
  },
  s: (stack) => {
    const items = stack.last(2);
    pairsInto(stack.top() as Map<unknown, unknown>, items);
  },
  u: (stack) => {
    const items = stack.sinceMark();
    pairsInto(stack.top() as Map<unknown, unknown>, items);
  },
  c: (stack, bytes) => {
    const module = bytes.line();
    stack.push(`${module}.${bytes.line()}`);
  },
  '\x93': (stack) => {
    stack.push(stack.last(2).join('.'));
  },
  R: (stack) => {
    const [name, args] = stack.last(2) as [string, unknown[]];
    // Protocol 2 has no bytes: it keeps them as text, with the call that makes them of it.
    if (name === '_codecs.encode') stack.push(new Uint8Array(Buffer.from(String(args[0]), 'latin1')));
    else stack.push({ name, args } satisfies Call);
  },
  b: (stack) => {
    const state = stack.pop();
    (stack.top() as Call).state = state;
  },
};

/** Reads a pickle of plain values and calls. Opcodes that numpy's object arrays do not have are errors. */
export function unpickle(buffer: Buffer): unknown {
  const bytes = new Bytes(buffer);
  const stack = new Stack();
  for (;;) {
    const code = String.fromCharCode(bytes.uint(1));
    if (code === '.') return stack.pop();
    const step = steps[code];
    if (step === undefined)
      throw new Error(`The pickle has the opcode ${JSON.stringify(code)} at byte ${bytes.at - 1}.`);
    step(stack, bytes);
  }
}

/** The elements of numpy's object array, in C order: nested arrays as lists of numbers, their bytes little-endian. */
export function objectsOfPickle(buffer: Buffer): unknown[] {
  const elements = arrayOf(unpickle(buffer));
  if (elements === undefined) throw new Error('The pickle holds no array.');
  return elements.map((element) => arrayOf(element) ?? element);
}

function arrayOf(value: unknown): unknown[] | undefined {
  const isCall = typeof value === 'object' && value !== null && 'state' in value && 'args' in value;
  if (!isCall) return undefined;
  const [, , dtype, , data] = value.state as [number, number[], Call, boolean, unknown[] | Uint8Array];
  return data instanceof Uint8Array ? numbersOf(data, String(dtype.args[0])) : data;
}

function numbersOf(data: Uint8Array, code: string): (number | bigint)[] {
  const size = Number(code.slice(1));
  const view = Buffer.from(data);
  return Array.from({ length: data.length / size }, (_, i) => {
    const at = i * size;
    if (size === 8) return code.startsWith('u') ? view.readBigUInt64LE(at) : view.readBigInt64LE(at);
    return code.startsWith('u') ? view.readUIntLE(at, size) : view.readIntLE(at, size);
  });
}
