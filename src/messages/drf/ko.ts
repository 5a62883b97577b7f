import { attributeName } from './attribute-name.ts'
import { csrfWords } from './csrf-words.ts'
import type { DrfMessages } from './drf-messages.ts'

// With the particle, which depends on the last sound.
const attributes = {
  username: '사용자 이름과',
  email: '이메일 주소와',
  firstName: '이름과',
  lastName: '성과',
  other: '계정 정보와',
}

/** Korean. */
export const ko: DrfMessages = {
  language: 'ko',
  fieldErrors: {
    required: () => '필수 항목입니다.',
    unknown_field: () => '존재하지 않는 항목입니다.',
    not_writable: () => '읽기 전용 항목입니다.',
    not_text: () => '올바른 문자열이 아닙니다.',
    not_number: () => '올바른 숫자를 입력해 주세요.',
    not_boolean: () => '올바른 불리언 값이어야 합니다.',
    not_date: ({ format }) =>
      `날짜와 시간의 형식이 올바르지 않습니다.${format === undefined ? '' : ` 다음 형식 중 하나를 사용해 주세요: ${format}.`}`,
    not_json: () => '값은 올바른 JSON이어야 합니다.',
    not_a_choice: ({ input }) =>
      input === undefined ? '올바른 선택이 아닙니다.' : `‘${input}’은(는) 올바른 선택이 아닙니다.`,
    too_long: ({ maxLength }) =>
      maxLength === undefined ? '값이 너무 깁니다.' : `이 항목은 ${maxLength}자 이하여야 합니다.`,
    too_small: ({ min }) => (min === undefined ? '값이 너무 작습니다.' : `값은 ${min} 이상이어야 합니다.`),
    too_large: ({ max }) => (max === undefined ? '값이 너무 큽니다.' : `값은 ${max} 이하여야 합니다.`),
    null_characters: () => '널 문자는 사용할 수 없습니다.',
    surrogate_characters: ({ codePoint }) =>
      `서로게이트 문자는 사용할 수 없습니다${codePoint === undefined ? '' : `: ${codePoint}`}.`,
    email_invalid: () => '올바른 이메일 주소를 입력해 주세요.',
    username_invalid: () => '올바른 사용자 이름을 입력해 주세요. 문자, 숫자와 @/./+/-/_ 기호만 사용할 수 있습니다.',
    username_reserved: () => '사용할 수 없는 사용자 이름입니다. 다른 이름을 선택해 주세요.',
    taken: ({ model, field }) =>
      model === undefined || field === undefined
        ? '이 항목의 값은 고유해야 합니다.'
        : `같은 ${field} 값을 가진 ${model}이(가) 이미 있습니다.`,
    password_too_short: ({ minLength }) =>
      `비밀번호가 너무 짧습니다.${minLength === undefined ? '' : ` ${minLength}자 이상이어야 합니다.`}`,
    password_too_long: () => '비밀번호가 너무 깁니다.',
    password_too_common: () => '너무 흔한 비밀번호입니다.',
    password_entirely_numeric: () => '비밀번호가 숫자로만 이루어져 있습니다.',
    password_too_similar: ({ attribute }) => `비밀번호가 ${attributeName(attributes, attribute)} 너무 비슷합니다.`,
    password_context_word: () => '비밀번호에 이 사이트의 이름이 들어 있습니다.',
    wrong_password: () => '비밀번호가 올바르지 않습니다.',
    differs: () => '두 비밀번호가 서로 일치하지 않습니다.',
    custom: ({ message }) => (message === undefined ? '값이 올바르지 않습니다.' : `${message}`),
  },
  fields: {
    notNull: '이 항목은 null일 수 없습니다.',
    notBlank: '이 항목은 비워 둘 수 없습니다.',
    minLength: (minLength) => `이 항목은 ${minLength}자 이상이어야 합니다.`,
    notAnInteger: '올바른 정수를 입력해 주세요.',
    numberTooLong: '숫자로 쓰기에는 문자열이 너무 깁니다.',
    usernameTaken: '이미 사용 중인 사용자 이름입니다.',
  },
  requests: {
    noData: '데이터가 없습니다',
    invalidData: (type) => `데이터가 올바르지 않습니다. 딕셔너리여야 하지만 ${type} 형식을 받았습니다.`,
    jsonParseError: (detail) => `JSON 구문 분석 오류 - ${detail}`,
    multipartParseError: (detail) => `멀티파트 폼 구문 분석 오류 - ${detail}`,
    malformed: '요청의 형식이 잘못되었습니다.',
    unsupportedMediaType: (type) => `요청의 미디어 타입 ‘${type}’은(는) 지원되지 않습니다.`,
    notAcceptable: '요청의 Accept 헤더를 충족할 수 없습니다.',
    methodNotAllowed: (method) => `‘${method}’ 메서드는 허용되지 않습니다.`,
    notFound: '찾을 수 없습니다.',
    noMatch: (model) => `조건에 맞는 ${model}을(를) 찾을 수 없습니다.`,
    invalidPage: '잘못된 페이지입니다.',
    throttled: (wait) => `요청이 제한되었습니다.${wait === null ? '' : ` ${wait}초 후에 다시 시도할 수 있습니다.`}`,
    payloadTooLarge: '요청이 너무 큽니다.',
    serverError: '서버 오류가 발생했습니다.',
    unavailable: '서비스를 일시적으로 사용할 수 없습니다.',
  },
  authentication: {
    credentialsMissing: '인증 정보가 제공되지 않았습니다.',
    credentialsIncorrect: '인증 정보가 올바르지 않습니다.',
    permissionDenied: '이 작업을 수행할 권한이 없습니다.',
    invalidToken: '토큰이 올바르지 않습니다.',
    userInactiveOrDeleted: '비활성화되었거나 삭제된 사용자입니다.',
    tokenHeader: {
      noCredentials: '토큰 헤더가 올바르지 않습니다. 인증 정보가 없습니다.',
      containsSpaces: '토큰 헤더가 올바르지 않습니다. 토큰에는 공백을 사용할 수 없습니다.',
      invalidCharacters: '토큰 헤더가 올바르지 않습니다. 토큰에 허용되지 않는 문자가 있습니다.',
    },
    basicHeader: {
      noCredentials: 'Basic 헤더가 올바르지 않습니다. 인증 정보가 없습니다.',
      containsSpaces: 'Basic 헤더가 올바르지 않습니다. 인증 정보에는 공백을 사용할 수 없습니다.',
      notBase64: 'Basic 헤더가 올바르지 않습니다. 인증 정보가 base64로 올바르게 인코딩되지 않았습니다.',
    },
    invalidUsernameOrPassword: '사용자 이름 또는 비밀번호가 올바르지 않습니다.',
    cannotLogIn: '입력한 정보로 로그인할 수 없습니다.',
    userDisabled: '사용이 중지된 계정입니다.',
  },
  jwt: {
    headerNeedsTwoValues: 'Authorization 헤더는 공백으로 구분된 두 개의 값이어야 합니다',
    notValidForAnyType: '제공된 토큰은 어떤 토큰 유형으로도 유효하지 않습니다',
    invalid: '토큰이 유효하지 않습니다',
    expired: '토큰이 만료되었습니다',
    wrongType: '토큰의 유형이 잘못되었습니다',
    blacklisted: '차단 목록에 있는 토큰입니다',
    noType: '토큰에 유형이 없습니다',
    noId: '토큰에 ID가 없습니다',
    missingClaim: (claim) => `토큰에 ‘${claim}’ 클레임이 없습니다`,
    noUserIdentification: '토큰에 식별할 수 있는 사용자 정보가 없습니다',
    userNotFound: '사용자를 찾을 수 없습니다',
    userInactive: '비활성 사용자입니다',
    noActiveAccount: '입력한 정보와 일치하는 활성 계정이 없습니다',
    noActiveAccountForToken: '제공된 토큰에 해당하는 활성 계정이 없습니다.',
  },
  csrf: csrfWords,
}
