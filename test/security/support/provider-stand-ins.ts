import type {
  IdentityProviderFactory,
  IdentityProviderTools,
  ProvenIdentity,
} from '../../../src/contracts/identity-provider.ts'

/** A provider that says something else of people than it was told, as one that maps claims carelessly does. */
export function telling(
  factory: IdentityProviderFactory,
  change: (proven: ProvenIdentity) => Partial<ProvenIdentity>,
): IdentityProviderFactory {
  const tell = (proven: ProvenIdentity): ProvenIdentity => ({ ...proven, ...change(proven) })
  return (tools) => {
    const provider = factory(tools)
    return {
      ...provider,
      finish: async (input) => tell(await provider.finish(input)),
      verify: async (proof) => tell(await provider.verify(proof)),
    }
  }
}

/** A provider with one state, one nonce and one verifier for all log-ins: what it checks tells no two of them apart. */
export function sameForAll(factory: IdentityProviderFactory): IdentityProviderFactory {
  return (tools) => {
    const constant: IdentityProviderTools['random'] = { bytes: (length) => new Uint8Array(length).fill(7) }
    const provider = factory({ ...tools, random: constant })
    const state = 'the-same-for-everybody'
    return {
      ...provider,
      async begin(input) {
        const begun = await provider.begin({ ...input, state })
        return { ...begun, echo: { parameter: 'state', value: state } }
      },
      finish: (input) => provider.finish({ ...input, state }),
    }
  }
}

/** A provider that does not look who says that it sent the browser back. */
export function deafToIssuer(factory: IdentityProviderFactory): IdentityProviderFactory {
  return (tools) => {
    // What the issuer promises to say is not looked for either.
    const fetch: IdentityProviderTools['fetch'] = async (address, init) => {
      const response = await tools.fetch(address, init)
      if (!String(address).includes('openid-configuration')) return response
      const metadata = (await response.json()) as object
      return Response.json({ ...metadata, authorization_response_iss_parameter_supported: false })
    }
    const provider = factory({ ...tools, fetch })
    return {
      ...provider,
      finish(input) {
        const params = new URLSearchParams(input.params)
        params.delete('iss')
        return provider.finish({ ...input, params })
      },
    }
  }
}

/** A provider that takes an ID token at its word: it reads the claims and looks at nothing else. */
export function takingTokensAtTheirWord(factory: IdentityProviderFactory): IdentityProviderFactory {
  return (tools) => ({
    ...factory(tools),
    async verify({ idToken = '' }) {
      const claims = JSON.parse(Buffer.from(idToken.split('.')[1] ?? '', 'base64url').toString())
      return {
        subject: String(claims.sub ?? 'nobody'),
        email: typeof claims.jti === 'string' ? `${claims.jti}@example.org` : null,
        emailVerified: true,
        firstName: '',
        lastName: '',
        usernameHint: null,
        extraData: {},
      }
    },
  })
}
