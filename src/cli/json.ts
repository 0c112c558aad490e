/** JSON text for machines: 64-bit integers as numbers where a double holds them, else as strings; NaN and infinities as strings. */
export function toJson(value: unknown): string {
  return JSON.stringify(
    value,
    (_key, item: unknown) => {
      if (typeof item === 'bigint') return Number.isSafeInteger(Number(item)) ? Number(item) : item.toString();
      if (typeof item === 'number' && !Number.isFinite(item)) return String(item);
      return item;
    },
    2,
  );
}
