import type { Auth } from '../../auth.ts'
import type { Finding } from './finding.ts'

/** Settings of dialects that weaken safety, which for some of them is what their originals do by default. */
export function reviewDialects(mounts: Auth['mounts']): readonly Finding[] {
  return mounts.flatMap(({ path, dialect, dangers }) =>
    dangers.map((danger) => ({
      id: 'dialect-danger',
      severity: 'warning' as const,
      message: `${path} (${dialect}): ${danger}.`,
      advice: 'Change the setting, or leave the mount out where no client needs it.',
    })),
  )
}
