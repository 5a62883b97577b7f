import { describe, expect, it } from 'vitest'
import { accentFrom } from './accent.ts'

describe('accentFrom', () => {
  it('keeps a colour that can be read', () => {
    expect(accentFrom('#1D4ED8').light).toBe('#1d4ed8')
  })

  it.each(['#ffffff', '#ffff00', '#000000', '#7c3aed', '#00ff00', '#808080', '#1d4ed8'])(
    'makes %s fit to be read in both schemes',
    (colour) => {
      const { light, onLight, dark, onDark } = accentFrom(colour)
      expect(contrast(light, '#eef1f5')).toBeGreaterThanOrEqual(4.5)
      expect(contrast(dark, '#2b323b')).toBeGreaterThanOrEqual(4.5)
      expect(contrast(light, onLight)).toBeGreaterThanOrEqual(4.5)
      expect(contrast(dark, onDark)).toBeGreaterThanOrEqual(4.5)
    },
  )

  it.each(['red', '#fff', '1d4ed8', '#1d4ed8; }', '', null, 7])('refuses %j', (colour) => {
    expect(() => accentFrom(colour as string)).toThrow(TypeError)
  })
})

function contrast(a: string, b: string): number {
  const [one = 0, other = 0] = [luminance(a), luminance(b)]
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
