import { afterEach, describe, expect, it, vi } from 'vitest';
import { sayReady } from '../../../src/webview/ready';

describe('sayReady', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('says it at once, and again each second until it is answered', () => {
    vi.useFakeTimers();
    const say = vi.fn();
    const answered = sayReady(say);
    expect(say).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(2500);
    expect(say).toHaveBeenCalledTimes(3);
    answered();
    vi.advanceTimersByTime(60_000);
    expect(say).toHaveBeenCalledTimes(3);
  });

  it('gives up where nobody answers', () => {
    vi.useFakeTimers();
    const say = vi.fn();
    sayReady(say);
    vi.advanceTimersByTime(600_000);
    expect(say).toHaveBeenCalledTimes(30);
  });
});
