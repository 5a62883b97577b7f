import type { ResolvedConfig } from '../../config/resolved-config.ts'
import { type Finding, present } from './finding.ts'

/** What stands between a guesser and a password. */
export function reviewGuessing(config: ResolvedConfig): readonly Finding[] {
  return present([passwordLength(config), hashCost(config), ...lockout(config), rateLimits(config)])
}

function passwordLength({ passwords: { minLength } }: ResolvedConfig): Finding | null {
  // NIST SP 800-63B-4 §3.1.1.2: 8 where something else is asked for as well, 15 where nothing is.
  if (minLength < 8) {
    return {
      id: 'short-passwords',
      severity: 'error',
      message: `Passwords may have only ${minLength} characters.`,
      advice: 'Set passwords.minLength to 8 or more.',
    }
  }
  if (minLength >= 15) return null
  return {
    id: 'password-length',
    severity: 'info',
    message: `Passwords may have ${minLength} characters.`,
    advice: 'Where nothing but the password protects people, 15 is recommended: passwords.minLength.',
  }
}

/** The cheapest of the equal settings of the OWASP password storage cheat sheet: 7 MiB in 5 passes. */
const LEAST_COST = 7 * 1024 * 5

function hashCost({ passwords: { argon2 } }: ResolvedConfig): Finding | false {
  return (
    argon2.memoryKiB * argon2.passes < LEAST_COST && {
      id: 'cheap-hashes',
      severity: 'error',
      message: `Argon2id with ${argon2.memoryKiB} KiB and ${argon2.passes} passes is cheap to attack.`,
      advice: 'Leave passwords.argon2 out, or use at least 19456 KiB and 2 passes.',
    }
  )
}

function lockout({ lockout: rules }: ResolvedConfig): readonly (Finding | false)[] {
  const longestSeconds = rules.lockTiersSeconds?.at(-1) ?? Number.POSITIVE_INFINITY
  const dailyGuesses = Math.floor((86_400 / longestSeconds) * rules.maxFailures)
  return [
    rules.maxFailures > 10 && {
      id: 'late-lockout',
      severity: rules.maxFailures > 100 ? 'error' : 'warning',
      message: `A user is locked only after ${rules.maxFailures} wrong guesses.`,
      advice: 'Set lockout.maxFailures to 10 or less (NIST SP 800-63B-4 §3.2.2 allows at most 100).',
    },
    dailyGuesses > 1000 && {
      id: 'short-locks',
      severity: 'warning',
      message: `Locks are so short that about ${dailyGuesses} guesses a day fit between them.`,
      advice: 'Raise lockout.maxLockSeconds, or the last of lockout.lockTiersSeconds.',
    },
    rules.lockTiersSeconds === null && {
      id: 'endless-locks',
      severity: 'warning',
      message: 'No lock ends by itself, so anybody can shut anybody out.',
      advice: 'Leave lockout.dangerouslyPermanent out, and give long locks with lockout.lockTiersSeconds.',
    },
    rules.windowSeconds < 60 && {
      id: 'short-window',
      severity: 'warning',
      message: `A wrong guess is forgotten after ${rules.windowSeconds} s, so a slow guesser is never locked.`,
      advice: 'Set lockout.windowSeconds to 900 or so.',
    },
    rules.maxFailuresPerAddress > 1000 && {
      id: 'late-address-lockout',
      severity: 'warning',
      message: `One source may guess wrongly ${rules.maxFailuresPerAddress} times, at as many users.`,
      advice: 'Set lockout.maxFailuresPerAddress to 50 or so.',
    },
  ]
}

function rateLimits({ rateLimits: limits }: ResolvedConfig): Finding | false {
  const off = Object.entries(limits).flatMap(([name, limit]) => (limit === null ? [name] : []))
  return (
    off.length > 0 && {
      id: 'rate-limits-off',
      severity: 'warning',
      message: `Nothing limits ${off.join(', ')}.`,
      advice: 'Raise a limit in rateLimits rather than switching it off.',
    }
  )
}
