import * as z from 'zod'
import type { FieldErrorCode } from '../../errors.ts'
import type { FieldDefinition, FieldDefinitions } from '../../model/field.ts'
