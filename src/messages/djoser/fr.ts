import { fr as drf } from '../drf/fr.ts'
import type { DjoserMessages } from './djoser-messages.ts'

/** French. */
export const fr: DjoserMessages = {
  language: drf.language,
  cannotLogIn: drf.authentication.cannotLogIn,
  tokenInvalid: 'Jeton non valide pour cet utilisateur.',
  userIdInvalid: 'Identifiant d’utilisateur non valide, ou utilisateur inexistant.',
  tokenStale: 'Jeton périmé pour cet utilisateur.',
  passwordsDiffer: drf.fieldErrors.differs({}),
  fieldsDiffer: (field) => `Les deux champs ${field} ne correspondent pas.`,
  passwordInvalid: drf.fieldErrors.wrong_password({}),
  emailUnknown: 'Aucun utilisateur ne possède cette adresse électronique.',
  cannotCreate: 'Impossible de créer le compte.',
  mails: {
    activation: {
      subject: (siteName) => `Activation du compte sur ${siteName}`,
      reason: (siteName) => `Vous recevez ce courriel parce que votre compte sur ${siteName} attend d’être activé.`,
      instruction: 'Pour l’activer, veuillez ouvrir cette page :',
    },
    confirmation: {
      subject: (siteName) => `${siteName} - Votre compte a été créé et activé avec succès !`,
      reason: (siteName) => `Votre compte sur ${siteName} a été créé ; il est désormais actif.`,
    },
    passwordReset: {
      subject: (siteName) => `Réinitialisation du mot de passe sur ${siteName}`,
      reason: (siteName) =>
        `Vous recevez ce courriel parce que quelqu’un, vous probablement, a demandé un nouveau mot de passe pour votre compte sur ${siteName}.`,
      instruction: 'Pour choisir un nouveau mot de passe, veuillez ouvrir cette page :',
    },
    passwordChanged: {
      subject: (siteName) => `${siteName} - Votre mot de passe a été modifié avec succès !`,
      reason: (siteName) => `Le mot de passe de votre compte sur ${siteName} a été modifié.`,
    },
    usernameReset: {
      subject: (siteName) => `Réinitialisation du nom d’utilisateur sur ${siteName}`,
      reason: (siteName) =>
        `Vous recevez ce courriel parce que quelqu’un, vous probablement, a demandé un nouveau nom d’utilisateur pour votre compte sur ${siteName}.`,
      instruction: 'Pour choisir un nouveau nom d’utilisateur, veuillez ouvrir cette page :',
    },
    usernameChanged: {
      subject: (siteName) => `${siteName} - Votre nom d’utilisateur a été modifié avec succès !`,
      reason: (siteName) => `Le nom d’utilisateur de votre compte sur ${siteName} a été modifié.`,
    },
  },
  mail: {
    username: (username) => `Votre nom d’utilisateur, au cas où vous l’auriez oublié : ${username}`,
    thanks: 'Merci d’être des nôtres !',
    team: (siteName) => `L’équipe de ${siteName}`,
  },
}
