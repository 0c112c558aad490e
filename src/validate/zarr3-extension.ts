import { isJsonObject, type JsonValue } from '../json';
import { type Extension, extensionOf } from '../zarr/v3-extension';
import { type Place, shown, unknownMembers, type Zarr3Node } from './zarr3-node';

/** An extension point, as messages name it, and what its value may look like. */
interface ExtensionPoint {
  name: string;
  /** Whether readers may pass the extension over that they do not know. */
  mayBeIgnored: boolean;
  /** Whether zarr-python takes a name that stands alone. */
  takesNames: boolean;
}

export const points = {
  dataType: { name: 'A data type', mayBeIgnored: false, takesNames: true },
  chunkGrid: { name: 'A chunk grid', mayBeIgnored: false, takesNames: true },
  keyEncoding: { name: 'A chunk key encoding', mayBeIgnored: false, takesNames: false },
  codec: { name: 'A codec', mayBeIgnored: true, takesNames: false },
} as const satisfies Record<string, ExtensionPoint>;

/**
 * Rules of the value at an extension point (zarr v3 core specification, "Extension definition"): a name, or an object with a name, perhaps a
 * configuration that is an object, and perhaps `must_understand`. Returns the extension where there is one.
 */
export function checkExtension(node: Zarr3Node, place: Place, point: ExtensionPoint): Extension | undefined {
  const json = valueAt(node.document, place);
  const extension = extensionOf(json);
  if (extension === undefined) {
    reportForm(node, place, json, point);
    return undefined;
  }
  if (typeof json === 'string') {
    if (!point.takesNames) {
      const message = `${point.name} is the name "${json}" alone; zarr-python fails on it. Write {"name": "${json}"}.`;
      node.report('zarr3/string-codec', place, message);
    }
    return extension;
  }
  if (isJsonObject(json) && json.configuration === null) {
    reportForm(node, place, json, point);
    return undefined;
  }
  checkMustUnderstand(node, place, json, point);
  for (const name of unknownMembers(json, ['name', 'configuration', 'must_understand'])) {
    if (name === 'separator' && point === points.keyEncoding) continue;
    const message = `${point.name} has a member "${name}", which readers pass over; what it says belongs into "configuration".`;
    node.report('zarr3/extension-point', [...place, name], message, 'warning');
  }
  return extension;
}

function reportForm(node: Zarr3Node, place: Place, json: JsonValue | undefined, { name }: ExtensionPoint): void {
  if (!isJsonObject(json)) {
    node.report('zarr3/extension-point', place, `${name} is ${shown(json)}; it must be an object with a "name".`);
  } else if (typeof json.name !== 'string') {
    const found =
      json.name === undefined ? 'has no "name"' : `has the name ${shown(json.name)}, which must be a string`;
    const hint =
      typeof json.id === 'string' ? ` "id" is zarr v2's; write {"name": "${json.id}", "configuration": {…}}.` : '';
    const at = json.name === undefined ? place : [...place, 'name'];
    node.report('zarr3/extension-point', at, `${name} ${found}.${hint}`);
  } else {
    const message = `The configuration of "${json.name}" is ${shown(json.configuration)}; it must be an object, or left out.`;
    node.report('zarr3/extension-point', [...place, 'configuration'], message);
  }
}

function checkMustUnderstand(node: Zarr3Node, place: Place, json: JsonValue | undefined, point: ExtensionPoint): void {
  if (!isJsonObject(json) || json.must_understand === undefined || json.must_understand === true) return;
  const at = [...place, 'must_understand'];
  if (json.must_understand !== false) {
    const message = `"must_understand" is ${shown(json.must_understand)}; it must be true or false.`;
    node.report('zarr3/must-understand', at, message);
  } else if (!point.mayBeIgnored) {
    const message = `${point.name} cannot be passed over: "must_understand" must not be false here. Leave it out.`;
    node.report('zarr3/must-understand', at, message);
  }
}

/** The value under a place of a document. */
export function valueAt(document: JsonValue, place: Place): JsonValue | undefined {
  let value: JsonValue | undefined = document;
  for (const step of place) {
    if (typeof step === 'number') value = Array.isArray(value) ? value[step] : undefined;
    else value = isJsonObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  }
  return value;
}
