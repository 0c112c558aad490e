import { parseTemplate, TemplateError, type Expression, type Operator } from './expression';

/**
 * Characters that a template may give: a template makes much of a few bytes, and no server takes a longer address. Strings of 16,384
 * characters and more must not become keys of a map: V8 hashes those by their length alone.
 */
const MAX_RENDERED = 2 ** 13;
/** Expressions and texts between them that a template may have, those of the functions it calls counted at each call. */
const MAX_PARTS = 1000;

/** A value while a template is rendered; the type is known when the template is compiled. */
type Value = number | string;
type ValueType = 'integer' | 'float' | 'text';

interface Compiled {
  type: ValueType;
  run(variables: readonly Value[]): Value;
}

/** What names mean in a template: variables by their place in the list given to `render`, and the file's templates. */
export interface Scope {
  variables: ReadonlyMap<string, { index: number; type: ValueType }>;
  /** Values of `templates`; one with `{{` in it is a function. */
  templates: ReadonlyMap<string, string>;
}

/** A template ready to be rendered many times. */
export interface Template {
  /**
   * The text, given the variables in the order of the scope.
   * @throws TemplateError where arithmetic fails: a division by zero, or an integer beyond 2^53 - 1; and above 8,192 characters.
   */
  render(variables: readonly Value[]): string;
  /** Whether it calls a template as a function. */
  callsFunction: boolean;
  /** Whether a brace stands in its text outside of expressions. */
  hasLoneBrace: boolean;
}

/**
 * Compiles a template of a reference file: text with `{{ }}` expressions in the part of Jinja that `parseTemplate` reads, with
 * Python's arithmetic (`/` gives a float, `//` and `%` round down).
 * @throws TemplateError `undefined` for a name that the scope lacks, `not-evaluated` for what is beyond that part.
 */
export function compileTemplate(text: string, scope: Scope): Template {
  return compileWithin(text, { ...scope, partsLeft: { count: MAX_PARTS } });
}

/** The scope of a template, and how many parts it may still have, shared with the functions it calls. */
interface BoundedScope extends Scope {
  partsLeft: { count: number };
}

function compileWithin(text: string, scope: BoundedScope): Template {
  let callsFunction = false;
  let hasLoneBrace = false;
  const { partsLeft } = scope;
  const parts = parseTemplate(text).map((part): Compiled => {
    if (--partsLeft.count < 0) throw new TemplateError('not-evaluated', `it has more than ${MAX_PARTS} parts`);
    if (typeof part === 'string') {
      hasLoneBrace ||= /[{}]/u.test(part);
      return { type: 'text', run: () => part };
    }
    callsFunction ||= hasCall(part);
    return compile(part, scope);
  });
  const render = (variables: readonly Value[]): string => {
    let out = '';
    for (const part of parts) out = join(out, format(part, variables));
    return out;
  };
  return { render, callsFunction, hasLoneBrace };
}

/** @throws TemplateError `not-evaluated` where the two are longer together than an address can be. */
function join(left: string, right: string): string {
  if (left.length + right.length <= MAX_RENDERED) return left + right;
  throw new TemplateError('not-evaluated', `it gives more than ${MAX_RENDERED} characters`);
}

function hasCall(expression: Expression): boolean {
  if (expression.kind === 'call') return true;
  if (expression.kind === 'negative') return hasCall(expression.of);
  return expression.kind === 'operation' && (hasCall(expression.left) || hasCall(expression.right));
}

function compile(expression: Expression, scope: BoundedScope): Compiled {
  switch (expression.kind) {
    case 'integer': {
      const value = integer(expression.value);
      return { type: 'integer', run: () => value };
    }
    case 'text': {
      const { value } = expression;
      return { type: 'text', run: () => value };
    }
    case 'name':
      return compileName(expression.name, scope);
    case 'call':
      return compileCall(expression.name, expression.parameters, scope);
    case 'negative': {
      const of = compile(expression.of, scope);
      if (of.type === 'text') throw new TemplateError('not-evaluated', 'it negates text');
      return { type: of.type, run: (variables) => -Number(of.run(variables)) };
    }
    case 'operation':
      return compileOperation(expression.operator, compile(expression.left, scope), compile(expression.right, scope));
  }
}

function compileName(name: string, scope: Scope): Compiled {
  const variable = scope.variables.get(name);
  if (variable !== undefined) {
    const { index, type } = variable;
    return { type, run: (variables) => variables[index] ?? '' };
  }
  const text = scope.templates.get(name);
  if (text === undefined) throw new TemplateError('undefined', `"${name}" is not defined`);
  if (text.includes('{{')) {
    throw new TemplateError(
      'arguments',
      `the template "${name}" takes arguments and is used without, as in ${name}(c=1)`,
    );
  }
  return { type: 'text', run: () => text };
}

function compileCall(name: string, parameters: [string, Expression][], scope: BoundedScope): Compiled {
  const text = scope.templates.get(name);
  if (text === undefined) throw new TemplateError('undefined', `"${name}" is not defined`);
  if (!text.includes('{{'))
    throw new TemplateError('arguments', `the template "${name}" takes no arguments and is called with them`);
  const values = parameters.map(([, value]) => compile(value, scope));
  const variables = new Map(parameters.map(([key], index) => [key, { index, type: values[index]?.type ?? 'text' }]));
  const body = compileWithin(text, { variables, templates: new Map(), partsLeft: scope.partsLeft });
  return { type: 'text', run: (outer) => body.render(values.map((value) => value.run(outer))) };
}

function compileOperation(operator: Operator, left: Compiled, right: Compiled): Compiled {
  if (left.type === 'text' && right.type === 'text' && operator === '+') {
    return { type: 'text', run: (variables) => join(String(left.run(variables)), String(right.run(variables))) };
  }
  if (left.type === 'text' || right.type === 'text') {
    throw new TemplateError('not-evaluated', `it applies ${operator} to text`);
  }
  const whole = left.type === 'integer' && right.type === 'integer';
  if (!whole && (operator === '//' || operator === '%')) {
    throw new TemplateError('not-evaluated', `it applies ${operator} to a fraction`);
  }
  const apply = ARITHMETIC[operator];
  if (whole && operator !== '/') {
    return {
      type: 'integer',
      run: (variables) => integer(apply(Number(left.run(variables)), Number(right.run(variables)))),
    };
  }
  return { type: 'float', run: (variables) => apply(Number(left.run(variables)), Number(right.run(variables))) };
}

const ARITHMETIC: Record<Operator, (a: number, b: number) => number> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / divisor(b),
  '//': (a, b) => (a - modulo(a, b)) / b,
  '%': modulo,
};

/** Python's remainder, which has the sign of the divisor. */
function modulo(a: number, b: number): number {
  const rest = a % divisor(b);
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest;
}

function divisor(value: number): number {
  if (value === 0) throw new TemplateError('not-evaluated', 'it divides by zero');
  return value;
}

function integer(value: number): number {
  if (!Number.isSafeInteger(value)) throw new TemplateError('not-evaluated', 'a number in it is beyond 2^53 - 1');
  return value;
}

/** As Python prints it: integers without point, floats with one. */
function format(compiled: Compiled, variables: readonly Value[]): string {
  const value = compiled.run(variables);
  if (typeof value === 'string') return value;
  if (compiled.type === 'integer') return String(value === 0 ? 0 : value);
  return Number.isInteger(value) && Math.abs(value) < 1e16 ? value.toFixed(1) : String(value);
}
