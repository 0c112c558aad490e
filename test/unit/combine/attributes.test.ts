import { describe, expect, it } from 'vitest';
import { commonAttributes } from '../../../src/combine/attributes';
import type { JsonObject } from '../../../src/json';

describe('commonAttributes', () => {
  it('keeps what is equal, whatever it is called, and tells of what is not', () => {
    const told: string[] = [];
    const parse = (text: string): JsonObject => JSON.parse(text) as JsonObject;
    const common = commonAttributes(
      [parse('{"__proto__": 1, "a": 1, "b": 1}'), parse('{"__proto__": 1, "a": 2, "c": 3}'), parse('{"a": 1}')],
      (names) => told.push(names),
    );
    expect(Object.entries(common)).toEqual([
      ['__proto__', 1],
      ['b', 1],
      ['c', 3],
    ]);
    expect(told).toEqual(['"a"']);
  });
});
