import { attributeName } from './attribute-name.ts'
import { csrfWords } from './csrf-words.ts'
import type { DrfMessages } from './drf-messages.ts'

const attributes = {
  username: 'ユーザー名',
  email: 'メールアドレス',
  firstName: '名',
  lastName: '姓',
  other: 'アカウント情報',
}

/** Japanese. */
export const ja: DrfMessages = {
  language: 'ja',
  fieldErrors: {
    required: () => 'この項目は必須です。',
    unknown_field: () => 'この項目は存在しません。',
    not_writable: () => 'この項目は読み取り専用です。',
    not_text: () => '有効な文字列ではありません。',
    not_number: () => '有効な数値を入力してください。',
    not_boolean: () => '有効な真偽値を入力してください。',
    not_date: ({ format }) =>
      `日時の形式が正しくありません。${format === undefined ? '' : `次のいずれかの形式を使用してください: ${format}。`}`,
    not_json: () => '値は有効な JSON でなければなりません。',
    not_a_choice: ({ input }) =>
      input === undefined ? '有効な選択肢ではありません。' : `「${input}」は有効な選択肢ではありません。`,
    too_long: ({ maxLength }) =>
      maxLength === undefined ? 'この値は長すぎます。' : `この項目は ${maxLength} 文字以下にしてください。`,
    too_small: ({ min }) => (min === undefined ? 'この値は小さすぎます。' : `この値は ${min} 以上にしてください。`),
    too_large: ({ max }) => (max === undefined ? 'この値は大きすぎます。' : `この値は ${max} 以下にしてください。`),
    null_characters: () => 'ヌル文字は使用できません。',
    surrogate_characters: ({ codePoint }) =>
      `サロゲート文字は使用できません${codePoint === undefined ? '' : `: ${codePoint}`}。`,
    email_invalid: () => '有効なメールアドレスを入力してください。',
    username_invalid: () => '有効なユーザー名を入力してください。使用できるのは文字、数字、および @/./+/-/_ だけです。',
    username_reserved: () => 'このユーザー名は使用できません。別のユーザー名を選択してください。',
    taken: ({ model, field }) =>
      model === undefined || field === undefined
        ? 'この項目は一意でなければなりません。'
        : `この ${field} を持つ ${model} は既に存在します。`,
    password_too_short: ({ minLength }) =>
      `このパスワードは短すぎます。${minLength === undefined ? '' : `${minLength} 文字以上にしてください。`}`,
    password_too_long: () => 'このパスワードは長すぎます。',
    password_too_common: () => 'このパスワードは一般的すぎます。',
    password_entirely_numeric: () => 'このパスワードは数字だけで構成されています。',
    password_too_similar: ({ attribute }) =>
      `このパスワードは${attributeName(attributes, attribute)}と似すぎています。`,
    password_context_word: () => 'このパスワードにはこのサイトの名前が含まれています。',
    wrong_password: () => 'パスワードが正しくありません。',
    differs: () => '二つのパスワードが一致しません。',
    custom: ({ message }) => (message === undefined ? '値が正しくありません。' : `${message}`),
  },
  fields: {
    notNull: 'この項目を null にすることはできません。',
    notBlank: 'この項目を空にすることはできません。',
    minLength: (minLength) => `この項目は ${minLength} 文字以上にしてください。`,
    notAnInteger: '有効な整数を入力してください。',
    numberTooLong: '数値として長すぎる文字列です。',
    usernameTaken: 'このユーザー名のユーザーは既に存在します。',
  },
  requests: {
    noData: 'データがありません',
    invalidData: (type) => `データが正しくありません。辞書が必要ですが、${type} を受け取りました。`,
    jsonParseError: (detail) => `JSON の構文エラー - ${detail}`,
    multipartParseError: (detail) => `マルチパートフォームの構文エラー - ${detail}`,
    malformed: '不正な形式のリクエストです。',
    unsupportedMediaType: (type) => `リクエストのメディアタイプ「${type}」はサポートされていません。`,
    notAcceptable: 'リクエストの Accept ヘッダーを満たすことができません。',
    methodNotAllowed: (method) => `メソッド「${method}」は許可されていません。`,
    notFound: '見つかりません。',
    noMatch: (model) => `条件に一致する ${model} はありません。`,
    invalidPage: 'ページが正しくありません。',
    throttled: (wait) =>
      `リクエストが制限されました。${wait === null ? '' : `${wait} 秒後に利用できるようになる見込みです。`}`,
    payloadTooLarge: 'リクエストが大きすぎます。',
    serverError: 'サーバーエラーが発生しました。',
    unavailable: 'サービスは一時的に利用できません。',
  },
  authentication: {
    credentialsMissing: '認証情報が含まれていません。',
    credentialsIncorrect: '認証情報が正しくありません。',
    permissionDenied: 'この操作を実行する権限がありません。',
    invalidToken: 'トークンが正しくありません。',
    userInactiveOrDeleted: 'ユーザーが無効か、削除されています。',
    tokenHeader: {
      noCredentials: 'トークンヘッダーが正しくありません。認証情報が含まれていません。',
      containsSpaces: 'トークンヘッダーが正しくありません。トークンに空白を含めることはできません。',
      invalidCharacters: 'トークンヘッダーが正しくありません。トークンに不正な文字を含めることはできません。',
    },
    basicHeader: {
      noCredentials: 'Basic ヘッダーが正しくありません。認証情報が含まれていません。',
      containsSpaces: 'Basic ヘッダーが正しくありません。認証情報に空白を含めることはできません。',
      notBase64: 'Basic ヘッダーが正しくありません。認証情報が base64 で正しくエンコードされていません。',
    },
    invalidUsernameOrPassword: 'ユーザー名かパスワードが正しくありません。',
    cannotLogIn: '入力された認証情報ではログインできません。',
    userDisabled: 'このユーザーアカウントは無効になっています。',
  },
  jwt: {
    headerNeedsTwoValues: 'Authorization ヘッダーには空白で区切られた二つの値が必要です',
    notValidForAnyType: 'このトークンはどの種類のトークンとしても有効ではありません',
    invalid: 'トークンが無効です',
    expired: 'トークンの有効期限が切れています',
    wrongType: 'トークンの種類が違います',
    blacklisted: 'トークンはブラックリストに登録されています',
    noType: 'トークンに種類がありません',
    noId: 'トークンに ID がありません',
    missingClaim: (claim) => `トークンにクレーム「${claim}」がありません`,
    noUserIdentification: 'トークンに識別可能なユーザー情報が含まれていません',
    userNotFound: 'ユーザーが見つかりません',
    userInactive: 'ユーザーは無効です',
    noActiveAccount: 'この認証情報に対応する有効なアカウントが見つかりません',
    noActiveAccountForToken: 'このトークンに対応する有効なアカウントが見つかりません。',
  },
  csrf: csrfWords,
}
