import { ptBR as drf } from '../drf/pt-br.ts'
import type { DjoserMessages } from './djoser-messages.ts'

/** Portuguese as written in Brazil. */
export const ptBR: DjoserMessages = {
  language: drf.language,
  cannotLogIn: drf.authentication.cannotLogIn,
  tokenInvalid: 'Token inválido para este usuário.',
  userIdInvalid: 'Identificador de usuário inválido ou usuário inexistente.',
  tokenStale: 'Token obsoleto para este usuário.',
  passwordsDiffer: drf.fieldErrors.differs({}),
  fieldsDiffer: (field) => `Os dois campos ${field} não coincidem.`,
  passwordInvalid: drf.fieldErrors.wrong_password({}),
  emailUnknown: 'Não existe usuário com este e-mail.',
  cannotCreate: 'Não foi possível criar a conta.',
  mails: {
    activation: {
      subject: (siteName) => `Ativação da conta em ${siteName}`,
      reason: (siteName) => `Você está recebendo este e-mail porque sua conta em ${siteName} aguarda ativação.`,
      instruction: 'Para ativá-la, abra esta página:',
    },
    confirmation: {
      subject: (siteName) => `${siteName} - Sua conta foi criada e ativada com sucesso!`,
      reason: (siteName) => `Sua conta em ${siteName} foi criada e já está ativa.`,
    },
    passwordReset: {
      subject: (siteName) => `Redefinição de senha em ${siteName}`,
      reason: (siteName) =>
        `Você está recebendo este e-mail porque alguém, provavelmente você, pediu uma nova senha para sua conta em ${siteName}.`,
      instruction: 'Para escolher uma nova senha, abra esta página:',
    },
    passwordChanged: {
      subject: (siteName) => `${siteName} - Sua senha foi alterada com sucesso!`,
      reason: (siteName) => `A senha da sua conta em ${siteName} foi alterada.`,
    },
    usernameReset: {
      subject: (siteName) => `Redefinição do nome de usuário em ${siteName}`,
      reason: (siteName) =>
        `Você está recebendo este e-mail porque alguém, provavelmente você, pediu um novo nome de usuário para sua conta em ${siteName}.`,
      instruction: 'Para escolher um novo nome de usuário, abra esta página:',
    },
    usernameChanged: {
      subject: (siteName) => `${siteName} - Seu nome de usuário foi alterado com sucesso!`,
      reason: (siteName) => `O nome de usuário da sua conta em ${siteName} foi alterado.`,
    },
  },
  mail: {
    username: (username) => `Seu nome de usuário, caso o tenha esquecido: ${username}`,
    thanks: 'Obrigado por estar conosco!',
    team: (siteName) => `Equipe ${siteName}`,
  },
}
