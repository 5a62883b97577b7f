import { describe, expect, it } from 'vitest'
import { plainStyle, styledDoor } from '../../test/support/styled-door.ts'
import { testAuth } from '../../test/support/test-auth.ts'

describe('the styles of mails of several doors', () => {
  it('may be one and the same', () => {
    const style = plainStyle()
    expect(() => testAuth({ mounts: { '/a': styledDoor(style), '/b': styledDoor(style) } })).not.toThrow()
  })

  it('need names of their own: a start with two of one name is refused', () => {
    const mounts = { '/a': styledDoor(plainStyle()), '/b': styledDoor(plainStyle()) }
    expect(() => testAuth({ mounts })).toThrow('two styles of mails are called "plain"')
    const named = { '/a': styledDoor(plainStyle()), '/b': styledDoor(plainStyle({ name: 'other' })) }
    expect(() => testAuth({ mounts: named })).not.toThrow()
  })
})
