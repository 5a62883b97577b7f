import type { FieldError } from '../errors.ts'
import type { JsonValue } from './field.ts'

/** Levels of lists and objects inside each other. */
export const MAX_JSON_DEPTH = 20

/** Bytes of the value as text in UTF-8. */
export const MAX_JSON_BYTES = 65_536

export type ReadJson = { readonly value: JsonValue } | { readonly error: FieldError }

/**
 * Takes a value for JSON if every database can hold it and every reader can walk it: plain lists and objects of
 * bounded depth and size, finite numbers, text without NUL and lone surrogates, no key that JavaScript gives a meaning.
 */
export function readJson(input: unknown): ReadJson {
  const error = problemOf(input, 0)
  if (error) return { error: { code: error } }
  const text = JSON.stringify(input)
  const bytes = new TextEncoder().encode(text).length
  if (bytes > MAX_JSON_BYTES) return { error: { code: 'too_long', params: { maxLength: MAX_JSON_BYTES } } }
  // Read back, so that the value cannot be changed from outside after it was checked.
  return { value: JSON.parse(text) as JsonValue }
}

type JsonProblem = 'not_json' | 'null_characters' | 'surrogate_characters'

function problemOf(input: unknown, depth: number): JsonProblem | null {
  if (input === null || typeof input === 'boolean') return null
  if (typeof input === 'number') return Number.isFinite(input) ? null : 'not_json'
  if (typeof input === 'string') return textProblem(input)
  if (typeof input !== 'object' || depth >= MAX_JSON_DEPTH) return 'not_json'
  if (Array.isArray(input)) return firstProblem(input, depth)
  return isPlainObject(input) ? objectProblem(input, depth) : 'not_json'
}

function objectProblem(input: object, depth: number): JsonProblem | null {
  const keys = Object.keys(input)
  if (keys.some((key) => FORBIDDEN_KEYS.has(key))) return 'not_json'
  return firstProblem(keys, depth) ?? firstProblem(Object.values(input), depth)
}

// Prototype pollution happens in whoever merges such an object later.
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype'])

function firstProblem(inputs: readonly unknown[], depth: number): JsonProblem | null {
  for (const input of inputs) {
    const problem = problemOf(input, depth + 1)
    if (problem) return problem
  }
  return null
}

function textProblem(text: string): JsonProblem | null {
  if (text.includes('\0')) return 'null_characters'
  return text.isWellFormed() ? null : 'surrogate_characters'
}

function isPlainObject(input: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(input)
  return prototype === null || prototype === Object.prototype
}
