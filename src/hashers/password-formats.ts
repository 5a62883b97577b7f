import { argon2 } from './formats/argon2.ts'
import type { Argon2Engine } from './formats/argon2-engine.ts'
import { bcrypt } from './formats/bcrypt.ts'
import { type BcryptLibrary, bcryptLibrary } from './formats/bcrypt-library.ts'
import { bcryptSha256 } from './formats/bcrypt-sha256.ts'
import { md5 } from './formats/md5.ts'
import { pbkdf2Sha1 } from './formats/pbkdf2-sha1.ts'
import { pbkdf2Sha256 } from './formats/pbkdf2-sha256.ts'
import { scrypt } from './formats/scrypt.ts'
import { sha1 } from './formats/sha1.ts'
import { unsaltedMd5 } from './formats/unsalted-md5.ts'
import { unsaltedSha1 } from './formats/unsalted-sha1.ts'
import type { PasswordFormat } from './password-format.ts'

/** Every format that is read, by the name that `identifyAlgorithm` gives. */
export function passwordFormats(
  engine: Argon2Engine,
  library: () => BcryptLibrary | null = bcryptLibrary(),
): ReadonlyMap<string, PasswordFormat> {
  return new Map([
    ['argon2', argon2(engine)],
    ['bcrypt', bcrypt(library)],
    ['bcrypt_sha256', bcryptSha256(library)],
    ['md5', md5],
    ['pbkdf2_sha1', pbkdf2Sha1],
    ['pbkdf2_sha256', pbkdf2Sha256],
    ['scrypt', scrypt],
    ['sha1', sha1],
    ['unsalted_md5', unsaltedMd5],
    ['unsalted_sha1', unsaltedSha1],
  ])
}
