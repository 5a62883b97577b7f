import { fr as drf } from '../drf/fr.ts'
import type { RestRegistrationMessages } from './rest-registration-messages.ts'

/** French. */
export const fr: RestRegistrationMessages = {
  language: drf.language,
  done: {
    loggedIn: 'Connexion réussie',
    loggedOut: 'Déconnexion réussie',
    userVerified: "Le compte de l'utilisateur a été vérifié",
    passwordChanged: 'Le mot de passe a été modifié',
    resetLinkSent: 'Le lien de réinitialisation a été envoyé',
    resetLinkSentIfExists: "Le lien de réinitialisation a été envoyé, si l'utilisateur existe",
    passwordReset: 'Le mot de passe a été réinitialisé',
    emailLinkSent: "L'e-mail contenant le lien pour enregistrer l'adresse a été envoyé",
    emailVerified: "L'adresse e-mail a été vérifiée",
  },
  refused: {
    userNotFound: 'Utilisateur introuvable',
    loginInvalid: 'Identifiant ou mot de passe incorrect.',
    emailTaken: 'Cette adresse e-mail est déjà enregistrée.',
    userWithoutEmail: 'Un utilisateur sans adresse e-mail ne peut pas être vérifié',
    tokenError: "Le jeton d'authentification n'a pas pu être traité",
    tokenNotProvided: "Aucun jeton d'authentification n'a pu être fourni",
    tokenNotRevoked: "Le jeton d'authentification ne peut pas être révoqué",
    tokenNotFound: "Jeton d'authentification introuvable",
    signatureExpired: 'La signature a expiré',
    signatureInvalid: 'Signature incorrecte',
  },
  fields: {
    passwordsDiffer: 'Les mots de passe ne correspondent pas',
    oldPasswordWrong: "L'ancien mot de passe est incorrect",
  },
  mails: {
    register: {
      subject: 'Veuillez vérifier votre compte',
      reason: (siteName, email) => `Un compte a été ouvert sur ${siteName} avec l'adresse ${email}.`,
      instruction: "Est-ce bien vous ? Alors continuez ici ; sinon, laissez tout en l'état :",
    },
    resetPassword: {
      subject: 'Votre lien de réinitialisation du mot de passe',
      reason: (siteName) => `Quelqu'un a demandé un nouveau mot de passe pour votre compte sur ${siteName}.`,
      instruction: "Est-ce bien vous ? Alors choisissez-le sur cette page ; sinon, laissez tout en l'état :",
    },
    registerEmail: {
      subject: 'Veuillez vérifier la nouvelle adresse e-mail',
      reason: (siteName, email) => `Quelqu'un souhaite utiliser désormais ${email} pour un compte sur ${siteName}.`,
      instruction: "Est-ce bien vous ? Alors confirmez-le ici ; sinon, laissez tout en l'état :",
    },
    registerEmailTaken: {
      subject: 'Votre adresse e-mail est déjà utilisée',
      reason: (siteName, email) => `Quelqu'un a voulu utiliser ${email} pour un compte sur ${siteName}.`,
      instruction: "Un compte existe déjà avec cette adresse ; rien n'a donc été modifié.",
    },
  },
}
