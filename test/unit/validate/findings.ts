import type { Finding } from '../../../src/validate/types';
import { validateText } from '../../../src/validate/validate';

/** A finding as `[code, severity, the text at its place]`. */
export type Told = [code: string, severity: string, text: string];

/** What is found in a reference file, each with the text that it points to. */
export async function told(text: string): Promise<Told[]> {
  return (await found(text)).map(({ code, severity, span }) => [code, severity, textAt(text, span)]);
}

/** All findings of a reference file. */
export async function found(text: string): Promise<Finding[]> {
  return validateText(new TextEncoder().encode(text));
}

/** The text at a place, which is given in bytes. */
export function textAt(text: string, { offset, length }: Finding['span']): string {
  return Buffer.from(text)
    .subarray(offset, offset + length)
    .toString();
}
