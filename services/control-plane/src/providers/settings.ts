import { PROVIDER_NAME, PROVIDER_TYPES } from '@weir/contracts';
import { PROVIDER_TYPE_DEFINITIONS, type ProviderTypeDefinition } from '@weir/providers';
import { InputError } from '../platform/errors.js';

const MAX_DISPLAY_NAME_CHARACTERS = 253;
const MAX_MODELS = 1_000;
const MAX_MODEL_CHARACTERS = 255;
const MAX_ENVIRONMENTS = 100;
const MAX_DRAIN_SECONDS = 600;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
const CONTROL_CHARACTER = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

/** @throws InputError on `name` */
export function parseName(raw: string): string {
  const name = raw.trim();
  if (PROVIDER_NAME.test(name)) return name;
  throw new InputError(
    'NAME_INVALID',
    'A name starts with a lowercase letter and holds lowercase letters, digits and hyphens (63 at most). It cannot be changed later.',
    'name',
  );
}

/** @throws InputError on `displayName` */
export function parseDisplayName(raw: string): string {
  const name = raw.trim();
  const isFine = name !== '' && [...name].length <= MAX_DISPLAY_NAME_CHARACTERS && !CONTROL_CHARACTER.test(name);
  if (isFine) return name;
  throw new InputError(
    'DISPLAY_NAME_INVALID',
    `Enter a display name of 1 to ${MAX_DISPLAY_NAME_CHARACTERS} characters on one line.`,
    'displayName',
  );
}

/** @throws InputError on `type` */
export function definitionOf(type: string): ProviderTypeDefinition {
  const definition = PROVIDER_TYPE_DEFINITIONS.find((known) => known.type === type);
  if (definition) return definition;
  throw new InputError('TYPE_UNKNOWN', `Choose one of the types ${PROVIDER_TYPES.join(', ')}.`, 'type');
}

/** Trimmed, without blanks and doubles, in the order given; empty = every model. @throws InputError on `models` */
export function parseModels(raw: readonly string[]): string[] {
  const models = [...new Set(raw.map((model) => model.trim()).filter((model) => model !== ''))];
  if (models.length > MAX_MODELS) {
    throw new InputError('MODELS_TOO_MANY', `List at most ${MAX_MODELS} models, or none to expose them all.`, 'models');
  }
  const odd = models.find((model) => model.length > MAX_MODEL_CHARACTERS || CONTROL_CHARACTER.test(model));
  if (odd === undefined) return models;
  throw new InputError(
    'MODEL_INVALID',
    `A model id has at most ${MAX_MODEL_CHARACTERS} characters and no line breaks. Check "${printable(odd)}".`,
    'models',
  );
}

/** In milliseconds; undefined when it is left out. @throws InputError on `drainSeconds` */
export function parseDrain(seconds: number | null | undefined): number | undefined {
  if (seconds == null) return undefined;
  if (Number.isInteger(seconds) && seconds >= 1 && seconds <= MAX_DRAIN_SECONDS) return seconds * 1_000;
  throw new InputError(
    'DRAIN_INVALID',
    `Answers are read on for 1 to ${MAX_DRAIN_SECONDS} whole seconds. To stop at once, choose to cancel.`,
    'drainSeconds',
  );
}

/** @param known names of the project's environments. @throws InputError on `environments` */
export function parseEnvironments(raw: readonly string[], known: readonly string[]): string[] {
  const names = [...new Set(raw.map((name) => name.trim()))].slice(0, MAX_ENVIRONMENTS);
  const strange = names.find((name) => !known.includes(name));
  if (strange === undefined) return names;
  throw new InputError(
    'ENVIRONMENT_UNKNOWN',
    `There is no environment "${printable(strange)}". Choose from ${known.join(', ')}, or none for all of them.`,
    'environments',
  );
}

function printable(text: string): string {
  return text.replace(new RegExp(CONTROL_CHARACTER, 'g'), '·').slice(0, 60);
}
