/** A parsed JSON value. Integers beyond 2^53 are kept exact as bigint; bare NaN and Infinity, which Python writes, as numbers. */
export type JsonValue = null | boolean | number | bigint | string | JsonValue[] | JsonObject;

export interface JsonObject {
  [key: string]: JsonValue;
}

/** Whether `value` is a JSON object, neither null nor an array. */
export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
