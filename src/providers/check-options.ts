import type { IdentityProviderTools } from '../contracts/identity-provider.ts'
import { collectProblems } from '../util/option-problems.ts'
import { isReachable } from './provider-address.ts'

/** What can be wrong with the options of any provider. */
export interface CheckedOptions {
  readonly name: string
  readonly title: string
  /** Texts that must be there, by the option that holds them. */
  readonly required: Readonly<Record<string, unknown>>
  /** Addresses by the option that holds them; `undefined` ones are left out. */
  readonly addresses: Readonly<Record<string, unknown>>
  readonly parameters: Readonly<Record<string, string>> | undefined
}

/**
 * Judges options when the provider is opened, so that a mistake is seen at the start and not at somebody's log-in.
 *
 * @throws {TypeError} with one line a problem; a secret is never in it
 */
export function checkOptions(options: CheckedOptions, { environment }: IdentityProviderTools): void {
  const problems = collectProblems()
  const { name, title, required, addresses, parameters = {} } = options
  if (!NAME.test(name)) problems.add('name', 'must be one to 32 of a-z, 0-9 and -, beginning with a letter')
  for (const [path] of Object.entries({ title, ...required }).filter(([, value]) => !isText(value))) {
    problems.add(path, 'is missing')
  }
  for (const [path, value] of Object.entries(addresses)) {
    if (value === undefined || isAddress(value, environment)) continue
    problems.add(path, 'must be like https://id.example.org; plain http only on this machine, and only in development')
  }
  for (const reserved of Object.keys(parameters).filter((parameter) => RESERVED.has(parameter))) {
    problems.add(`parameters.${reserved}`, 'belongs to the protocol and cannot be set')
  }
  problems.throwIfAny(`The identity provider "${name}" cannot be used`)
}

const NAME = /^[a-z][a-z0-9-]{0,31}$/

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== ''
}

function isAddress(value: unknown, environment: IdentityProviderTools['environment']): boolean {
  const url = typeof value === 'string' ? URL.parse(value) : null
  return url !== null && url.hash === '' && isReachable(url, environment)
}

const RESERVED: ReadonlySet<string> = new Set([
  'client_id',
  'client_secret',
  'redirect_uri',
  'response_type',
  'response_mode',
  'scope',
  'state',
  'nonce',
  'code_challenge',
  'code_challenge_method',
  'request',
  'request_uri',
])
