/*
 * Assertions on what a page shows once it has drawn: between an action and its effect lie an answer of the host and a frame, which take as
 * long as the machine is slow. Each reads until what it wants is read; the failure tells what was read last.
 */
import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { inspect } from 'node:util';

/** Milliseconds that a page has for anything: a loaded machine is slow, and not wrong. */
export const patience = 120_000;
const pause = 25;

/**
 * Whether a reading passes.
 *
 * @template Value
 * @param {() => Value | Promise<Value>} read may throw as long as there is nothing to read yet
 * @param {(value: Value) => void} hold throws when the value is not what is wanted
 * @param {string | undefined} message
 */
async function holds(read, hold, message) {
  const end = Date.now() + patience;
  for (;;) {
    let last = 'nothing';
    try {
      const value = await read();
      last = inspect(value);
      hold(value);
      return;
    } catch (error) {
      if (Date.now() < end) await wait(pause);
      else
        throw new Error(`${message ?? 'The page does not come to what is wanted'}; last read: ${last}`, {
          cause: error,
        });
    }
  }
}

/**
 * The reading becomes equal to a value, deeply.
 *
 * @template Value
 * @param {() => Value | Promise<Value>} read
 * @param {Value} wanted
 * @param {string} [message] what should be
 */
export async function becomes(read, wanted, message) {
  await holds(read, (value) => assert.deepEqual(value, wanted), message);
}

/**
 * The reading becomes another than it was.
 *
 * @template Value
 * @param {() => Value | Promise<Value>} read
 * @param {Value} before
 * @param {string} [message] what should be
 */
export async function changes(read, before, message) {
  await holds(read, (value) => assert.notDeepEqual(value, before), message);
}

/**
 * The text read comes to match a pattern.
 *
 * @param {() => string | null | undefined | Promise<string | null | undefined>} read
 * @param {RegExp} pattern
 * @param {string} [message] what should be
 */
export async function matches(read, pattern, message) {
  await holds(read, (text) => assert.match(text ?? '', pattern), message);
}

/**
 * The reading comes to satisfy a condition.
 *
 * @template Value
 * @param {() => Value | Promise<Value>} read
 * @param {(value: Value) => boolean} condition
 * @param {string} [message] what should be
 */
export async function satisfies(read, condition, message) {
  await holds(read, (value) => assert.ok(condition(value)), message);
}
