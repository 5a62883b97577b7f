/** Red, green and blue, each from 0 to 255. */
type Colour = readonly [number, number, number]

/** The one colour of the pages in the two schemes, each with the colour of what is written on it. */
export interface Accent {
  readonly light: string
  readonly onLight: string
  readonly dark: string
  readonly onDark: string
}

/** WCAG 2.2, 1.4.3: text on its background. */
const CONTRAST = 4.5

const WHITE: Colour = [255, 255, 255]
const BLACK: Colour = [0, 0, 0]
/** The surfaces that accented text stands on; those of the style sheet. */
const LIGHT_SURFACE: Colour = [238, 241, 245]
const DARK_SURFACE: Colour = [43, 50, 59]

/**
 * Makes a chosen colour fit to be read: darker on light pages and lighter on dark ones, as far as it must be.
 *
 * @throws {TypeError} for what is not written as `#rrggbb`
 */
export function accentFrom(colour: string): Accent {
  const chosen = readColour(colour)
  const light = readable(chosen, LIGHT_SURFACE, BLACK)
  const dark = readable(chosen, DARK_SURFACE, WHITE)
  return { light: write(light), onLight: write(textOn(light)), dark: write(dark), onDark: write(textOn(dark)) }
}

function readColour(text: unknown): Colour {
  const parts = typeof text === 'string' ? /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(text) : null
  if (parts === null) throw new TypeError('admin: accent must be a colour written as "#rrggbb"')
  const [, red = '', green = '', blue = ''] = parts
  return [Number.parseInt(red, 16), Number.parseInt(green, 16), Number.parseInt(blue, 16)]
}

/** Mixes towards an end of the scale, a twentieth at a time, until it can be read. */
function readable(colour: Colour, surface: Colour, towards: Colour): Colour {
  for (let share = 0; share < 1; share += 0.05) {
    const mixed = mix(colour, towards, share)
    if (contrast(mixed, surface) >= CONTRAST) return mixed
  }
  return towards
}

const textOn = (colour: Colour): Colour => (contrast(colour, WHITE) >= contrast(colour, BLACK) ? WHITE : BLACK)

function mix([red, green, blue]: Colour, towards: Colour, share: number): Colour {
  const part = (from: number, to: number): number => Math.round(from + (to - from) * share)
  return [part(red, towards[0]), part(green, towards[1]), part(blue, towards[2])]
}

/** WCAG 2.2, "contrast ratio". */
function contrast(a: Colour, b: Colour): number {
  const [lighter, darker] = [luminance(a), luminance(b)].sort((one, other) => other - one) as [number, number]
  return (lighter + 0.05) / (darker + 0.05)
}

function luminance(colour: Colour): number {
  const [red, green, blue] = colour.map((value) => {
    const share = value / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

const write = (colour: Colour): string => `#${colour.map((value) => value.toString(16).padStart(2, '0')).join('')}`
