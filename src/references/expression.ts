/**
 * Why a template gives no text: a name that nothing defines, a template with arguments used without or the other way round, or something
 * beyond what is evaluated here.
 */
export class TemplateError extends Error {
  constructor(
    readonly reason: 'undefined' | 'arguments' | 'not-evaluated',
    message: string,
  ) {
    super(message);
  }
}

/** A part of a template: text as it stands, or the expression between `{{` and `}}`. */
export type Part = string | Expression;

export type Operator = '+' | '-' | '*' | '/' | '//' | '%';

export type Expression =
  | { kind: 'integer'; value: number }
  | { kind: 'text'; value: string }
  | { kind: 'name'; name: string }
  | { kind: 'call'; name: string; parameters: [string, Expression][] }
  | { kind: 'negative'; of: Expression }
  | { kind: 'operation'; operator: Operator; left: Expression; right: Expression };

const TOKEN = /\s*(?:(\d+)(?![\w.])|([A-Za-z_]\w*)|'([^'\\]*)'|"([^"\\]*)"|(\}\}|\/\/|[-+*/%(),=]))/y;
/** Words of Jinja's that are no names. */
export const RESERVED_NAMES: readonly string[] = [
  'true',
  'false',
  'none',
  'True',
  'False',
  'None',
  'and',
  'or',
  'not',
  'if',
  'else',
  'in',
  'is',
];
const MAX_DEPTH = 64;
/** Characters of a template as it is written; every operator of a sum is a level of its expression. */
const MAX_WRITTEN = 2 ** 13;

interface Token {
  kind: 'integer' | 'name' | 'text' | 'symbol';
  value: string;
}

/**
 * Splits a template into text and expressions. Expressions are Jinja's, of which these are read: integers, names, quoted text
 * as arguments, `+ - * / // %`, parentheses, and calls with named arguments.
 * @throws TemplateError `not-evaluated` for anything else, statements and comments included.
 */
export function parseTemplate(template: string): Part[] {
  if (template.length > MAX_WRITTEN && template.includes('{{'))
    throw unread(`it has more than ${MAX_WRITTEN} characters`);
  if (/\{[%#]/.test(template)) throw unread('it has Jinja statements or comments');
  const parts: Part[] = [];
  let at = 0;
  for (;;) {
    const open = template.indexOf('{{', at);
    if (open < 0) break;
    if (open > at) parts.push(template.slice(at, open));
    const parser = new ExpressionParser(template, open + 2);
    parts.push(parser.read());
    at = parser.end;
  }
  if (at < template.length) parts.push(template.slice(at));
  return parts;
}

class ExpressionParser {
  end: number;
  private token: Token | undefined;
  private depth = 0;

  constructor(
    private readonly template: string,
    start: number,
  ) {
    this.end = start;
    // Jinja takes a sign right behind the braces for its control of white space.
    if (/[-+]/.test(template.charAt(start))) throw unread('it controls white space ("{{-" or "{{+")');
    this.advance();
  }

  /** Reads the expression up to and including the closing braces; `end` is then behind them. */
  read(): Expression {
    const expression = this.sum();
    if (this.token?.value !== '}}' || this.token.kind !== 'symbol') throw this.unreadToken();
    return expression;
  }

  private advance(): void {
    if (this.isSymbol('}}')) return;
    TOKEN.lastIndex = this.end;
    const match = TOKEN.exec(this.template);
    if (match === null) {
      this.token = undefined;
      return;
    }
    this.end = TOKEN.lastIndex;
    const [, integer, name, single, double, symbol] = match;
    if (integer !== undefined) this.token = { kind: 'integer', value: integer };
    else if (name !== undefined) this.token = { kind: 'name', value: name };
    else if (symbol !== undefined) this.token = { kind: 'symbol', value: symbol };
    else this.token = { kind: 'text', value: single ?? double ?? '' };
  }

  private isSymbol(value: string): boolean {
    return this.token?.kind === 'symbol' && this.token.value === value;
  }

  private take(value: string): boolean {
    if (!this.isSymbol(value)) return false;
    this.advance();
    return true;
  }

  private sum(): Expression {
    let left = this.product();
    for (;;) {
      const operator = this.isSymbol('+') ? '+' : this.isSymbol('-') ? '-' : undefined;
      if (operator === undefined) return left;
      this.advance();
      left = { kind: 'operation', operator, left, right: this.product() };
    }
  }

  private product(): Expression {
    let left = this.factor();
    for (;;) {
      const operator = (['*', '/', '//', '%'] as const).find((symbol) => this.isSymbol(symbol));
      if (operator === undefined) return left;
      this.advance();
      left = { kind: 'operation', operator, left, right: this.factor() };
    }
  }

  private factor(): Expression {
    if (++this.depth > MAX_DEPTH) throw unread(`it is nested deeper than ${MAX_DEPTH} levels`);
    try {
      if (this.take('-')) return { kind: 'negative', of: this.factor() };
      if (this.take('+')) return this.factor();
      if (this.take('(')) {
        const inner = this.sum();
        if (!this.take(')')) throw this.unreadToken();
        return inner;
      }
      return this.atom();
    } finally {
      this.depth--;
    }
  }

  private atom(): Expression {
    const { token } = this;
    if (token === undefined || token.kind === 'symbol') throw this.unreadToken();
    if (token.kind === 'name' && RESERVED_NAMES.includes(token.value)) throw this.unreadToken();
    this.advance();
    if (token.kind === 'integer') return { kind: 'integer', value: Number(token.value) };
    if (token.kind === 'text') return { kind: 'text', value: token.value };
    if (!this.take('(')) return { kind: 'name', name: token.value };
    return { kind: 'call', name: token.value, parameters: this.parameters() };
  }

  private parameters(): [string, Expression][] {
    const parameters: [string, Expression][] = [];
    if (this.take(')')) return parameters;
    do {
      const { token } = this;
      if (token?.kind !== 'name') throw this.unreadToken();
      this.advance();
      if (!this.take('=')) throw unread('it calls a template without naming the arguments, as in f(c=1)');
      parameters.push([token.value, this.sum()]);
    } while (this.take(','));
    if (!this.take(')')) throw this.unreadToken();
    return parameters;
  }

  private unreadToken(): TemplateError {
    const rest = this.token?.value ?? this.template.slice(this.end, this.end + 20).trim();
    if (rest === '') return unread('its braces are not closed');
    return unread(`it has "${rest}" where only integers, names, + - * / // % ( ) and f(name=value) are evaluated`);
  }
}

function unread(message: string): TemplateError {
  return new TemplateError('not-evaluated', message);
}
