import { describe, expect, it } from 'vitest'
import { BUILT_IN_PERMISSIONS } from '../model/permission.ts'
import { collectProblems } from '../util/option-problems.ts'
import { resolvePermissions } from './resolve-permissions.ts'

function complaintsAbout(permissions: Readonly<Record<string, unknown>>): readonly string[] {
  const problems = collectProblems()
  resolvePermissions(permissions, problems)
  try {
    problems.throwIfAny()
  } catch (error) {
    return String(error)
      .split('\n')
      .slice(1)
      .map((line) => line.replace('  - ', ''))
  }
  return []
}

describe('resolvePermissions', () => {
  it('puts the built-in ones behind the application’s own, and takes none away', () => {
    const own = { 'blog.add_post': 'Can add a post', 'a.b': 'Can b', [`${'m'.repeat(50)}.${'c'.repeat(49)}`]: 'Can' }
    expect(complaintsAbout(own)).toEqual([])
    const resolved = resolvePermissions(own, collectProblems())
    expect(resolved).toEqual({ ...own, ...BUILT_IN_PERMISSIONS })
    expect(Object.keys(resolved).slice(0, 3)).toEqual(Object.keys(own))
    expect(resolvePermissions({}, collectProblems())).toEqual(BUILT_IN_PERMISSIONS)
  })

  it.each([
    '',
    'blog',
    'blog.',
    '.add_post',
    'blog.add.post',
    'Blog.add_post',
    'blog.add-post',
    '1blog.add',
    'blog._add',
    'blog.add_post\n',
    ' blog.add_post',
    'blög.add',
    '__proto__.a',
    `${'m'.repeat(50)}.${'c'.repeat(50)}`,
  ])('refuses the name %j', (name) => {
    const [line, ...others] = complaintsAbout({ [name]: 'Can' })
    expect(line).toBe(
      `permissions[${JSON.stringify(name)}] must have a name like blog.add_post, of at most 100 characters`,
    )
    expect(others).toEqual([])
  })

  it('keeps the module of its own to Portress, whether or not it has the name', () => {
    for (const name of ['portress.view_user', 'portress.dance']) {
      expect(complaintsAbout({ [name]: 'Can' })).toEqual([
        `permissions["${name}"] must be of another module: portress has its own`,
      ])
    }
  })

  it.each([undefined, null, '', ' \n', 7, true, {}, ['Can']])('refuses %j for a description', (description) => {
    expect(complaintsAbout({ 'blog.add_post': description })).toEqual([
      'permissions["blog.add_post"] must be a text for people, like "Can add a post"',
    ])
  })
})
