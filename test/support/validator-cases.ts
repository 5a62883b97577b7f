import { readFileSync } from 'node:fs'

/** What Django answered, recorded in `test/vectors/django/validators.json`; its own text says what each kind holds. */
interface CaseByKind {
  readonly normalize_email: { readonly value: string | null; readonly expect: { readonly result: string } }
  readonly username: {
    readonly value: string
    readonly expect: { readonly nfkc: string; readonly unicode_ok: boolean; readonly form_value: string | null }
  }
  readonly same_identifier: { readonly a: string; readonly b: string; readonly expect: { readonly same: boolean } }
  readonly email: { readonly value: string; readonly expect: { readonly valid: boolean } }
  readonly password: {
    readonly password: string
    readonly user: Readonly<Record<'username' | 'first_name' | 'last_name' | 'email', string>> | null
    readonly expect: { readonly errors: readonly DjangoError[] }
  }
}

export interface DjangoError {
  readonly code: string
  readonly params: Readonly<Record<string, string | number>> | null
}

export type ValidatorCase<K extends keyof CaseByKind> = CaseByKind[K] & { readonly id: string; readonly kind: K }

/** The cases of one kind. Where releases differ, the newest counts. */
export function validatorCases<K extends keyof CaseByKind>(kind: K): readonly ValidatorCase<K>[] {
  const file = new URL('../vectors/django/validators.json', import.meta.url)
  const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { readonly cases: readonly RecordedCase<K>[] }
  return cases
    .filter((one) => one.kind === kind)
    .map((one) => (one.expect_by_version ? { ...one, expect: one.expect_by_version['6.1'] } : one))
}

type RecordedCase<K extends keyof CaseByKind> = ValidatorCase<K> & {
  readonly expect_by_version?: { readonly '6.1': ValidatorCase<K>['expect'] }
}
