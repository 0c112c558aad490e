/** The id or name of a codec, as its JSON text writes it; empty where it has none. */
export function codecName(text: string): string {
  const value = parsed(text);
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return '';
  const { id, name } = value as { id?: unknown; name?: unknown };
  return typeof id === 'string' ? id : typeof name === 'string' ? name : '';
}

/** A data type as it is typed: without quotes where it is a string. */
export function typedType(text: string): string {
  const value = parsed(text);
  return typeof value === 'string' ? value : text;
}

/** The JSON text of a data type that was typed: what is no list, object or string of JSON is the string itself. */
export function typeText(typed: string): string {
  const text = typed.trim();
  return /^["[{]/u.test(text) ? text : JSON.stringify(text);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
