import { ptBR as drf } from '../drf/pt-br.ts'
import type { RestRegistrationMessages } from './rest-registration-messages.ts'

/** Brazilian Portuguese. */
export const ptBR: RestRegistrationMessages = {
  language: drf.language,
  done: {
    loggedIn: 'Login efetuado com sucesso',
    loggedOut: 'Logout efetuado com sucesso',
    userVerified: 'Usuário verificado com sucesso',
    passwordChanged: 'Senha alterada com sucesso',
    resetLinkSent: 'Link de redefinição enviado',
    resetLinkSentIfExists: 'Link de redefinição enviado, caso o usuário exista',
    passwordReset: 'Senha redefinida com sucesso',
    emailLinkSent: 'E-mail com o link para registrar o endereço enviado',
    emailVerified: 'E-mail verificado com sucesso',
  },
  refused: {
    userNotFound: 'Usuário não encontrado',
    loginInvalid: 'Login ou senha inválidos.',
    emailTaken: 'Este e-mail já está registrado.',
    userWithoutEmail: 'Um usuário sem e-mail não pode ser verificado',
    tokenError: 'Não foi possível processar o token de autenticação',
    tokenNotProvided: 'Não foi possível fornecer um token de autenticação',
    tokenNotRevoked: 'O token de autenticação não pode ser revogado',
    tokenNotFound: 'Token de autenticação não encontrado',
    signatureExpired: 'A assinatura expirou',
    signatureInvalid: 'Assinatura inválida',
  },
  fields: {
    passwordsDiffer: 'As senhas não coincidem',
    oldPasswordWrong: 'A senha antiga não está correta',
  },
  mails: {
    register: {
      subject: 'Por favor, verifique sua conta',
      reason: (siteName, email) => `Uma conta em ${siteName} foi aberta com o endereço ${email}.`,
      instruction: 'Foi você? Então continue aqui; se não foi, deixe tudo como está:',
    },
    resetPassword: {
      subject: 'Seu link de redefinição de senha',
      reason: (siteName) => `Alguém pediu uma nova senha para a sua conta em ${siteName}.`,
      instruction: 'Foi você? Então escolha a senha nesta página; se não foi, deixe tudo como está:',
    },
    registerEmail: {
      subject: 'Por favor, verifique o novo e-mail',
      reason: (siteName, email) => `Alguém quer usar ${email} em uma conta em ${siteName} a partir de agora.`,
      instruction: 'Foi você? Então confirme aqui; se não foi, deixe tudo como está:',
    },
    registerEmailTaken: {
      subject: 'Seu e-mail já está em uso',
      reason: (siteName, email) => `Alguém quis usar ${email} em uma conta em ${siteName}.`,
      instruction: 'Já existe uma conta com este endereço; por isso nada foi alterado.',
    },
  },
}
