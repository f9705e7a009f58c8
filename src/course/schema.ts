import { toJSONSchema, type core, type ZodType } from 'zod';
import { parseJson } from './json-text.ts';
import { KataError } from './kata-error.ts';

/** `Type` with nothing in it to be assigned or pushed to. */
export type DeepReadonly<Type> = Type extends object ? { readonly [Key in keyof Type]: DeepReadonly<Type[Key]> } : Type;

type JsonSchema = core.JSONSchema.BaseSchema;

/**
 * @param path the file's name, for messages
 * @returns the value in `text`
 * @throws {KataError} one sentence with the place of the first fault, where `text` is not JSON or does not fit
 */
export function parseAs<Data>(schema: ZodType<Data>, path: string, text: string): Data {
  const data = parseJson(path, text);
  const result = schema.safeParse(data);
  if (result.success) return result.data;
  throw new KataError(`${path}: ${faultText(result.error.issues[0] as core.$ZodIssue, schema, data)}`);
}

/** @returns the schema as a file for editors and other programs: JSON Schema, draft 7 */
export const schemaFile = (schema: ZodType): string =>
  `${JSON.stringify(toJSONSchema(schema, { target: 'draft-7' }), undefined, 2)}\n`;

/** @returns `path must be …, got …` */
function faultText(issue: core.$ZodIssue, schema: ZodType, data: unknown): string {
  const path = pathText(issue.path);
  const wanted = schemaAt(toJSONSchema(schema), issue.path);
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(wanted.properties ?? {});
    return `${pathText([...issue.path, issue.keys[0] ?? ''])} is not known; wanted ${list(known)}`;
  }
  if (issue.code === 'custom') return `${path} ${issue.message}`;
  const got = issue.path.reduce((value, key) => (value as Record<PropertyKey, unknown>)[key], data);
  if (got === undefined) return `${path} is missing`;
  return `${path === '' ? 'the whole file' : path} must be ${wantedText(wanted)}, got ${shown(got)}`;
}

/** @returns the part of the schema that describes what stands at `path` */
const schemaAt = (schema: JsonSchema, path: readonly PropertyKey[]): JsonSchema =>
  path.reduce<JsonSchema>((outer, key) => {
    const inner =
      typeof key === 'number' ? outer.items : (outer.properties?.[String(key)] ?? outer.additionalProperties);
    return typeof inner === 'object' && !Array.isArray(inner) ? inner : {};
  }, schema);

function wantedText(schema: JsonSchema): string {
  const { type, minimum, minItems, minLength, pattern, description } = schema;
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return list(schema.enum.map((each) => JSON.stringify(each)));
  if (type === 'integer') return minimum === undefined ? 'an integer' : `an integer ≥ ${minimum}`;
  if (type === 'boolean') return 'true or false';
  if (type === 'object') return 'an object';
  if (type === 'array') return minItems === undefined ? 'a list' : `a list of at least ${minItems}`;
  if (pattern !== undefined) return `a string like ${pattern}${description === undefined ? '' : ` (${description})`}`;
  if (minLength !== undefined) return 'a string that is not empty';
  return typeof type === 'string' ? `a ${type}` : 'another value';
}

/** `['exercises', 2, 'points']` → `exercises[2].points` */
const pathText = (path: readonly PropertyKey[]): string =>
  path.map((key, at) => (typeof key === 'number' ? `[${key}]` : at === 0 ? String(key) : `.${String(key)}`)).join('');

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

const list = (names: readonly string[]): string =>
  names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
