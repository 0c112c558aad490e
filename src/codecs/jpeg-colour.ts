import { KerchunkError } from '../errors';
import type { JsonValue } from '../json';
import { badConfiguration, damaged } from './decode-error';
import type { JpegStream } from './jpeg-stream';

/** libjpeg's colour spaces (J_COLOR_SPACE), by number: tifffile writes these numbers. */
const NUMBERED = ['unknown', 'grey', 'rgb', 'ycc', 'cmyk', 'ycck'] as const;
export type ColourSpace = (typeof NUMBERED)[number];

/** The names that imagecodecs takes. */
const NAMED: Readonly<Record<string, ColourSpace>> = {
  UNKNOWN: 'unknown',
  GRAY: 'grey',
  GRAYSCALE: 'grey',
  MINISWHITE: 'grey',
  MINISBLACK: 'grey',
  RGB: 'rgb',
  CMYK: 'cmyk',
  SEPARATED: 'cmyk',
  YCCK: 'ycck',
  YCBCR: 'ycc',
};

const COMPONENTS: Readonly<Record<ColourSpace, number | undefined>> = {
  unknown: undefined,
  grey: 1,
  rgb: 3,
  ycc: 3,
  cmyk: 4,
  ycck: 4,
};

/** What is done to the components of a pixel. */
export type ColourPlan = 'none' | 'ycc-to-rgb' | 'ycck-to-cmyk' | 'grey-to-rgb' | 'luma';

/**
 * What libjpeg does where imagecodecs.jpeg8_decode is given `colorspace` and `outcolorspace`: the first overrules what the
 * image says its colours are, the second is what they become; without it they stay what the first says, and without either
 * YCbCr becomes RGB and YCCK becomes CMYK.
 * @throws KerchunkError `malformed-metadata` for no colour space, `unsupported-codec` for one with other samples in it (RGBA),
 * `decode-failed` for a conversion that libjpeg does not have or a wrong number of components.
 */
export function planColours(stream: JpegStream, colorspace: JsonValue, outcolorspace: JsonValue): ColourPlan {
  const count = stream.frame.components.length;
  const given = parseColourSpace(colorspace, 'colorspace_jpeg');
  const wanted = outcolorspace === null ? given : parseColourSpace(outcolorspace, 'colorspace_data');
  const from = given === 'unknown' ? impliedColourSpace(stream) : given;
  const to = wanted === 'unknown' ? defaultOutput(count) : wanted;
  if ((COMPONENTS[from] ?? count) !== count) {
    throw damaged(
      `The JPEG image has ${count} components, which are not ${from.toUpperCase()}. Check colorspace_jpeg.`,
    );
  }
  if (from === to) return 'none';
  if (from === 'ycc' && to === 'rgb') return 'ycc-to-rgb';
  if (from === 'ycck' && to === 'cmyk') return 'ycck-to-cmyk';
  if (from === 'grey' && to === 'rgb') return 'grey-to-rgb';
  if (from === 'ycc' && to === 'grey') return 'luma';
  throw damaged(
    `JPEG colours ${from.toUpperCase()} cannot be turned into ${to.toUpperCase()}. Check colorspace_jpeg and colorspace_data.`,
  );
}

function parseColourSpace(json: JsonValue, name: string): ColourSpace {
  if (json === null) return 'unknown';
  const space =
    typeof json === 'number' ? NUMBERED[json] : typeof json === 'string' ? NAMED[json.toUpperCase()] : undefined;
  if (space !== undefined) return space;
  if (typeof json === 'number' || typeof json === 'string') {
    throw new KerchunkError('unsupported-codec', `JPEG colour space ${json} (${name}) is not supported.`);
  }
  throw badConfiguration(`"${name}" is neither a number nor a name`);
}

/** What an image says its colours are, by the rules of libjpeg's default_decompress_parms. */
function impliedColourSpace({ frame, jfif, adobeTransform }: JpegStream): ColourSpace {
  switch (frame.components.length) {
    case 1:
      return 'grey';
    case 3:
      if (jfif) return 'ycc';
      if (adobeTransform !== undefined) return adobeTransform === 0 ? 'rgb' : 'ycc';
      return frame.components.map(({ id }) => String.fromCharCode(id)).join('') === 'RGB' ? 'rgb' : 'ycc';
    case 4:
      return adobeTransform === undefined || adobeTransform === 0 ? 'cmyk' : 'ycck';
    default:
      return 'unknown';
  }
}

function defaultOutput(components: number): ColourSpace {
  const byCount: readonly ColourSpace[] = ['unknown', 'grey', 'unknown', 'rgb', 'cmyk'];
  return byCount[components] ?? 'unknown';
}
