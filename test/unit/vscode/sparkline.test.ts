import { describe, expect, it } from 'vitest';
import { sparkline } from '../../../src/vscode/sparkline';

describe('sparkline', () => {
  it('has eighths of the highest bar, rounded up, and a space that is kept for 0', () => {
    expect(sparkline([8, 4, 1, 0, 7], 5)).toBe('█▄▁\u00a0▇');
    // 1 of 1,000 is not nothing.
    expect(sparkline([1000, 1, 0], 3)).toBe('█▁\u00a0');
    expect(sparkline([0, 0], 2)).toBe('\u00a0\u00a0');
  });

  it('adds up what it has no room for', () => {
    // 4, 4 and 1: three bars of two counts, the last of one.
    expect(sparkline([1, 3, 2, 2, 1], 3)).toBe('██▂');
  });
});
