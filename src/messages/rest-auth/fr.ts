import { fr as drf } from '../drf/fr.ts'
import { bothGenerations } from './both-generations.ts'
import type { RestAuthMessages } from './rest-auth-messages.ts'

/** French. */
export const fr: RestAuthMessages = {
  language: drf.language,
  login: {
    mustInclude: {
      username: 'Les champs « username » et « password » doivent être fournis.',
      email: 'Les champs « email » et « password » doivent être fournis.',
      either: 'Le champ « username » ou le champ « email » doit être fourni avec « password ».',
    },
    cannotLogIn: drf.authentication.cannotLogIn,
    emailNotVerified: 'L’adresse électronique n’est pas vérifiée.',
  },
  logout: {
    done: 'Déconnexion réussie.',
    notLoggedIn: 'Vous devez être connecté pour vous déconnecter. Vérifiez que le jeton est bien transmis.',
    tokenRemains:
      'Ni les cookies ni la liste noire ne sont activés ; le jeton n’a donc pas été supprimé du côté du serveur. ' +
      'Veillez à ce qu’il soit supprimé du côté du client.',
    noRefreshInCookie: 'Les cookies ne contiennent pas de jeton d’actualisation.',
    noRefreshInBody: 'Les données de la requête ne contiennent pas de jeton d’actualisation.',
  },
  passwords: {
    saved: 'Le nouveau mot de passe a été enregistré.',
    resetSent: 'Le courriel de réinitialisation du mot de passe a été envoyé.',
    resetDone: 'Le mot de passe a été réinitialisé ; le nouveau est désormais en vigueur.',
    oldPasswordWrong: {
      first: 'Mot de passe non valide',
      second: 'Votre ancien mot de passe est incorrect. Veuillez le saisir à nouveau.',
    },
    invalidValue: 'Valeur non valide',
    differ: bothGenerations(drf.fieldErrors.differs({})),
  },
  registration: {
    verificationSent: 'Le courriel de vérification a été envoyé.',
    ok: 'C’est fait',
    emailTaken: bothGenerations('Un utilisateur est déjà inscrit avec cette adresse électronique.'),
    passwordsDiffer: drf.fieldErrors.differs({}),
    usernameRefused: drf.fieldErrors.username_reserved({}),
    passwordTooShort: bothGenerations((minLength) => drf.fieldErrors.password_too_short({ minLength })),
  },
  social: {
    inputMissing: 'Données incomplètes. access_token ou code est requis.',
    valueIncorrect: 'Valeur incorrecte',
    exchangeFailed: 'Impossible d’échanger le code contre un jeton d’accès',
    noPrivateAccess: (host) => `Aucun accès aux données privées de « ${host} ».`,
    noPasswordSet: 'Aucun mot de passe n’est défini pour votre compte.',
  },
  noRefreshToken: 'Aucun jeton d’actualisation valide n’a été trouvé.',
  mails: {
    passwordReset: {
      subject: {
        first: (siteName) => `Réinitialisation du mot de passe sur ${siteName}`,
        second: (siteName) => `[${siteName}] Réinitialisation du mot de passe`,
      },
      reason: (siteName) => `Quelqu’un a demandé un nouveau mot de passe pour votre compte sur ${siteName}.`,
      instruction: 'Si c’était vous, choisissez-le sur cette page ; sinon, vous n’avez rien à faire :',
      username: (username) => `Votre nom d’utilisateur est ${username}.`,
    },
    confirmEmail: {
      subject: bothGenerations((siteName) => `[${siteName}] Veuillez confirmer votre adresse électronique`),
      reason: (siteName) => `Cette adresse a été indiquée pour un compte sur ${siteName}.`,
      instruction:
        'Confirmez sur cette page qu’elle vous appartient ; si le compte n’est pas le vôtre, vous n’avez rien à faire :',
    },
    accountExists: {
      subject: bothGenerations((siteName) => `[${siteName}] Ce compte existe déjà`),
      reason: (siteName) =>
        `Quelqu’un a voulu ouvrir un compte sur ${siteName} avec cette adresse, qui en possède déjà un.`,
      instruction: 'Si c’était vous et que vous avez oublié votre mot de passe, demandez-en un nouveau ici :',
    },
    thanks: (siteName) => `Merci d’utiliser ${siteName} !`,
  },
}
