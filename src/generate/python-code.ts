/** A name of Python, as it stands. */
export class PythonName {
  constructor(readonly name: string) {}
}

/** A literal, a name or a dict of Python. */
export type PythonValue = string | boolean | PythonName | { readonly [key: string]: PythonValue };

/** Columns of a line, from black's default. */
const LINE = 88;

/** `name` and a value as black writes them with a trailing comma: on one line where it fits, else an entry a line. */
export function argument(name: string, value: PythonValue, indent: string): string[] {
  const line = `${indent}${name}${literal(value)},`;
  if (line.length <= LINE || typeof value !== 'object' || value instanceof PythonName) return [line];
  const entries = Object.entries(value).flatMap(([key, inner]) =>
    argument(`${JSON.stringify(key)}: `, inner, `${indent}    `),
  );
  return [`${indent}${name}{`, ...entries, `${indent}},`];
}

function literal(value: PythonValue): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return JSON.stringify(value);
  if (value instanceof PythonName) return value.name;
  const entries = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}: ${literal(inner)}`);
  return `{${entries.join(', ')}}`;
}
