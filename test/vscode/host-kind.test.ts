import { assert } from 'chai';
import { runsInItsHost } from './host-kind';

describe('These tests', () => {
  it('run in the host that their bundle was made for', () => {
    assert.isTrue(runsInItsHost(), Object.prototype.toString.call(globalThis));
  });
});
