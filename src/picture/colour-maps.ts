/** The colour maps by name: perceptual ones from low to high, grey, and one that diverges from white in the middle. */
export const colourMapNames = ['viridis', 'magma', 'inferno', 'plasma', 'cividis', 'grey', 'blue-red'] as const;
export type ColourMapName = (typeof colourMapNames)[number];

export const COLOURS = 256;

/**
 * Every fifth of the 256 colours of matplotlib's maps, of which the tables are in the public domain (CC0): viridis, magma, inferno and plasma by
 * Stéfan van der Walt and Nathaniel Smith; cividis by Jamie Nuñez, Christopher Anderton and Ryan Renslow.
 */
const points: Record<Exclude<ColourMapName, 'grey' | 'blue-red'>, string> = {
  viridis: `
    440154 46085c 471063 481769 481d6f 482475 472a7a 46307e 453781 433d84 414287 3f4889 3d4e8a 3a538b 38598c 355e8d
    33638d 31688e 2e6d8e 2c718e 2a768e 297b8e 27808e 25848e 23898e 218e8d 20928c 1f978b 1e9c89 1fa188 21a585 24aa83
    28ae80 2eb37c 35b779 3dbc74 46c06f 50c46a 5ac864 65cb5e 70cf57 7cd250 89d548 95d840 a2da37 b0dd2f bddf26 cae11f
    d8e219 e5e419 f1e51d fde725`,
  magma: `
    000004 02020b 050416 090720 0e0b2b 140e36 1a1042 21114e 29115a 311165 390f6e 420f75 4a1079 52137c 5a167e 621980
    6a1c81 721f81 792282 812581 892881 912b81 992d80 a1307e aa337d b2357b ba3878 c23b75 ca3e72 d2426f d9466b e04c67
    e75263 ec5860 f1605d f4695c f7725c f97b5d fb8560 fc8e64 fd9869 fea16e feaa74 feb47b febd82 fec68a fecf92 fed89a
    fde2a3 fdebac fcf4b6 fcfdbf`,
  inferno: `
    000004 02020c 050417 0a0722 10092d 160b39 1e0c45 260c51 2f0a5b 380962 400a67 490b6a 510e6c 59106e 61136e 69166e
    71196e 781c6d 801f6c 88226a 902568 982766 a02a63 a82e5f b0315b b73557 bf3952 c63d4d cc4248 d34743 d94d3d df5337
    e45a31 e9612b ed6925 f1711f f47918 f78212 f98b0b fa9407 fb9d07 fca60c fcb014 fbba1f fac42a f8cd37 f6d746 f4e156
    f2ea69 f2f27d f5f992 fcffa4`,
  plasma: `
    0d0887 1b068d 260591 2f0596 38049a 41049d 4903a0 5102a3 5901a5 6100a7 6900a8 7100a8 7801a8 8004a8 8707a6 8e0ca4
    9511a1 9c179e a21d9a a82296 ae2892 b42e8d ba3388 bf3984 c43e7f c9447a cd4a76 d24f71 d6556d da5b69 de6164 e26660
    e66c5c e97257 ed7953 f07f4f f3854b f58c46 f79342 f99a3e fba139 fca835 fdaf31 feb72d febe2a fdc627 fcce25 fbd724
    f8df25 f6e826 f3f027 f0f921`,
  cividis: `
    00224e 002656 002a5f 002d68 003070 083370 163770 203a6f 273e6e 2e416d 34456c 3a486c 3f4c6c 444f6c 49536c 4e566c
    535a6d 575d6d 5c616e 60646f 656870 696b71 6d6f72 727274 767676 7a7a78 7e7d78 838179 888578 8d8878 928c78 969077
    9b9476 a09875 a59c74 aaa073 afa471 b5a86f baac6d bfb06b c4b468 c9b965 cfbd62 d4c15f dac65b dfca57 e5cf52 ead34c
    f0d846 f6dd3f fce236 fee838`,
};

const tables = new Map<ColourMapName, Uint8Array>();

/** 256 colours as red, green and blue bytes (sRGB), from low to high values. */
export function colourTable(name: ColourMapName): Uint8Array {
  const known = tables.get(name);
  if (known !== undefined) return known;
  const table = name === 'grey' ? grey() : name === 'blue-red' ? diverging() : between(points[name]);
  tables.set(name, table);
  return table;
}

function grey(): Uint8Array {
  return Uint8Array.from({ length: COLOURS * 3 }, (_, index) => Math.floor(index / 3));
}

/** Colours on straight lines between evenly spaced points. */
function between(text: string): Uint8Array {
  const colours = text
    .trim()
    .split(/\s+/u)
    .map((hex) => [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)));
  const out = new Uint8Array(COLOURS * 3);
  for (let i = 0; i < COLOURS; i++) {
    const place = (i / (COLOURS - 1)) * (colours.length - 1);
    const below = Math.floor(place);
    for (let part = 0; part < 3; part++) {
      const from = colours[below]?.[part] ?? 0;
      const to = colours[below + 1]?.[part] ?? from;
      out[3 * i + part] = Math.round(from + (to - from) * (place - below));
    }
  }
  return out;
}

/** Blue and red of the OKLCh space, lightness, chroma and hue in degrees; white is between them. */
const BLUE = { lightness: 0.34, chroma: 0.14, hue: 255 };
const RED = { lightness: 0.34, chroma: 0.14, hue: 20 };
const WHITE_LIGHTNESS = 0.97;
/** Where between the middle (0) and an end (1) colours are strongest, and by how much more than at the end. */
const STRONGEST = { place: 0.65, factor: 1.1 };

/** From dark blue over near white to dark red: lightness falls evenly from the middle to both ends, so that both sides weigh the same. */
function diverging(): Uint8Array {
  const out = new Uint8Array(COLOURS * 3);
  for (let i = 0; i < COLOURS; i++) {
    const side = i / (COLOURS - 1) - 0.5;
    const { lightness, chroma, hue } = side < 0 ? BLUE : RED;
    const far = 2 * Math.abs(side);
    const strength = far < STRONGEST.place ? (far / STRONGEST.place) * STRONGEST.factor : strongestToEnd(far);
    const mixed = WHITE_LIGHTNESS + far * (lightness - WHITE_LIGHTNESS);
    out.set(toBytes(withinGamut(mixed, strength * chroma, hue)), i * 3);
  }
  return out;
}

function strongestToEnd(far: number): number {
  return STRONGEST.factor + ((far - STRONGEST.place) / (1 - STRONGEST.place)) * (1 - STRONGEST.factor);
}

/** Linear sRGB of a colour, its chroma lowered until the colour is one that a screen shows. */
function withinGamut(lightness: number, chroma: number, hueDegrees: number): number[] {
  let rgb = toLinearRgb(lightness, chroma, hueDegrees);
  for (let c = chroma; c > 0 && rgb.some((part) => part < 0 || part > 1); c -= 0.001) {
    rgb = toLinearRgb(lightness, c, hueDegrees);
  }
  return rgb;
}

/** OKLCh to linear sRGB, with the matrices of Björn Ottosson, "A perceptual color space for image processing", 2020. */
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
