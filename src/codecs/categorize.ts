import { badConfiguration } from './decode-error';
import { categoryTypes } from './element-types';
import { nameOf, readNumbers, toLittleEndian } from './elements';
import { elementBytes } from './fill';
import type { ObjectDecoder } from './types';

/** numcodecs `categorize {labels, dtype, astype}`: a number counts the labels from 1; 0, and what counts beyond them, is the empty text. */
export const decodeCategorize: ObjectDecoder = (bytes, config) => {
  const { decoded: to, encoded: from } = categoryTypes(config);
  if (to.kind !== 'U' && to.kind !== 'O') throw badConfiguration(`dtype ${nameOf(to)} is not text`);
  const codes = readNumbers(bytes, from);
  const { labels } = config;
  if (!Array.isArray(labels)) throw badConfiguration('"labels" is not a list of texts');
  const texts = ['', ...labels.map(textOf)];
  if (to.kind === 'O') return { objects: [...codes].map((code: number | bigint) => texts[Number(code)] ?? '') };
  const elements = texts.map((text) => elementBytes(text, to));
  const out = new Uint8Array(codes.length * to.itemSize);
  codes.forEach((code: number | bigint, i: number) => {
    out.set(elements[Number(code)] ?? [], i * to.itemSize);
  });
  return toLittleEndian(out, to);
};

function textOf(label: unknown): string {
  if (typeof label === 'string') return label;
  throw badConfiguration('"labels" is not a list of texts');
}
