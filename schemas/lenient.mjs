/** What refuses values; `const` and `enum` do too, and become offers. */
const RULING = [
  ...['required', 'additionalProperties', 'type', 'not', 'minItems', 'maxItems', 'uniqueItems'],
  ...['minLength', 'pattern', 'patternErrorMessage', 'minimum'],
];

/** A schema that describes and offers the same, and refuses nothing. */
export function lenient(schema) {
  if (Array.isArray(schema)) return schema.map(lenient);
  if (typeof schema !== 'object' || schema === null) return schema;
  const { const: only, enum: values, anyOf, ...rest } = schema;
  const kept = Object.fromEntries(Object.entries(rest).filter(([name]) => !RULING.includes(name)));
  for (const name of ['properties', 'patternProperties'])
    if (kept[name] !== undefined)
      kept[name] = Object.fromEntries(Object.entries(kept[name]).map(([key, value]) => [key, lenient(value)]));
  if (kept.items !== undefined) kept.items = lenient(kept.items);
  for (const name of ['then', 'else']) if (kept[name] !== undefined) kept[name] = lenient(kept[name]);
  const offered = values ?? (only === undefined ? undefined : [only]);
  const { enumDescriptions, ...described } = kept;
  const branches = offered === undefined ? [] : [{ enum: offered, ...(enumDescriptions && { enumDescriptions }) }];
  branches.push(...(anyOf ?? []).map(lenient).filter((branch) => Object.keys(branch).length > 0));
  return branches.length === 0 ? described : { ...described, anyOf: [...branches, {}] };
}
