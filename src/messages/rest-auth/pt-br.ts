import { ptBR as drf } from '../drf/pt-br.ts'
import { bothGenerations } from './both-generations.ts'
import type { RestAuthMessages } from './rest-auth-messages.ts'

/** Portuguese as written in Brazil. */
export const ptBR: RestAuthMessages = {
  language: drf.language,
  login: {
    mustInclude: {
      username: 'É preciso informar “username” e “password”.',
      email: 'É preciso informar “email” e “password”.',
      either: 'É preciso informar “username” ou “email”, além de “password”.',
    },
    cannotLogIn: drf.authentication.cannotLogIn,
    emailNotVerified: 'O e-mail não foi verificado.',
  },
  logout: {
    done: 'Você saiu da conta.',
    notLoggedIn: 'É preciso entrar na conta antes de sair dela. Verifique se o token está sendo enviado.',
    tokenRemains:
      'Nem os cookies nem a lista de bloqueio estão ativados, portanto o token não foi excluído no servidor. ' +
      'Certifique-se de que ele seja excluído no cliente.',
    noRefreshInCookie: 'O token de atualização não está nos cookies.',
    noRefreshInBody: 'O token de atualização não está nos dados do pedido.',
  },
  passwords: {
    saved: 'A nova senha foi salva.',
    resetSent: 'O e-mail de redefinição de senha foi enviado.',
    resetDone: 'A senha foi redefinida, e a nova já está valendo.',
    oldPasswordWrong: {
      first: 'Senha inválida',
      second: 'A senha antiga não confere. Digite-a novamente.',
    },
    invalidValue: 'Valor inválido',
    differ: bothGenerations(drf.fieldErrors.differs({})),
  },
  registration: {
    verificationSent: 'O e-mail de verificação foi enviado.',
    ok: 'OK',
    emailTaken: bothGenerations('Já existe um usuário cadastrado com este e-mail.'),
    passwordsDiffer: drf.fieldErrors.differs({}),
    usernameRefused: drf.fieldErrors.username_reserved({}),
    passwordTooShort: bothGenerations((minLength) => drf.fieldErrors.password_too_short({ minLength })),
  },
  social: {
    inputMissing: 'Dados incorretos. É preciso enviar access_token ou code.',
    valueIncorrect: 'Valor incorreto',
    exchangeFailed: 'Não foi possível trocar o código por um token de acesso',
    noPrivateAccess: (host) => `Sem acesso aos recursos privados de “${host}”.`,
    noPasswordSet: 'Sua conta não tem uma senha definida.',
  },
  noRefreshToken: 'Nenhum token de atualização válido foi encontrado.',
  mails: {
    passwordReset: {
      subject: {
        first: (siteName) => `Redefinição de senha em ${siteName}`,
        second: (siteName) => `[${siteName}] Redefinição de senha`,
      },
      reason: (siteName) => `Alguém pediu uma nova senha para sua conta em ${siteName}.`,
      instruction: 'Se não foi você, não é preciso fazer nada. Se foi, escolha a nova senha nesta página:',
      username: (username) => `Seu nome de usuário: ${username}`,
    },
    confirmEmail: {
      subject: bothGenerations((siteName) => `[${siteName}] Confirme seu endereço de e-mail`),
      reason: (siteName) => `Este endereço foi informado para uma conta em ${siteName}.`,
      instruction:
        'Se a conta não é sua, não é preciso fazer nada. Se é, confirme nesta página que o endereço pertence a você:',
    },
    accountExists: {
      subject: bothGenerations((siteName) => `[${siteName}] A conta já existe`),
      reason: (siteName) =>
        `Alguém tentou criar uma conta em ${siteName} com este endereço, mas já existe uma conta com ele.`,
      instruction: 'Se foi você e não se lembra da senha, peça uma nova aqui:',
    },
    thanks: (siteName) => `Agradecemos por usar ${siteName}!`,
  },
}
