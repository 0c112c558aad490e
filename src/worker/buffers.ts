/** Every ArrayBuffer that stands in a value made of objects and lists, each once, so that a message can move them. */
export function buffersIn(value: unknown): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>();
  collect(value, found);
  return [...found];
}

function collect(value: unknown, found: Set<ArrayBuffer>): void {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return;
  if (value instanceof ArrayBuffer) found.add(value);
  else for (const member of Object.values(value)) collect(member, found);
}
