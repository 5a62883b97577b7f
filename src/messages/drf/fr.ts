import { attributeName } from './attribute-name.ts'
import { counted } from './counted.ts'
import { csrfWords } from './csrf-words.ts'
import type { DrfMessages } from './drf-messages.ts'

const language = 'fr'
const characters = counted(language, { one: 'caractère', other: 'caractères' })
const seconds = counted(language, { one: 'seconde', other: 'secondes' })

const attributes = {
  username: 'au nom d’utilisateur',
  email: 'à l’adresse électronique',
  firstName: 'au prénom',
  lastName: 'au nom de famille',
  other: 'aux données du compte',
}

/** French. */
export const fr: DrfMessages = {
  language,
  fieldErrors: {
    required: () => 'Ce champ est obligatoire.',
    unknown_field: () => 'Ce champ n’existe pas.',
    not_writable: () => 'Ce champ est en lecture seule.',
    not_text: () => 'Ce n’est pas une chaîne de caractères valide.',
    not_number: () => 'Un nombre valide est requis.',
    not_boolean: () => 'Doit être un booléen valide.',
    not_date: ({ format }) =>
      `Le format de la date et de l’heure est incorrect.${format === undefined ? '' : ` Utilisez l’un des formats suivants : ${format}.`}`,
    not_json: () => 'La valeur doit être un JSON valide.',
    not_a_choice: ({ input }) =>
      input === undefined ? 'Ce choix n’est pas valide.' : `« ${input} » n’est pas un choix valide.`,
    too_long: ({ maxLength }) =>
      maxLength === undefined
        ? 'Cette valeur est trop longue.'
        : `Assurez-vous que ce champ comporte au plus ${characters(maxLength)}.`,
    too_small: ({ min }) =>
      min === undefined
        ? 'Cette valeur est trop petite.'
        : `Assurez-vous que cette valeur est supérieure ou égale à ${min}.`,
    too_large: ({ max }) =>
      max === undefined
        ? 'Cette valeur est trop grande.'
        : `Assurez-vous que cette valeur est inférieure ou égale à ${max}.`,
    null_characters: () => 'Le caractère nul n’est pas autorisé.',
    surrogate_characters: ({ codePoint }) =>
      `Les caractères de substitution ne sont pas autorisés${codePoint === undefined ? '' : ` : ${codePoint}`}.`,
    email_invalid: () => 'Saisissez une adresse électronique valide.',
    username_invalid: () =>
      'Saisissez un nom d’utilisateur valide. Il ne peut contenir que des lettres, des chiffres et les caractères @/./+/-/_.',
    username_reserved: () => 'Ce nom d’utilisateur ne peut pas être utilisé. Veuillez en choisir un autre.',
    taken: ({ model, field }) =>
      model === undefined || field === undefined
        ? 'Ce champ doit être unique.'
        : `${model} avec cette valeur pour ${field} existe déjà.`,
    password_too_short: ({ minLength }) =>
      `Ce mot de passe est trop court.${minLength === undefined ? '' : ` Il doit contenir au moins ${characters(minLength)}.`}`,
    password_too_long: () => 'Ce mot de passe est trop long.',
    password_too_common: () => 'Ce mot de passe est trop courant.',
    password_entirely_numeric: () => 'Ce mot de passe est entièrement numérique.',
    password_too_similar: ({ attribute }) => `Le mot de passe ressemble trop ${attributeName(attributes, attribute)}.`,
    password_context_word: () => 'Ce mot de passe contient le nom de ce site.',
    wrong_password: () => 'Mot de passe incorrect.',
    differs: () => 'Les deux mots de passe ne correspondent pas.',
    custom: ({ message }) => (message === undefined ? 'Valeur non valide.' : `${message}`),
  },
  fields: {
    notNull: 'Ce champ ne peut pas être nul.',
    notBlank: 'Ce champ ne peut pas être vide.',
    minLength: (minLength) => `Assurez-vous que ce champ comporte au moins ${characters(minLength)}.`,
    notAnInteger: 'Un nombre entier valide est requis.',
    numberTooLong: 'La chaîne est trop longue pour un nombre.',
    usernameTaken: 'Un utilisateur avec ce nom existe déjà.',
  },
  requests: {
    noData: 'Aucune donnée fournie',
    invalidData: (type) => `Données non valides. Un dictionnaire était attendu, mais ${type} a été reçu.`,
    jsonParseError: (detail) => `Erreur d’analyse du JSON - ${detail}`,
    multipartParseError: (detail) => `Erreur d’analyse du formulaire multipart - ${detail}`,
    malformed: 'Requête malformée.',
    unsupportedMediaType: (type) => `Type de média « ${type} » non pris en charge dans la requête.`,
    notAcceptable: 'L’en-tête Accept de la requête n’a pas pu être satisfait.',
    methodNotAllowed: (method) => `Méthode « ${method} » non autorisée.`,
    notFound: 'Introuvable.',
    noMatch: (model) => `Aucun objet ${model} ne correspond à la requête.`,
    invalidPage: 'Page non valide.',
    throttled: (wait) =>
      `La requête a été limitée.${wait === null ? '' : ` Elle sera de nouveau possible dans ${seconds(wait)}.`}`,
    payloadTooLarge: 'La requête est trop volumineuse.',
    serverError: 'Une erreur du serveur s’est produite.',
    unavailable: 'Le service est temporairement indisponible.',
  },
  authentication: {
    credentialsMissing: 'Aucune information d’authentification n’a été fournie.',
    credentialsIncorrect: 'Informations d’authentification incorrectes.',
    permissionDenied: 'Vous n’avez pas la permission d’effectuer cette action.',
    invalidToken: 'Jeton non valide.',
    userInactiveOrDeleted: 'Utilisateur inactif ou supprimé.',
    tokenHeader: {
      noCredentials: 'En-tête de jeton non valide. Aucun identifiant fourni.',
      containsSpaces: 'En-tête de jeton non valide. Le jeton ne doit pas contenir d’espaces.',
      invalidCharacters: 'En-tête de jeton non valide. Le jeton ne doit pas contenir de caractères non valides.',
    },
    basicHeader: {
      noCredentials: 'En-tête Basic non valide. Aucun identifiant fourni.',
      containsSpaces: 'En-tête Basic non valide. Les identifiants ne doivent pas contenir d’espaces.',
      notBase64: 'En-tête Basic non valide. Les identifiants ne sont pas correctement encodés en base64.',
    },
    invalidUsernameOrPassword: 'Nom d’utilisateur ou mot de passe non valide.',
    cannotLogIn: 'Impossible de se connecter avec les identifiants fournis.',
    userDisabled: 'Le compte de l’utilisateur est désactivé.',
  },
  jwt: {
    headerNeedsTwoValues: 'L’en-tête Authorization doit contenir deux valeurs séparées par une espace',
    notValidForAnyType: 'Le jeton fourni n’est valide pour aucun type de jeton',
    invalid: 'Le jeton n’est pas valide',
    expired: 'Le jeton a expiré',
    wrongType: 'Le type du jeton est incorrect',
    blacklisted: 'Le jeton est sur liste noire',
    noType: 'Le jeton n’a pas de type',
    noId: 'Le jeton n’a pas d’identifiant',
    missingClaim: (claim) => `Le jeton n’a pas de revendication « ${claim} »`,
    noUserIdentification: 'Le jeton ne contient aucune identification d’utilisateur reconnaissable',
    userNotFound: 'Utilisateur introuvable',
    userInactive: 'L’utilisateur est inactif',
    noActiveAccount: 'Aucun compte actif ne correspond à ces identifiants',
    noActiveAccountForToken: 'Aucun compte actif ne correspond à ce jeton.',
  },
  csrf: csrfWords,
}
