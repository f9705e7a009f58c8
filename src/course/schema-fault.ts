import { readFile } from 'node:fs/promises';
import type { AnySchemaObject, ErrorObject } from 'ajv';
import { Ajv } from 'ajv';

/** @returns the JSON schema (draft 7) in that file */
export async function readSchema(file: URL): Promise<AnySchemaObject> {
  return JSON.parse(await readFile(file, 'utf8')) as AnySchemaObject;
}

/**
 * @param schema a JSON schema, draft 7
 * @param data the value to check
 * @returns the first fault as `path must be …, got …`, or undefined where `data` fits
 */
export function schemaFault(schema: AnySchemaObject, data: unknown): string | undefined {
  const validate = new Ajv({ verbose: true, strictTypes: false }).compile(schema);
  if (validate(data)) return undefined;
  const error = validate.errors?.[0];
  return error && sentenceOf(error);
}

function sentenceOf(error: ErrorObject): string {
  const path = pathOf(error.instancePath);
  const parameters = error.params as Record<string, unknown>;
  const child = (name: unknown) => (path === '' ? String(name) : `${path}.${String(name)}`);
  switch (error.keyword) {
    case 'required':
      return `${child(parameters['missingProperty'])} is missing`;
    case 'additionalProperties':
      return `${child(parameters['additionalProperty'])} is not known; wanted ${list(Object.keys(error.parentSchema?.['properties'] as object))}`;
    default:
      return `${path === '' ? 'the whole file' : path} must be ${wanted(error)}, got ${shown(error.data)}`;
  }
}

function wanted({ keyword, params, parentSchema = {} }: ErrorObject): string {
  const { type, minimum, minItems, minLength, pattern, description } = parentSchema as Record<
    string,
    string | number | undefined
  >;
  if (keyword === 'const') return JSON.stringify((params as { allowedValue: unknown }).allowedValue);
  if (keyword === 'uniqueItems') return 'a list without repeats';
  if (type === 'integer') return minimum === undefined ? 'an integer' : `an integer ≥ ${minimum}`;
  if (type === 'boolean') return 'true or false';
  if (type === 'object') return 'an object';
  if (type === 'array') return minItems === undefined ? 'a list' : `a list of at least ${minItems}`;
  if (pattern !== undefined) return `a string like ${pattern}${description === undefined ? '' : ` (${description})`}`;
  if (minLength !== undefined) return 'a string that is not empty';
  return minItems === undefined ? `a ${type ?? 'value'}` : `a list of at least ${minItems}`;
}

/** `/exercises/2/tasks/0/points` → `exercises[2].tasks[0].points` */
const pathOf = (pointer: string): string =>
  pointer
    .slice(1)
    .split('/')
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((key, at) => (/^\d+$/.test(key) ? `[${key}]` : at === 0 ? key : `.${key}`))
    .join('');

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

const list = (names: readonly string[]): string =>
  names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
