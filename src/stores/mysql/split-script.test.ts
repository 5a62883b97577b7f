import { describe, expect, it } from 'vitest'
import { splitMigration, splitScript } from './split-script.ts'

describe('a script', () => {
  it('is taken apart at its semicolons', () => {
    expect(splitScript('CREATE TABLE a (b INT);\n\n  DROP TABLE c ;;  ')).toEqual([
      'CREATE TABLE a (b INT)',
      'DROP TABLE c',
    ])
    expect(splitScript(' ; ')).toEqual([])
  })

  it.each([
    "INSERT INTO a VALUES ('it''s; one', 'a \\'; b', '\\\\')",
    'SELECT "a"";b", "\\";"',
    'SELECT 1 AS `a``;b`',
    'SELECT 1 -- one; two\n+ 1',
    'SELECT 1 # one; two\n+ 1',
    'SELECT 1 /* one; two */ + 1',
    'SELECT 5--1, 5 --\n',
    "SELECT 'never closed; it goes on",
    'SELECT 1 /* never closed; it goes on',
  ])('leaves together what belongs together: %s', (statement) => {
    expect(splitScript(`${statement.trim()}`)).toEqual([statement.trim()])
    const isClosed = !statement.includes('never closed') && !statement.endsWith('\n')
    if (isClosed) expect(splitScript(`${statement};DO 1`)).toEqual([statement, 'DO 1'])
  })

  it('has no statements in its comments, but in those that the server runs', () => {
    expect(splitScript('-- one; two\n/* three; four */ # five')).toEqual([])
    expect(splitScript('/*!80000 SET a = 1 */; /*M! SET b = 2 */')).toEqual([
      '/*!80000 SET a = 1 */',
      '/*M! SET b = 2 */',
    ])
    expect(splitScript('-- what it is\nDO 1; -- and the end')).toEqual(['-- what it is\nDO 1'])
  })

  it('of any length is read in time', () => {
    const text = `${"INSERT INTO a VALUES ('x''y');\n".repeat(20_000)}${"'".repeat(9_999)}`
    expect(splitScript(text)).toHaveLength(20_001)
  })
})

describe('a migration', () => {
  it('cannot end transactions, or speak to the client', () => {
    const ends = [
      'COMMIT',
      'rollback',
      'BEGIN',
      'Start  Transaction',
      '/* now */ -- really\nCOMMIT AND CHAIN',
      'LOCK TABLES a WRITE',
    ]
    for (const statement of ends) {
      expect(() => splitMigration(`DO 1; ${statement}`), statement).toThrow('the script ended the transaction')
    }
    expect(() => splitMigration('DELIMITER //')).toThrow('DELIMITER')
    expect(splitMigration('CREATE TABLE commits (a INT); DO 1')).toHaveLength(2)
  })
})
