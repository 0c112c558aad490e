/** No server takes a longer address; one is left to the reader of expressions, which says so. */
const MOST_CHARACTERS = 2 ** 13;
/** Characters that mean something to Python's str.format inside a field. */
const FORMAT_SYNTAX = /[.![\]:{}]/u;

/**
 * An address with its templates substituted as fsspec does it unless it is told otherwise: `{{` and `}}` become single braces, and
 * Python's str.format puts in the values (fsspec.implementations.reference, _process_references1). Undefined where there is more in it than
 * text and `{{name}}`, with names of templates without arguments.
 */
export function substitutePlainly(address: string, templates: ReadonlyMap<string, string>): string | undefined {
  let out = '';
  let at = 0;
  for (;;) {
    const open = address.indexOf('{{', at);
    const literal = address.slice(at, open < 0 ? undefined : open);
    if (/[{}]/u.test(literal)) return undefined;
    out += literal;
    if (open < 0) return out.length > MOST_CHARACTERS ? undefined : out;
    const close = address.indexOf('}}', open);
    const name = close < 0 ? '' : address.slice(open + 2, close);
    const value = FORMAT_SYNTAX.test(name) || /^\d*$/u.test(name) ? undefined : templates.get(name);
    if (value === undefined || value.includes('{{')) return undefined;
    out += value;
    if (out.length > MOST_CHARACTERS) return undefined;
    at = close + 2;
  }
}
