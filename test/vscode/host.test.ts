import { assert } from 'chai';
import * as vscode from 'vscode';
import manifest from '../../package.json';

const id = `${manifest.publisher}.${manifest.name}`;

function theExtension(): vscode.Extension<unknown> {
  const extension = vscode.extensions.getExtension(id);
  assert.isDefined(extension, `${id} is not installed`);
  return extension;
}

describe('The extension in its host', () => {
  it('is present and activates', async () => {
    await theExtension().activate();
    assert.isTrue(theExtension().isActive);
  });
});
