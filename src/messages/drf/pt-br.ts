import { attributeName } from './attribute-name.ts'
import { counted } from './counted.ts'
import { csrfWords } from './csrf-words.ts'
import type { DrfMessages } from './drf-messages.ts'

const language = 'pt-BR'
const characters = counted(language, { one: 'caractere', other: 'caracteres' })
const seconds = counted(language, { one: 'segundo', other: 'segundos' })

const attributes = {
  username: 'o nome de usuário',
  email: 'o endereço de e-mail',
  firstName: 'o primeiro nome',
  lastName: 'o sobrenome',
  other: 'os dados da conta',
}

/** Portuguese as written in Brazil. */
export const ptBR: DrfMessages = {
  language,
  fieldErrors: {
    required: () => 'Este campo é obrigatório.',
    unknown_field: () => 'Este campo não existe.',
    not_writable: () => 'Este campo é somente leitura.',
    not_text: () => 'Não é um texto válido.',
    not_number: () => 'Um número válido é exigido.',
    not_boolean: () => 'Deve ser um valor booleano válido.',
    not_date: ({ format }) =>
      `A data e a hora estão em um formato errado.${format === undefined ? '' : ` Use um destes formatos: ${format}.`}`,
    not_json: () => 'O valor deve ser um JSON válido.',
    not_a_choice: ({ input }) =>
      input === undefined ? 'Não é uma escolha válida.' : `“${input}” não é uma escolha válida.`,
    too_long: ({ maxLength }) =>
      maxLength === undefined
        ? 'Este valor é longo demais.'
        : `Certifique-se de que este campo não tenha mais de ${characters(maxLength)}.`,
    too_small: ({ min }) =>
      min === undefined
        ? 'Este valor é pequeno demais.'
        : `Certifique-se de que este valor seja maior ou igual a ${min}.`,
    too_large: ({ max }) =>
      max === undefined
        ? 'Este valor é grande demais.'
        : `Certifique-se de que este valor seja menor ou igual a ${max}.`,
    null_characters: () => 'Caracteres nulos não são permitidos.',
    surrogate_characters: ({ codePoint }) =>
      `Caracteres substitutos não são permitidos${codePoint === undefined ? '' : `: ${codePoint}`}.`,
    email_invalid: () => 'Informe um endereço de e-mail válido.',
    username_invalid: () =>
      'Informe um nome de usuário válido. Ele pode conter apenas letras, números e os caracteres @/./+/-/_.',
    username_reserved: () => 'Este nome de usuário não pode ser usado. Escolha outro, por favor.',
    taken: ({ model, field }) =>
      model === undefined || field === undefined
        ? 'Este campo deve ser único.'
        : `${model} com este valor de ${field} já existe.`,
    password_too_short: ({ minLength }) =>
      `Esta senha é muito curta.${minLength === undefined ? '' : ` Ela precisa conter pelo menos ${characters(minLength)}.`}`,
    password_too_long: () => 'Esta senha é muito longa.',
    password_too_common: () => 'Esta senha é muito comum.',
    password_entirely_numeric: () => 'Esta senha é inteiramente numérica.',
    password_too_similar: ({ attribute }) => `A senha é muito parecida com ${attributeName(attributes, attribute)}.`,
    password_context_word: () => 'Esta senha contém o nome deste site.',
    wrong_password: () => 'Senha inválida.',
    differs: () => 'Os dois campos de senha não coincidem.',
    custom: ({ message }) => (message === undefined ? 'Valor inválido.' : `${message}`),
  },
  fields: {
    notNull: 'Este campo não pode ser nulo.',
    notBlank: 'Este campo não pode ficar em branco.',
    minLength: (minLength) => `Certifique-se de que este campo tenha pelo menos ${characters(minLength)}.`,
    notAnInteger: 'Um número inteiro válido é exigido.',
    numberTooLong: 'O texto é longo demais para um número.',
    usernameTaken: 'Já existe um usuário com este nome.',
  },
  requests: {
    noData: 'Nenhum dado foi fornecido',
    invalidData: (type) => `Dados inválidos. Era esperado um dicionário, mas foi recebido ${type}.`,
    jsonParseError: (detail) => `Erro ao interpretar o JSON - ${detail}`,
    multipartParseError: (detail) => `Erro ao interpretar o formulário multipart - ${detail}`,
    malformed: 'Pedido malformado.',
    unsupportedMediaType: (type) => `Tipo de mídia “${type}” não suportado no pedido.`,
    notAcceptable: 'Não foi possível atender ao cabeçalho Accept do pedido.',
    methodNotAllowed: (method) => `Método “${method}” não permitido.`,
    notFound: 'Não encontrado.',
    noMatch: (model) => `Nenhum objeto ${model} corresponde à consulta.`,
    invalidPage: 'Página inválida.',
    throttled: (wait) => `O pedido foi limitado.${wait === null ? '' : ` Deve estar disponível em ${seconds(wait)}.`}`,
    payloadTooLarge: 'O pedido é grande demais.',
    serverError: 'Ocorreu um erro no servidor.',
    unavailable: 'O serviço está temporariamente indisponível.',
  },
  authentication: {
    credentialsMissing: 'As credenciais de autenticação não foram fornecidas.',
    credentialsIncorrect: 'Credenciais de autenticação incorretas.',
    permissionDenied: 'Você não tem permissão para executar esta ação.',
    invalidToken: 'Token inválido.',
    userInactiveOrDeleted: 'Usuário inativo ou removido.',
    tokenHeader: {
      noCredentials: 'Cabeçalho de token inválido. Nenhuma credencial foi fornecida.',
      containsSpaces: 'Cabeçalho de token inválido. O token não deve conter espaços.',
      invalidCharacters: 'Cabeçalho de token inválido. O token não deve conter caracteres inválidos.',
    },
    basicHeader: {
      noCredentials: 'Cabeçalho Basic inválido. Nenhuma credencial foi fornecida.',
      containsSpaces: 'Cabeçalho Basic inválido. As credenciais não devem conter espaços.',
      notBase64: 'Cabeçalho Basic inválido. As credenciais não estão codificadas corretamente em base64.',
    },
    invalidUsernameOrPassword: 'Nome de usuário ou senha inválidos.',
    cannotLogIn: 'Não foi possível fazer login com as credenciais fornecidas.',
    userDisabled: 'A conta do usuário está desativada.',
  },
  jwt: {
    headerNeedsTwoValues: 'O cabeçalho Authorization deve conter dois valores separados por um espaço',
    notValidForAnyType: 'O token informado não é válido para nenhum tipo de token',
    invalid: 'O token é inválido',
    expired: 'O token expirou',
    wrongType: 'O token é do tipo errado',
    blacklisted: 'O token está na lista de bloqueio',
    noType: 'O token não tem tipo',
    noId: 'O token não tem identificador',
    missingClaim: (claim) => `O token não tem a declaração “${claim}”`,
    noUserIdentification: 'O token não contém nenhuma identificação de usuário reconhecível',
    userNotFound: 'Usuário não encontrado',
    userInactive: 'O usuário está inativo',
    noActiveAccount: 'Nenhuma conta ativa foi encontrada com as credenciais informadas',
    noActiveAccountForToken: 'Nenhuma conta ativa foi encontrada para o token informado.',
  },
  csrf: csrfWords,
}
