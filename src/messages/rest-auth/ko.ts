import { ko as drf } from '../drf/ko.ts'
import { bothGenerations } from './both-generations.ts'
import type { RestAuthMessages } from './rest-auth-messages.ts'

/** Korean. */
export const ko: RestAuthMessages = {
  language: drf.language,
  login: {
    mustInclude: {
      username: '‘username’과 ‘password’를 입력해야 합니다.',
      email: '‘email’과 ‘password’를 입력해야 합니다.',
      either: '‘username’ 또는 ‘email’과 함께 ‘password’를 입력해야 합니다.',
    },
    cannotLogIn: drf.authentication.cannotLogIn,
    emailNotVerified: '이메일 주소가 인증되지 않았습니다.',
  },
  logout: {
    done: '로그아웃되었습니다.',
    notLoggedIn: '로그인한 상태에서만 로그아웃할 수 있습니다. 토큰이 전달되는지 확인해 주세요.',
    tokenRemains:
      '쿠키와 차단 목록을 모두 사용하지 않아 서버에서 토큰을 삭제하지 못했습니다. ' +
      '클라이언트에서 토큰을 반드시 삭제해 주세요.',
    noRefreshInCookie: '쿠키에 갱신 토큰이 없습니다.',
    noRefreshInBody: '요청 데이터에 갱신 토큰이 없습니다.',
  },
  passwords: {
    saved: '새 비밀번호가 저장되었습니다.',
    resetSent: '비밀번호 재설정 이메일을 보냈습니다.',
    resetDone: '비밀번호가 새 비밀번호로 재설정되었습니다.',
    oldPasswordWrong: {
      first: '비밀번호가 올바르지 않습니다',
      second: '기존 비밀번호를 잘못 입력했습니다. 다시 입력해 주세요.',
    },
    invalidValue: '유효하지 않은 값입니다',
    differ: bothGenerations(drf.fieldErrors.differs({})),
  },
  registration: {
    verificationSent: '인증 이메일을 보냈습니다.',
    ok: '확인되었습니다',
    emailTaken: bothGenerations('이미 이 이메일 주소로 가입한 사용자가 있습니다.'),
    passwordsDiffer: drf.fieldErrors.differs({}),
    usernameRefused: drf.fieldErrors.username_reserved({}),
    passwordTooShort: bothGenerations((minLength) => drf.fieldErrors.password_too_short({ minLength })),
  },
  social: {
    inputMissing: '입력이 올바르지 않습니다. access_token 또는 code가 필요합니다.',
    valueIncorrect: '잘못된 값입니다',
    exchangeFailed: '코드를 액세스 토큰으로 교환하지 못했습니다',
    noPrivateAccess: (host) => `‘${host}’의 비공개 데이터에 접근할 수 없습니다.`,
    noPasswordSet: '계정에 비밀번호가 설정되어 있지 않습니다.',
  },
  noRefreshToken: '유효한 갱신 토큰을 찾을 수 없습니다.',
  mails: {
    passwordReset: {
      subject: {
        first: (siteName) => `${siteName} 비밀번호 재설정`,
        second: (siteName) => `[${siteName}] 비밀번호 재설정`,
      },
      reason: (siteName) => `누군가가 ${siteName}에 등록된 회원님의 계정에 새 비밀번호를 요청했습니다.`,
      instruction: '본인이 요청했다면 이 페이지에서 새 비밀번호를 정해 주세요. 아니라면 그대로 두시면 됩니다:',
      username: (username) => `회원님의 사용자 이름은 ${username}입니다.`,
    },
    confirmEmail: {
      subject: bothGenerations((siteName) => `[${siteName}] 이메일 주소를 확인해 주세요`),
      reason: (siteName) => `${siteName}의 계정에 이 주소가 입력되었습니다.`,
      instruction: '이 페이지에서 본인의 주소임을 확인해 주세요. 본인의 계정이 아니라면 그대로 두시면 됩니다:',
    },
    accountExists: {
      subject: bothGenerations((siteName) => `[${siteName}] 이미 가입된 계정이 있습니다`),
      reason: (siteName) =>
        `누군가가 이 주소로 ${siteName}에 계정을 만들려고 했지만, 이 주소로 만든 계정이 이미 있습니다.`,
      instruction: '본인이 시도했고 비밀번호가 기억나지 않는다면 여기에서 새 비밀번호를 요청해 주세요:',
    },
    thanks: (siteName) => `${siteName}을(를) 이용해 주셔서 감사합니다!`,
  },
}
