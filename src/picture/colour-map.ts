/**
 * A colour map from dark violet over teal to yellow, computed: lightness rises evenly, so that equal steps of value look like equal
 * steps, in colour and in grey, and hue and chroma follow curves through these points of the OKLCh space (Björn Ottosson, "A
 * perceptual color space for image processing", 2020).
 */
const LIGHTNESS = { from: 0.26, to: 0.93 };
const HUE_DEGREES = { from: 310, middle: 200, to: 104 };
const CHROMA = { from: 0.13, middle: 0.11, to: 0.18 };
const COLOURS = 256;

/** 256 colours as red, green and blue bytes (sRGB), from low to high values. */
export const colourMap: Uint8Array = computeColourMap();

/** The same from black to white. */
export const greyMap: Uint8Array = Uint8Array.from({ length: COLOURS * 3 }, (_, index) => Math.floor(index / 3));

function computeColourMap(): Uint8Array {
  const out = new Uint8Array(COLOURS * 3);
  for (let i = 0; i < COLOURS; i++) {
    const t = i / (COLOURS - 1);
    const lightness = LIGHTNESS.from + t * (LIGHTNESS.to - LIGHTNESS.from);
    out.set(toBytes(withinGamut(lightness, through(CHROMA, t), through(HUE_DEGREES, t))), i * 3);
  }
  return out;
}

/** The parabola through three points at 0, 1/2 and 1. */
function through({ from, middle, to }: typeof HUE_DEGREES, t: number): number {
  return from * (1 - t) * (1 - 2 * t) + middle * 4 * t * (1 - t) + to * t * (2 * t - 1);
}

/** Linear sRGB of a colour, its chroma lowered until the colour is one that a screen shows. */
function withinGamut(lightness: number, chroma: number, hueDegrees: number): number[] {
  let rgb = toLinearRgb(lightness, chroma, hueDegrees);
  for (let c = chroma; c > 0 && rgb.some((part) => part < 0 || part > 1); c -= 0.001) {
    rgb = toLinearRgb(lightness, c, hueDegrees);
  }
  return rgb;
}

/** OKLCh to linear sRGB, with the matrices of Ottosson's article. */
function toLinearRgb(lightness: number, chroma: number, hueDegrees: number): number[] {
  const hue = (hueDegrees * Math.PI) / 180;
  const a = chroma * Math.cos(hue);
  const b = chroma * Math.sin(hue);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

/** Linear light to sRGB bytes (IEC 61966-2-1). */
function toBytes(linear: readonly number[]): number[] {
  return linear.map((part) => {
    const encoded = part <= 0.0031308 ? 12.92 * part : 1.055 * part ** (1 / 2.4) - 0.055;
    return Math.round(255 * Math.min(1, Math.max(0, encoded)));
  });
}
